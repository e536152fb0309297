import { ConnectorError } from '../../model/errors.ts'
import type { Log, Message } from '../../model/message.ts'
import type { Id, Inventory, Query, RecordData } from '../../model/stream.ts'
import { isoOf } from '../../model/time.ts'
import { deletedRecordsOf, deletionsMessage, recordsMessage } from '../emit/records.ts'
import { recordShown as shownAlone } from '../export/inventory.ts'
import { type Sync, unlessFailed } from '../export/run.ts'
import { joinIncludes, readWalk } from '../pages.ts'
import { LATE, readArchive } from './archive.ts'
import type { ParentRow } from './children.ts'
import type { Count } from './emitted-ids.ts'
import { canBeKept, type EmittedIds, idsEmitted, isUnchanged } from './emitted-ids.ts'
import { countRow, emittedOf, idOf } from './inventory.ts'
import { type FallbackRun, isReading } from './run.ts'

/** How many rows are shown in one answer. */
const SHOWN = 100

/** Deletions of so few rows need no share of all. */
const FEW = 10

/** So many numbers are asked for at the most, the highest: each hundred of them is a request. */
const MOST_ASKED = 1_000_000

/**
 * Reconciles streams with all rows that there are, where that is due: tells deletions that no list tells, and hands on
 * rows that changed while their time did not. One that would delete a larger share than is allowed stops its streams, with
 * a message.
 */
export async function* reconcile(
  members: readonly FallbackRun[],
  at: number,
  sync: Sync,
): AsyncGenerator<Message | { readonly changed: readonly ParentRow[] }> {
  const due = members.filter((member) => isReading(member) && isDue(member, at, sync))
  for (const together of Map.groupBy(due, ({ fallback }) => fallback.inventory?.name).values())
    try {
      yield* reconcileTogether(together, at, sync)
    } catch (error) {
      for (const member of together) member.failure = error
    }
}

function isDue(
  { fallback: { inventory }, progress: { emitted }, count }: FallbackRun,
  at: number,
  { reconcile }: Sync,
): boolean {
  if (!inventory || reconcile.every === 0) return false
  return inventory.walk ? emitted === undefined || at - emitted.at >= reconcile.every : count !== undefined
}

async function* reconcileTogether(
  members: readonly FallbackRun[],
  at: number,
  sync: Sync,
): AsyncGenerator<Message | { readonly changed: readonly ParentRow[] }> {
  const [{ fallback }] = members as readonly [FallbackRun]
  const inventory = fallback.inventory as Inventory
  const streams = members.map(({ one }) => one.stream.name)
  const { count, changed } = await countAll(members, at, { ...sync, streams })
  const lacking = members.map((member) => lackingOf(member, inventory, count, sync))
  const include = joinIncludes(members.map((member) => member.fallback.include))
  // Those that were overlooked, as they went from the list to the archive, are still shown.
  const missing = new Set(lacking.flatMap(({ gone, never }) => [...gone, ...never]))
  const overlooked = await showEach([...missing], members, include, sync)
  for (const row of overlooked) {
    missing.delete(idOf(row))
    countRow(count, inventory, row)
  }
  for (const [nth, { progress }] of members.entries())
    if (progress.emitted)
      checkShare(
        lacking[nth]!.gone.filter((id) => missing.has(id)).length,
        idsEmitted(progress.emitted).size,
        streams,
        sync,
      )
  const rows = await showEach(changed, members, include, sync)
  const since = Math.min(...members.map(({ progress }) => progress.emitted?.at ?? at)) - LATE
  if (rows.length > 0) yield { changed: rows.map((row) => ({ row, time: inventory.timeOf(row), since })) }
  const reported = { missing, rows, count, at, path: fallback.show?.([]).path ?? inventory.name }
  for (const [nth, member] of members.entries())
    yield* unlessFailed(member, tellFound(member, lacking[nth] as Lacking, reported, sync))
}

/** What a comparison has found: the ids that are not there, the rows that changed unseen, and all that there is. */
interface Comparison {
  readonly missing: ReadonlySet<Id>
  readonly rows: readonly RecordData[]
  readonly count: Count
  readonly at: number
  /** Where the rows were shown. */
  readonly path: string
}

async function* tellFound(
  member: FallbackRun,
  { gone, never }: Lacking,
  { missing, rows, count, at, path }: Comparison,
  sync: Sync,
): AsyncGenerator<Message> {
  const { one, progress, fallback } = member
  const { tombstoneOf, records, sideLoads: loads } = fallback
  const { name } = one.stream
  const reported = [...gone, ...never].filter((id) => missing.has(id))
  const deletedAt = isoOf(at)
  if (tombstoneOf)
    yield* deletionsMessage(
      one,
      reported.map((id) => ({ record: tombstoneOf(id, at), deletedAt })),
      sync.deletedRecords,
    )
  if (progress.emitted) {
    const whole = await sync.sideLoads.filled({ stream: name, path, loads, rows })
    yield* recordsMessage(one, records(whole), sync.deletedRecords)
  }
  const known = emittedOf(count, fallback.inventory?.walk ? at : progress.position.time)
  member.progress = { ...progress, emitted: known }
  if (!canBeKept(known))
    sync.log(
      'warn',
      `${name}: from a list of so many records (${count.size}), deletions are not told; a full refresh corrects them.`,
    )
  if (fallback.inventory?.walk) tell(sync.log, name, count.size, reported.length, progress.emitted ? rows.length : 0)
}

