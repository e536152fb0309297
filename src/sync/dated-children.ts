// Children of rows that came because they changed: of each list, what is younger than what was emitted.

import { fingerprintOf } from '../model/fingerprint.ts'
import type { Message } from '../model/message.ts'
import { slicesOf } from '../model/slices.ts'
import type { DatedChildren, Deletion, RecordData } from '../model/stream.ts'
import { isoOf } from '../model/time.ts'
import { deletionsMessage, recordsMessage } from './emit/records.ts'
import { checkDeletions } from './missing.ts'
import { childrenIn, LISTS_AT_ONCE } from './pages.ts'
import { listOf, moveList, type Run, type Sync } from './run.ts'

/** A row that has children, and when it last changed (epoch seconds). */
export interface ParentRow {
  readonly row: RecordData
  readonly time: number
  /** If a change of the row was overlooked: up to when its children have been emitted all the same (epoch seconds). */
  readonly since?: number
}

/**
 * Reads the children of each of these rows once for all streams that are made of them, as far back as one of these
 * streams needs. `at` is the account's time (epoch seconds). A list that is not found was deleted with its parent.
 */
export async function* emitDatedChildren(
  children: DatedChildren,
  runs: readonly Run[],
  rows: readonly ParentRow[],
  at: number,
  sync: Sync,
): AsyncGenerator<Message> {
  for (const some of slicesOf(rows, LISTS_AT_ONCE)) {
    const lists = await Promise.all(some.map((parent) => childrenOf(children, parent, runs, sync)))
    for (const run of runs) yield* emitChildren(run, children, some, lists, at, sync)
  }
}

const idOf = (row: RecordData): string => String(row['id'])

/** Up to when this stream has emitted all children of this parent (epoch seconds). */
const emittedUntil = ({ begin, progress }: Run, id: string): number => {
  const { deleted, revisits } = listOf(progress)
  // The children of a deleted parent were deleted too, or never emitted: all of them are due if it is restored.
  return id in deleted ? -1 : (revisits[id]?.[1] ?? begin.position.time)
}

const isRestoration = (children: DatedChildren, row: RecordData, emittedTo: number): boolean =>
  children.timeOf(row) > emittedTo && children.isRestoration?.(row) === true

/** The children of this parent, oldest first; undefined if the parent does not exist (any more). */
async function childrenOf(
  children: DatedChildren,
  { row, since = Number.POSITIVE_INFINITY }: ParentRow,
  runs: readonly Run[],
  sync: Sync,
): Promise<readonly RecordData[] | undefined> {
  const options = { ...sync, streams: runs.map(({ one }) => one.stream.name) }
  const emittedTo = Math.min(since, ...runs.map((run) => emittedUntil(run, idOf(row))))
  const found = new Map<string, RecordData>()
  let exists = true
  const onNone = (): void => {
    exists = false
  }
  const read = async (): Promise<void> => {
    for await (const rows of childrenIn(children.walk(row), options, onNone)) {
      for (const child of rows) if (!found.has(idOf(child))) found.set(idOf(child), child)
      // Lists in pages come newest first (fact 306). One that does not is read whole: its newest rows are at its end.
      const isPastEmitted = isNewestFirst(children, rows) && rows.some((child) => children.timeOf(child) < emittedTo)
      if (isPastEmitted && !found.values().some((child) => isRestoration(children, child, emittedTo))) break
    }
  }
  await read()
  // What is missing counts as deleted: one answer is not enough for that.
  const mayBeMissing = exists && children.tombstoneOf !== undefined
  if (mayBeMissing && runs.some((run) => keysEmitted(run, idOf(row)).some((key) => !found.has(key)))) await read()
  if (!exists) return undefined
  return [...found.values()].sort(
    (one, other) => children.timeOf(one) - children.timeOf(other) || Number(one['id']) - Number(other['id']),
  )
}

/** Whether the order of these rows is that of their times, the latest first. */
const isNewestFirst = ({ timeOf }: DatedChildren, rows: readonly RecordData[]): boolean =>
  rows.every((row, nth) => nth === 0 || timeOf(row) <= timeOf(rows[nth - 1] as RecordData))

