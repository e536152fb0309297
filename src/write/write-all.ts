// The engine: rows in, states out.
import type { RecordData } from '../model/reads.ts'
import type { OnState } from '../model/writer.ts'
import type { RejectedRow, RowCounts, RowOutcome, Target, WriteInput } from '../model/writing.ts'
import { memberRow } from './audience-rows.ts'
import { type BatchRow, ledgerKeyOf, markOf, mergedRows, wantedOf } from './batch-row.ts'
import { createBatches } from './batches.ts'
import { createOrderedEnds } from './ordered-ends.ts'
import { createRowEnds } from './row-ends.ts'
import type { WriteTools } from './tools.ts'
import { writeBatch } from './write-batch.ts'

export interface WriteOptions extends WriteTools {
  /** By stream: where its rows go. */
  readonly targets: ReadonlyMap<string, Target>
  /** Keeps a rejected row. */
  readonly reject: (row: RejectedRow) => Promise<void>
  /** Resolves once the rejected rows outlive this program: no state leaves before. */
  readonly flushRejected: () => Promise<void>
  readonly onState: OnState
  /** How many batches are under way at a time. */
  readonly batchesAtOnce: number
  /** Of 100 rows or more: the part that may be rejected for one reason (0 to 1). */
  readonly mostRejected: number
}

/**
 * Brings every row to its end, and states out in order. Resolves to what became of all rows, by stream. Throws a
 * ConnectorError once something concerns all rows, such as a sign-in that ended; no state leaves after that.
 */
export async function writeAll(
  inputs: AsyncIterable<WriteInput>,
  options: WriteOptions,
): Promise<ReadonlyMap<string, RowCounts>> {
  const { targets, ledger, signal, jobs, clock } = options
  const interrupted = options.plan === undefined ? ledger.open() : []
  // What an earlier run began may still be under way: what it writes is seen once it is over.
  if (interrupted.length > 0) await jobs.settled(interrupted.flatMap(({ job }) => job ?? []))
  const wasIntended = new Set(interrupted.flatMap(({ object, keys }) => keys.map((key) => `${object} ${key}`)))
  const batches = createBatches({
    write: (rows) => writeBatch(rows, { ...options, wasIntended }),
    merge: (before, after) => mergedRows(before, after, options.sets, options.fieldKinds(after.target.object.name)),
    clock,
    atOnce: options.batchesAtOnce,
  })
  const ends = createEnds(options, batches.throwIfFailed)
  const keyless = createKeyless(ledger.stretch())
  for await (const input of inputs) {
    signal.throwIfAborted()
    const target = input.kind === 'row' ? targets.get(input.stream) : undefined
    if (input.kind === 'state') {
      keyless.next()
      await ends.state(input.state)
    } else if (target) {
      const made = await rowOf(input.record, target, options, keyless.keyOf, ends.of(input.record, target))
      if (made) await batches.take(made)
    }
    batches.throwIfFailed()
  }
  await batches.finish()
  signal.throwIfAborted()
  await ends.emitDue()
  for (const { intent } of interrupted) ledger.forget(intent)
  return ends.totals
}

/** The ends of rows, and the states that leave behind them. */
function createEnds(
  { onState, ledger, reject, flushRejected, mostRejected, plan }: WriteOptions,
  throwIfFailed: () => void,
) {
  const ordered = createOrderedEnds()
  const rows = createRowEnds(reject, mostRejected)
  let emitting: Promise<void> = Promise.resolve()
  const emitDue = (): Promise<void> => {
    emitting = emitting.then(async () => {
      for (const { state, counts } of ordered.due()) {
        throwIfFailed()
        // What was only planned is sent once more.
        if (plan) continue
        await flushRejected()
        await onState(state, counts)
        ledger.next()
      }
    })
    return emitting
  }
  return {
    totals: rows.totals,
    emitDue,
    state(state: unknown): Promise<void> {
      ordered.state(state)
      return emitDue()
    },
    of(record: RecordData, target: Target) {
      const end = ordered.row(target.stream)
      rows.begin(target.stream)
      return async (key: readonly string[], outcome: RowOutcome, attempts: number): Promise<void> => {
        await rows.end({ record, target, key }, outcome, attempts)
        end(outcome)
        await emitDue()
      }
    },
  }
}

/** The columns in which sources say when a record was deleted. */
const DELETED_AT = ['_ab_cdc_deleted_at', '_sdc_deleted_at']

type End = (key: readonly string[], outcome: RowOutcome, attempts: number) => Promise<void>

/** A row on its way; undefined for one that cannot be written, and has its end. */
async function rowOf(
  record: RecordData,
  asked: Target,
  { readOnly, fieldColumns, fieldKinds, allowed, log, warned }: WriteTools,
  keylessOf: (record: RecordData, target: Target) => string,
  end: End,
): Promise<BatchRow | undefined> {
  const { name } = asked.object
  const isDeletion = DELETED_AT.some((column) => (record[column] ?? null) !== null)
  if (isDeletion && !allowed.deletes) {
    if (!warned.has(asked.stream))
      log('warn', `Deletions of stream "${asked.stream}" are ignored: "allow_deletes" switches them on.`)
    warned.add(asked.stream)
    await end([], { kind: 'unchanged' }, 0)
    return undefined
  }
  const target: Target = isDeletion ? { ...asked, mode: 'soft_delete' } : asked
  const member = target.audiences && memberRow(record, target.audiences, target.object)
  if (member && 'code' in member) {
    await end([], { kind: 'rejected', rejection: member }, 0)
    return undefined
  }
  const made = wantedOf(member?.record ?? record, target, {
    readOnly: readOnly(name),
    fieldColumns: fieldColumns(name),
    fieldKinds: fieldKinds(name),
  })
  if ('code' in made) {
    await end([], { kind: 'rejected', rejection: made }, 0)
    return undefined
  }
  const { wanted, key } = made
  const ledgerKey = key.length > 0 ? ledgerKeyOf(target.key?.columns ?? [], key) : keylessOf(record, target)
  const time = target.conflicts && record[target.conflicts.time]
  return {
    target,
    wanted,
    key,
    ledgerKey,
    ...(time !== undefined && { changedAt: time }),
    ...(member?.tags && { tags: member.tags }),
    ...(member?.hasLeft && { hasLeft: true }),
    finish: (...how) => end(key, ...how),
  }
}

/** Keys for rows without one: their content, and how many like it came since the last state. */
function createKeyless(first: number) {
  let stretch = first
  let seen = new Map<string, number>()
  return {
    /** What comes after a state is new, even if it looks like an earlier row. */
    next(): void {
      stretch++
      seen = new Map()
    },
    keyOf(record: RecordData, { stream }: Target): string {
      const mark = markOf(stream, record)
      const nth = seen.get(mark) ?? 0
      seen.set(mark, nth + 1)
      return `row:${stretch}:${mark}:${nth}`
    },
  }
}
