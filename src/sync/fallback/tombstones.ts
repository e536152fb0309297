import { HttpError, messageOf } from '../../model/errors.ts'
import type { Message } from '../../model/message.ts'
import type { Position, RecordData, TombstoneList } from '../../model/stream.ts'
import { isoOf } from '../../model/time.ts'
import { deletionsMessage } from '../emit/records.ts'
import type { Sync } from '../export/run.ts'
import { readFrom, readWalk } from '../pages.ts'
import { stateToUse } from '../state/progress.ts'
import { withoutIds } from './emitted-ids.ts'
import { checkpointOf, type FallbackRun } from './run.ts'
import type { FallbackProgress } from './state.ts'

/** A list of deletions in no order is compared from so many seconds before the newest one that was told. */
const UNORDERED_LAG = 3600

/**
 * Tells what was deleted since the last sync, before the lists of what is there are read: a record that was restored
 * meanwhile comes after its deletion. Streams with one list of deletions share its pages. A list that may not be read
 * leaves its deletions to others' eyes, and says so.
 */
export async function* readTombstones(members: readonly FallbackRun[], sync: Sync): AsyncGenerator<Message> {
  const withList = members.filter(({ fallback }) => fallback.tombstones !== undefined)
  for (const together of Map.groupBy(withList, ({ fallback }) => fallback.tombstones?.walk.name).values()) {
    const gone = together[0]?.fallback.tombstones as TombstoneList
    try {
      yield* gone.walk.order === 'ascending' ? inOrder(gone, together, sync) : outOfOrder(gone, together, sync)
    } catch (error) {
      if (!(error instanceof HttpError && (error.status === 403 || error.status === 404))) throw error
      const names = together.map(({ one }) => one.stream.name).join(', ')
      const message = `${gone.walk.path} may not be read, so that deletions of ${names} are not told. ${messageOf(error)}`
      yield { kind: 'log', level: 'warn', message }
    }
  }
}

/** What is restored was deleted a month ago at the most: for what is below it, those are remembered from the start. */
const beginOf = ({ begin, fallback }: FallbackRun): Position =>
  begin.tombstones ?? { time: fallback.children ? Math.max(0, begin.whole - RESTORABLE) : begin.whole }

/** For how long a deleted record can be restored, in seconds (fact 120). */
const RESTORABLE = 30 * 86_400
/** How many deleted rows a state remembers at the most, for what is below them: the newest. */
const MOST_REMEMBERED = 10_000

async function* inOrder({ walk }: TombstoneList, members: readonly FallbackRun[], sync: Sync): AsyncGenerator<Message> {
  const from = members.map(beginOf).reduce((a, b) => (walk.isBefore(b, a) ? b : a))
  const streams = members.map(({ one }) => one.stream.name)
  for await (const { rows, after } of readFrom(walk, from, { ...sync, streams }))
    for (const member of members) {
      const due = rows.filter((row) => (walk.timeOf?.(row) ?? 0) >= beginOf(member).time)
      yield* emitTombstones(member, due, after, sync)
    }
}

async function* outOfOrder(
  { walk, timeOf }: TombstoneList,
  members: readonly FallbackRun[],
  sync: Sync,
): AsyncGenerator<Message> {
  const streams = members.map(({ one }) => one.stream.name)
  let recent: RecordData[] = []
  // A first sync has nothing to take back, and keeps only what the next one would take for new.
  const begun = members.filter(({ one }) => stateToUse(one) !== undefined)
  const from = Math.min(...begun.map((member) => beginOf(member).time))
  let time = 0
  for await (const { rows } of readWalk(walk, { time: 0 }, { ...sync, streams })) {
    time = rows.reduce((latest, row) => Math.max(latest, timeOf(row)), time)
    recent = [...recent, ...rows].filter((row) => timeOf(row) > Math.min(from, time) - UNORDERED_LAG)
  }
  for (const member of members) {
    const begin = beginOf(member)
    const reported = begin.seen?.[String(begin.time)] ?? {}
    const isDue = (row: RecordData): boolean =>
      timeOf(row) > begin.time - UNORDERED_LAG && !(String(row['id']) in reported)
    const latest = Math.max(begin.time, time)
    const seen = recent.filter((row) => timeOf(row) > latest - UNORDERED_LAG).map((row) => [String(row['id']), ''])
    const position = { time: latest, ...(seen.length > 0 && { seen: { [latest]: Object.fromEntries(seen) } }) }
    yield* emitTombstones(member, begun.includes(member) ? recent.filter(isDue) : [], position, sync)
  }
}

function* emitTombstones(
  member: FallbackRun,
  rows: readonly RecordData[],
  after: Position,
  { deletedRecords }: Sync,
): Generator<Message> {
  const { fallback, one, progress } = member
  const { tombstones, tombstoneOf } = fallback
  if (!tombstones) return
  const reported = rows.map((row) => [tombstones.idOf(row), tombstones.timeOf(row)] as const)
  if (tombstoneOf)
    yield* deletionsMessage(
      one,
      reported.map(([id, time]) => ({ record: tombstoneOf(id, time), deletedAt: isoOf(time) })),
      deletedRecords,
    )
  const deleted = fallback.children ? remembered(progress.deleted, reported, after.time) : progress.deleted
  const known = progress.emitted && withoutIds(progress.emitted, new Set(reported.map(([id]) => id)))
  member.progress = { ...progress, tombstones: after, deleted, ...(known && { emitted: known }) }
  yield checkpointOf(member, false)
}

function remembered(
  before: FallbackProgress['deleted'],
  reported: readonly (readonly [id: number, time: number])[],
  now: number,
): FallbackProgress['deleted'] {
  const all = [...Object.entries(before), ...reported.map(([id, time]) => [String(id), time] as const)]
  const restorable = all.filter(([, time]) => time > now - RESTORABLE).sort(([, one], [, other]) => other - one)
  return Object.fromEntries(restorable.slice(0, MOST_REMEMBERED))
}
