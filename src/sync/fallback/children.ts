import { HttpError } from '../../model/errors.ts'
import { fingerprintOf } from '../../model/fingerprint.ts'
import type { Message } from '../../model/message.ts'
import type { Children, Deletion, RecordData } from '../../model/stream.ts'
import { isoOf } from '../../model/time.ts'
import { deletionsMessage, recordsMessage } from '../emit/records.ts'
import type { Sync } from '../export/run.ts'
import { readWalk } from '../pages.ts'
import type { FallbackRun } from './run.ts'

/** How many lists below rows are asked for at once. */
const LISTS_AT_ONCE = 8

/** A row that has a list below it, and when it last changed (epoch seconds). */
export interface ParentRow {
  readonly row: RecordData
  readonly time: number
  /** Where it was overlooked: up to when the list below it is known (epoch seconds). */
  readonly since?: number
}

/**
 * Reads the list below each of these rows once for all streams that are made of it: as far back as one of them lacks it.
 * `at` is the account's time (epoch seconds). A list that is not there has gone with its row.
 */
export async function* readChildren(
  below: Children,
  members: readonly FallbackRun[],
  rows: readonly ParentRow[],
  at: number,
  sync: Sync,
): AsyncGenerator<Message> {
  const streams = members.map(({ one }) => one.stream.name)
  for (let start = 0; start < rows.length; start += LISTS_AT_ONCE) {
    const some = rows.slice(start, start + LISTS_AT_ONCE)
    const lists = await Promise.all(some.map((above) => childrenOf(below, above, members, { ...sync, streams })))
    for (const member of members) yield* emitChildren(member, below, some, lists, at, sync)
  }
}

const idOf = (row: RecordData): string => String(row['id'])

/** Up to when this stream has all rows below this one (epoch seconds). */
const emittedUntil = ({ begin, progress }: FallbackRun, id: string): number =>
  // What was deleted and is there again has lost its rows, or never handed them on.
  id in progress.deleted ? -1 : (progress.revisits[id]?.[1] ?? begin.whole)

const isRestoration = (below: Children, row: RecordData, known: number): boolean =>
  below.timeOf(row) > known && below.isRestoration?.(row) === true

/** Undefined where the row above it is not there (any more). */
async function childrenOf(
  below: Children,
  { row, since = Number.POSITIVE_INFINITY }: ParentRow,
  members: readonly FallbackRun[],
  options: Sync & { readonly streams: readonly string[] },
): Promise<readonly RecordData[] | undefined> {
  const known = Math.min(since, ...members.map((member) => emittedUntil(member, idOf(row))))
  const found: RecordData[] = []
  try {
    for await (const { rows } of readWalk(below.walk(row), { time: 0 }, options)) {
      found.push(...rows)
      if (rows.some((one) => below.timeOf(one) < known) && !found.some((one) => isRestoration(below, one, known))) break
    }
  } catch (error) {
    if (!(error instanceof HttpError && error.status === 404)) throw error
    return undefined
  }
  // Lists in pages are read newest first.
  return found.toSorted(
    (one, other) => below.timeOf(one) - below.timeOf(other) || Number(one['id']) - Number(other['id']),
  )
}

function* emitChildren(
  member: FallbackRun,
  below: Children,
  rows: readonly ParentRow[],
  lists: readonly (readonly RecordData[] | undefined)[],
  at: number,
  { deletedRecords }: Sync,
): Generator<Message> {
  const { one, fallback } = member
  const again = { ...member.progress.revisits }
  const ahead = { ...member.progress.ahead }
  const deleted = { ...member.progress.deleted }
  const fresh: RecordData[] = []
  const gone: Deletion[] = []
  for (const [nth, { row, time, since = Number.POSITIVE_INFINITY }] of rows.entries()) {
    const id = idOf(row)
    const list = lists[nth] ?? []
    const lately = Math.min(emittedUntil(member, id), since)
    const isWhole = below.isWhole || list.some((found) => isRestoration(below, found, lately))
    const known = isWhole ? -1 : lately
    const before = again[id]?.[2] ?? {}
    const [, ...announced] = ahead[id] ?? []
    const later = list.filter((found) => below.timeOf(found) > known)
    const fingerprints = Object.fromEntries(later.map((found) => [idOf(found), fingerprintOf(found)]))
    fresh.push(...later.filter((found) => before[idOf(found)] !== fingerprints[idOf(found)]))
    if (below.tombstoneOf)
      for (const key of new Set([...Object.keys(before), ...announced.map(String)]))
        if (!(key in fingerprints))
          gone.push({ record: below.tombstoneOf(Number(key), Number(id)), deletedAt: isoOf(at) })
    if (lists[nth] !== undefined) delete deleted[id]
    const coming = below.ahead === undefined ? [] : list.filter((found) => below.timeOf(found) > at)
    if (coming.length > 0)
      ahead[id] = [Math.max(...coming.map(below.timeOf)), ...coming.map((found) => Number(found['id']))]
    else delete ahead[id]
    if (time > at - below.lag) again[id] = [time, known, fingerprints]
    else delete again[id]
  }
  member.progress = { ...member.progress, revisits: again, ahead, deleted }
  yield* recordsMessage(one, fallback.records(fresh), deletedRecords)
  yield* deletionsMessage(one, gone, deletedRecords)
}
