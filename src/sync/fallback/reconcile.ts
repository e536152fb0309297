import type { Log, Message } from '../../model/message.ts'
import type { Fallback, Id, Inventory, Query, RecordData } from '../../model/stream.ts'
import { isoOf } from '../../model/time.ts'
import { areTooMany, checkDeletions, hiddenMessage } from '../deletion-guard.ts'
import { deletedRecordsOf, deletionsMessage, recordsMessage } from '../emit/records.ts'
import { recordShown as shownAlone } from '../export/inventory.ts'
import { type Sync, unlessFailed } from '../export/run.ts'
import { joinIncludes, readFrom, readWalk } from '../pages.ts'
import { readArchive, SEARCH_LAG } from './archive.ts'
import type { ParentRow } from './children.ts'
import type { FoundIds } from './emitted-ids.ts'
import { type EmittedIds, emittedFingerprint, fitsState, idsEmitted } from './emitted-ids.ts'
import { addFound, emittedOf, idOf } from './inventory.ts'
import { type FallbackRun, isReading } from './run.ts'

/** How many rows Zendesk shows in one answer. */
const SHOWN_AT_ONCE = 100

/** How many ids of unknown rows are looked up at most, the highest ones: each hundred of them is a request. */
const MOST_ASKED = 1_000_000

/**
 * Reconciles the streams that are due with an inventory: emits deletions that no list reports, and rows that changed while
 * their time did not. If more than the allowed share of a stream's records would be deleted, the streams of that inventory
 * fail with a message, and nothing is deleted.
 */
export async function* reconcile(
  runs: readonly FallbackRun[],
  at: number,
  sync: Sync,
): AsyncGenerator<Message | { readonly changed: readonly ParentRow[] }> {
  const due = runs.filter((run) => isReading(run) && isDue(run, at, sync))
  for (const together of Map.groupBy(due, ({ fallback }) => fallback.inventory?.name).values())
    try {
      yield* reconcileTogether(together, at, sync)
    } catch (error) {
      for (const run of together) run.failure = error
    }
}

function isDue(
  { fallback: { inventory }, progress: { emitted }, found }: FallbackRun,
  at: number,
  { reconcile }: Sync,
): boolean {
  if (!inventory || reconcile.every === 0) return false
  return inventory.walk ? emitted === undefined || at - emitted.at >= reconcile.every : found !== undefined
}

async function* reconcileTogether(
  runs: readonly FallbackRun[],
  at: number,
  sync: Sync,
): AsyncGenerator<Message | { readonly changed: readonly ParentRow[] }> {
  const [{ fallback }] = runs as readonly [FallbackRun]
  const inventory = fallback.inventory as Inventory
  const streams = runs.map(({ one }) => one.stream.name)
  const { found, changed } = await takeInventory(runs, at, { ...sync, streams })
  const isDoubtful = ({ progress: { emitted } }: FallbackRun): boolean => {
    const known = emitted ? [...idsEmitted(emitted)] : []
    const missing = known.filter((id) => !found.has(id)).length
    return areTooMany({ missing, known: known.length, isEmpty: found.size === 0 }, sync.reconcile)
  }
  if (runs.some(isDoubtful)) await readAgain(fallback, found, { ...sync, streams })
  const absent = runs.map((run) => absentOf(run, inventory, found, sync))
  const include = joinIncludes(runs.map((run) => run.fallback.include))
  // A row that moved from the list to the archive meanwhile is in neither, and is still shown by itself.
  const missing = new Set(absent.flatMap(({ emitted, unknown }) => [...emitted, ...unknown]))
  const { rows: overlooked, hidden } = await showEach([...missing], runs, include, sync)
  for (const row of overlooked) {
    missing.delete(idOf(row))
    addFound(found, inventory, row)
  }
  for (const id of hidden) {
    missing.delete(id)
    found.set(id, undefined)
  }
  for (const [nth, { progress }] of runs.entries())
    if (progress.emitted)
      checkDeletions(
        {
          missing: absent[nth]!.emitted.filter((id) => missing.has(id)).length + hidden.length,
          known: idsEmitted(progress.emitted).size,
          isEmpty: found.size === hidden.length,
        },
        streams,
        sync.reconcile,
      )
  if (hidden.length > 0) sync.log('warn', hiddenMessage(hidden.length, streams.join(', ')))
  const { rows } = await showEach(changed, runs, include, sync)
  const since = Math.min(...runs.map(({ progress }) => progress.emitted?.at ?? at)) - SEARCH_LAG
  if (rows.length > 0) yield { changed: rows.map((row) => ({ row, time: inventory.timeOf(row), since })) }
  const difference = { missing, rows, found, at, path: fallback.show?.([]).path ?? inventory.name }
  for (const [nth, run] of runs.entries())
    yield* unlessFailed(run, emitDifference(run, absent[nth] as AbsentIds, difference, sync))
}

/** The difference between an inventory and what was emitted. */
interface Difference {
  /** Ids that no row has any more. */
  readonly missing: ReadonlySet<Id>
  /** Rows that changed while their time did not. */
  readonly rows: readonly RecordData[]
  readonly found: FoundIds
  /** When the inventory was taken (epoch seconds). */
  readonly at: number
  /** The endpoint that showed the rows. */
  readonly path: string
}

