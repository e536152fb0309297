// What can be written to this account: the objects with the account's own fields as columns.
import { declaredSchema } from '../catalog/columns.ts'
import { columnsOfFields } from '../catalog/custom-field-columns.ts'
import { fieldsOfObject } from '../catalog/custom-objects.ts'
import type { Call } from '../model/call.ts'
import { ConnectorError } from '../model/errors.ts'
import type { RecordData } from '../model/reads.ts'
import type { GetPage, JsonSchema } from '../model/stream.ts'
import type { Operation } from '../model/writer.ts'
import type { Allowed, FieldKind, WriteMode, WriteObject } from '../model/writing.ts'
import { objectKeyOf } from '../objects/custom-object-records.ts'
import { streams } from '../streams/index.ts'
import { writableColumns } from '../write/batch-row.ts'
import { type CustomField, customFieldsIn, schemaOfValues } from '../zendesk/custom-fields.ts'
import { allRows } from '../zendesk/walks/read-all.ts'
import { sellFieldsIn } from './sell-connection.ts'

/** An object with the account's fields. */
export interface AccountObject {
  readonly object: WriteObject
  readonly schema: JsonSchema
  /** The columns of the source. Those that cannot be written are ignored. */
  readonly columns: ReadonlySet<string>
  /** By column: the key or the id of the field. */
  readonly fieldColumns: ReadonlyMap<string, string | number>
  /** By the key or the id of a field: what its values may be. */
  readonly fieldKinds: ReadonlyMap<string, FieldKind>
  readonly fieldSchemas: Readonly<Record<string, object>>
  /** The fields themselves: those that are active. */
  readonly customFields: readonly CustomField[]
}

/** What reads the account's fields. */
interface Readers {
  readonly get: GetPage
  readonly call: Call
}

/** The object with the account's fields as columns, under the names that the source gives them, their keys and ids. */
export const withAccountFields = async (object: WriteObject, readers: Readers): Promise<AccountObject> =>
  withFields(object, object.fields === undefined ? [] : await fieldsOf(object, object.fields.from, readers))

/** The object with these fields as columns; without any, what every account has. */
export function withFields(object: WriteObject, all: readonly CustomField[]): AccountObject {
  const schema = schemaOf(object)
  const columns = new Set(Object.keys(schema.properties))
  const fieldColumns = new Map<string, string | number>()
  const fieldKinds = new Map<string, FieldKind>()
  const fieldSchemas: Record<string, object> = {}
  const customFields = all.filter(({ isActive }) => isActive)
  const sentAs = (field: CustomField): string | number =>
    object.product === 'sell' ? field.title : object.fields?.form === 'list' ? field.id : (field.key ?? field.id)
  for (const field of all) fieldKinds.set(String(sentAs(field)), kindOf(field))
  for (const { field, name, label } of columnsOfFields(customFields, schema, {})) {
    for (const column of [name, `custom_field_${field.id}`]) fieldColumns.set(column, sentAs(field))
    fieldSchemas[name] = { ...schemaOfValues(field), description: descriptionOf(field), ...choicesOf(field) }
    // What people see for a choice is read only.
    if (label !== undefined) fieldColumns.delete(label)
  }
  // Titles as people see them, where they mean one field only.
  for (const [title, some] of Map.groupBy(customFields, (field) => field.title))
    if (some.length === 1 && !columns.has(title) && !fieldColumns.has(title)) fieldColumns.set(title, sentAs(some[0]!))
  return { object, schema, columns, fieldColumns, fieldKinds, fieldSchemas, customFields }
}

/** The custom fields of an object. */
async function fieldsOf(object: WriteObject, from: string, { get, call }: Readers): Promise<readonly CustomField[]> {
  if (object.product === 'sell') return sellFieldsIn(call, from)
  const key = objectKeyOf(object.name)
  if (key === undefined) {
    const { walk } = streams.find(({ name }) => name === from)!.feeds[0]
    return customFieldsIn(await allRows(get, walk, [from]))
  }
  const fields = await fieldsOfObject(get, key)
  if (fields) return fields
  throw new ConnectorError(`The account has no custom object "${key}".`, 'config_error')
}

const kindOf = ({ title, type, choices }: CustomField): FieldKind => ({
  title,
  type,
  choices: new Set([...choices.keys()].map(String)),
})

const TYPES: Readonly<Record<string, RecordData>> = {
  object: { type: ['null', 'object'] },
  array: { type: ['null', 'array'] },
}

/** The schema of the source's stream of the same rows, with what is written and not read. */
function schemaOf(object: WriteObject): JsonSchema {
  const own = Object.fromEntries(
    [...writableColumns(object)].map(([name, type]) => [name, TYPES[type] ?? { type: ['null', type] }]),
  )
  const known = ownSchema(object)
  return { ...known, properties: { ...own, ...known?.properties } } as JsonSchema
}

/** What a stream under another name than the object's has the same columns. */
const SAME: Readonly<Record<string, string>> = { ticket_imports: 'tickets' }

function ownSchema({ name }: WriteObject): JsonSchema | undefined {
  if (objectKeyOf(name) !== undefined) return declaredSchema('custom_object_records')
  const stream = SAME[name] ?? name
  return streams.some((one) => one.name === stream) ? declaredSchema(stream) : undefined
}

const descriptionOf = ({ title }: CustomField): string => `The custom field "${title}".`

/** What a value may be, where a field has choices; an address of Sell is an object. */
function choicesOf({ choices, type }: CustomField): object {
  if (type === 'address') return { type: ['null', 'object'] }
  if (choices.size === 0) return {}
  return type === 'multiselect'
    ? { items: { type: 'string', enum: [...choices.keys()] } }
    : { enum: [...choices.keys(), null] }
}

const MODES: readonly WriteMode[] = ['append', 'append_dedup', 'update', 'soft_delete']

/** Every mode of an object that the configuration allows. */
export function operationsOf({ object, schema, fieldSchemas }: AccountObject, allowed: Allowed): readonly Operation[] {
  const modes = MODES.filter((mode) => mode !== 'soft_delete' || allowed.deletes)
  return modes.flatMap((mode) => {
    const keys = object.keys.filter((key) => key.modes.includes(mode)).map(({ columns }) => columns)
    if (keys.length === 0) return []
    const own = [...writableColumns(object).keys(), ...Object.keys(object.references ?? {})]
    const columns = mode === 'soft_delete' ? keys.flat() : [...keys.flat(), ...own]
    const properties = Object.fromEntries(
      [...new Set(columns)].map((name) => [name, schema.properties[name] ?? { type: ['null', 'string'] }]),
    )
    return {
      object: object.name,
      mode,
      keys,
      schema: {
        $schema: 'http://json-schema.org/draft-07/schema#',
        type: 'object',
        properties: mode === 'soft_delete' ? properties : { ...properties, ...fieldSchemas },
        ...demandsOf(object, mode),
        additionalProperties: false,
      },
    }
  })
}

/** What none is created without. */
function demandsOf(object: WriteObject, mode: WriteMode): object {
  const demands = mode === 'append' || mode === 'append_dedup' ? object.required : []
  const required = demands.filter((one) => !one.includes('|') && !isReferenced(object, one))
  const anyOf = demands.filter((one) => one.includes('|'))
  return {
    required: required.map((one) => one.replace('?', '')),
    ...(anyOf[0] !== undefined && { anyOf: anyOf[0].split('|').map((name) => ({ required: [name] })) }),
  }
}

/** Whether another column can fill this one. */
const isReferenced = ({ references = {} }: WriteObject, name: string): boolean =>
  Object.values(references).some(({ fills }) => fills === name)
