// A stream's schema from the rows of an example: types as the values show them, and sentences that are true of any list.
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { isRow, Refusal, type Row } from './example.ts'
import { pascalOf, pluralOf, singularOf, wordsOf } from './words.ts'

/** A column, or a part of one: JSON Schema (draft 7). Everything but the key may be null. */
export interface Column {
  readonly type: string | readonly string[]
  readonly format?: string
  readonly airbyte_type?: string
  /** The stream whose keys it holds, where its name does not say so; null: its name does, and it holds none. */
  readonly references?: string | null
  readonly description?: string
  readonly properties?: Readonly<Record<string, Column>>
  readonly items?: Column
}

export interface Schema extends Column {
  readonly $schema: string
  readonly title: string
  readonly properties: Readonly<Record<string, Column>>
  readonly required: readonly string[]
}

const ajv = new Ajv()
addFormats.default(ajv)
const isTime = ajv.compile({ type: 'string', format: 'date-time', pattern: '^[^ t]+T[^ ]+$' })
const isDate = ajv.compile({ type: 'string', format: 'date' })

/**
 * The schema of the stream whose list shows these rows. `known`: the streams that columns of a name reference wherever there
 * are such columns. Throws a Refusal if a column's type cannot be seen, or if a name can
 * be no column's.
 */
export function schemaFor(
  name: string,
  path: string,
  rows: readonly Row[],
  known: ReadonlyMap<string, string> = new Map(),
): Schema {
  const one = wordsOf(singularOf(name))
  const odd = keysOf(rows).find((key) => !isName(key))
  if (odd !== undefined)
    throw new Refusal(
      `"${odd}" can be no column: its name must be letters, digits and underscores, and mean nothing to JavaScript.`,
    )
  const properties = Object.fromEntries(
    Object.entries(columnsOf(rows, '', one)).map(([key, column]) => [key, referring(column, known.get(key))]),
  )
  const id: Column = {
    type: typeof rows[0]?.['id'] === 'string' ? 'string' : 'integer',
    description: `Id of the ${one}.`,
  }
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: pascalOf(singularOf(name)),
    description: `One ${one}, as the list \`${path}\` gives it.`,
    type: 'object',
    properties: { ...properties, id },
    required: ['id'],
  }
}

/**
 * Whether a member's name can be a column's in every warehouse, and is none that every object has; an object with another is a
 * map, whose keys are values.
 */
const isName = (key: string): boolean => /^[A-Za-z][A-Za-z0-9_]*$/.test(key) && !(key in Object.prototype)

const referring = (column: Column, references: string | undefined): Column =>
  references === undefined ? column : { ...column, references }

const keysOf = (rows: readonly Row[]): readonly string[] => [...new Set(rows.flatMap(Object.keys))]

function columnsOf(rows: readonly Row[], prefix: string, one: string): Readonly<Record<string, Column>> {
  return Object.fromEntries(
    keysOf(rows).map((key) => {
      const values = rows.flatMap((row) => (Object.hasOwn(row, key) ? [row[key]] : []))
      const { type, ...rest } = shapeOf(values, `${prefix}${key}`, one)
      return [key, { type, description: sentenceOf(`${prefix}${key}`, rest.format, one), ...rest }]
    }),
  )
}

/** What these values of one place are. */
function shapeOf(values: readonly unknown[], path: string, one: string): Column {
  const present = values.filter((value) => value !== null)
  const kinds = new Set(present.map(kindOf))
  if (kinds.has('number')) kinds.delete('integer')
  const type = ['null', ...kinds]
  if (kinds.size === 0)
    throw new Refusal(`"${path}" is null in every row of the example: give it a made-up value in one.`)
  if (kinds.size > 1) return { type }
  if (kinds.has('array')) {
    const items = present.flat()
    return items.length === 0 ? { type } : { type, items: shapeOf(items, `${path}[]`, one) }
  }
  if (kinds.has('object')) {
    const rows = present.filter(isRow)
    const isMap = keysOf(rows).length === 0 || keysOf(rows).some((key) => !isName(key))
    return isMap ? { type } : { type, properties: columnsOf(rows, `${path}.`, one) }
  }
  if (kinds.has('string') && present.every((text) => isTime(text)))
    return { type, format: 'date-time', airbyte_type: 'timestamp_with_timezone' }
  return kinds.has('string') && present.every((text) => isDate(text)) ? { type, format: 'date' } : { type }
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  if (isRow(value)) return 'object'
  return typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value
}

/** What is true of a member without knowing more of it than its name. */
function sentenceOf(path: string, format: string | undefined, one: string): string {
  const [, stem, many] = /^(\w+)_id(s?)$/.exec(path) ?? []
  if (stem !== undefined) return many ? `Ids of the ${pluralOf(wordsOf(stem))}.` : `Id of the ${wordsOf(stem)}.`
  if (path === 'url') return `Address of the ${one} in the API.`
  if (path === 'created_at' && format === 'date-time') return `When the ${one} was created.`
  if (path === 'updated_at' && format === 'date-time') return `When the ${one} was last changed.`
  return `\`${path}\` of the ${one}, as Zendesk gives it.`
}
