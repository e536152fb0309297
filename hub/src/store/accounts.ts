// The accounts of a fleet: what there is, how each fares, and what is secret about them.
import { HubError } from '../errors.ts'
import type { StoreRow } from './database.ts'
import type { Store } from './open.ts'
import type { Outcome } from './runs.ts'

/** An account, as lists show it: without secrets. Times are milliseconds since 1970 (UTC). */
export interface AccountSummary {
  readonly id: string
  readonly subdomain: string
  /** Where it is loaded to, without a password. */
  readonly destination: string
  /** `every 6h`, or `cron 30 2 * * *` in UTC. */
  readonly schedule: string
  readonly isPaused: boolean
  /** `first` until all streams were complete once: such a sync takes hours or days. */
  readonly tier: 'first' | 'regular'
  /** Who syncs it now; undefined: nobody. */
  readonly holder: string | undefined
  /** Of its last run; undefined: there was none. */
  readonly lastRun: string | undefined
  readonly outcome: Outcome | undefined
  readonly beganAt: number | undefined
  readonly endedAt: number | undefined
  /** When all streams were complete for the last time. */
  readonly completeAt: number | undefined
  /** Runs that failed since then. */
  readonly failures: number
  /** Why the last run failed. */
  readonly error: string | undefined
  /** In all its runs: how many, the rows that they loaded, the milliseconds that they waited for Zendesk's limits. */
  readonly runs: number
  readonly rows: number
  readonly waited: number
}

/** There is no account of this id. */
export class UnknownAccount extends HubError {}

/** What an account is synced with. */
export interface StoredAccount {
  readonly id: string
  readonly isPaused: boolean
  /** As it was added: a connection of hub.yaml, with its secrets. */
  readonly connection: Readonly<Record<string, unknown>>
}

const COLUMNS = `a.id, a.subdomain, a.destination, a.schedule, a.is_paused, a.last_run, a.outcome, a.began_at, a.ended_at,
  a.complete_at, a.failures, a.error, a.runs, a.rows_loaded, a.waited, l.holder`

/** All accounts, by id. */
export async function listAccounts(store: Store): Promise<readonly AccountSummary[]> {
  const found = await store.rows(`select ${COLUMNS} from accounts a ${holders(store)} order by a.id`)
  return found.map(summaryIn)
}

/** One account. Throws a HubError if there is none of this id. */
export async function showAccount(store: Store, id: string): Promise<AccountSummary> {
  const [found] = await store.rows(`select ${COLUMNS} from accounts a ${holders(store)} where a.id = $1`, [id])
  if (!found) throw unknown(id)
  return summaryIn(found)
}

const holders = ({ now }: Store): string =>
  `left join leases l on l.account = a.id and l.holder is not null and l.held_until >= ${now}`

/** One account with its secrets. Throws a HubError if there is none of this id, or no key for it. */
export async function readAccount(store: Store, id: string): Promise<StoredAccount> {
  const [found] = await store.rows('select connection, is_paused from accounts where id = $1', [id])
  if (!found) throw unknown(id)
  const connection = JSON.parse(store.unseal(placeOf(id), String(found['connection'])))
  return { id, isPaused: Number(found['is_paused']) === 1, connection }
}

export interface NewAccount {
  readonly id: string
  readonly connection: Readonly<Record<string, unknown>>
  readonly subdomain: string
  readonly destination: string
  readonly schedule: string
}

/**
 * Adds accounts, or changes those that are there: all, or none. What their runs left stays. Throws a HubError for an id
 * that cannot stand in names of tasks and files.
 */
export async function putAccounts(store: Store, accounts: readonly NewAccount[]): Promise<void> {
  const wrong = accounts.find(({ id }) => !/^\w[\w.-]{0,99}$/.test(id))
  if (wrong)
    throw new HubError(
      `"${wrong.id}" cannot be the id of an account. Use up to 100 letters, digits, "-", "_" and ".", but no "-" or "." at the beginning.`,
    )
  await store.atOnce(async ({ rows }) => {
    for (const { id, connection, subdomain, destination, schedule } of accounts) {
      const sealed = store.seal(placeOf(id), JSON.stringify(connection))
      await rows(
        `insert into accounts (id, subdomain, destination, schedule, connection, is_paused, added_at, failures, runs, rows_loaded, waited)
         values ($1, $2, $3, $4, $5, 0, ${store.now}, 0, 0, 0, 0)
         on conflict (id) do update set subdomain = excluded.subdomain, destination = excluded.destination,
           schedule = excluded.schedule, connection = excluded.connection`,
        [id, subdomain, destination, schedule, sealed],
      )
      await rows('insert into token_locks (account) values ($1) on conflict do nothing', [id])
    }
  })
}

/**
 * Pauses an account, or lets it go on. A sync that runs now is stopped at its next commit. Throws a HubError if there is none of
 * this id.
 */
export async function pauseAccount({ rows }: Store, id: string, isPaused: boolean): Promise<void> {
  const [found] = await rows('update accounts set is_paused = $2 where id = $1 returning id', [id, isPaused ? 1 : 0])
  if (!found) throw unknown(id)
}

/** Forgets an account with all that is kept of it; its tables stay where they are. Throws a HubError while it is synced. */
export async function removeAccount(store: Store, id: string): Promise<void> {
  const { holder } = await showAccount(store, id)
  if (holder !== undefined) throw new HubError(`"${id}" is being synced by ${holder}: pause it first.`)
  await store.atOnce(async ({ rows }) => {
    for (const table of ['states', 'resets', 'runs', 'tokens', 'token_locks', 'renewals', 'leases'])
      await rows(`delete from ${table} where account = $1`, [id])
    await rows('delete from accounts where id = $1', [id])
  })
}

const placeOf = (id: string): string => `account ${id}`
const unknown = (id: string): UnknownAccount => new UnknownAccount(`There is no account "${id}" in the store.`)

function summaryIn(row: StoreRow): AccountSummary {
  const number = (name: string): number | undefined => (row[name] == null ? undefined : Number(row[name]))
  const text = (name: string): string | undefined => (row[name] == null ? undefined : String(row[name]))
  return {
    id: String(row['id']),
    subdomain: String(row['subdomain']),
    destination: String(row['destination']),
    schedule: String(row['schedule']),
    isPaused: Number(row['is_paused']) === 1,
    tier: row['complete_at'] == null ? 'first' : 'regular',
    holder: text('holder'),
    lastRun: text('last_run'),
    outcome: text('outcome') as Outcome | undefined,
    beganAt: number('began_at'),
    endedAt: number('ended_at'),
    completeAt: number('complete_at'),
    failures: Number(row['failures']),
    error: text('error'),
    runs: Number(row['runs']),
    rows: Number(row['rows_loaded']),
    waited: Number(row['waited']),
  }
}
