import { HttpError, messageOf } from '../model/errors.ts'
import type { ConfiguredStream, Feed, Reader, StreamState, Walk } from '../model/stream.ts'
import { epochOf } from '../model/time.ts'
import { deletedRecordsOf } from './emit/records.ts'
import { watcherOf } from './parents.ts'
import { isFallback, listOf, type OpenStream, openStream, type ParentWatcher, type ReadOptions } from './run.ts'

/** The streams that are read by one walk, and the parent watchers on it. */
export interface Group {
  readonly walk: Walk
  readonly streams: OpenStream[]
  readonly watchers: ParentWatcher[]
  /** Resolves when the walk is over: to true if it was read to its end. */
  readonly end: PromiseWithResolvers<boolean>
}

/** How long an export that was found closed is not asked again, in seconds. */
const ASKED_AGAIN_AFTER = 86_400

/** The feed that a stream is read by: from the start its fallback if the configuration says so, or its export is closed. */
export function feedOf({ stream, state }: ConfiguredStream, reader: Reader, now: number): Feed {
  const [best, fallback] = stream.feeds
  if (!fallback || reader === 'export') return best
  const closedAt = epochOf((state?.['list'] as StreamState | undefined)?.['closed_at'])
  return reader === 'list' || (closedAt !== undefined && now - closedAt < ASKED_AGAIN_AFTER) ? fallback : best
}

/** Groups streams by walk. A parent's walk comes before its children's, which wait for its end: else all slots could wait. */
export function groupsOf(opened: readonly OpenStream[], options: ReadOptions): readonly Group[] {
  const groups = new Map<string, Group>()
  const groupOf = (walk: Walk): Group => {
    const known = groups.get(walk.name)
    if (known) return known
    const group: Group = { walk, streams: [], watchers: [], end: Promise.withResolvers() }
    groups.set(walk.name, group)
    return group
  }
  const now = Math.floor(options.clock.now() / 1000)
  for (const open of opened) {
    const { parent } = open.one.stream
    const isDeleting = deletedRecordsOf(open.one, options.deletedRecords) === 'delete'
    if (!parent || isFallback(open) || !(isDeleting || parent.ofRestored)) continue
    const group = groupOf(parent.walk)
    group.watchers.push(watcherOf(open, group.end.promise, now))
  }
  for (const open of opened) groupOf(open.feed.walk).streams.push(open)
  return [...groups.values()]
}

/** The streams whose export turned out to be closed, by their fallbacks: from their last checkpoints on. */
export function instead(
  streams: readonly OpenStream[],
  states: ReadonlyMap<string, StreamState>,
  options: ReadOptions,
): readonly Group[] {
  const closedAt = Math.floor(options.clock.now() / 1000)
  const opened = streams.flatMap(({ one }) => {
    const { name, feeds } = one.stream
    if (!feeds[1]) return []
    const open = openStream({ ...one, state: states.get(name) ?? one.state }, feeds[1])
    return [{ ...open, progress: { ...open.progress, list: { ...listOf(open.progress), closedAt } } }]
  })
  return groupsOf(opened, options)
}

/** The error of a stream whose export is closed, and that nothing else feeds. */
export const withoutFallback = (error: HttpError): HttpError =>
  new HttpError(
    `${messageOf(error)} Zendesk has no other list of these records: leave this stream out, or use credentials that may use its Incremental Export API.`,
    'config_error',
    { status: error.status, cause: error },
  )
