// One sync at a time for an account: a lease that ends by itself, with a number that only grows. Whoever finds a higher number
// than its own has been replaced, even if it does not know yet.
import { HubError } from '../errors.ts'
import type { StoreDatabase } from './database.ts'

export interface Lease {
  readonly account: string
  /** Grows with each lease of this account. */
  readonly fence: number
  /** Who has it: one process, once. */
  readonly holder: string
}

/** Somebody else has the account now: nothing more may be committed. */
export class LeaseLost extends HubError {}

/**
 * Takes the account's lease for so many milliseconds. Resolves to undefined while somebody else has it. To ask again for the
 * same holder does no harm.
 */
export async function takeLease(
  { rows, now }: StoreDatabase,
  account: string,
  holder: string,
  length: number,
): Promise<Lease | undefined> {
  const [taken] = await rows(
    `insert into leases (account, fence, holder, held_until) values ($1, 1, $2, ${now} + $3)
     on conflict (account) do update set fence = leases.fence + 1, holder = excluded.holder, held_until = excluded.held_until
     where leases.holder is null or leases.held_until < ${now} or leases.holder = excluded.holder
     returning fence`,
    [account, holder, length],
  )
  return taken && { account, fence: Number(taken['fence']), holder }
}

/** Who has the account's lease, and for how many milliseconds still; undefined: nobody. */
export async function holderOf(
  { rows, now }: StoreDatabase,
  account: string,
): Promise<{ readonly holder: string; readonly left: number } | undefined> {
  const [row] = await rows(
    `select holder, held_until - ${now} as time_left from leases where account = $1 and holder is not null and held_until >= ${now}`,
    [account],
  )
  return row && { holder: String(row['holder']), left: Number(row['time_left']) }
}

/** Has it for so many milliseconds from now on. Throws LeaseLost if somebody else took it, or it had ended and somebody might have. */
export async function prolongLease({ rows, now }: StoreDatabase, lease: Lease, length: number): Promise<void> {
  const { account, fence, holder } = lease
  const kept = await rows(
    `update leases set held_until = ${now} + $4 where account = $1 and fence = $2 and holder = $3 returning fence`,
    [account, fence, holder, length],
  )
  if (kept.length === 0) throw new LeaseLost(`Another process has the lease of "${account}" now. This one stops.`)
}

/** Gives it back. Does nothing if somebody else has it. */
export async function releaseLease({ rows }: StoreDatabase, { account, fence, holder }: Lease): Promise<void> {
  await rows('update leases set holder = null, held_until = null where account = $1 and fence = $2 and holder = $3', [
    account,
    fence,
    holder,
  ])
}
