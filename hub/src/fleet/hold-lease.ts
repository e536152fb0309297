// A lease, held for as long as the work takes: prolonged while nothing happens, and given up when it cannot be.
import { setTimeout as pause } from 'node:timers/promises'
import { passed } from '../clock.ts'
import { messageOf } from '../errors.ts'
import { persistently, StoreAway } from '../store/database.ts'
import { type Lease, LeaseLost, prolongLease, releaseLease, takeLease } from '../store/leases.ts'
import type { Store } from '../store/open.ts'

export interface HeldLease {
  readonly lease: Lease
  /** Aborted, with a LeaseLost, once somebody else may have it: nothing may be committed from then on. */
  readonly signal: AbortSignal
  /** Asks the store now, not at the next quarter of the lease: a process that was suspended may have lost it in the meantime. */
  check(): Promise<void>
  /** Gives it back, so that nobody has to wait for its end. */
  release(): Promise<void>
}

export interface LeaseOptions {
  readonly holder: string
  /** How long a lease lasts, in milliseconds, if its holder says nothing. */
  readonly length: number
  readonly signal: AbortSignal
}

/** Between two attempts to take a lease, in milliseconds. */
const LOOK = 1000

/**
 * Takes the lease and keeps it. While another process has it, waits for as long as a lease lasts: a process that died has lost it
 * by then. Resolves to undefined if the holder is alive. Rejects with StoreAway, and with the signal's reason.
 */
export async function holdLease(store: Store, account: string, options: LeaseOptions): Promise<HeldLease | undefined> {
  const { holder, length, signal } = options
  const until = passed() + length + LOOK
  for (;;) {
    const lease = await persistently(() => takeLease(store, account, holder, length), pause)
    if (lease !== undefined) return held(store, lease, length)
    if (passed() >= until) return undefined
    await pause(Math.min(LOOK, length / 4), undefined, { signal })
  }
}

function held(store: Store, lease: Lease, length: number): HeldLease {
  const lost = new AbortController()
  let keptAt = passed()
  let prolonging: Promise<void> | undefined
  const prolong = async (): Promise<void> => {
    const askedAt = passed()
    try {
      await prolongLease(store, lease, length)
      keptAt = askedAt
    } catch (error) {
      if (error instanceof LeaseLost) return lost.abort(error)
      // If the store is away for a moment, the lease is still ours; if it is away for longer, another process may get it.
      if (passed() - keptAt < length) return
      const reason = error instanceof StoreAway ? error.message : messageOf(error)
      lost.abort(new LeaseLost(`The lease of "${lease.account}" has ended, and cannot be prolonged: ${reason}`))
    }
  }
  const check = (): Promise<void> => {
    prolonging ??= prolong().finally(() => {
      prolonging = undefined
    })
    return prolonging
  }
  const timer = setInterval(() => void check(), length / 4)
  return {
    lease,
    signal: lost.signal,
    check,
    async release() {
      clearInterval(timer)
      await prolonging
      await persistently(() => releaseLease(store, lease), pause)
    },
  }
}
