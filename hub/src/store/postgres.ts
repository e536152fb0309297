// The store of many machines: a schema of a PostgreSQL server.
import pg from 'pg'
import { HubError, messageOf } from '../errors.ts'
import { type Queries, StoreAway, type StoreDatabase, type StoreRow } from './database.ts'

/** A schema of its own, beside which anything may stand. */
const SCHEMA = 'zendesk_hub_store'

/** A transaction of the store is over at once. Within one, a process that hangs would keep others from its account for ever. */
const LONGEST_IDLE = '10s'

/** Connects. Throws StoreAway if there is no connection. */
export async function openPostgresStore(url: string): Promise<StoreDatabase> {
  const name = `the store ${withoutPassword(url)}`
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'zendesk-hub store',
    options: `-c search_path=${SCHEMA} -c idle_in_transaction_session_timeout=${LONGEST_IDLE}`,
    // A lease, a renewal and a list at the same time.
    max: 3,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    types: asNumbers,
  })
  // Without a listener a connection that is lost while it is idle would end the process; the pool takes a new one.
  pool.on('error', () => undefined)
  const away = (error: unknown): never => {
    throw isLost(error) ? new StoreAway(`${name} cannot be reached: ${messageOf(error)}`) : error
  }
  const rowsOf =
    (client: Pick<pg.ClientBase, 'query'>): Queries['rows'] =>
    async (sql, values) =>
      (await client.query<StoreRow>(sql, values === undefined ? [] : [...values]).catch(away)).rows
  const inTransaction = async <Result>(work: (queries: Queries) => Promise<Result>): Promise<Result> => {
    const client = await pool.connect().catch(away)
    // The statement at hand rejects with what goes wrong.
    const ignore = (): void => undefined
    client.on('error', ignore)
    const rows = rowsOf(client)
    let failed: unknown
    try {
      await rows('begin')
      const result = await work({ rows })
      await rows('commit')
      return result
    } catch (error) {
      failed = error
      await client.query('rollback').catch(() => undefined)
      throw error
    } finally {
      client.off('error', ignore)
      client.release(failed instanceof StoreAway)
    }
  }
  try {
    await pool.query(`create schema if not exists ${SCHEMA}`)
  } catch (error) {
    // Two at once may both find that it is not there.
    if (!['23505', '42P06'].includes(String((error as { code?: string }).code))) {
      await pool.end()
      throw new StoreAway(`${name} cannot be reached: ${messageOf(error)}`)
    }
  }
  return {
    name,
    now: '(extract(epoch from clock_timestamp()) * 1000)::bigint',
    rows: rowsOf(pool as unknown as pg.ClientBase),
    atOnce: inTransaction,
    aloneWithTokens: (account, act, signal) => underRowLock(inTransaction, account, act, signal),
    close: () => pool.end(),
  }
}

type InTransaction = <Result>(work: (queries: Queries) => Promise<Result>) => Promise<Result>

/**
 * Acts while the account's row of `token_locks` is locked. Nobody writes that table: what `act` keeps goes by another
 * connection and is there for everybody at once, whatever becomes of this one.
 */
async function underRowLock<Result>(
  inTransaction: InTransaction,
  account: string,
  act: () => Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  const NOT_YET = Symbol('not yet')
  for (;;) {
    signal.throwIfAborted()
    let acted: { readonly result: Result } | undefined
    const done = await inTransaction(async ({ rows }) => {
      // Zendesk is asked meanwhile.
      await rows("set local lock_timeout = '1s'")
      await rows("set local idle_in_transaction_session_timeout = '2min'")
      try {
        await rows('select 1 from token_locks where account = $1 for update', [account])
      } catch (error) {
        if ((error as { code?: string }).code === '55P03') return NOT_YET
        throw error
      }
      acted = { result: await act() }
      return acted.result
    }).catch((error: unknown) => {
      // The lock was lost with its connection after the act had ended: what it kept is kept.
      if (acted !== undefined && error instanceof StoreAway) return acted.result
      throw error
    })
    if (done !== NOT_YET) return done as Result
  }
}

/** Integers as numbers: none here is beyond 2^53. */
const asNumbers = {
  getTypeParser: (id: number) => ([20, 21, 23, 1700].includes(id) ? Number : (text: string) => text),
} as pg.CustomTypesConfig

function withoutPassword(url: string): string {
  try {
    const { host, pathname } = new URL(url)
    return `postgres://${host}${pathname}`
  } catch {
    throw new HubError(
      'The address of a store must look like postgres://user:password@host:5432/database or sqlite:PATH.',
    )
  }
}

/**
 * Whether the connection failed, not the statement: PostgreSQL's classes 08, 53 and 57, a transaction that was idle for too long, or
 * no answer at all.
 */
function isLost(error: unknown): boolean {
  const { code, routine } = error as { readonly code?: string; readonly routine?: string }
  if (routine === undefined) return !(error instanceof HubError)
  return code !== undefined && /^(08|53|57P|25P03)/.test(code)
}
