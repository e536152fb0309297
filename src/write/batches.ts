// Which batches run when: side by side, but those of one key one after the other, and parents before what refers to them.
import type { Clock } from '../model/clock.ts'
import type { Target } from '../model/writing.ts'
import type { BatchRow } from './batch-row.ts'

const BATCH = 100
/** A batch that is not full is sent after so many ms. */
const LONGEST_WAIT = 2_000

/** Rows of one stream that are collected, by their key in the ledger. */
interface Batch {
  readonly target: Target
  readonly rows: Map<string, BatchRow>
  readonly cancel: () => void
}

export interface Batches {
  /** Takes a row; resolves when more can be taken. */
  take(row: BatchRow): Promise<void>
  /** Sends what was collected, and waits for all of it. Throws what a batch threw. */
  finish(): Promise<void>
  throwIfFailed(): void
}

interface BatchOptions {
  readonly write: (rows: readonly BatchRow[]) => Promise<void>
  /** Two rows of one key as one. */
  readonly merge: (before: BatchRow, after: BatchRow) => BatchRow
  readonly clock: Clock
  /** How many are under way at a time. */
  readonly atOnce: number
}

export function createBatches({ write, merge, clock, atOnce }: BatchOptions): Batches {
  const open = new Map<string, Batch>()
  const underWay = new Map<Promise<void>, string>()
  const lastOf = new Map<string, Promise<void>>()
  let failure: { readonly error: unknown } | undefined

  const begin = ({ target: { object }, rows }: Batch): void => {
    const parents = parentsOf(object)
    const keys = [...rows.keys()].map((key) => `${object.name} ${key}`)
    const waits = new Set([
      ...keys.flatMap((key) => lastOf.get(key) ?? []),
      ...[...underWay].filter(([, name]) => parents.has(name)).map(([promise]) => promise),
    ])
    const promise: Promise<void> = Promise.all(waits)
      .then(() => (failure ? undefined : write([...rows.values()])))
      .catch((error: unknown) => {
        failure ??= { error }
      })
      .finally(() => {
        underWay.delete(promise)
        for (const key of keys) if (lastOf.get(key) === promise) lastOf.delete(key)
      })
    underWay.set(promise, object.name)
    for (const key of keys) lastOf.set(key, promise)
  }
  const launch = (batch: Batch): void => {
    if (open.get(batch.target.stream) !== batch) return
    open.delete(batch.target.stream)
    batch.cancel()
    const parents = parentsOf(batch.target.object)
    for (const other of [...open.values()]) if (parents.has(other.target.object.name)) launch(other)
    begin(batch)
  }
  const batchOf = (target: Target): Batch => {
    const known = open.get(target.stream)
    if (known?.target.object === target.object && known.target.key === target.key) return known
    if (known) launch(known)
    const cancel = clock.after(LONGEST_WAIT, () => launch(batch))
    const batch: Batch = { target, rows: new Map(), cancel }
    open.set(target.stream, batch)
    return batch
  }
  const throwIfFailed = (): void => {
    if (failure) throw failure.error
  }
  return {
    throwIfFailed,
    async take(row) {
      const { target, ledgerKey } = row
      const earlier = batchOf(target).rows.get(ledgerKey)
      const isMerged = earlier !== undefined && !hasComment(earlier) && !hasComment(row)
      if (earlier !== undefined && !isMerged) launch(batchOf(target))
      const batch = batchOf(target)
      batch.rows.set(ledgerKey, isMerged ? merge(earlier, row) : row)
      if (batch.rows.size >= BATCH) launch(batch)
      while (underWay.size >= atOnce) await Promise.race(underWay.keys())
      throwIfFailed()
    },
    async finish() {
      for (const batch of [...open.values()]) launch(batch)
      while (underWay.size > 0) await Promise.all(underWay.keys())
      throwIfFailed()
    },
  }
}

const parentsOf = ({ references = {}, after = [] }: Target['object']): ReadonlySet<string> =>
  new Set([...Object.values(references).map(({ object }) => object), ...after])

/** Comments are added one by one, in their order. */
const hasComment = ({ wanted, target: { object } }: BatchRow): boolean =>
  object.comment !== undefined && wanted[object.comment] !== undefined
