import type { Message } from '../../model/message.ts'
import type { Children, Position, Query, RecordData, Walk } from '../../model/stream.ts'
import { withFiles } from '../emit/files.ts'
import { recordsMessage } from '../emit/records.ts'
import type { Failures } from '../export/read-export.ts'
import { type Sync, unlessFailed } from '../export/run.ts'
import { joinIncludes, readFrom } from '../pages.ts'
import { isSearchDue, LATE, readArchive } from './archive.ts'
import { type ParentRow, readChildren } from './children.ts'
import { endCount, noteRows } from './inventory.ts'
import { reconcile } from './reconcile.ts'
import { checkpointOf, dueOf, type FallbackRun, type FallbackStream, isReading, startRuns } from './run.ts'
import { readTombstones } from './tombstones.ts'

/**
 * Reads a list in order of the last change for all its streams together, and what they need beside it: first what was
 * deleted, then each changed row and the lists below it, at the end what the list leaves out. Returns what ended single
 * streams, by name; throws what ended the list.
 */
export async function* readFallback(
  walk: Walk,
  fallbacks: readonly FallbackStream[],
  sync: Sync,
): AsyncGenerator<Message, Failures> {
  const members = startRuns(fallbacks, sync)
  yield* readTombstones(members, sync)
  const from = members.map(({ begin }) => begin.position).reduce((a, b) => (walk.isBefore(b, a) ? b : a))
  const include = joinIncludes(fallbacks.map(({ fallback }) => fallback.include))
  const options = { ...sync, include, streams: fallbacks.map(({ one }) => one.stream.name) }
  for (const member of members) member.joined = !walk.isBefore(from, member.begin.position)
  const listed = new Set<unknown>()
  let at = 0
  for await (const step of readFrom(walk, from, options)) {
    if (at === 0) for (const member of members) begin(member, step.at)
    at = step.at
    for (const member of members) member.joined ||= walk.isBefore(member.begin.position, step.after)
    for (const row of step.rows) if (isArchiveDue(members, row)) listed.add(row['id'])
    for (const member of noteRows(members.filter(isReading), step.rows, include, walk))
      yield checkpointOf(member, false)
    yield* take(walk, members, step.rows, at, sync)
    for (const member of members.filter(isReading)) {
      member.progress = { ...member.progress, position: step.after, whole: wholeAfter(member, step.after) }
      yield checkpointOf(member, false)
    }
  }
  yield* lookAgain(members, at, sync)
  yield* readArchived(walk, members, listed, at, sync)
  for (const member of members.filter(isReading)) endCount(member, at)
  for await (const found of reconcile(members, at, sync))
    if ('changed' in found) yield* takeChildren(members.filter(isReading), found.changed, at, sync)
    else yield found
  for (const member of members.filter(isReading)) {
    const { archived, ...progress } = member.progress
    const searched = archived === undefined ? progress.searched : at - LATE
    member.progress = { ...progress, searched, whole: Math.max(progress.whole, progress.position.time) }
    yield checkpointOf(member, true)
  }
  return new Map(members.flatMap(({ one, failure }) => (failure === undefined ? [] : [[one.stream.name, failure]])))
}

/** Only what is read in one go, in order, is whole as far as its list was read. */
const wholeAfter = ({ fallback, progress }: FallbackRun, { time }: Position): number =>
  fallback.children || progress.archived !== undefined ? progress.whole : Math.max(progress.whole, time)

const isArchiveDue = (members: readonly FallbackRun[], row: RecordData): boolean =>
  members.some(({ fallback, progress }) => progress.archived !== undefined && fallback.archive?.finds(row))

/** What is known once the account has told its time (epoch seconds). */
function begin(member: FallbackRun, at: number): void {
  const { progress, fallback, one } = member
  const { whole, searched, forExports, isFirst } = progress
  const isDue = fallback.archive !== undefined && (isFirst || isSearchDue(searched, at))
  // Children whose parents are deleted from now on are told by the exports, should they open again.
  const parent =
    one.stream.parent && forExports['parent'] === undefined ? { time: whole === 0 ? at : whole } : undefined
  member.progress = {
    ...progress,
    ...(isDue && { archived: progress.archived ?? 0 }),
    ...(parent && { forExports: { ...forExports, parent } }),
  }
}

