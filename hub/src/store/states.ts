// How far each stream of an account was read, and what is to be read anew.
import { HubError } from '../errors.ts'
import type { Lease } from './leases.ts'
import { LeaseLost } from './leases.ts'
import type { Store } from './open.ts'

export type StreamState = Readonly<Record<string, unknown>>

export interface KeptState {
  readonly stream: string
  /** The connector's own. */
  readonly state: StreamState
  readonly fence: number
  /** Milliseconds since 1970 (UTC). */
  readonly storedAt: number
}

/** The states of an account, by stream. */
export async function listStates({ rows }: Store, account: string): Promise<readonly KeptState[]> {
  const found = await rows('select stream, state, fence, stored_at from states where account = $1 order by stream', [
    account,
  ])
  return found.map((row) => ({
    stream: String(row['stream']),
    state: JSON.parse(String(row['state'])),
    fence: Number(row['fence']),
    storedAt: Number(row['stored_at']),
  }))
}

/**
 * Stores states of rows that are safe, and prolongs the lease by so many milliseconds, all at once. Throws LeaseLost, and
 * stores nothing, if somebody else has the lease by now.
 */
export async function storeStates(
  store: Store,
  { account, fence, holder }: Lease,
  states: ReadonlyMap<string, StreamState>,
  length: number,
): Promise<void> {
  await store.atOnce(async ({ rows }) => {
    const kept = await rows(
      `update leases set held_until = ${store.now} + $4 where account = $1 and fence = $2 and holder = $3 returning fence`,
      [account, fence, holder, length],
    )
    if (kept.length === 0)
      throw new LeaseLost(`Another process has the lease of "${account}" now. No state was stored, and this one stops.`)
    for (const [stream, state] of states)
      await rows(
        `insert into states (account, stream, state, fence, stored_at) values ($1, $2, $3, $4, ${store.now})
         on conflict (account, stream) do update set state = excluded.state, fence = excluded.fence, stored_at = excluded.stored_at
         where states.fence <= excluded.fence`,
        [account, stream, JSON.stringify(state), fence],
      )
  })
}

/** Asks for streams to be read from their beginning: the next run does so, under its lease. Throws a HubError for an unknown account. */
export async function askForReset(store: Store, account: string, streams: readonly string[]): Promise<void> {
  await store.atOnce(async ({ rows }) => {
    const [found] = await rows('select id from accounts where id = $1', [account])
    if (!found) throw new HubError(`There is no account "${account}" in the store.`)
    for (const stream of streams)
      await rows(
        `insert into resets (account, stream, asked_at) values ($1, $2, ${store.now})
         on conflict (account, stream) do update set asked_at = excluded.asked_at`,
        [account, stream],
      )
  })
}

/** The streams that are to be read from their beginning, with when that was asked for. */
export async function resetsOf({ rows }: Store, account: string): Promise<ReadonlyMap<string, number>> {
  const found = await rows('select stream, asked_at from resets where account = $1', [account])
  return new Map(found.map((row) => [String(row['stream']), Number(row['asked_at'])]))
}

/** Notes that these were reset: their states go. What was asked for since stays. */
export async function settleResets(store: Store, account: string, resets: ReadonlyMap<string, number>): Promise<void> {
  await store.atOnce(async ({ rows }) => {
    for (const [stream, askedAt] of resets) {
      await rows('delete from states where account = $1 and stream = $2', [account, stream])
      await rows('delete from resets where account = $1 and stream = $2 and asked_at <= $3', [account, stream, askedAt])
    }
  })
}
