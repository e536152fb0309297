// What a database has to do for the store. SQL is the same for both: values are `$1`, times are milliseconds since 1970.
import { HubError } from '../errors.ts'

export type StoreValue = string | number | null
export type StoreRow = Readonly<Record<string, unknown>>

/** Statements, alone or in a transaction. */
export interface Queries {
  /** The rows of one statement, as `returning` gives them too. */
  rows(sql: string, values?: readonly StoreValue[]): Promise<readonly StoreRow[]>
}

export interface StoreDatabase extends Queries {
  /** Which one it is, without secrets, for people. */
  readonly name: string
  /** The database's own time in milliseconds, as SQL: workers' clocks differ. */
  readonly now: string
  /** Runs all of it in one transaction: everything, or nothing. */
  atOnce<Result>(work: (queries: Queries) => Promise<Result>): Promise<Result>
  /**
   * Acts while nobody else does so for the tokens of this account: under the lock of its row. The lock ends with the process,
   * however that ends. Rejects as `act` does, and with the signal's reason.
   */
  aloneWithTokens<Result>(account: string, act: () => Promise<Result>, signal: AbortSignal): Promise<Result>
  close(): Promise<void>
}

/** The store cannot be reached: what was asked of it may be asked again. */
export class StoreAway extends HubError {
  readonly code = 'STORE_AWAY'
}

/** Milliseconds between attempts while the store is away; then it is given up. */
const PAUSES = [100, 300, 1000, 2000, 4000, 8000, 15_000]

/**
 * Runs it again while the store is away: for half a minute. To be used for statements only that do no harm when they run
 * twice. Rejects with StoreAway after that, and with the signal's reason.
 */
export async function persistently<Result>(
  work: () => Promise<Result>,
  pause: (milliseconds: number) => Promise<unknown>,
): Promise<Result> {
  for (const wait of PAUSES) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof StoreAway)) throw error
      await pause(wait)
    }
  }
  return await work()
}
