import { marksDeletions } from '../../catalog/columns.ts'
import type { DeletedRecords, Stream } from '../../model/stream.ts'
import { DELETED_AT, singerSchemaOf } from './schema.ts'

/** What a catalog says of a stream, or of one of its columns. */
export interface Metadata {
  readonly inclusion?: unknown
  readonly selected?: unknown
  readonly 'selected-by-default'?: unknown
  readonly 'replication-method'?: unknown
  readonly 'forced-replication-method'?: unknown
}

/** A stream in a catalog, as far as it can be relied on. */
export interface CatalogEntry {
  readonly tap_stream_id?: unknown
  readonly stream?: unknown
  readonly schema?: { readonly selected?: unknown; readonly properties?: object }
  readonly metadata?: readonly { readonly breadcrumb?: unknown; readonly metadata?: Metadata }[]
}

/** Columns that are always read: a target cannot keep a table up to date without them. */
export const automaticColumns = (stream: Stream, deletedRecords: DeletedRecords): readonly string[] => [
  ...new Set([
    ...stream.primaryKey,
    ...(stream.cursorField === undefined ? [] : [stream.cursorField]),
    ...(marksDeletions(stream, deletedRecords) ? [DELETED_AT] : []),
  ]),
]

/** The catalog of these streams, as `--discover` shows it. */
export const catalogOf = (streams: readonly Stream[], deletedRecords: DeletedRecords): object => ({
  streams: streams.map((stream) => entryOf(stream, deletedRecords)),
})

/** A stream as the catalog shows it. */
export function entryOf(stream: Stream, deletedRecords: DeletedRecords): CatalogEntry {
  const { name, primaryKey, cursorField, isSelectedByDefault = false } = stream
  const schema = singerSchemaOf(stream, deletedRecords)
  const automatic = automaticColumns(stream, deletedRecords)
  const ofColumns = Object.keys(schema.properties).map((column) => ({
    breadcrumb: ['properties', column],
    metadata: { inclusion: automatic.includes(column) ? 'automatic' : 'available' },
  }))
  const ofStream = {
    inclusion: 'available',
    'selected-by-default': isSelectedByDefault,
    'table-key-properties': primaryKey,
    ...(cursorField === undefined
      ? { 'forced-replication-method': 'FULL_TABLE' }
      : {
          'valid-replication-keys': [cursorField],
          'replication-method': 'INCREMENTAL',
          'replication-key': cursorField,
        }),
  }
  const entry = {
    tap_stream_id: name,
    stream: name,
    schema,
    key_properties: primaryKey,
    metadata: [{ breadcrumb: [], metadata: ofStream }, ...ofColumns],
  }
  return entry as CatalogEntry
}
