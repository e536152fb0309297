import type { Message } from '../../model/message.ts'
import type { Children, Position, Query, RecordData, Walk } from '../../model/stream.ts'
import { withFiles } from '../emit/files.ts'
import { recordsMessage } from '../emit/records.ts'
import type { Failures } from '../export/read-export.ts'
import { type Sync, unlessFailed } from '../export/run.ts'
import { joinIncludes, readFrom, type Step } from '../pages.ts'
import { isSearchDue, readArchive, SEARCH_LAG } from './archive.ts'
import { type ParentRow, readChildren } from './children.ts'
import { endInventory, noteRows } from './inventory.ts'
import { reconcile } from './reconcile.ts'
import { checkpointOf, dueOf, type FallbackRun, type FallbackStream, isReading, startRuns } from './run.ts'
import { readTombstones } from './tombstones.ts'

/**
 * Reads a list in order of the last change for all its streams together: first the deletions, then each changed row and
 * its children, at the end the archive and the reconciliation. Returns the errors that ended single streams, by name;
 * throws an error that ends the list.
 */
export async function* readFallback(
  walk: Walk,
  fallbacks: readonly FallbackStream[],
  sync: Sync,
): AsyncGenerator<Message, Failures> {
  const runs = startRuns(fallbacks, sync)
  yield* readTombstones(runs, sync)
  const from = runs.map(({ begin }) => begin.position).reduce((a, b) => (walk.isBefore(b, a) ? b : a))
  const include = joinIncludes(fallbacks.map(({ fallback }) => fallback.include))
  const options = { ...sync, include, streams: fallbacks.map(({ one }) => one.stream.name) }
  for (const run of runs) run.joined = !walk.isBefore(from, run.begin.position)
  const listed = new Set<unknown>()
  let at = 0
  let began: number | undefined
  for await (const step of readFrom(walk, from, options)) {
    if (at === 0) for (const run of runs) begin(run, step.at)
    at = step.at
    for (const run of runs) run.joined ||= walk.isBefore(run.begin.position, step.after)
    for (const row of step.rows) if (isArchiveDue(runs, row)) listed.add(row['id'])
    for (const run of noteRows(runs.filter(isReading), step.rows, include, walk))
      yield { ...checkpointOf(run, false), announces: true }
    yield* emitRows(walk, runs, step.rows, at, sync)
    for (const run of runs.filter(isReading)) {
      run.progress = { ...run.progress, position: step.after, whole: wholeAfter(run, step.after) }
      yield checkpointOf(run, false)
    }
    began ??= step.date
    if (isPast(walk, step, began)) break
  }
  yield* readRevisits(runs, at, sync)
  yield* readArchived(walk, runs, listed, at, sync)
  for (const run of runs.filter(isReading)) endInventory(run, at)
  for await (const found of reconcile(runs, at, sync))
    if ('changed' in found) yield* emitChildren(runs.filter(isReading), found.changed, at, sync)
    else yield found
  for (const run of runs.filter(isReading)) {
    const { archived, ...progress } = run.progress
    const searched = archived === undefined ? progress.searched : at - SEARCH_LAG
    run.progress = { ...progress, searched, whole: Math.max(progress.whole, progress.position.time) }
    yield checkpointOf(run, true)
  }
  return new Map(runs.flatMap(({ one, failure }) => (failure === undefined ? [] : [[one.stream.name, failure]])))
}

/**
 * Whether a list in order of time has come to changes since the sync began. Rows may change faster than they are read: these
 * are the next sync's.
 */
const isPast = ({ order, timeOf }: Walk, { rows }: Step, began = Number.POSITIVE_INFINITY): boolean =>
  order === 'ascending' && rows.some((row) => (timeOf?.(row) ?? 0) > began)

/** Up to when everything was emitted. Children and archived rows come in another order, so that only the end counts for them. */
const wholeAfter = ({ fallback, progress }: FallbackRun, { time }: Position): number =>
  fallback.children || progress.archived !== undefined ? progress.whole : Math.max(progress.whole, time)

const isArchiveDue = (runs: readonly FallbackRun[], row: RecordData): boolean =>
  runs.some(({ fallback, progress }) => progress.archived !== undefined && fallback.archive?.finds(row))

/** Completes the run's progress once the account's time is known (`at`, epoch seconds). */
function begin(run: FallbackRun, at: number): void {
  const { progress, fallback, one } = run
  const { whole, searched, forExports, isFirst } = progress
  const isDue = fallback.archive !== undefined && (isFirst || isSearchDue(searched, at))
  // The exports emit deletions of the children of parents that are deleted from now on, if they open again.
  const parent =
    one.stream.parent && forExports['parent'] === undefined ? { time: whole === 0 ? at : whole } : undefined
  run.progress = {
    ...progress,
    ...(isDue && { archived: progress.archived ?? 0 }),
    ...(parent && { forExports: { ...forExports, parent } }),
  }
}

