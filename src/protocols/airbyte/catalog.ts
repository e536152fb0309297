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

/** A stream's columns: those of its schema, and the one that marks deletions if they are emitted. */
function jsonSchemaOf(stream: Stream, deletedRecords: DeletedRecords): JsonSchema {
  const schema = schemaOf(stream)
  const properties = marksDeletions(stream, deletedRecords)
    ? { ...schema.properties, [DELETED_AT]: DELETED_AT_COLUMN }
    : schema.properties
  return { ...schema, properties, additionalProperties: true } as JsonSchema
}

/** A stream as `discover` shows it. */
export interface DiscoveredStream {
  readonly name: string
  readonly supported_sync_modes: readonly string[]
  readonly source_defined_primary_key?: readonly (readonly string[])[]
  readonly [more: string]: unknown
}

/** The catalog of these streams, as `discover` shows it. */
export const catalogOf = (
  streams: readonly Stream[],
  deletedRecords: DeletedRecords,
): { readonly streams: readonly DiscoveredStream[] } => ({
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
  readonly stream: { readonly name: string; readonly json_schema?: { readonly properties?: object } }
  readonly sync_mode?: unknown
  readonly sync_id?: unknown
  readonly include_files?: unknown
}

/**
 * The entries of a configured catalog; of one that `discover` wrote, as the source reads each stream best. Throws a
 * ConnectorError that names the first entry that cannot be understood.
 */
function entriesOf(catalog: unknown): readonly ConfiguredEntry[] {
  const entries = isObject(catalog) ? catalog['streams'] : undefined
  if (Array.isArray(entries)) return entries.map(entryOf)
  throw new ConnectorError(
    'The catalog must be a JSON object with the list "streams", as Airbyte makes it from discover.',
    'config_error',
  )
}

function entryOf(entry: unknown, index: number): ConfiguredEntry {
  const misfit = (what: string): ConnectorError => {
    const name = isObject(entry) ? (isObject(entry['stream']) ? entry['stream'] : entry)['name'] : undefined
    const which = `entry ${index + 1} of "streams"${typeof name === 'string' ? ` (${name})` : ''}`
    return new ConnectorError(`The catalog cannot be understood: ${which} ${what}.`, 'config_error')
  }
  if (!isObject(entry)) throw misfit(`is ${kindOf(entry)}, not an object with "stream" and "sync_mode"`)
  const found =
    entry['stream'] === undefined && Array.isArray(entry['supported_sync_modes'])
      ? asConfigured(entry as unknown as DiscoveredStream)
      : entry
  const { stream, sync_id, include_files } = found
  if (!isObject(stream)) throw misfit('has no "stream" with a name')
  const { name, json_schema } = stream
  if (typeof name !== 'string' || name === '') throw misfit('has a "stream" without a name')
  if (json_schema !== undefined && json_schema !== null && !isObject(json_schema))
    throw misfit('has a "json_schema" that is not an object')
  const properties = json_schema?.['properties']
  if (properties !== undefined && properties !== null && !isObject(properties))
    throw misfit('has a "json_schema" whose "properties" are not an object')
  if (sync_id !== undefined && sync_id !== null && typeof sync_id !== 'number')
    throw misfit('has a "sync_id" that is not a number')
  if (include_files !== undefined && include_files !== null && typeof include_files !== 'boolean')
    throw misfit('has "include_files" that is neither true nor false')
  return found as unknown as ConfiguredEntry
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const kindOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`

/** The entry of a configured catalog for a stream as `discover` shows it. */
export function asConfigured(stream: DiscoveredStream): Readonly<Record<string, unknown>> {
  const isIncremental = stream.supported_sync_modes.includes('incremental')
  const merged = stream.source_defined_primary_key === undefined ? 'append' : 'append_dedup'
  return {
    stream,
    sync_mode: isIncremental ? 'incremental' : 'full_refresh',
    destination_sync_mode: isIncremental ? merged : 'overwrite',
  }
}

/** The streams that a configured catalog names, with their columns. Throws as `configuredFrom` does. */
export const namedIn = (catalog: unknown): readonly NamedStream[] =>
  entriesOf(catalog).map(({ stream }) => ({ name: stream.name, columns: { ...stream.json_schema?.properties } }))

/** The streams that a configured catalog names and the account does not have, each once. Throws as `configuredFrom` does. */
export const unknownIn = (catalog: unknown, streams: readonly Stream[]): readonly string[] => [
  ...new Set(
    entriesOf(catalog).flatMap(({ stream: { name } }) => (streams.some((one) => one.name === name) ? [] : [name])),
  ),
]

/**
 * Understands a configured catalog. Streams that do not exist (any more) are left to `unknownIn`; throws a ConnectorError
 * for what cannot be understood.
 */
export function configuredFrom(
  catalog: unknown,
  states: ReadonlyMap<string, StreamState>,
  { streams, deletedRecords }: { readonly streams: readonly Stream[]; readonly deletedRecords: DeletedRecords },
  log: Log,
): readonly ConfiguredStream[] {
  const entries = entriesOf(catalog)
  if (entries.length === 0) log('warn', 'The catalog names no stream, so nothing is read.')
  const known = new Set<Stream>()
  return entries.flatMap((entry): ConfiguredStream[] => {
    const { name } = entry.stream
    const stream = streams.find((one) => one.name === name)
    if (!stream) {
      log('warn', `The catalog asks for stream "${name}", which this connector does not have; it is left out.`)
      return []
    }
    if (known.has(stream)) {
      log('warn', `The catalog names stream "${name}" more than once; only the first entry counts.`)
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
  { stream: { json_schema } }: ConfiguredEntry,
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
      `Stream "${stream.name}" is read without ${DELETED_AT}, so that its deletions cannot be emitted. Refresh the schema and choose that column.`,
    )
  return false
}
