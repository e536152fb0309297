import { ConnectorError } from '../model/errors.ts'
import { logMessage, type Message } from '../model/message.ts'
import type { ParentDeletion, Position, RecordData, Walk } from '../model/stream.ts'
import { epochOf, isoOf } from '../model/time.ts'
import { isolated } from './emit/isolated.ts'
import { deletionsMessage, recordsMessage } from './emit/records.ts'
import { recordsOfParent } from './hydrate.ts'
import { childrenIn, readWalk, type WalkOptions } from './pages.ts'
import { isNew, pendingOf, restoredParents, unawareUntil } from './parents.ts'
import { checkpoint, isReading, move, type Run, type Sync } from './run.ts'
import { shownRecord } from './show.ts'
import type { SideLoadRequest } from './side-loads.ts'
import type { Lookback } from './state/progress.ts'

/** How many pages one sync spends on lookbacks; the next one goes on from there. */
const PAGES_A_SYNC = 60

/**
 * Schedules a lookback for the children of parents that were deleted since the last sync. Zendesk does not list the
 * comments of a deleted ticket, but its events stay in the export: reading them again finds the ids.
 */
export function lookBackForDeleted(run: Run): void {
  const { watcher } = run
  if (!watcher) return
  const untilOf = ({ id }: ParentDeletion): number => unawareUntil(watcher, id)
  const earlier = [...watcher.deleted.values()].filter(
    (deletion) => deletion.createdAt <= untilOf(deletion) && isNew(watcher, deletion),
  )
  for (const [until, deletions] of Map.groupBy(earlier, untilOf)) {
    const parents = Object.fromEntries(deletions.map(({ id, deletedAt }) => [id, deletedAt]))
    const oldest = Math.min(...deletions.map(({ createdAt }) => createdAt))
    addLookback(run, parents, oldest, until)
  }
  move(run, { parent: { position: watcher.position, deleted: new Map(), reported: new Map(watcher.reported) } })
}

/**
 * These rows without older ones of deleted parents, which appear again because the deletion changed them: a lookback emits
 * their deletion.
 */
export function withoutLookbackRows(run: Run, rows: readonly RecordData[]): readonly RecordData[] {
  const { one, feed, watcher, isFirst } = run
  const { parent } = one.stream
  const { time } = run.begin.position
  if (!parent || !watcher || watcher.deleted.size === 0 || isFirst) return rows
  return rows.filter((row) => {
    const id = parent.idOf(row)
    return !watcher.deleted.has(id) || (feed.walk.timeOf?.(row) ?? time) > unawareUntil(watcher, id)
  })
}

/**
 * Schedules a lookback for parents that these rows report as restored: their children are emitted again. If this sync saw
 * the parent as deleted before that, or found none, it is live again from here on, and the lookback also covers the
 * children that this sync emitted as deleted or could not fetch.
 */
export async function lookBackForRestored(run: Run, rows: readonly RecordData[], sync: Sync): Promise<void> {
  const { watcher, begin, hydration, feed, one, isFirst } = run
  const { parent } = one.stream
  if (!parent?.restoredBy || !watcher) return
  const { time } = begin.position
  for (const row of rows) {
    const id = parent.restoredBy(row)
    if (id === undefined) continue
    const restoredAt = feed.walk.timeOf?.(row) ?? time
    const deletion = watcher.deleted.get(id)
    if (deletion && (epochOf(deletion.deletedAt) ?? 0) > restoredAt) continue
    if (!deletion && !hydration?.missingParents.has(id) && isFirst) continue
    const createdAt = await creationOf(id, run, sync)
    // Deleted again meanwhile: the next sync emits that.
    if (createdAt === undefined) continue
    watcher.reported.delete(id)
    const wasDeleted = watcher.deleted.delete(id)
    const wasMissing = hydration?.missingParents.delete(id) === true
    if (wasDeleted || wasMissing) {
      move(run, { parent: pendingOf(watcher) })
      addLookback(run, { [id]: null }, createdAt, restoredAt)
    } else if (createdAt <= time) addLookback(run, { [id]: null }, createdAt)
  }
}

