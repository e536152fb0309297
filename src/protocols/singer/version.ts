import type { StreamState, SyncMode } from '../../model/stream.ts'

/** The load of a table that its records belong to (epoch ms at its start). After a load, targets delete rows of earlier ones. */
export interface Version {
  readonly version: number
  /** Whether the load is still to come to its end. */
  readonly loading: boolean
  /** Whether no load was known before: targets show nothing of a table before they know its version. */
  readonly first: boolean
}

/** What this dialect adds to the stream's own state in a bookmark. */
interface Kept {
  readonly version?: unknown
  readonly loading?: unknown
  readonly full_refresh?: { readonly done?: unknown }
}

/**
 * The version of a stream's records. A load that was interrupted goes on under its own, where the engine goes on too; an
 * incremental stream keeps the version of its first load; one whose bookmark somebody else wrote has none.
 */
export function versionOf(bookmark: StreamState | undefined, syncMode: SyncMode, now: number): Version | undefined {
  const { version, loading, full_refresh } = (bookmark ?? {}) as Kept
  const known = typeof version === 'number' ? version : undefined
  const goesOn = syncMode === 'incremental' ? bookmark !== undefined : full_refresh?.done === false
  if (!goesOn) return { version: now, loading: true, first: known === undefined }
  return known === undefined ? undefined : { version: known, loading: loading === true, first: false }
}

/** A stream's own state, without what this dialect adds to it. */
export function ownState(bookmark: StreamState): StreamState {
  const { version, loading, ...state } = bookmark
  return state
}

/** A bookmark: a stream's state, and the version of its records. */
export const bookmarkOf = (state: StreamState, version: Version | undefined): StreamState =>
  version === undefined ? state : { version: version.version, ...(version.loading && { loading: true }), ...state }