/** Ids of rows that are not there: what should be, and numbers of which nothing is known. */
interface Lacking {
  readonly gone: readonly Id[]
  readonly never: readonly Id[]
}

/**
 * What of a stream is not there any more. Where ids are dense, all numbers that no row has are those of deleted ones: which
 * of them were handed on before anything was counted is not known, and to tell a deletion twice does no harm. After the
 * first count those above its highest number are left: what was handed on by a sync that was cut off.
 */
function lackingOf(
  { one, progress }: FallbackRun,
  { isDense }: Inventory,
  there: Count,
  { deletedRecords }: Sync,
): Lacking {
  const known = progress.emitted ? idsEmitted(progress.emitted) : new Set<Id>()
  const gone = [...known].filter((id) => !there.has(id))
  // Marks would put rows where there were none.
  if (!isDense || deletedRecordsOf(one, deletedRecords) !== 'delete') return { gone, never: [] }
  const from = progress.emitted ? highest(progress.emitted.ids) : 0
  const never = Array.from({ length: Math.max(0, highest(there.keys()) - from) }, (_, nth) => from + 1 + nth)
  return { gone, never: never.filter((id) => !there.has(id) && !known.has(id)).slice(-MOST_ASKED) }
}

const highest = (ids: Iterable<Id>): number =>
  Iterator.from(ids).reduce((most: number, id) => Math.max(most, Number(id)), 0)

const tell = (log: Log, name: string, all: number, gone: number, changed: number): void =>
  log('info', `${name}: ${all} records were compared; ${gone} had been deleted and ${changed} changed unseen.`)

/** All rows that there are, and the ids of those that changed without a word since they were handed on. */
async function countAll(
  [member, ...others]: readonly FallbackRun[],
  at: number,
  options: Sync & { readonly streams: readonly string[] },
): Promise<{ readonly count: Count; readonly changed: readonly Id[] }> {
  const { inventory, archive } = (member as FallbackRun).fallback
  if (!inventory?.walk) return { count: member?.count ?? new Map(), changed: [] }
  const count: Count = new Map()
  const changed: Id[] = []
  const before = [member as FallbackRun, ...others].flatMap(({ progress: { emitted, position } }) =>
    emitted ? [{ known: emitted, to: position.time }] : [],
  )
  for await (const { rows } of readWalk(inventory.walk, { time: 0 }, options))
    for (const row of rows) {
      const fingerprint = countRow(count, inventory, row).get(idOf(row))
      const isOther = (known: EmittedIds): boolean => (isUnchanged(known, idOf(row)) ?? fingerprint) !== fingerprint
      // What changed later is the next sync's to find.
      if (fingerprint !== undefined && before.some(({ known, to }) => inventory.timeOf(row) <= to && isOther(known)))
        changed.push(idOf(row))
    }
  if (archive)
    for await (const { rows } of readArchive(archive, { since: 0, from: 0, until: at }, options.get, options.streams))
      for (const row of rows) countRow(count, inventory, row)
  return { count, changed }
}

/** Those of these rows that are there: shown together, or each by itself. */
async function showEach(
  ids: readonly Id[],
  [member]: readonly FallbackRun[],
  include: Query,
  sync: Sync,
): Promise<readonly RecordData[]> {
  const { fallback, one } = member as FallbackRun
  const found: RecordData[] = []
  for (let from = 0; from < ids.length; from += SHOWN) {
    const some = ids.slice(from, from + SHOWN)
    if (fallback.show && fallback.rowsShown) {
      const request = fallback.show(some)
      found.push(...fallback.rowsShown(await sync.get({ ...request, query: { ...request.query, ...include } })))
    } else
      for (const id of some) {
        const record = await shownAlone(id, one.stream, sync)
        if (record) found.push(record)
      }
  }
  return found
}

function checkShare(gone: number, all: number, streams: readonly string[], { reconcile: { mostDeleted } }: Sync): void {
  if (gone <= FEW || gone <= all * mostDeleted) return
  const percent = Math.ceil((100 * gone) / all)
  throw new ConnectorError(
    `${gone} of ${all} records (${percent} %) of ${streams.join(', ')} are there no more, and nothing tells that they were deleted: ` +
      `nothing was taken out. If that is right, set "max_deletions_percent" to ${percent} or more for one sync.`,
    'config_error',
  )
}
