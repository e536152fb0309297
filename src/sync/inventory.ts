// What there is, compared with what was emitted: for streams whose walk does not report deletions, or not all of them. Some
// take an inventory in each sync (`everySync`), others when it is due.

import { HttpError } from '../model/errors.ts'
import { logMessage, type Message } from '../model/message.ts'
import type { Id, Inventory, RecordData, Walk } from '../model/stream.ts'
import { isoOf } from '../model/time.ts'
import { readArchive, SEARCH_LAG } from './archive.ts'
import { isolated } from './emit/isolated.ts'
import { createdSince, deletedRecordsOf, deletionsMessage, recordsMessage } from './emit/records.ts'
import { emitChildren } from './emit-rows.ts'
import { areTooMany, type Confirmed, confirmMissing, hiddenMessage, type Stake } from './missing.ts'
import { addFound, idOf, isEverySync, remember } from './noted-rows.ts'
import { joinIncludes, readWalk, type WalkOptions } from './pages.ts'
import { isReading, placeOf, type Run, type Sync } from './run.ts'
import { showByIds } from './show.ts'
import {
  type EmittedIds,
  emittedFingerprint,
  type FoundIds,
  fitsState,
  idsEmitted,
  NOTHING_EMITTED,
} from './state/emitted-ids.ts'

/** How many ids of unknown rows are looked up at most, the highest ones: each hundred of them is a request. */
const MOST_ASKED = 1_000_000

/**
 * Takes the inventories of these streams that are due: emits deletions that nothing reports, and rows that changed while
 * their time did not. If more than the allowed share of a stream's records would be deleted, the streams of that inventory
 * fail with a message, and nothing is deleted. `at`: the account's time (epoch seconds).
 */
export async function* takeInventories(runs: readonly Run[], at: number, sync: Sync): AsyncGenerator<Message> {
  const due = runs.filter((run) => isReading(run) && isDue(run, at, sync))
  for (const together of Map.groupBy(due, ({ feed }) => feed.inventory?.name).values())
    try {
      yield* takeInventory(together, runs, at, sync)
    } catch (error) {
      const { feed, one } = together[0] as Run
      if (!feed.inventory?.everySync || !(error instanceof HttpError)) for (const run of together) run.failure = error
      else {
        const message = `${one.stream.name}: its deleted records could not be determined now; the next sync emits them. ${error.message}`
        yield logMessage('warn', message)
      }
    }
}

function isDue(run: Run, at: number, sync: Sync): boolean {
  const { inventory } = run.feed
  const { every } = sync.reconcile
  if (!inventory || inventory.everySync) return isEverySync(run, sync)
  const { emitted } = run.progress
  if (every === 0) return false
  return inventory.walk ? emitted === undefined || at - emitted.at >= every : run.found !== undefined
}

/** `all`: the streams that are read by the walk, of which some may be made of children of rows that changed. */
async function* takeInventory(
  runs: readonly Run[],
  all: readonly Run[],
  at: number,
  sync: Sync,
): AsyncGenerator<Message> {
  const [{ feed, one, found: foundWhileRead }] = runs as readonly [Run]
  const inventory = feed.inventory as Inventory
  const streams = runs.map((run) => run.one.stream.name)
  const options = { ...sync, streams }
  const include = joinIncludes(runs.map((run) => run.feed.include))
  const show = (ids: readonly Id[]) => showByIds(ids, { stream: one.stream, feed, include, get: sync.get })
  const { found, changed } = inventory.walk
    ? await foundBy(runs, inventory.walk, at, options)
    : { found: foundWhileRead ?? new Map(), changed: [] }
  const stakesIn = (absent: readonly AbsentIds[]): readonly Stake[] =>
    absent.map(({ known, emitted }) => ({ streams, known, missing: new Set(emitted), isEmpty: found.size === 0 }))
  let absent = runs.map((run) => absentOf(run, inventory, found, sync))
  if (
    stakesIn(absent).some(({ missing, ...stake }) => areTooMany({ ...stake, missing: missing.size }, sync.reconcile))
  ) {
    await readAgain(runs, found, options)
    absent = runs.map((run) => absentOf(run, inventory, found, sync))
  }
  const asked = new Set(absent.flatMap(({ emitted, unknown }) => [...emitted, ...unknown]))
  // A row that moved from the list to the archive meanwhile is in neither, and is still shown by itself.
  const confirmed = await confirmMissing([...asked], show, stakesIn(absent), sync.reconcile)
  for (const row of confirmed.rows.values()) addFound(found, inventory, row)
  for (const id of confirmed.hidden) found.set(id, undefined)
  const { length: hidden } = confirmed.hidden
  if (hidden > 0) yield logMessage('warn', hiddenMessage(hidden, streams.join(', ')))
  const rows = [...(await show(changed)).rows.values()]
  const since = Math.min(...runs.map(({ progress }) => progress.emitted?.at ?? at)) - SEARCH_LAG
  const parents = rows.map((row) => ({ row, time: inventory.timeOf(row) ?? 0, since }))
  if (rows.length > 0) yield* emitChildren(all.filter(isReading), parents, at, sync)
  const difference = { confirmed, rows, found, at, path: feed.show?.([]).path ?? inventory.name }
  for (const [nth, run] of runs.entries())
    yield* isolated([run], emitDifference(run, absent[nth] as AbsentIds, difference, sync), sync)
}

/** The difference between an inventory and what was emitted. */
interface Difference {
  readonly confirmed: Confirmed
  /** Rows that changed while their time did not. */
  readonly rows: readonly RecordData[]
  readonly found: FoundIds
  /** When the inventory was taken (epoch seconds). */
  readonly at: number
  /** The endpoint that showed the rows. */
  readonly path: string
}

