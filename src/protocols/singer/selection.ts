import { columnsOf, omitsOf } from '../../catalog/columns.ts'
import { SELECTED_BY_DEFAULT } from '../../catalog/selected-by-default.ts'
import { systemClock } from '../../model/clock.ts'
import type { Log, NamedStream } from '../../model/message.ts'
import type { ConfiguredStream, DeletedRecords, Stream, StreamState, SyncMode } from '../../model/stream.ts'
import { automaticColumns, type CatalogEntry, entryOf, type Metadata } from './catalog.ts'
import { entriesOf } from './catalog-entries.ts'
import { singerSchemaOf } from './schema.ts'
import { ownState, type Version, versionOf } from './version.ts'

/** A stream that was selected, and how its records are written. */
export interface Selected {
  readonly configured: ConfiguredStream
  /** The columns that were chosen. */
  readonly schema: object
  readonly version: Version | undefined
}

/** Names of Singer's older tap for streams of ours. */
const OTHER_NAMES: Readonly<Record<string, string>> = { talk_phone_numbers: 'phone_numbers' }

export interface SelectionOptions {
  readonly streams: readonly Stream[]
  readonly deletedRecords: DeletedRecords
  readonly bookmarks: ReadonlyMap<string, StreamState>
  readonly log: Log
}

/** The streams that may be selected, with the columns of the catalog; without a catalog, those that are selected by default. */
export function namedIn(catalog: unknown): readonly NamedStream[] {
  if (catalog === undefined) return SELECTED_BY_DEFAULT.map((name) => ({ name, columns: {} }))
  return entriesOf(catalog)
    .filter((entry) => isSelected(metadataOf(entry).get('') ?? {}, entry.schema?.selected))
    .map((entry) => ({ name: ownNameOf(entry), columns: { ...entry.schema?.properties } }))
}

const nameOf = (entry: CatalogEntry): string => String(entry.tap_stream_id ?? entry.stream)
const ownNameOf = (entry: CatalogEntry): string => OTHER_NAMES[nameOf(entry)] ?? nameOf(entry)

/** The streams that a catalog selects and the account does not have, each once. */
export const unknownIn = (catalog: unknown, streams: readonly Stream[]): readonly string[] => {
  const names = catalog === undefined ? [] : namedIn(catalog).map(({ name }) => name)
  return [...new Set(names.filter((name) => !streams.some((stream) => stream.name === name)))]
}

/**
 * The streams that a catalog selects; without a catalog those that are selected by default. What it selects that does not
 * exist is reported and left out. Throws a ConnectorError where it is no catalog at all.
 */
export function selectedIn(catalog: unknown, options: SelectionOptions): readonly Selected[] {
  const { streams, deletedRecords, log } = options
  const entries = catalog === undefined ? streams.map((stream) => entryOf(stream, deletedRecords)) : entriesOf(catalog)
  const known = new Set<Stream>()
  return entries.flatMap((entry): Selected[] => {
    const metadata = metadataOf(entry)
    if (!isSelected(metadata.get('') ?? {}, entry.schema?.selected)) return []
    const name = nameOf(entry)
    const stream = streams.find((one) => one.name === ownNameOf(entry))
    if (!stream) {
      log('warn', `The catalog selects stream "${name}", which this tap does not have; it is left out.`)
      return []
    }
    if (known.has(stream)) {
      log('warn', `The catalog names stream "${stream.name}" more than once; only the first entry counts.`)
      return []
    }
    if (stream.name !== name) log('warn', `Stream "${name}" is called "${stream.name}" here.`)
    known.add(stream)
    return [selectedStream(stream, metadata, options)]
  })
}

function selectedStream(
  stream: Stream,
  metadata: ReadonlyMap<string, Metadata>,
  { deletedRecords, bookmarks, log }: SelectionOptions,
): Selected {
  const syncMode = syncModeOf(stream, metadata.get('') ?? {}, log)
  const bookmark = bookmarks.get(stream.name)
  const automatic = automaticColumns(stream, deletedRecords)
  const { properties } = singerSchemaOf(stream, deletedRecords)
  const chosen = Object.keys(properties).filter(
    (column) => automatic.includes(column) || isSelected(metadata.get(column) ?? {}, true),
  )
  return {
    configured: {
      stream,
      syncMode,
      state: bookmark && ownState(bookmark),
      omits: omitsOf(stream, new Set(chosen)),
      columns: columnsOf(stream),
      emitsDeletions: true,
    },
    schema: { type: 'object', properties: Object.fromEntries(chosen.map((column) => [column, properties[column]])) },
    version: versionOf(bookmark, syncMode, systemClock.now()),
  }
}

/** By column, and '' for the stream; what is said of the parts of a column goes with the column. */
function metadataOf(entry: CatalogEntry): ReadonlyMap<string, Metadata> {
  return new Map(
    (entry.metadata ?? []).flatMap(({ breadcrumb, metadata }): [string, Metadata][] => {
      if (!Array.isArray(breadcrumb) || metadata === undefined) return []
      if (breadcrumb.length === 0) return [['', metadata]]
      return breadcrumb.length === 2 ? [[String(breadcrumb[1]), metadata]] : []
    }),
  )
}

/** Whether it was selected, or is selected if nobody has chosen. */
const isSelected = (metadata: Metadata, otherwise: unknown): boolean =>
  metadata.inclusion !== 'unsupported' &&
  (metadata.selected ?? metadata['selected-by-default'] ?? otherwise ?? false) === true

function syncModeOf({ name, cursorField }: Stream, metadata: Metadata, log: Log): SyncMode {
  if (cursorField === undefined) return 'full_refresh'
  const method = metadata['replication-method'] ?? metadata['forced-replication-method'] ?? 'INCREMENTAL'
  if (method === 'FULL_TABLE') return 'full_refresh'
  if (method !== 'INCREMENTAL')
    log('warn', `Stream "${name}" has no replication method ${JSON.stringify(method)}; it is read as INCREMENTAL.`)
  return 'incremental'
}
