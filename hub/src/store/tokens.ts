// Rotating tokens: renewed in one place, sealed, and never lost without a word.
import { setTimeout as pause } from 'node:timers/promises'
import { persistently, StoreAway } from './database.ts'
import type { Store } from './open.ts'

/** A small text that is read and replaced as a whole, as the connector keeps renewed tokens in. */
export interface TokenText {
  /** Where it is, for people. */
  readonly path: string
  read(): Promise<string | undefined>
  isLasting(): Promise<boolean>
  /** Notes that its next text is about to be asked for. */
  reserve(): Promise<{ fill(text: string): Promise<void>; release(): Promise<void> }>
  replace(text: string): Promise<void>
  /** Acts while no other process does so for this account. */
  alone<Result>(act: () => Promise<Result>, signal: AbortSignal): Promise<Result>
}

/** A renewal whose answer was never kept. */
export interface CutOff {
  readonly holder: string
  /** Milliseconds since 1970 (UTC). */
  readonly begunAt: number
}

/** How often half a minute is waited for a store that is away while tokens are to be kept. */
const ROUNDS = 8

/**
 * The tokens of an account. Before Zendesk is asked, a row says so; it goes in the transaction that keeps the answer. What was
 * answered is kept at any price: while the store is away it is tried again, and the lock may be lost meanwhile.
 */
export function tokensOf(store: Store, account: string, holder: string): TokenText {
  const place = `tokens of ${account}`
  const replace = async (text: string): Promise<void> => {
    const sealed = store.seal(place, text)
    const write = (): Promise<void> =>
      store.atOnce(async ({ rows }) => {
        await rows(
          `insert into tokens (account, sealed, kept_at) values ($1, $2, ${store.now})
           on conflict (account) do update set sealed = excluded.sealed, kept_at = excluded.kept_at`,
          [account, sealed],
        )
        await rows('delete from renewals where account = $1', [account])
      })
    // Half a minute, and again, for some minutes: these tokens are the only ones that Zendesk still takes.
    for (let left = ROUNDS; ; left--) {
      try {
        return await persistently(write, pause)
      } catch (error) {
        if (!(error instanceof StoreAway) || left === 0) throw error
      }
    }
  }
  return {
    path: `the tokens of account "${account}" in ${store.name}`,
    async read() {
      const [row] = await persistently(
        () => store.rows('select sealed from tokens where account = $1', [account]),
        pause,
      )
      return row?.['sealed'] == null ? undefined : store.unseal(place, String(row['sealed']))
    },
    isLasting: async () => true,
    async reserve() {
      // A renewal that was cut off keeps its row: whether this one can still succeed is about to be seen.
      await persistently(
        () =>
          store.rows(
            `insert into renewals (account, holder, begun_at) values ($1, $2, ${store.now}) on conflict (account) do nothing`,
            [account, holder],
          ),
        pause,
      )
      return {
        fill: replace,
        async release() {
          // Refused, or not answered: a row of an earlier renewal stays until tokens are kept.
          await store.rows('delete from renewals where account = $1 and holder = $2', [account, holder])
        },
      }
    },
    replace,
    alone: (act, signal) => store.aloneWithTokens(account, act, signal),
  }
}

/** The renewal of this account that was cut off; undefined: none was. `holder`: who asks, whose own is none. */
export async function cutOffRenewal({ rows }: Store, account: string, holder: string): Promise<CutOff | undefined> {
  const [row] = await rows('select holder, begun_at from renewals where account = $1 and holder <> $2', [
    account,
    holder,
  ])
  return row && { holder: String(row['holder']), begunAt: Number(row['begun_at']) }
}
