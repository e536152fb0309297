import legacy from '../../schemas/legacy/airbyte-4.9.1.json' with { type: 'json' }
import type { JsonSchema, RecordData, Stream } from '../model/stream.ts'
import { withAddedColumns } from './added-columns.ts'
import { schemaOf } from './columns.ts'

/** The columns of Airbyte's connector 4.9.1 by stream, as its own catalog has them: names and types. */
const LEGACY = legacy as unknown as Readonly<Record<string, JsonSchema>>

const typesOf = (column: unknown): readonly unknown[] => {
  const { type } = column as { type?: unknown }
  return [type].flat().filter((one) => one !== 'null')
}

/** The columns that Airbyte's connector has of a stream, with our words for them; undefined where it has no such stream. */
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
 * A stream with the columns of Airbyte's connector and no others. Columns that are text there alone hold the JSON of what
 * is no text; those of its own that Zendesk does not give stay empty.
 */
export function withLegacySchema(stream: Stream, like = stream.name): Stream {
  const schema = legacySchemaOf(like)
  if (!schema) return stream
  const { properties: ours } = schemaOf({ name: like })
  const texts = Object.keys(schema.properties).filter(
    (name) => isText(schema.properties[name]) && name in ours && !isText(ours[name]),
  )
  const others = Object.keys(ours).filter((name) => !(name in schema.properties))
  const changed =
    texts.length > 0
      ? withAddedColumns(stream, { columns: texts, reads: texts, valuesOf: (record) => textsIn(record, texts) })
      : stream
  return { ...changed, schema, strips: [...(stream.strips ?? []), ...others] }
}

const isText = (column: unknown): boolean => typesOf(column).join() === 'string'

function textsIn(record: RecordData, names: readonly string[]): RecordData {
  const texts = names.flatMap((name) => {
    const value = record[name]
    return value === null || value === undefined || typeof value === 'string' ? [] : [[name, JSON.stringify(value)]]
  })
  return Object.fromEntries(texts)
}