/** Emits rows of the list for all streams that read it: their own records, and the children's. */
async function* emitRows(
  walk: Walk,
  runs: readonly FallbackRun[],
  rows: readonly RecordData[],
  at: number,
  sync: Sync,
): AsyncGenerator<Message> {
  const reading = runs.filter(isReading)
  for (const run of reading.filter(({ fallback }) => fallback.children === undefined))
    yield* unlessFailed(
      run,
      emitOwn(run, walk.path, rows, sync, (whole) => dueOf(run, whole, walk)),
    )
  const first = Math.min(...reading.map(({ begin }) => begin.position.time))
  const parents = rows.map((row) => ({ row, time: walk.timeOf?.(row) ?? 0 }))
  yield* emitChildren(
    reading.filter(isReading),
    parents.filter(({ time }) => time >= first),
    at,
    sync,
  )
}

/** Emits the records of these rows, of those that `due` picks. */
async function* emitOwn(
  { one, fallback }: FallbackRun,
  path: string,
  rows: readonly RecordData[],
  { sideLoads, deletedRecords }: Sync,
  due = (whole: readonly RecordData[]) => whole,
): AsyncGenerator<Message> {
  const whole = await sideLoads.filled({ stream: one.stream.name, path, loads: fallback.sideLoads, rows })
  yield* recordsMessage(one, fallback.records(due(whole)), deletedRecords)
}

/** Emits the children of these rows, each kind of list once. A list that cannot be read ends only the streams made of it. */
async function* emitChildren(
  runs: readonly FallbackRun[],
  rows: readonly ParentRow[],
  at: number,
  sync: Sync,
): AsyncGenerator<Message> {
  const withChildren = runs.filter(({ fallback, failure }) => fallback.children !== undefined && failure === undefined)
  for (const together of Map.groupBy(withChildren, ({ fallback }) => fallback.children?.name).values()) {
    try {
      const messages = readChildren(together[0]?.fallback.children as Children, together, rows, at, sync)
      yield* withFiles(
        together.map(({ one }) => one),
        messages,
        sync,
      )
    } catch (error) {
      for (const run of together) run.failure = error
    }
  }
}

/**
 * Reads children again that may have been incomplete at the last sync, of parents that have not changed since. A child
 * whose time has come is no longer ahead of it, and can no longer be taken back.
 */
async function* readRevisits(runs: readonly FallbackRun[], at: number, sync: Sync): AsyncGenerator<Message> {
  for (const run of runs.filter(isReading)) {
    const { begin, progress } = run
    const rows = Object.entries(begin.revisits)
      .filter(([id, [time]]) => progress.revisits[id]?.[0] === time)
      .map(([id, [time]]) => ({ row: { id: Number(id) }, time }))
    yield* emitChildren([run], rows, at, sync)
    const ahead = Object.entries(run.progress.ahead).filter(([, [until = 0]]) => until > at)
    run.progress = { ...run.progress, ahead: Object.fromEntries(ahead) }
  }
}

/** Emits rows of the archive for the streams that are due, but for rows that the list gave as well (`listed`: their ids). */
async function* readArchived(
  walk: Walk,
  runs: readonly FallbackRun[],
  listed: ReadonlySet<unknown>,
  at: number,
  sync: Sync,
): AsyncGenerator<Message> {
  const due = runs.filter((run) => isReading(run) && run.progress.archived !== undefined)
  const archive = due[0]?.fallback.archive
  if (!archive) return
  const streams = due.map(({ one }) => one.stream.name)
  const include = joinIncludes(due.map(({ fallback }) => fallback.include))
  const from = Math.min(...due.map(({ progress }) => progress.archived ?? 0))
  const since = Math.min(...due.map(({ begin }) => begin.searched))
  for await (const found of readArchive(archive, { since, from, until: at }, sync.get, streams)) {
    const unlisted = found.rows.filter(({ id }) => !listed.has(id))
    const rows = Object.keys(include).length === 0 ? unlisted : await rowsShown(due, unlisted, include, sync)
    const path = due[0]?.fallback.show?.([]).path ?? walk.path
    for (const run of due.filter(({ fallback, failure }) => fallback.children === undefined && failure === undefined))
      yield* unlessFailed(run, emitOwn(run, path, rows, sync))
    yield* emitChildren(
      due,
      rows.map((row) => ({ row, time: walk.timeOf?.(row) ?? 0, since })),
      at,
      sync,
    )
    noteRows(due.filter(isReading), rows, include, walk)
    if (found.rows.length > 0) continue
    for (const run of due.filter(isReading)) {
      run.progress = { ...run.progress, archived: found.from }
      yield checkpointOf(run, false)
    }
  }
}

/** These rows with their side-loads, as the list would give them. */
async function rowsShown(
  runs: readonly FallbackRun[],
  rows: readonly RecordData[],
  include: Query,
  { get }: Sync,
): Promise<readonly RecordData[]> {
  const { show, rowsShown: rowsIn } = runs[0]?.fallback ?? {}
  if (rows.length === 0 || !show || !rowsIn) return rows
  const request = show(rows.map(({ id }) => Number(id)))
  return rowsIn(await get({ ...request, query: { ...request.query, ...include } }))
}
