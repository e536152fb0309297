import { type JsonSchema, marksDeletions, schemaOf } from '../../catalog/columns.ts'
import type { DeletedRecords, Stream } from '../../model/stream.ts'

/** The column by which Singer's targets know a deleted record. */
export const DELETED_AT = '_sdc_deleted_at'

const DELETED_AT_COLUMN = {
  type: ['null', 'string'],
  format: 'date-time',
  description: 'When the record was deleted in Zendesk; empty while it lives.',
}

/** A stream's columns as targets take them, with the one that marks deletions if they are emitted. */
export function singerSchemaOf(stream: Stream, deletedRecords: DeletedRecords): JsonSchema {
  const columns = forTargets(schemaOf(stream).properties, true)
  return {
    type: 'object',
    properties: marksDeletions(stream, deletedRecords) ? { ...columns, [DELETED_AT]: DELETED_AT_COLUMN } : columns,
  } as JsonSchema
}

/** Words of a schema that are Airbyte's own, or that some target takes for a reason to refuse a table. */
const NOT_FOR_TARGETS = new Set(['airbyte_type', 'required', '$schema'])

/**
 * A part of a schema, translated. Ids that Airbyte's tables have as numbers are integers: a target would make floating
 * point keys of them. `areColumns`: its keys are names of fields.
 */
function forTargets(schema: unknown, areColumns = false): object {
  const entries = Object.entries(schema as object).filter(([key]) => areColumns || !NOT_FOR_TARGETS.has(key))
  return Object.fromEntries(
    entries.map(([key, value]) => {
      if (areColumns) return [key, withIntegerId(key, forTargets(value))]
      const isSchema = key === 'properties' || (typeof value === 'object' && value !== null && !Array.isArray(value))
      return [key, isSchema ? forTargets(value, key === 'properties') : value]
    }),
  )
}

const asInteger = (type: unknown): unknown => (type === 'number' ? 'integer' : type)

function withIntegerId(name: string, column: object): object {
  const { type } = column as { type?: unknown }
  if (name !== 'id' && !name.endsWith('_id')) return column
  return { ...column, type: Array.isArray(type) ? type.map(asInteger) : asInteger(type) }
}