async function* emitDifference(
  run: FallbackRun,
  { emitted, unknown }: AbsentIds,
  { missing, rows, found, at, path }: Difference,
  sync: Sync,
): AsyncGenerator<Message> {
  const { one, progress, fallback } = run
  const { tombstoneOf, records, sideLoads: loads } = fallback
  const { name } = one.stream
  const deleted = [...emitted, ...unknown].filter((id) => missing.has(id))
  const deletedAt = isoOf(at)
  if (tombstoneOf)
    yield* deletionsMessage(
      one,
      deleted.map((id) => ({ record: tombstoneOf(id, at), deletedAt })),
      sync.deletedRecords,
    )
  if (progress.emitted) {
    const whole = await sync.sideLoads.filled({ stream: name, path, loads, rows })
    yield* recordsMessage(one, records(whole), sync.deletedRecords)
  }
  const inventoried = emittedOf(found, fallback.inventory?.walk ? at : progress.position.time)
  run.progress = { ...progress, emitted: inventoried }
  if (!fitsState(inventoried))
    sync.log(
      'warn',
      `${name}: deletions are not detected in a list of so many records (${found.size}); a full refresh corrects them.`,
    )
  if (fallback.inventory?.walk)
    logDifference(sync.log, name, found.size, deleted.length, progress.emitted ? rows.length : 0)
}

/** Ids that the inventory did not find: those that were emitted, and numbers of which it is not known whether they were. */
interface AbsentIds {
  readonly emitted: readonly Id[]
  readonly unknown: readonly Id[]
}

/**
 * The ids of a stream that the inventory did not find. If ids are dense, every number without a row belongs to a deleted
 * one. Before the first inventory it is not known which of them were emitted, and a deletion that is emitted twice does
 * no harm. After it, only the numbers above its highest id are unknown: a sync that was cut off may have emitted them.
 */
function absentOf(
  { one, progress }: FallbackRun,
  { isDense }: Inventory,
  found: FoundIds,
  { deletedRecords }: Sync,
): AbsentIds {
  const expected = progress.emitted ? idsEmitted(progress.emitted) : new Set<Id>()
  const emitted = [...expected].filter((id) => !found.has(id))
  // As a mark, the deletion of a row that was never emitted would add that row.
  if (!isDense || deletedRecordsOf(one, deletedRecords) !== 'delete') return { emitted, unknown: [] }
  const from = progress.emitted ? highest(progress.emitted.ids) : 0
  const unknown = Array.from({ length: Math.max(0, highest(found.keys()) - from) }, (_, nth) => from + 1 + nth)
  return { emitted, unknown: unknown.filter((id) => !found.has(id) && !expected.has(id)).slice(-MOST_ASKED) }
}

const highest = (ids: Iterable<Id>): number =>
  Iterator.from(ids).reduce((most: number, id) => Math.max(most, Number(id)), 0)

const logDifference = (log: Log, name: string, all: number, deleted: number, changed: number): void =>
  log('info', `${name}: ${all} records were compared; ${deleted} had been deleted and ${changed} changed unseen.`)

/** All rows that there are, and the ids of those that changed since they were emitted while their time did not. */
async function takeInventory(
  [run, ...others]: readonly FallbackRun[],
  at: number,
  options: Sync & { readonly streams: readonly string[] },
): Promise<{ readonly found: FoundIds; readonly changed: readonly Id[] }> {
  const { inventory, archive } = (run as FallbackRun).fallback
  if (!inventory?.walk) return { found: run?.found ?? new Map(), changed: [] }
  const found: FoundIds = new Map()
  const changed: Id[] = []
  const before = [run as FallbackRun, ...others].flatMap(({ progress: { emitted, position } }) =>
    emitted ? [{ emitted, to: position.time }] : [],
  )
  for await (const { rows } of readWalk(inventory.walk, { time: 0 }, options))
    for (const row of rows) {
      const fingerprint = addFound(found, inventory, row).get(idOf(row))
      const isOther = (emitted: EmittedIds): boolean =>
        (emittedFingerprint(emitted, idOf(row)) ?? fingerprint) !== fingerprint
      // Later changes are left to the next sync.
      if (
        fingerprint !== undefined &&
        before.some(({ emitted, to }) => inventory.timeOf(row) <= to && isOther(emitted))
      )
        changed.push(idOf(row))
    }
  if (archive)
    for await (const { rows } of readArchive(archive, { since: 0, from: 0, until: at }, options.get, options.streams))
      for (const row of rows) addFound(found, inventory, row)
  return { found, changed }
}

/** Adds to the rows that were found those of the list when it is read once more. */
async function readAgain(
  { inventory, walk }: Fallback,
  found: FoundIds,
  options: Sync & { readonly streams: readonly string[] },
): Promise<void> {
  if (!inventory) return
  const list = inventory.walk ?? walk
  options.log('info', `Many records of ${options.streams.join(', ')} are missing in ${list.path}; it is read again.`)
  for await (const { rows } of readFrom(list, { time: 0 }, options))
    for (const row of rows) if (!found.has(idOf(row))) addFound(found, inventory, row)
}

/** The rows with these ids that exist, and the ids of those that this user may not see, looked up a hundred at a time, or one by one if the stream has no such endpoint. */
async function showEach(
  ids: readonly Id[],
  [run]: readonly FallbackRun[],
  include: Query,
  sync: Sync,
): Promise<{ readonly rows: readonly RecordData[]; readonly hidden: readonly Id[] }> {
  const { fallback, one } = run as FallbackRun
  const rows: RecordData[] = []
  const hidden: Id[] = []
  for (let from = 0; from < ids.length; from += SHOWN_AT_ONCE) {
    const some = ids.slice(from, from + SHOWN_AT_ONCE)
    if (fallback.show && fallback.rowsShown) {
      const request = fallback.show(some)
      rows.push(...fallback.rowsShown(await sync.get({ ...request, query: { ...request.query, ...include } })))
    } else
      for (const id of some) {
        const { record, isHidden } = (await shownAlone(id, one.stream, sync)) ?? {}
        if (record) rows.push(record)
        if (isHidden) hidden.push(id)
      }
  }
  return { rows, hidden }
}
