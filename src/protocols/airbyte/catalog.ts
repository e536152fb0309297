import { columnsOf, type JsonSchema, marksDeletions, omitsOf, schemaOf } from '../../catalog/columns.ts'
import { ConnectorError } from '../../model/errors.ts'
import type { Log, NamedStream } from '../../model/message.ts'
import type { ConfiguredStream, DeletedRecords, Stream, StreamState, SyncMode } from '../../model/stream.ts'
import { DELETED_AT } from './messages.ts'

const DELETED_AT_COLUMN = {
  type: ['null', 'string'],
  format: 'date-time',
  airbyte_type: 'timestamp_with_timezone',
  description: 'When the record was deleted in Zendesk; empty while it lives.',
}

/** A stream's columns: those of its schema, and the one that marks deletions where they are told. */
function jsonSchemaOf(stream: Stream, deletedRecords: DeletedRecords): JsonSchema {
  const schema = schemaOf(stream)
  const properties = marksDeletions(stream, deletedRecords)
    ? { ...schema.properties, [DELETED_AT]: DELETED_AT_COLUMN }
    : schema.properties
  return { ...schema, properties, additionalProperties: true } as JsonSchema
}

/** The catalog of these streams, as `discover` shows it. */
export const catalogOf = (streams: readonly Stream[], deletedRecords: DeletedRecords): object => ({
  streams: streams.map((stream) => {
    const { name, primaryKey, cursorField } = stream
    return {
      name,
      json_schema: jsonSchemaOf(stream, deletedRecords),
      ...(cursorField === undefined
        ? { supported_sync_modes: ['full_refresh'], is_resumable: false }
        : {
            supported_sync_modes: ['full_refresh', 'incremental'],
            source_defined_cursor: true,
            default_cursor_field: [cursorField],
            is_resumable: true,
          }),
      ...(stream.file && { is_file_based: true }),
      ...(primaryKey.length > 0 && { source_defined_primary_key: primaryKey.map((key) => [key]) }),
    }
  }),
})

interface ConfiguredEntry {
  readonly stream?: { readonly name?: unknown; readonly json_schema?: { readonly properties?: object } }
  readonly sync_mode?: unknown
  readonly sync_id?: unknown
  readonly include_files?: unknown
}

/** The entries of a configured catalog. Throws a ConnectorError where it is no catalog at all. */
function entriesOf(catalog: unknown): readonly ConfiguredEntry[] {
  const entries = (catalog as { streams?: unknown } | null)?.streams
  if (Array.isArray(entries)) return entries as ConfiguredEntry[]
  throw new ConnectorError(
    'The catalog must be a JSON object with the list "streams", as Airbyte makes it from discover.',
    'config_error',
  )
}

/** The streams that a configured catalog names, with their columns. Throws as `configuredFrom` does. */
export const namedIn = (catalog: unknown): readonly NamedStream[] =>
  entriesOf(catalog).map((entry) => ({
    name: textOf(entry?.stream?.name),
    columns: { ...entry?.stream?.json_schema?.properties },
  }))

/**
 * Understands a configured catalog. What it names that does not exist (any more) is told and left out; throws a
 * ConnectorError where it is no catalog at all.
 */
export function configuredFrom(
  catalog: unknown,
  states: ReadonlyMap<string, StreamState>,
  { streams, deletedRecords }: { readonly streams: readonly Stream[]; readonly deletedRecords: DeletedRecords },
  log: Log,
): readonly ConfiguredStream[] {
  const known = new Set<Stream>()
  return entriesOf(catalog).flatMap((entry): ConfiguredStream[] => {
    const name = textOf(entry?.stream?.name)
    const stream = streams.find((one) => one.name === name)
    if (!stream) {
      log('warn', `The catalog asks for stream "${name}", which this connector does not have; it is left out.`)
      return []
    }
    if (known.has(stream)) {
      log('warn', `The catalog names stream "${name}" more than once; it is read as it is named first.`)
      return []
    }
    known.add(stream)
    const chosen = chosenIn(entry, stream, deletedRecords, log)
    return [
      {
        stream,
        syncMode: syncModeOf(entry, stream, log),
        state: states.get(name),
        omits: omitsOf(stream, chosen),
        columns: columnsOf(stream),
        emitsDeletions: tellsDeletions(stream, chosen, deletedRecords, log),
        ...(entry.include_files === true && stream.file && { includesFiles: true }),
        ...(typeof entry.sync_id === 'number' && { syncId: entry.sync_id }),
      },
    ]
  })
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined'))

function syncModeOf({ sync_mode }: ConfiguredEntry, { name, cursorField }: Stream, log: Log): SyncMode {
  if (sync_mode === 'full_refresh' || (sync_mode === 'incremental' && cursorField !== undefined)) return sync_mode
  log('warn', `Stream "${name}" has no sync mode "${textOf(sync_mode)}"; it is read as full_refresh.`)
  return 'full_refresh'
}

function chosenIn(
  { stream: { json_schema } = {} }: ConfiguredEntry,
  stream: Stream,
  deletedRecords: DeletedRecords,
  log: Log,
): ReadonlySet<string> | undefined {
  const chosen = Object.keys(json_schema?.properties ?? {})
  if (chosen.length === 0) return undefined
  const known = jsonSchemaOf(stream, deletedRecords).properties
  const unknown = chosen.filter((name) => !(name in known) && name !== DELETED_AT)
  const keys = [...stream.primaryKey, stream.cursorField ?? []].flat().filter((name) => !chosen.includes(name))
  if (unknown.length > 0)
    log(
      'warn',
      `Stream "${stream.name}" has no column ${unknown.join(', ')}; it stays empty. Refresh the schema to drop it.`,
    )
  if (keys.length > 0)
    log(
      'warn',
      `Stream "${stream.name}" is read without ${keys.join(', ')}, as the catalog asks: a destination cannot deduplicate it.`,
    )
  return new Set(chosen)
}

function tellsDeletions(
  stream: Stream,
  chosen: ReadonlySet<string> | undefined,
  deletedRecords: DeletedRecords,
  log: Log,
): boolean {
  if (chosen === undefined || chosen.has(DELETED_AT)) return true
  if (marksDeletions(stream, deletedRecords))
    log(
      'warn',
      `Stream "${stream.name}" is read without ${DELETED_AT}, so that its deletions cannot be told. Refresh the schema and choose that column.`,
    )
  return false
}
