import { logMessage, type Message } from '../model/message.ts'
import type { Position, Query, Walk } from '../model/stream.ts'
import { isSearchDue, readArchive, SEARCH_LAG } from './archive.ts'
import { endComparison, endOfComparison, isCompared, isDoubtful, startComparison } from './comparison.ts'
import { cutFor } from './cut.ts'
import { endRevisits, revisitsOf } from './dated-children.ts'
import { isolated } from './emit/isolated.ts'
import { emitChildren, emitRows } from './emit-rows.ts'
import type { Group } from './groups.ts'
import { hydrationOf } from './hydrate.ts'
import { takeInventories } from './inventory.ts'
import { emitRestored, lookBackForDeleted, readLookbacks } from './lookback.ts'
import { endInventory, isInventoriedWhileRead, noteRows, withNotes } from './noted-rows.ts'
import { joinIncludes, readWalk, type Step, type WalkOptions } from './pages.ts'
import { deletionsOfParents, onlyRestores, pendingOf, watchPage } from './parents.ts'
import {
  checkpoint,
  type Failures,
  isFallback,
  isReading,
  listOf,
  move,
  moveList,
  type OpenStream,
  placeOf,
  type Run,
  type Sync,
} from './run.ts'
import { showByIds } from './show.ts'
import type { FoundIds } from './state/emitted-ids.ts'
import { readTombstones } from './tombstones.ts'

/** One walk while it is read. */
interface WalkRun extends Group {
  readonly runs: readonly Run[]
  readonly options: WalkOptions & Sync
  readonly include: Query
  /** The account's time (epoch seconds); until the first page this machine's. */
  at: number
  isFirst: boolean
  /** When the first page was answered, if Zendesk said so. */
  began?: number | undefined
  /** The ids of rows that a search of the archive will find as well. */
  readonly listed: Set<unknown>
}

/**
 * Reads one walk for all its streams and parent watchers together: tombstones, pages with the children of their rows, each
 * followed by the checkpoint that covers it, then what the walk leaves out, and what only an inventory shows. Returns the
 * errors that ended single streams, by name; throws an error that ends the walk.
 */
export async function* readFeed(group: Group, sync: Sync): AsyncGenerator<Message, Failures> {
  const run = startWalk(group, sync)
  const { walk, runs, options } = run
  yield* readTombstones(runs, sync)
  yield* followParents(
    runs.filter((one) => !onlyRestores(one)),
    sync,
  )
  for (let some = runs, passes = 1; passes === 1 || some.length > 0; passes++) {
    for await (const step of readWalk(walk, startOf(run, some), options)) {
      yield* takePage(run, some, step)
      if (isOver(run, some, step)) break
    }
    some = passes === 1 ? doubtfulOf(run) : []
  }
  // Whatever place a stream goes on from, it was reached.
  for (const one of runs) one.joined = true
  yield* readRevisits(run)
  yield* readArchived(run)
  yield* followParents(
    runs.filter((one) => onlyRestores(one) && isReading(one)),
    sync,
  )
  // What an export has yet to look back for waits until it is read again.
  const exported = runs.filter((one) => isReading(one) && !one.progress.list)
  for (const child of exported) lookBackForDeleted(child)
  yield* readLookbacks(walk, exported, options)
  yield* compareWithInventories(run)
  for (const one of runs.filter(isReading)) yield endOf(one, run.at)
  return new Map(runs.flatMap(({ one, failure }) => (failure === undefined ? [] : [[one.stream.name, failure]])))
}

/** What the parents' walk says of deletions and restorations, once it was read. */
async function* followParents(runs: readonly Run[], sync: Sync): AsyncGenerator<Message> {
  for (const run of runs) {
    yield* deletionsOfParents(run)
    yield* isolated([run], emitRestored(run, sync), sync)
  }
}

function startWalk(group: Group, sync: Sync): WalkRun {
  const { walk, streams, watchers } = group
  const foundIds = new Map<string | undefined, FoundIds>()
  const runs = streams.map((one) => startRun(one, foundIds, sync))
  const include = joinIncludes(streams.map(({ feed }) => feed.include))
  const names = streams.map(({ one }) => one.stream.name)
  const options = { ...sync, include, streams: names, cut: cutFor(walk, streams, watchers) }
  const at = Math.floor(sync.clock.now() / 1000)
  return { ...group, runs, options, include, at, isFirst: true, listed: new Set() }
}

