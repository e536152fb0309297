import legacy from '../../schemas/legacy/airbyte-4.9.1.json' with { type: 'json' }
import { fitted, typesOf, type ValueSchema } from '../model/json-types.ts'
import type { JsonSchema, RecordData, Stream } from '../model/stream.ts'
import { withAddedColumns } from './added-columns.ts'
import { schemaOf } from './columns.ts'

/** The columns of Airbyte's connector 4.9.1 by stream, as its own catalog has them: names and types. */
const LEGACY = legacy as unknown as Readonly<Record<string, JsonSchema>>

/** The columns that Airbyte's connector has for a stream, with our descriptions; undefined if it has no such stream. */
export function legacySchemaOf(name: string): JsonSchema | undefined {
  const schema = LEGACY[name]
  if (!schema) return undefined
  const { properties: ours } = schemaOf({ name })
  const columns = Object.entries(schema.properties).map(([column, type]) => {
    const { description } = (ours[column] ?? {}) as { description?: string }
    return [column, { ...(type as RecordData), ...(description !== undefined && { description }) }] as const
  })
  return { ...schema, properties: Object.fromEntries(columns) }
}

/**
 * A stream with exactly the columns of Airbyte's connector. Values are converted to the types of that connector, inside
 * objects and lists too: other values to JSON text, numeric text to numbers. Columns that Zendesk does not fill stay empty.
 */
export function withLegacySchema(stream: Stream, like = stream.name): Stream {
  const schema = legacySchemaOf(like)
  if (!schema) return stream
  const { properties: ours } = schemaOf({ name: like })
  const theirs = schema.properties as Readonly<Record<string, ValueSchema>>
  const others = Object.keys(ours).filter((name) => !(name in theirs))
  const changing = Object.keys(theirs).filter(
    (name) => name in ours && !takesAll(theirs[name] ?? {}, ours[name] as ValueSchema),
  )
  const changed =
    changing.length > 0
      ? withAddedColumns(stream, {
          columns: changing,
          reads: changing,
          valuesOf: (record) =>
            Object.fromEntries(changing.flatMap((name) => rewritten(record, name, theirs[name] ?? {}))),
        })
      : stream
  return { ...changed, schema, strips: [...(stream.strips ?? []), ...others] }
}

const takesAll = (theirs: ValueSchema, ours: ValueSchema): boolean => {
  const types = typesOf(theirs)
  if (types.length === 0) return true
  const isNumber = (type: string): boolean => type === 'integer' && types.includes('number')
  if (
    typesOf(ours).length === 0 ||
    !typesOf(ours).every((type) => type === 'null' || types.includes(type) || isNumber(type))
  )
    return false
  if (theirs.oneOf) return false
  if (theirs.items && !(ours.items && takesAll(theirs.items, ours.items))) return false
  return Object.entries(theirs.properties ?? {}).every(([name, their]) => {
    const our = ours.properties?.[name]
    return our !== undefined && takesAll(their, our)
  })
}

function rewritten(record: RecordData, name: string, schema: ValueSchema): [string, unknown][] {
  const value = fitted(record[name], schema, name, inTypeOf)
  return value === record[name] ? [] : [[name, value]]
}

/** The value as a type of the schema, without loss if possible. */
function inTypeOf(value: unknown, schema: ValueSchema): unknown {
  const types = typesOf(schema)
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
  if (types.includes('number') && Number.isFinite(number)) return number
  if (types.includes('integer') && Number.isSafeInteger(number)) return number
  if (types.includes('boolean') && (value === 'true' || value === 'false')) return value === 'true'
  if (types.includes('string') && schema.format === undefined) return JSON.stringify(value)
  if (types.includes('null')) return null
  return types.includes('array') ? [] : {}
}