/** Some rows of the list for all streams that read it: their own records, and those below. */
async function* take(
  walk: Walk,
  members: readonly FallbackRun[],
  rows: readonly RecordData[],
  at: number,
  sync: Sync,
): AsyncGenerator<Message> {
  const reading = members.filter(isReading)
  for (const member of reading.filter(({ fallback }) => fallback.children === undefined))
    yield* unlessFailed(
      member,
      takeOwn(member, walk.path, rows, sync, (whole) => dueOf(member, whole, walk)),
    )
  const first = Math.min(...reading.map(({ begin }) => begin.position.time))
  const above = rows.map((row) => ({ row, time: walk.timeOf?.(row) ?? 0 }))
  yield* takeChildren(
    reading.filter(isReading),
    above.filter(({ time }) => time >= first),
    at,
    sync,
  )
}

/** The records that these rows are, as far as `due` picks them. */
async function* takeOwn(
  { one, fallback }: FallbackRun,
  path: string,
  rows: readonly RecordData[],
  { sideLoads, deletedRecords }: Sync,
  due = (whole: readonly RecordData[]) => whole,
): AsyncGenerator<Message> {
  const whole = await sideLoads.filled({ stream: one.stream.name, path, loads: fallback.sideLoads, rows })
  yield* recordsMessage(one, fallback.records(due(whole)), deletedRecords)
}

/** The lists below these rows, each kind of them once. One that cannot be read ends its streams alone. */
async function* takeChildren(
  members: readonly FallbackRun[],
  rows: readonly ParentRow[],
  at: number,
  sync: Sync,
): AsyncGenerator<Message> {
  const below = members.filter(({ fallback, failure }) => fallback.children !== undefined && failure === undefined)
  for (const together of Map.groupBy(below, ({ fallback }) => fallback.children?.name).values()) {
    try {
      const messages = readChildren(together[0]?.fallback.children as Children, together, rows, at, sync)
      yield* withFiles(
        together.map(({ one }) => one),
        messages,
        sync,
      )
    } catch (error) {
      for (const member of together) member.failure = error
    }
  }
}

/**
 * The lists that may not have been full at the last sync, below rows that have not changed since. What had been ahead of
 * its time and is not any more has come true.
 */
async function* lookAgain(members: readonly FallbackRun[], at: number, sync: Sync): AsyncGenerator<Message> {
  for (const member of members.filter(isReading)) {
    const { begin, progress } = member
    const rows = Object.entries(begin.revisits)
      .filter(([id, [time]]) => progress.revisits[id]?.[0] === time)
      .map(([id, [time]]) => ({ row: { id: Number(id) }, time }))
    yield* takeChildren([member], rows, at, sync)
    const ahead = Object.entries(member.progress.ahead).filter(([, [until = 0]]) => until > at)
    member.progress = { ...member.progress, ahead: Object.fromEntries(ahead) }
  }
}

/** What has left the list, for those streams that lack it: each row that the list did not give. */
async function* readArchived(
  walk: Walk,
  members: readonly FallbackRun[],
  listed: ReadonlySet<unknown>,
  at: number,
  sync: Sync,
): AsyncGenerator<Message> {
  const due = members.filter((member) => isReading(member) && member.progress.archived !== undefined)
  const archive = due[0]?.fallback.archive
  if (!archive) return
  const streams = due.map(({ one }) => one.stream.name)
  const include = joinIncludes(due.map(({ fallback }) => fallback.include))
  const from = Math.min(...due.map(({ progress }) => progress.archived ?? 0))
  const since = Math.min(...due.map(({ begin }) => begin.searched))
  for await (const found of readArchive(archive, { since, from, until: at }, sync.get, streams)) {
    const lacking = found.rows.filter(({ id }) => !listed.has(id))
    const rows = Object.keys(include).length === 0 ? lacking : await rowsShown(due, lacking, include, sync)
    const path = due[0]?.fallback.show?.([]).path ?? walk.path
    for (const member of due.filter(
      ({ fallback, failure }) => fallback.children === undefined && failure === undefined,
    ))
      yield* unlessFailed(member, takeOwn(member, path, rows, sync))
    yield* takeChildren(
      due,
      rows.map((row) => ({ row, time: walk.timeOf?.(row) ?? 0, since })),
      at,
      sync,
    )
    noteRows(due.filter(isReading), rows, include, walk)
    if (found.rows.length > 0) continue
    for (const member of due.filter(isReading)) {
      member.progress = { ...member.progress, archived: found.from }
      yield checkpointOf(member, false)
    }
  }
}

/** The same rows with their side-loads, as the list would give them. */
async function rowsShown(
  members: readonly FallbackRun[],
  rows: readonly RecordData[],
  include: Query,
  { get }: Sync,
): Promise<readonly RecordData[]> {
  const { show, rowsShown: rowsIn } = members[0]?.fallback ?? {}
  if (rows.length === 0 || !show || !rowsIn) return rows
  const request = show(rows.map(({ id }) => Number(id)))
  return rowsIn(await get({ ...request, query: { ...request.query, ...include } }))
}
