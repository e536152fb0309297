import { ConnectorError } from '../../errors.ts'
import type { Log, Message } from '../../message.ts'
import type { Archive, Census, Query, RecordData } from '../../stream.ts'
import { isoOf } from '../../time.ts'
import { deletionsMessage, recordsMessage } from '../deletions.ts'
import type { Sync } from '../member.ts'
import { joinIncludes, readWalk } from '../walk.ts'
import { readArchive } from './archive.ts'
import type { Above } from './below.ts'
import { formOf, type KnownIds } from './known-ids.ts'
import { isReading, type Sweeper } from './sweeper.ts'

/** How many rows are shown in one answer. */
const SHOWN = 100

/** What changed so many seconds before the last count may have been overlooked by it: search lags behind. */
const LATE = 3600

/** Deletions of so few rows need no share of all. */
const FEW = 10

/**
 * Reconciles streams with all rows that there are, where that is due: tells deletions that no list tells, and hands on
 * rows that changed while their time did not. The first time it only notes what is there. One that would delete a larger
 * share than is allowed stops its streams, with a message.
 */
export async function* reconcile(
  members: readonly Sweeper[],
  at: number,
  sync: Sync,
): AsyncGenerator<Message | { readonly changed: readonly Above[] }> {
  const due = members.filter((member) => isReading(member) && isDue(member, at, sync))
  for (const together of Map.groupBy(due, ({ way }) => way.census?.name).values())
    try {
      yield* reconcileTogether(together, at, sync)
    } catch (error) {
      for (const member of together) member.failure = error
    }
}

const isDue = ({ way, progress }: Sweeper, at: number, { reconcile: { every } }: Sync): boolean =>
  way.census !== undefined && every > 0 && (progress.known === undefined || at - progress.known.at >= every)

async function* reconcileTogether(
  members: readonly Sweeper[],
  at: number,
  sync: Sync,
): AsyncGenerator<Message | { readonly changed: readonly Above[] }> {
  const [{ way }] = members as readonly [Sweeper]
  const streams = members.map(({ one }) => one.stream.name)
  const { known, changed } = await countAll(way.census as Census, way.archive, members, at, { ...sync, streams })
  const there = new Set(known.ids)
  const missing = new Set(members.flatMap(({ progress }) => (progress.known?.ids ?? []).filter((id) => !there.has(id))))
  const include = joinIncludes(members.map((member) => member.way.include))
  // Those that were overlooked, as they went from the list to the archive, are still shown.
  const overlooked = await showEach([...missing], members, include, sync)
  for (const row of overlooked) missing.delete(Number(row['id']))
  checkShare(missing.size, Math.max(...members.map(({ progress }) => progress.known?.ids.length ?? 0)), streams, sync)
  const rows = await showEach(changed, members, include, sync)
  const since = Math.min(...members.map(({ progress }) => progress.known?.at ?? at)) - LATE
  const census = way.census as Census
  if (rows.length > 0) yield { changed: rows.map((row) => ({ row, time: census.timeOf(row), since })) }
  for (const member of members) {
    const { one, progress } = member
    const { remains, records } = member.way
    const gone = (progress.known?.ids ?? []).filter((id) => missing.has(id))
    const deletedAt = isoOf(at)
    if (remains)
      yield* deletionsMessage(
        one,
        gone.map((id) => ({ record: remains(id, at), deletedAt })),
        sync.deletedRecords,
      )
    if (progress.known) yield* recordsMessage(one, records(rows), sync.deletedRecords)
    const ids = [...known.ids, ...overlooked.map(({ id }) => Number(id))].sort((a, b) => a - b)
    member.progress = { ...progress, known: { ...known, ids } }
    if (progress.known) tell(sync.log, one.stream.name, ids.length, gone.length, rows.length)
  }
}

const tell = (log: Log, name: string, all: number, gone: number, changed: number): void =>
  log('info', `${name}: ${all} records were compared; ${gone} had been deleted and ${changed} changed unseen.`)

/** All rows that there are, and the ids of those whose form is another than it was though their time is not. */
async function countAll(
  census: Census,
  archive: Archive | undefined,
  members: readonly Sweeper[],
  at: number,
  options: Sync & { readonly streams: readonly string[] },
): Promise<{ readonly known: KnownIds; readonly changed: readonly number[] }> {
  const ids = new Set<number>()
  const forms = new Map<number, number>()
  const changed: number[] = []
  const before = members.flatMap(({ progress }) => progress.known ?? [])
  for await (const { rows } of readWalk(census.walk, { time: 0 }, options))
    for (const row of rows) {
      const id = Number(row['id'])
      ids.add(id)
      if (!census.isOpen(row)) continue
      const form = formOf(census.form(row))
      forms.set(id, form)
      const isUnseen = before.some((one) => census.timeOf(row) <= one.at && (one.forms.get(id) ?? form) !== form)
      if (isUnseen) changed.push(id)
    }
  if (archive)
    for await (const { rows } of readArchive(
      archive,
      { since: 0, from: 0, until: at - archive.after },
      options.get,
      options.streams,
    ))
      for (const row of rows) {
        const id = Number(row['id'])
        // Not in the list, so that no sync saw it change.
        if (!ids.has(id) && before.some((one) => census.timeOf(row) > one.at - LATE)) changed.push(id)
        ids.add(id)
      }
  return { known: { at, ids: [...ids].sort((a, b) => a - b), forms }, changed }
}

/** Those of these rows that are there. */
async function showEach(
  ids: readonly number[],
  [member]: readonly Sweeper[],
  include: Query,
  { get }: Sync,
): Promise<readonly RecordData[]> {
  const { show, shown } = member?.way ?? {}
  const found: RecordData[] = []
  if (!show || !shown) return found
  for (let from = 0; from < ids.length; from += SHOWN) {
    const request = show(ids.slice(from, from + SHOWN))
    found.push(...shown(await get({ ...request, query: { ...request.query, ...include } })))
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