async function* emitDifference(
  run: Run,
  { emitted, unknown }: AbsentIds,
  { confirmed, rows, found, at, path }: Difference,
  sync: Sync,
): AsyncGenerator<Message> {
  const { one, progress, feed } = run
  const { tombstoneOf, records, sideLoads: loads, inventory } = feed
  const { name } = one.stream
  const isDeleted = new Set(confirmed.deleted)
  const deleted = [...emitted, ...unknown].filter((id) => isDeleted.has(id))
  const deletedAt = isoOf(at)
  if (tombstoneOf)
    yield* deletionsMessage(
      one,
      deleted.map((id) => ({ record: tombstoneOf(id, at), deletedAt })),
      sync.deletedRecords,
    )
  const changed = progress.emitted ? rows : []
  const whole = await sync.filled({ stream: name, path, loads, rows: changed })
  yield* recordsMessage(one, records(whole), sync.deletedRecords)
  remember(run, found, at)
  const after = run.progress.emitted
  if (after && !fitsState(after))
    sync.log(
      'warn',
      `${name}: deletions are not detected in a list of so many records (${found.size}); a full refresh corrects them.`,
    )
  if (inventory?.walk && !inventory.everySync)
    sync.log(
      'info',
      `${name}: ${found.size} records were compared; ${deleted.length} had been deleted and ${changed.length} changed unseen.`,
    )
}

/** Ids that the inventory did not find: those that were emitted, and numbers of which it is not known whether they were. */
interface AbsentIds {
  /** How many a destination should have. */
  readonly known: number
  readonly emitted: readonly Id[]
  readonly unknown: readonly Id[]
}

/**
 * The ids of a stream that the inventory did not find. If ids are dense, every number without a row belongs to a deleted
 * one. Before the first inventory it is not known which of them were emitted, and a deletion that is emitted twice does
 * no harm. After it, only the numbers above its highest id are unknown: a sync that was cut off may have emitted them.
 */
function absentOf(run: Run, { isDense }: Inventory, found: FoundIds, { deletedRecords }: Sync): AbsentIds {
  const emittedIds = idsEmitted(run.progress.emitted ?? NOTHING_EMITTED)
  const known = emittedIds.size
  const emitted = [...emittedIds].filter((id) => !found.has(id))
  // As a mark, the deletion of a row that was never emitted would add that row.
  if (!isDense || deletedRecordsOf(run.one, deletedRecords) !== 'delete') return { known, emitted, unknown: [] }
  const from = highest(run.progress.emitted?.ids ?? [])
  const unknown = Array.from({ length: Math.max(0, highest(found.keys()) - from) }, (_, nth) => from + 1 + nth)
  const lacking = unknown.filter((id) => !found.has(id) && !emittedIds.has(id))
  return { known, emitted, unknown: lacking.slice(-MOST_ASKED) }
}

const highest = (ids: Iterable<Id>): number =>
  Iterator.from(ids).reduce<number>((most, id) => Math.max(most, Number(id)), 0)

/** All rows that there are, and the ids of those that changed since they were emitted while their time did not. */
async function foundBy(
  runs: readonly Run[],
  walk: Walk,
  at: number,
  options: WalkOptions & Sync,
): Promise<{ readonly found: FoundIds; readonly changed: readonly Id[] }> {
  const [{ feed }] = runs as readonly [Run]
  const inventory = feed.inventory as Inventory
  const found: FoundIds = new Map()
  const changed: Id[] = []
  const before = runs.flatMap(({ progress }) => {
    const { emitted } = progress
    return emitted ? [{ emitted, to: placeOf(progress).time }] : []
  })
  for await (const rows of rowsOf(runs, walk, options))
    for (const row of rows) {
      const fingerprint = addFound(found, inventory, row).get(idOf(row))
      const isOther = (emitted: EmittedIds): boolean =>
        (emittedFingerprint(emitted, idOf(row)) ?? fingerprint) !== fingerprint
      const time = inventory.timeOf(row) ?? 0
      // Later changes are left to the next sync.
      if (fingerprint !== undefined && before.some(({ emitted, to }) => time <= to && isOther(emitted)))
        changed.push(idOf(row))
    }
  if (feed.archive)
    for await (const { rows } of readArchive(feed.archive, { since: 0, from: 0, until: at }, options))
      for (const row of rows) addFound(found, inventory, row)
  return { found, changed }
}

/** The rows of the list of everything. For an inventory of each sync few fields are parsed: it only needs their ids. */
async function* rowsOf(
  [run]: readonly Run[],
  walk: Walk,
  options: WalkOptions & Sync,
): AsyncGenerator<readonly RecordData[]> {
  const { feed, one } = run as Run
  if (!feed.inventory?.everySync) {
    for await (const { rows } of readWalk(walk, { time: 0 }, options)) yield rows
    return
  }
  const start = one.selection?.startDate ?? 0
  const reads = { id: true, created_at: true, ...feed.walk.reads } as const
  for await (const { rows } of readWalk(walk, { time: 0 }, { ...options, cut: { reads, notes: new Set() } }))
    yield createdSince(one, rows).filter((row) => (feed.inventory?.timeOf(row) ?? start) >= start)
}

/** Adds to the rows that were found those of the list when it is read once more. */
async function readAgain(runs: readonly Run[], found: FoundIds, options: WalkOptions & Sync): Promise<void> {
  const [{ feed }] = runs as readonly [Run]
  const { walk, inventory } = feed
  const list = inventory?.walk ?? walk
  options.log('info', `Many records of ${options.streams.join(', ')} are missing in ${list.path}; it is read again.`)
  for await (const rows of rowsOf(runs, list, options))
    for (const row of rows) if (inventory && !found.has(idOf(row))) addFound(found, inventory, row)
}