/** The ids of the children of this parent that were emitted and may be found missing. */
const keysEmitted = ({ progress }: Run, id: string): readonly string[] => {
  const { ahead, revisits } = listOf(progress)
  const [, ...early] = ahead[id] ?? []
  return [...new Set([...Object.keys(revisits[id]?.[2] ?? {}), ...early.map(String)])]
}

/** Whether a child's time had come, so that it is not taken back before it. */
const hasCome = ({ begin }: Run, parent: string, key: string): boolean =>
  !(listOf(begin).ahead[parent]?.slice(1) ?? []).includes(Number(key))

/** How many children there were, when this sync began, that may not go without their parent. */
const knownChildren = (run: Run): number =>
  Object.entries(listOf(run.begin).revisits).reduce(
    (sum, [id, [, , children]]) => sum + Object.keys(children).filter((key) => hasCome(run, id, key)).length,
    0,
  )

function* emitChildren(
  run: Run,
  children: DatedChildren,
  rows: readonly ParentRow[],
  lists: readonly (readonly RecordData[] | undefined)[],
  at: number,
  { deletedRecords, reconcile }: Sync,
): Generator<Message> {
  const { one, feed } = run
  const list = listOf(run.progress)
  const revisits = { ...list.revisits }
  const ahead = { ...list.ahead }
  const deleted = { ...list.deleted }
  const changed: RecordData[] = []
  const deletions: Deletion[] = []
  for (const [nth, { row, time, since = Number.POSITIVE_INFINITY }] of rows.entries()) {
    const id = idOf(row)
    const found = lists[nth] ?? []
    const lastTime = Math.min(emittedUntil(run, id), since)
    const isWhole = children.isWhole || found.some((child) => isRestoration(children, child, lastTime))
    const emittedTo = isWhole ? -1 : lastTime
    const before = revisits[id]?.[2] ?? {}
    const later = found.filter((child) => children.timeOf(child) > emittedTo)
    const fingerprints = Object.fromEntries(later.map((child) => [idOf(child), fingerprintOf(child)]))
    changed.push(...later.filter((child) => before[idOf(child)] !== fingerprints[idOf(child)]))
    if (children.tombstoneOf)
      for (const key of keysEmitted(run, id))
        if (!(key in fingerprints)) {
          deletions.push({ record: children.tombstoneOf(Number(key), Number(id)), deletedAt: isoOf(at) })
          // Those of a parent that is no more went with it.
          if (lists[nth] !== undefined && hasCome(run, id, key)) run.missingChildren++
        }
    if (lists[nth] !== undefined) delete deleted[id]
    const stillAhead = children.ahead === undefined ? [] : found.filter((child) => children.timeOf(child) > at)
    if (stillAhead.length > 0)
      ahead[id] = [Math.max(...stillAhead.map(children.timeOf)), ...stillAhead.map((child) => Number(child['id']))]
    else delete ahead[id]
    if (time > at - children.lag) revisits[id] = [time, emittedTo, fingerprints]
    else delete revisits[id]
  }
  checkDeletions(
    { missing: run.missingChildren, known: knownChildren(run), isEmpty: false },
    [one.stream.name],
    reconcile,
  )
  moveList(run, { revisits, ahead, deleted })
  yield* recordsMessage(one, feed.records(changed), deletedRecords)
  yield* deletionsMessage(one, deletions, deletedRecords)
}

/**
 * The parents whose children may have been incomplete at the last sync, and that have not changed since. A child whose time
 * has come is no longer ahead of it, and can no longer be taken back: call `endRevisits` afterwards.
 */
export const revisitsOf = ({ begin, progress }: Run): readonly ParentRow[] =>
  Object.entries(listOf(begin).revisits)
    .filter(([id, [time]]) => listOf(progress).revisits[id]?.[0] === time)
    .map(([id, [time]]) => ({ row: { id: Number(id) }, time }))

export function endRevisits(run: Run, at: number): void {
  const ahead = Object.entries(listOf(run.progress).ahead).filter(([, [until = 0]]) => until > at)
  moveList(run, { ahead: Object.fromEntries(ahead) })
}
