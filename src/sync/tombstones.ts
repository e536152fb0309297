import { HttpError, messageOf } from '../model/errors.ts'
import { logMessage, type Message } from '../model/message.ts'
import type { Position, RecordData, TombstoneList } from '../model/stream.ts'
import { isoOf } from '../model/time.ts'
import { deletionsMessage } from './emit/records.ts'
import { readWalk } from './pages.ts'
import { RESTORABLE } from './parents.ts'
import { checkpoint, listOf, move, moveList, type Run, type Sync } from './run.ts'
import { withoutIds } from './state/emitted-ids.ts'
import type { ListProgress } from './state/progress.ts'

/** An unordered list of deletions is compared from so many seconds before the newest deletion that was emitted. */
const UNORDERED_LAG = 3600

/**
 * Emits what was deleted since the last sync. This comes before the lists of records are read, so that a record that was
 * restored meanwhile comes after its deletion. Streams with the same list of deletions share its pages. If a list may not
 * be read, a warning says so, and the sync goes on without these deletions.
 */
export async function* readTombstones(runs: readonly Run[], sync: Sync): AsyncGenerator<Message> {
  const withList = runs.filter(({ feed }) => feed.tombstones !== undefined)
  for (const together of Map.groupBy(withList, ({ feed }) => feed.tombstones?.walk.name).values()) {
    const list = together[0]?.feed.tombstones as TombstoneList
    try {
      yield* list.walk.order === 'ascending' ? inOrder(list, together, sync) : outOfOrder(list, together, sync)
    } catch (error) {
      if (!(error instanceof HttpError && (error.status === 403 || error.status === 404))) throw error
      const names = together.map(({ one }) => one.stream.name).join(', ')
      const message = `${list.walk.path} may not be read: deletions of ${names} are not emitted. ${messageOf(error)}`
      yield logMessage('warn', message)
    }
  }
}

/** Where the list of deletions begins. If the stream has children, a first sync also learns of parents that may be restored. */
const beginOf = ({ begin, feed }: Run): Position => {
  const { time } = begin.position
  return listOf(begin).tombstones ?? { time: feed.children ? Math.max(0, time - RESTORABLE) : time }
}

/** How many deleted parents a state remembers at most, the newest ones. */
const MOST_REMEMBERED = 10_000

async function* inOrder({ walk }: TombstoneList, runs: readonly Run[], sync: Sync): AsyncGenerator<Message> {
  const from = runs.map(beginOf).reduce((a, b) => (walk.isBefore(b, a) ? b : a))
  const streams = runs.map(({ one }) => one.stream.name)
  for await (const { rows, after } of readWalk(walk, from, { ...sync, streams }))
    for (const run of runs) {
      const due = rows.filter((row) => (walk.timeOf?.(row) ?? 0) >= beginOf(run).time)
      yield* emitTombstones(run, due, after, sync)
    }
}

async function* outOfOrder({ walk, timeOf }: TombstoneList, runs: readonly Run[], sync: Sync): AsyncGenerator<Message> {
  const streams = runs.map(({ one }) => one.stream.name)
  let recent: RecordData[] = []
  // A first sync has emitted nothing that was deleted; it only remembers what the next sync would take for new.
  const begun = runs.filter(({ isFirst }) => !isFirst)
  const from = Math.min(...begun.map((run) => beginOf(run).time))
  let time = 0
  for await (const { rows } of readWalk(walk, { time: 0 }, { ...sync, streams })) {
    time = rows.reduce((latest, row) => Math.max(latest, timeOf(row)), time)
    recent = [...recent, ...rows].filter((row) => timeOf(row) > Math.min(from, time) - UNORDERED_LAG)
  }
  for (const run of runs) {
    const begin = beginOf(run)
    const emitted = begin.seen?.[String(begin.time)] ?? {}
    const isDue = (row: RecordData): boolean =>
      timeOf(row) > begin.time - UNORDERED_LAG && !(String(row['id']) in emitted)
    const latest = Math.max(begin.time, time)
    const seen = recent.filter((row) => timeOf(row) > latest - UNORDERED_LAG).map((row) => [String(row['id']), ''])
    const position = { time: latest, ...(seen.length > 0 && { seen: { [latest]: Object.fromEntries(seen) } }) }
    yield* emitTombstones(run, begun.includes(run) ? recent.filter(isDue) : [], position, sync)
  }
}

function* emitTombstones(
  run: Run,
  rows: readonly RecordData[],
  after: Position,
  { deletedRecords }: Sync,
): Generator<Message> {
  const { feed, one } = run
  const { tombstones, tombstoneOf } = feed
  if (!tombstones) return
  const deletions = rows.map((row) => [tombstones.idOf(row), tombstones.timeOf(row)] as const)
  if (tombstoneOf)
    yield* deletionsMessage(
      one,
      deletions.map(([id, time]) => ({ record: tombstoneOf(id, time), deletedAt: isoOf(time) })),
      deletedRecords,
    )
  const list = listOf(run.progress)
  const deleted = feed.children ? remembered(list.deleted, deletions, after.time) : list.deleted
  moveList(run, { tombstones: after, deleted })
  const { emitted } = run.progress
  if (emitted) move(run, { emitted: withoutIds(emitted, new Set(deletions.map(([id]) => id))) })
  yield checkpoint(run, false)
}

function remembered(
  before: ListProgress['deleted'],
  deletions: readonly (readonly [id: number, time: number])[],
  now: number,
): ListProgress['deleted'] {
  const all = [...Object.entries(before), ...deletions.map(([id, time]) => [String(id), time] as const)]
  const restorable = all.filter(([, time]) => time > now - RESTORABLE).sort(([, one], [, other]) => other - one)
  return Object.fromEntries(restorable.slice(0, MOST_REMEMBERED))
}
