import { HttpError } from '../../model/errors.ts'
import { fingerprintOf } from '../../model/fingerprint.ts'
import type { Message } from '../../model/message.ts'
import type { Children, Deletion, RecordData } from '../../model/stream.ts'
import { isoOf } from '../../model/time.ts'
import { checkDeletions } from '../deletion-guard.ts'
import { deletionsMessage, recordsMessage } from '../emit/records.ts'
import type { Sync } from '../export/run.ts'
import { readWalk } from '../pages.ts'
import type { FallbackRun } from './run.ts'

/** How many lists of children are requested at once. */
const LISTS_AT_ONCE = 8

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
export async function* readChildren(
  children: Children,
  runs: readonly FallbackRun[],
  rows: readonly ParentRow[],
  at: number,
  sync: Sync,
): AsyncGenerator<Message> {
  const streams = runs.map(({ one }) => one.stream.name)
  for (let start = 0; start < rows.length; start += LISTS_AT_ONCE) {
    const some = rows.slice(start, start + LISTS_AT_ONCE)
    const lists = await Promise.all(some.map((parent) => childrenOf(children, parent, runs, { ...sync, streams })))
    for (const run of runs) yield* emitChildren(run, children, some, lists, at, sync)
  }
}

const idOf = (row: RecordData): string => String(row['id'])

/** Up to when this stream has emitted all children of this parent (epoch seconds). */
const emittedUntil = ({ begin, progress }: FallbackRun, id: string): number =>
  // The children of a deleted parent were deleted too, or never emitted: all of them are due if it is restored.
  id in progress.deleted ? -1 : (progress.revisits[id]?.[1] ?? begin.whole)

const isRestoration = (children: Children, row: RecordData, emittedTo: number): boolean =>
  children.timeOf(row) > emittedTo && children.isRestoration?.(row) === true

/** The children of this parent; undefined if the parent does not exist (any more). */
async function childrenOf(
  children: Children,
  { row, since = Number.POSITIVE_INFINITY }: ParentRow,
  runs: readonly FallbackRun[],
  options: Sync & { readonly streams: readonly string[] },
): Promise<readonly RecordData[] | undefined> {
  const emittedTo = Math.min(since, ...runs.map((run) => emittedUntil(run, idOf(row))))
  const found: RecordData[] = []
  const read = async (): Promise<void> => {
    for await (const { rows } of readWalk(children.walk(row), { time: 0 }, options)) {
      const known = new Set(found.map(idOf))
      found.push(...rows.filter((child) => !known.has(idOf(child))))
      const isPastEmitted = rows.some((child) => children.timeOf(child) < emittedTo)
      if (isPastEmitted && !found.some((child) => isRestoration(children, child, emittedTo))) break
    }
  }
  try {
    await read()
    // What is missing counts as deleted: one answer is not enough for that.
    const ids = new Set(found.map(idOf))
    if (children.tombstoneOf && runs.some((run) => keysEmitted(run, idOf(row)).some((key) => !ids.has(key))))
      await read()
  } catch (error) {
    if (!(error instanceof HttpError && error.status === 404)) throw error
    return undefined
  }
  // Lists in pages come newest first.
  return found.toSorted(
    (one, other) => children.timeOf(one) - children.timeOf(other) || Number(one['id']) - Number(other['id']),
  )
}

/** The ids of the children of this parent that were emitted and may be found missing. */
const keysEmitted = ({ progress }: FallbackRun, id: string): readonly string[] => {
  const [, ...ahead] = progress.ahead[id] ?? []
  return [...new Set([...Object.keys(progress.revisits[id]?.[2] ?? {}), ...ahead.map(String)])]
}

/** Whether a child's time had come, so that it is not taken back before it. */
const hasCome = ({ begin }: FallbackRun, parent: string, key: string): boolean =>
  !(begin.ahead[parent]?.slice(1) ?? []).includes(Number(key))

/** How many children there were, when this sync began, that may not go without their parent. */
const knownChildren = (run: FallbackRun): number =>
  Object.entries(run.begin.revisits).reduce(
    (sum, [id, [, , children]]) => sum + Object.keys(children).filter((key) => hasCome(run, id, key)).length,
    0,
  )

function* emitChildren(
  run: FallbackRun,
  children: Children,
  rows: readonly ParentRow[],
  lists: readonly (readonly RecordData[] | undefined)[],
  at: number,
  { deletedRecords, reconcile }: Sync,
): Generator<Message> {
  const { one, fallback } = run
  const revisits = { ...run.progress.revisits }
  const ahead = { ...run.progress.ahead }
  const deleted = { ...run.progress.deleted }
  const changed: RecordData[] = []
  const deletions: Deletion[] = []
  for (const [nth, { row, time, since = Number.POSITIVE_INFINITY }] of rows.entries()) {
    const id = idOf(row)
    const list = lists[nth] ?? []
    const lastTime = Math.min(emittedUntil(run, id), since)
    const isWhole = children.isWhole || list.some((child) => isRestoration(children, child, lastTime))
    const emittedTo = isWhole ? -1 : lastTime
    const before = revisits[id]?.[2] ?? {}
    const later = list.filter((child) => children.timeOf(child) > emittedTo)
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
    const stillAhead = children.ahead === undefined ? [] : list.filter((child) => children.timeOf(child) > at)
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
  run.progress = { ...run.progress, revisits, ahead, deleted }
  yield* recordsMessage(one, fallback.records(changed), deletedRecords)
  yield* deletionsMessage(one, deletions, deletedRecords)
}
