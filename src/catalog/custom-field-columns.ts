import type { Log } from '../model/message.ts'
import type { JsonSchema, RecordData, Stream } from '../model/stream.ts'
import { type CustomField, isChoice, labelOf, schemaOfValues, typedValue } from '../zendesk/custom-fields.ts'
import { withAddedColumns } from './added-columns.ts'
import { columnNameOf, withinLimit } from './column-names.ts'
import { schemaOf } from './columns.ts'

/** A custom field with the names of its columns. */
export interface FieldColumns {
  readonly field: CustomField
  readonly name: string
  /** For choices: the column with the text that people see. */
  readonly label?: string
}

/** Says in a column's schema where its values come from. Catalogs keep it, so column names stay the same. */
interface Origin {
  readonly id: number
  readonly label?: true
}
const ORIGIN = 'custom_field'

const originOf = (column: unknown): Origin | undefined => {
  const { [ORIGIN]: origin } = (typeof column === 'object' && column !== null ? column : {}) as { [ORIGIN]?: unknown }
  const { id } = (typeof origin === 'object' && origin !== null ? origin : {}) as Partial<Origin>
  return typeof id === 'number' ? (origin as Origin) : undefined
}

/**
 * The columns of each field. Columns of a catalog keep their names, even if a field was renamed since. A new column is named
 * after the field's key or title; if that name is taken, the id is added, so that the older field has the shorter name.
 */
export function columnsOfFields(
  fields: readonly CustomField[],
  own: JsonSchema,
  catalog: Readonly<Record<string, unknown>>,
): readonly FieldColumns[] {
  const kept = new Map<string, string>()
  for (const [name, column] of Object.entries(catalog)) {
    const origin = originOf(column)
    if (origin) kept.set(placeOf(origin.id, origin.label === true), name)
  }
  const taken = new Set([...Object.keys(own.properties), ...kept.values()])
  const nameOf = ({ id }: CustomField, isLabel: boolean, wanted: string): string => {
    const known = kept.get(placeOf(id, isLabel))
    if (known !== undefined) return known
    const end = isLabel ? '_label' : ''
    const names = [withinLimit(wanted, end), withinLimit(wanted, `${end}_${id}`), `field_${id}${end}`]
    const name = names.find((one) => !taken.has(one)) as string
    taken.add(name)
    return name
  }
  return fields.map((field) => {
    const short = columnNameOf(field.key ?? field.title) ?? `field_${field.id}`
    const name = nameOf(field, false, short)
    return { field, name, ...(isChoice(field) && { label: nameOf(field, true, name) }) }
  })
}

const placeOf = (id: number, isLabel: boolean): string => `${id} ${isLabel}`

/** The schema with a column for each field and its label, in place of these members. */
export function withFieldColumns(
  own: JsonSchema,
  columns: readonly FieldColumns[],
  without: readonly string[],
): JsonSchema {
  const kept = Object.entries(own.properties).filter(([name]) => !without.includes(name))
  const added = columns.flatMap(({ field, name, label }) => {
    const { id, title, isActive } = field
    const what = `the custom field "${title}"${isActive ? '' : ', which is switched off'}`
    const values = { ...schemaOfValues(field), description: `Value of ${what}.`, [ORIGIN]: { id } }
    if (label === undefined) return [[name, values] as const]
    const { type, items } = schemaOfValues(field)
    const labels = { type, ...(items !== undefined && { items }), [ORIGIN]: { id, label: true } }
    const description = `What people see for the value of ${what}.`
    return [[name, values] as const, [label, { ...labels, description }] as const]
  })
  return { ...own, properties: Object.fromEntries([...kept, ...added]) }
}

/** Where a record holds the values of its custom fields, and how they are keyed. */
export interface FieldsAt {
  readonly name: string
  /** `list`: `{id, value}` for each field; `keys`: an object with a member for each field's key. */
  readonly form: 'list' | 'keys'
  /** Members that repeat the same values. */
  readonly also: readonly string[]
}

/** The columns that a catalog has for a stream; left out: all are wanted. */
interface Wanted {
  readonly catalog: Readonly<Record<string, unknown>> | undefined
  readonly log: Log
}

/** The stream with a column for each custom field that is wanted. */
export function withFieldsAsColumns(
  stream: Stream,
  at: FieldsAt,
  fields: readonly CustomField[],
  { catalog, log }: Wanted,
): Stream {
  const own = schemaOf(stream)
  const columns = columnsOfFields(fields, own, catalog ?? {})
  // An older catalog has all fields in one column. It is filled until the schema is refreshed.
  const replaced = [at.name, ...at.also].filter((name) => catalog === undefined || !(name in catalog))
  const isWanted = ({ name, label }: FieldColumns): boolean =>
    catalog === undefined || name in catalog || (label !== undefined && label in catalog)
  const wanted = columns.filter(isWanted)
  const others = columns.filter((one) => !isWanted(one)).map(({ field }) => `"${field.title}"`)
  if (others.length > 0)
    log(
      'info',
      `Stream "${stream.name}" is read without these custom fields, because the catalog has no columns for them: ${others.join(', ')}. Refresh the schema to get them.`,
    )
  return {
    ...withAddedColumns(stream, {
      columns: wanted.flatMap(({ name, label }) => [name, label ?? []].flat()),
      reads: [at.name],
      valuesOf: at.form === 'list' ? valuesInList(wanted, at.name) : valuesByKey(wanted, at.name),
    }),
    schema: withFieldColumns(own, columns, replaced),
    strips: [...(stream.strips ?? []), ...replaced],
  }
}

type ValuesIn = (record: RecordData) => RecordData

function valuesInList(columns: readonly FieldColumns[], name: string): ValuesIn {
  const byId = new Map(columns.map((one) => [one.field.id, one]))
  return (record) => {
    const values: Record<string, unknown> = {}
    const list = record[name]
    if (Array.isArray(list))
      for (const { id, value } of list as readonly RecordData[]) set(values, byId.get(id as number), value)
    return values
  }
}

function valuesByKey(columns: readonly FieldColumns[], name: string): ValuesIn {
  const byKey = new Map(columns.map((one) => [one.field.key, one]))
  return (record) => {
    const values: Record<string, unknown> = {}
    const held = record[name]
    if (typeof held === 'object' && held !== null)
      for (const [key, value] of Object.entries(held)) set(values, byKey.get(key), value)
    return values
  }
}

function set(values: Record<string, unknown>, columns: FieldColumns | undefined, value: unknown): void {
  if (!columns) return
  const { field, name, label } = columns
  values[name] = typedValue(field, value)
  if (label !== undefined) values[label] = labelOf(field, value)
}
