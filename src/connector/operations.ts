// What can be written to this account: the objects with the account's own fields as columns.

import { declaredSchema } from '../catalog/columns.ts'
import { columnsOfFields } from '../catalog/custom-field-columns.ts'
import type { GetPage, JsonSchema } from '../model/stream.ts'
import type { Operation } from '../model/writer.ts'
import type { Allowed, WriteMode, WriteObject } from '../model/writing.ts'
import { streams } from '../streams/index.ts'
import { type CustomField, customFieldsIn, schemaOfValues } from '../zendesk/custom-fields.ts'
import { allRows } from '../zendesk/walks/read-all.ts'

/** An object with the account's fields. */
export interface AccountObject {
  readonly object: WriteObject
  readonly schema: JsonSchema
  /** The columns of the source. Those that cannot be written are ignored. */
  readonly columns: ReadonlySet<string>
  /** By column: the key or the id of the field. */
  readonly fieldColumns: ReadonlyMap<string, string | number>
  readonly fieldSchemas: Readonly<Record<string, object>>
  /** The fields themselves: those that are active. */
  readonly customFields: readonly CustomField[]
}

/** The object with the account's fields as columns, under the names that the source gives them, their keys and ids. */
export async function withAccountFields(object: WriteObject, get: GetPage): Promise<AccountObject> {
  const schema = declaredSchema(object.name)
  const columns = new Set(Object.keys(schema.properties))
  const fieldColumns = new Map<string, string | number>()
  const fieldSchemas: Record<string, object> = {}
  const { fields: at } = object
  if (at === undefined) return { object, schema, columns, fieldColumns, fieldSchemas, customFields: [] }
  const { walk } = streams.find(({ name }) => name === at.from)!
  const fields = customFieldsIn(await allRows(get, walk, [at.from])).filter(({ isActive }) => isActive)
  for (const { field, name, label } of columnsOfFields(fields, schema, {})) {
    const sent = at.form === 'list' ? field.id : (field.key ?? field.id)
    for (const column of [name, `custom_field_${field.id}`]) fieldColumns.set(column, sent)
    fieldSchemas[name] = { ...schemaOfValues(field), description: descriptionOf(field), ...choicesOf(field) }
    // What people see for a choice is read only.
    if (label !== undefined) fieldColumns.delete(label)
  }
  return { object, schema, columns, fieldColumns, fieldSchemas, customFields: fields }
}

const descriptionOf = ({ title }: CustomField): string => `The custom field "${title}".`

const choicesOf = ({ choices, type }: CustomField): object =>
  choices.size === 0 || type === 'multiselect' ? {} : { enum: [...choices.keys(), null] }

const MODES: readonly WriteMode[] = ['append', 'append_dedup', 'update', 'soft_delete']

/** Every mode of an object that the configuration allows. */
export function operationsOf({ object, schema, fieldSchemas }: AccountObject, allowed: Allowed): readonly Operation[] {
  const modes = MODES.filter((mode) => mode !== 'soft_delete' || allowed.deletes)
  return modes.flatMap((mode) => {
    const keys = object.keys.filter((key) => key.modes.includes(mode)).map(({ columns }) => columns)
    if (keys.length === 0) return []
    const own = [...object.writable.split(' '), ...Object.keys(object.references ?? {})]
    const columns = mode === 'soft_delete' ? keys.flat() : [...new Set([...keys.flat(), ...own])]
    const properties = Object.fromEntries(
      columns.map((name) => [name, schema.properties[name] ?? { type: ['null', 'string', 'number', 'object'] }]),
    )
    const creates = mode === 'append' || mode === 'append_dedup'
    return {
      object: object.name,
      mode,
      keys,
      schema: {
        $schema: 'http://json-schema.org/draft-07/schema#',
        type: 'object',
        properties: mode === 'soft_delete' ? properties : { ...properties, ...fieldSchemas },
        required: creates ? object.required.filter((name) => !isReferenced(object, name)) : [],
        additionalProperties: false,
      },
    }
  })
}

/** Whether another column can fill this one. */
const isReferenced = ({ references = {} }: WriteObject, name: string): boolean =>
  Object.values(references).some(({ fills }) => fills === name)
