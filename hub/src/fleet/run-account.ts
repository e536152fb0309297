// One run of one account: under its lease, with its fence, and written down.
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { ConfigurationError, InUse, messageOf } from '../errors.ts'
import { readAccount, type StoredAccount, showAccount } from '../store/accounts.ts'
import { persistently, StoreAway } from '../store/database.ts'
import { LeaseLost } from '../store/leases.ts'
import type { Store } from '../store/open.ts'
import { beginRun, endRun, noteProgress, type Outcome, type StreamOfRun } from '../store/runs.ts'
import { storeStates } from '../store/states.ts'
import { type HeldLease, holdLease, type LeaseOptions } from './hold-lease.ts'
import { createTally, type RunTally } from './tally.ts'

/** What the work of a run has: its account as it is now, and leave to work. */
export interface RunWork {
  readonly account: StoredAccount
  readonly held: HeldLease
  readonly tally: RunTally
  /** Given when the work has to end: somebody asked for it, paused the account, or took its lease. */
  readonly signal: AbortSignal
  /** To be called for each commit: rows and states up to here are safe. */
  committed(): Promise<void>
}

/** How work ended that did not throw. */
export interface WorkEnd {
  readonly isComplete: boolean
  readonly streams: readonly StreamOfRun[]
  /** What ended it too early; undefined: nothing but a wait that was too long. */
  readonly error: unknown
}

export interface RunEnd {
  /** 0: done; 1: failed, a retry goes on; 75: somebody else has it, or it is paused; 78: the configuration is wrong. */
  readonly code: 0 | 1 | 75 | 78
  readonly outcome: Outcome | 'busy' | 'paused'
  /** For people. */
  readonly reason: string | undefined
}

export interface RunOptions extends LeaseOptions {
  readonly say: (text: string) => void
  /** Whether an error says that nothing helps but a change of the configuration, besides the hub's own. */
  readonly isConfiguration: (error: unknown) => boolean
}

/** Runs the work for an account, unless somebody else does, or it is paused. Rejects with StoreAway only. */
export async function runAccount(
  store: Store,
  id: string,
  work: (run: RunWork) => Promise<WorkEnd>,
  options: RunOptions,
): Promise<RunEnd> {
  try {
    const { isPaused } = await persistently(() => showAccount(store, id), pause)
    if (isPaused) return { code: 75, outcome: 'paused', reason: `Account "${id}" is paused.` }
  } catch (error) {
    if (error instanceof StoreAway) throw error
    return { code: 78, outcome: 'configuration', reason: messageOf(error) }
  }
  const held = await holdLease(store, id, options)
  if (held === undefined) return { code: 75, outcome: 'busy', reason: `Another process is syncing "${id}".` }
  try {
    return await underLease(store, held, work, options)
  } finally {
    await held.release()
  }
}

async function underLease(
  store: Store,
  held: HeldLease,
  work: (run: RunWork) => Promise<WorkEnd>,
  options: RunOptions,
): Promise<RunEnd> {
  const id = held.lease.account
  const run = randomUUID()
  await persistently(() => beginRun(store, run, held.lease), pause)
  const paused = new AbortController()
  const tally = createTally()
  const committed = createCommitted(store, run, { held, tally, paused, options })
  const signal = AbortSignal.any([options.signal, held.signal, paused.signal])
  let end: WorkEnd
  try {
    // Read now: the account may have changed since this run was planned.
    const account = await persistently(() => readAccount(store, id), pause).catch(asConfiguration)
    end = await work({ account, held, tally, signal, committed })
  } catch (error) {
    end = { isComplete: false, streams: [], error }
  }
  // A process that took the lease may have ended this connection: the lost lease says more than the broken connection.
  if (end.error !== undefined) await held.check()
  const ended = endOf(end, { held, paused: paused.signal, options })
  const { outcome, reason } = ended
  const noted = outcome === 'busy' ? 'failed' : outcome === 'paused' ? 'stopped' : outcome
  if (noted !== 'running')
    await persistently(
      () => endRun(store, run, id, { ...tally.now(), outcome: noted, streams: end.streams, error: reason }),
      pause,
    )
  return ended
}

interface Parts {
  readonly held: HeldLease
  readonly tally: RunTally
  readonly paused: AbortController
  readonly options: RunOptions
}

/** Keeps states and counts in the store after each commit. A store that is away then is told of all of it at the next. */
function createCommitted(store: Store, run: string, { held, tally, paused, options }: Parts): RunWork['committed'] {
  const { lease } = held
  const owed = new Map<string, Readonly<Record<string, unknown>>>()
  return async () => {
    tally.committed()
    for (const [stream, state] of tally.takeStates()) owed.set(stream, state)
    held.signal.throwIfAborted()
    try {
      await storeStates(store, lease, owed, options.length)
      owed.clear()
      await noteProgress(store, run, tally.now())
      const { isPaused } = await showAccount(store, lease.account)
      if (isPaused) paused.abort()
    } catch (error) {
      if (!(error instanceof StoreAway)) throw error
      options.say(`${error.message} What was committed is noted with the next commit.\n`)
    }
  }
}

/** An account that cannot be read stays so until somebody changes it; a store that is away comes back. */
function asConfiguration(error: unknown): never {
  throw error instanceof StoreAway ? error : new ConfigurationError(messageOf(error))
}

function endOf(
  { isComplete, error }: WorkEnd,
  { held, paused, options }: { held: HeldLease; paused: AbortSignal; options: RunOptions },
): RunEnd {
  const reason = error === undefined ? undefined : messageOf(error)
  if (held.signal.aborted) return { code: 75, outcome: 'lost', reason: messageOf(held.signal.reason) }
  if (error instanceof LeaseLost) return { code: 75, outcome: 'lost', reason }
  if (isComplete && error === undefined) return { code: 0, outcome: 'complete', reason }
  if (paused.aborted) return { code: 75, outcome: 'paused', reason: 'The account was paused.' }
  if (options.signal.aborted) return { code: 1, outcome: 'stopped', reason: 'It was asked to stop.' }
  if (error instanceof InUse) return { code: 75, outcome: 'busy', reason }
  if (error instanceof ConfigurationError || options.isConfiguration(error))
    return { code: 78, outcome: 'configuration', reason }
  if (error === undefined) return { code: 0, outcome: 'more', reason }
  return { code: 1, outcome: 'failed', reason }
}