function startRun(open: OpenStream, foundIds: Map<string | undefined, FoundIds>, sync: Sync): Run {
  const { one, feed, rows } = open
  const watcher = isFallback(open) ? undefined : sync.watchers.get(one.stream.name)
  const isInventoried = isInventoriedWhileRead(open, sync)
  const begun = isInventoried ? withNotes(open) : open.progress
  const found = isInventoried ? (foundIds.get(feed.inventory?.name) ?? new Map()) : undefined
  if (found) foundIds.set(feed.inventory?.name, found)
  return {
    ...open,
    begin: open.progress,
    progress: watcher ? { ...begun, parent: pendingOf(watcher) } : begun,
    joined: false,
    watcher,
    hydration: hydrationOf(open, sync),
    comparison: rows && startComparison(rows),
    found,
    missingChildren: 0,
  }
}

/** The place where these runs begin: that of the one that is farthest behind. The others join when it reaches theirs. */
function startOf({ walk, watchers }: WalkRun, runs: readonly Run[]): Position {
  const places = [...runs.map(({ begin }) => placeOf(begin)), ...watchers.map(({ position }) => position)]
  const from = places.reduce((a, b) => (walk.isBefore(b, a) ? b : a))
  for (const run of runs) run.joined = !walk.isBefore(from, placeOf(run.begin))
  return from
}

/** The runs of which so many rows are missing that the list is read again. */
function doubtfulOf({ walk, runs, options }: WalkRun): readonly Run[] {
  const doubtful = runs.filter((one) => isDoubtful(one, options))
  const names = doubtful.map(({ one }) => one.stream.name).join(', ')
  if (doubtful.length > 0)
    options.log('info', `Many records of ${names} are missing in ${walk.path}; it is read again.`)
  return doubtful
}

/** One page for these runs: announcements, records, and the checkpoints that cover them. */
async function* takePage(walkRun: WalkRun, runs: readonly Run[], step: Step): AsyncGenerator<Message> {
  const { walk, watchers, options, include } = walkRun
  if (walkRun.isFirst) for (const run of runs) beginAt(run, step.at)
  walkRun.isFirst = false
  walkRun.at = step.at
  walkRun.began ??= step.date
  if (step.warning !== undefined) yield logMessage('warn', step.warning)
  for (const watcher of watchers) yield* watchPage(watcher, walk, step)
  for (const run of runs) {
    run.joined ||= walk.isBefore(placeOf(run.begin), step.after)
    if (!run.comparison) continue
    run.comparison.date = step.date
    run.comparison.isEmpty &&= step.rows.length === 0
  }
  const searched = runs.filter(({ progress }) => listOf(progress).archived !== undefined)
  if (searched.length > 0)
    for (const row of step.rows)
      if (searched.some(({ feed }) => feed.archive?.finds(row))) walkRun.listed.add(row['id'])
  // If a new row were emitted, then the sync cut off and the row deleted, no other state would know of it.
  for (const run of noteRows(runs.filter(isReading), step.rows, include, walk, options))
    yield { ...checkpoint(run, false), announces: true }
  yield* emitPage(walk, runs.filter(isReading), step, options)
  for (const run of runs.filter(isReading)) {
    if (run.comparison) continue
    reach(run, step)
    yield checkpoint(run, false)
  }
}

/** Emits one page for all streams that read it. */
function emitPage(walk: Walk, runs: readonly Run[], { rows, at }: Step, sync: Sync): AsyncGenerator<Message> {
  const hasChildren = runs.some(({ feed }) => feed.children?.due === 'byTime')
  const first = Math.min(...runs.map(({ begin }) => placeOf(begin).time))
  const parents = (hasChildren ? rows : [])
    .map((row) => ({ row, time: walk.timeOf?.(row) ?? 0 }))
    .filter(({ time }) => time >= first)
  return emitRows(runs, { walk, path: walk.path, rows, parents, at }, sync)
}

/** Completes the run of a fallback once the account's time is known (`at`, epoch seconds). */
function beginAt(run: Run, at: number): void {
  const { progress, begin, feed, one } = run
  if (!progress.list) return
  const { archived = 0, searched = 0 } = progress.list
  if (feed.archive && (run.isNewFeed || isSearchDue(searched, at))) moveList(run, { archived })
  // The exports emit deletions of the children of parents that are deleted from now on, if they open again.
  const { time } = begin.position
  if (one.stream.parent && !progress.parent)
    move(run, { parent: { position: { time: time === 0 ? at : time }, deleted: new Map(), reported: new Map() } })
}