/**
 * For parents that their own walk shows as restored: emits their children, unless the children's walk gave them again, or
 * schedules a lookback if there is no list of them. Forgets parents that can no longer be restored.
 */
export async function* emitRestored(run: Run, sync: Sync): AsyncGenerator<Message> {
  const { one, feed, watcher, begin, isFirst } = run
  const { parent, name } = one.stream
  if (!watcher || !parent) return
  for (const id of restoredParents(watcher, sync)) {
    if (isFirst || watcher.again.has(id)) continue
    // A parent that was deleted again has no list: the next sync sees that, and finds the children that there were.
    if (parent.ofRestored)
      for await (const rows of childrenIn(parent.ofRestored(id), { ...sync, streams: [name] }))
        yield* recordsMessage(one, feed.records(rows), sync.deletedRecords)
    else {
      const createdAt = await creationOf(id, run, sync)
      if (createdAt !== undefined && createdAt <= begin.position.time) addLookback(run, { [id]: null }, createdAt)
    }
  }
  move(run, { parent: pendingOf(watcher) })
}

/** When a parent was created (epoch seconds); undefined if it is not there any more. */
async function creationOf(id: number, { one }: Run, { get }: Sync): Promise<number | undefined> {
  const { parent, name } = one.stream
  const shown = parent && (await shownRecord(get, { ...parent.show(id), streams: [name] }))
  return epochOf(shown?.['created_at'])
}

/** Adds a lookback from `since` to `until` (epoch seconds). Those with the same end become one. */
function addLookback(run: Run, parents: Lookback['parents'], since: number, until = run.begin.position.time): void {
  const { begin, progress, isFirst } = run
  const from = Math.max(since, run.one.selection?.startDate ?? 0)
  // Nothing was emitted before a first sync, so nothing has to be corrected.
  if (isFirst && until === begin.position.time) return
  const last = progress.lookbacks.at(-1)
  const isOurs = last?.until === until
  const ours = isOurs ? last : { time: from, until, parents: {} }
  const others = isOurs ? progress.lookbacks.slice(0, -1) : progress.lookbacks
  // From its own first row on: for the new parents none was emitted yet.
  const merged = { time: Math.min(ours.time, from), until, parents: { ...ours.parents, ...parents } }
  move(run, { lookbacks: [...others, merged] })
}

/** Reads the lookbacks of all streams of a walk; streams that look back over the same time share the pages. */
export async function* readLookbacks(
  walk: Walk,
  runs: readonly Run[],
  options: WalkOptions & Sync,
): AsyncGenerator<Message> {
  let pages = 0
  for (;;) {
    const due = runs.find((run) => isReading(run) && run.progress.lookbacks.length > 0)
    const first = due?.progress.lookbacks[0]
    if (!first) return
    const together = runs.filter((run) => isReading(run) && isSameTime(run.progress.lookbacks[0], first))
    yield logOfLookback(together, first)
    let done = false
    const isPast = ({ time }: Position): boolean => time > first.until
    // What this sync will not take is not asked for either.
    const isEnough = (place: Position): boolean => isPast(place) || pages + 1 >= PAGES_A_SYNC
    for await (const { rows, after } of readWalk(walk, placeIn(first), { ...options, isEnough })) {
      // The walk itself has read the later rows, and knew of the deletions.
      const earlier = rows.filter((row) => (walk.timeOf?.(row) ?? 0) <= first.until)
      for (const run of together.filter(isReading))
        yield* isolated([run], emitPage(run, walk, earlier, options), options)
      done = isPast(after)
      const looking = together.filter(isReading)
      for (const run of looking) yield moveLookback(run, after, done)
      if (done || looking.length === 0) break
      if (++pages >= PAGES_A_SYNC) return yield logOfPause(looking, after.time)
    }
    if (!done) for (const run of together.filter(isReading)) yield moveLookback(run, { time: first.until }, true)
  }
}

const placeIn = ({ until: _, parents: __, ...place }: Lookback): Position => place

const isSameTime = (a: Lookback | undefined, b: Lookback): boolean =>
  a !== undefined && a.until === b.until && JSON.stringify(placeIn(a)) === JSON.stringify(placeIn(b))