/** The place after this page: every row before it was emitted. */
function reach(run: Run, { after }: Step): void {
  const { progress, feed, hydration } = run
  if (!progress.list) move(run, { position: after, ahead: Object.fromEntries(hydration?.ahead ?? []) })
  else {
    moveList(run, { position: after })
    // Children and archived rows come in another order, so that only the end counts for them.
    const isCovered = !feed.children && progress.list.archived === undefined
    if (isCovered) move(run, { position: { time: Math.max(progress.position.time, after.time) } })
  }
}

/**
 * Whether no more pages are wanted: every stream failed, or a list in order of time has come to changes since the sync
 * began. Rows may change faster than they are read: these are the next sync's.
 */
function isOver({ walk, began = Number.POSITIVE_INFINITY }: WalkRun, runs: readonly Run[], { rows }: Step): boolean {
  if (runs.length > 0 && runs.every(({ failure }) => failure !== undefined)) return true
  const isFallback = runs.some(({ progress }) => progress.list !== undefined)
  return isFallback && walk.order === 'ascending' && rows.some((row) => (walk.timeOf?.(row) ?? 0) > began)
}

/** Reads children again that may have been incomplete at the last sync, of parents that have not changed since. */
async function* readRevisits({ runs, options, at }: WalkRun): AsyncGenerator<Message> {
  for (const run of runs.filter((one) => isReading(one) && one.feed.children?.due === 'byTime')) {
    yield* emitChildren([run], revisitsOf(run), at, options)
    endRevisits(run, at)
  }
}

/** Emits rows of the archive for the streams that are due, but for rows that the list gave as well. */
async function* readArchived({ walk, runs, options, include, listed, at }: WalkRun): AsyncGenerator<Message> {
  const isDue = (run: Run): boolean => isReading(run) && listOf(run.progress).archived !== undefined
  const due = runs.filter(isDue)
  const [first] = due
  const archive = first?.feed.archive
  if (!archive) return
  const { one, feed } = first
  const streams = due.map((run) => run.one.stream.name)
  const from = Math.min(...due.map(({ progress }) => listOf(progress).archived ?? 0))
  const since = Math.min(...due.map(({ begin }) => listOf(begin).searched ?? 0))
  const path = feed.show?.([]).path ?? walk.path
  for await (const found of readArchive(archive, { since, from, until: at }, { ...options, streams })) {
    const unlisted = found.rows.filter(({ id }) => !listed.has(id))
    // With their side-loads, as the list would give them.
    const shown = Object.keys(include).length > 0 && feed.show !== undefined
    const ids = unlisted.map(({ id }) => Number(id))
    const rows = shown
      ? [...(await showByIds(ids, { stream: one.stream, feed, include, get: options.get })).rows.values()]
      : unlisted
    const parents = rows.map((row) => ({ row, time: walk.timeOf?.(row) ?? 0, since }))
    yield* emitRows(due.filter(isReading), { path, rows, parents, at }, options)
    noteRows(due.filter(isReading), rows, include, walk, options)
    if (found.rows.length > 0) continue
    for (const run of due.filter(isReading)) {
      moveList(run, { archived: found.from })
      yield checkpoint(run, false)
    }
  }
}

/** Emits what only a look at everything there is shows. */
async function* compareWithInventories({ runs, at, options }: WalkRun): AsyncGenerator<Message> {
  for (const run of runs.filter(isReading).filter(isCompared))
    yield* isolated([run], endComparison(run, options), options)
  for (const run of runs.filter(isReading)) endInventory(run, at)
  yield* takeInventories(runs, at, options)
}

/** The checkpoint of a stream that was read to its end. */
function endOf(run: Run, at: number): Message {
  if (isCompared(run)) return endOfComparison(run)
  const { list, position } = run.progress
  if (list) {
    const { archived, ...rest } = list
    const searched = archived === undefined ? {} : { searched: at - SEARCH_LAG }
    move(run, { list: { ...rest, ...searched }, position: { time: Math.max(position.time, list.position.time) } })
  }
  return checkpoint(run, true)
}