const logOfLookback = (runs: readonly Run[], { time, until, parents }: Lookback): Message =>
  logMessage(
    'info',
    `Looking back from ${isoOf(until)} to ${isoOf(time)} for the ${runs.map(({ one }) => one.stream.name).join(' and ')} ` +
      `of ${Object.keys(parents).length} tickets that were deleted or restored.`,
  )

const logOfPause = (runs: readonly Run[], time: number): Message => {
  const names = runs.map(({ one }) => one.stream.name).join(' and ')
  return logMessage('info', `Looked back as far as ${isoOf(time)} for ${names}; the next sync goes on from there.`)
}

/** Emits one page of a lookback: deletions, and restored records. */
async function* emitPage(run: Run, walk: Walk, given: readonly RecordData[], sync: Sync): AsyncGenerator<Message> {
  const { one, feed, hydration, progress } = run
  const { parent } = one.stream
  const [first, ...later] = progress.lookbacks
  const parents = first?.parents
  if (!parent || !parents) return
  // A parent may have been restored, and deleted again since: the last lookback that covers a row decides.
  const isLast = (row: RecordData): boolean => {
    const id = parent.idOf(row)
    const time = walk.timeOf?.(row) ?? 0
    return !later.some((one) => id in one.parents && one.time <= time && time <= one.until)
  }
  const rows = await rowsSought(run, walk, given.filter(isLast), parents, sync)
  const byDeletedAt = Map.groupBy(feed.records(rows), (record) => parents[parent.idOf(record)])
  const deletions = [...byDeletedAt].flatMap(([deletedAt, deleted]) =>
    typeof deletedAt === 'string' ? deleted.map((record) => ({ record, deletedAt })) : [],
  )
  yield* deletionsMessage(one, deletions, sync.deletedRecords)
  const restored = byDeletedAt.get(null) ?? []
  if (!hydration) return yield* recordsMessage(one, restored, sync.deletedRecords)
  const ids = new Set(restored.map((record) => record['id']))
  for (const id of new Set(restored.map(parent.idOf))) {
    const full = await recordsOfParent(hydration, id)
    yield* recordsMessage(
      one,
      full.filter((record) => ids.has(record['id'])),
      sync.deletedRecords,
    )
  }
}

/** What a stream needs of the side-loader for rows of this walk. */
export const wantedOf = ({ one, feed, watcher }: Run, path: string, rows: readonly RecordData[]): SideLoadRequest => ({
  stream: one.stream.name,
  path,
  loads: feed.sideLoads,
  rows,
  ...(one.stream.parent && { isDeleted: (id: number) => watcher?.deleted.has(id) === true }),
})

/**
 * The rows of these parents, completed with missing side-loads; of a deleted parent's rows only the keys are needed. Rejects
 * with a ConnectorError if not even the keys can be had.
 */
async function rowsSought(
  run: Run,
  walk: Walk,
  rows: readonly RecordData[],
  parents: Lookback['parents'],
  sync: Sync,
): Promise<readonly RecordData[]> {
  const { parent, name } = run.one.stream
  const { records, sideLoads: loads = [] } = run.feed
  if (!parent || loads.length === 0) return rows
  const isDeleted = (id: number): boolean => typeof parents[id] === 'string'
  const sought = rows.filter((row) => parent.idOf(row) in parents)
  const filled = await sync.filled({ ...wantedOf(run, walk.path, sought), isDeleted })
  const [load] = loads.filter(({ isMissing }) => filled.some((row) => isMissing(row) && records([row]).length === 0))
  if (!load) return filled
  throw new ConnectorError(
    `${walk.path}: Zendesk answered without "${load.key}", which names the records of ${name} that were deleted together with ` +
      'their parents. The next sync looks for them again.',
    'system_error',
  )
}

/** Moves the first lookback on to this place, or ends it. */
function moveLookback(run: Run, { time, seen = {}, settled }: Position, done: boolean): Message {
  const [first, ...rest] = run.progress.lookbacks
  const place = {
    time,
    ...(Object.keys(seen).length > 0 && { seen }),
    ...(settled !== undefined && { settled }),
  }
  const lookbacks = done || !first ? rest : [{ ...place, until: first.until, parents: first.parents }, ...rest]
  move(run, { lookbacks })
  return checkpoint(run, false)
}
