// What was done: a row for each run of an account.
import type { StoreRow, StoreValue } from './database.ts'
import type { Lease } from './leases.ts'
import type { Store } from './open.ts'

/**
 * How a run ended. `complete`: all streams are; `more`: it ended so as not to wait for a limit, and the next one goes on;
 * `stopped`: it was asked to; `failed`: a retry goes on; `configuration`: nothing helps but a change; `lost`: its process ended
 * without a word, or another one took the account.
 */
export type Outcome = 'running' | 'complete' | 'more' | 'stopped' | 'failed' | 'configuration' | 'lost'

/** What a run loaded of one stream. */
export interface StreamOfRun {
  readonly stream: string
  readonly status: string
  readonly rows: number
  readonly deletions: number
  readonly error?: string | undefined
}

/** Times are milliseconds since 1970 (UTC). */
export interface Run {
  readonly id: string
  readonly account: string
  readonly fence: number
  readonly holder: string
  readonly beganAt: number
  readonly endedAt: number | undefined
  readonly outcome: Outcome
  readonly rows: number
  readonly deletions: number
  readonly commits: number
  /** Milliseconds in which streams waited for Zendesk's limits, of the stream that waited longest. */
  readonly waited: number
  readonly streams: readonly StreamOfRun[]
  readonly error: string | undefined
}

export type EndOfRun = Pick<Run, 'rows' | 'deletions' | 'commits' | 'waited' | 'streams' | 'error'> & {
  readonly outcome: Exclude<Outcome, 'running'>
}

/** Runs from the newest on: of one account, or of all. `before`: those that began before this time. */
export async function listRuns(
  { rows }: Store,
  { account, before, most = 100 }: { readonly account?: string; readonly before?: number; readonly most?: number } = {},
): Promise<readonly Run[]> {
  const values: StoreValue[] = [most]
  const where: string[] = []
  if (account !== undefined) where.push(`account = $${values.push(account)}`)
  if (before !== undefined) where.push(`began_at < $${values.push(before)}`)
  const filter = where.length === 0 ? '' : `where ${where.join(' and ')}`
  return (await rows(`select * from runs ${filter} order by began_at desc limit $1`, values)).map(runIn)
}

/** Notes that a run begins. Those of earlier leases that never ended are lost. `id` is the caller's, so that it may be asked twice. */
export async function beginRun(store: Store, id: string, { account, fence, holder }: Lease): Promise<void> {
  await store.atOnce(async ({ rows }) => {
    const lost = 'Its process ended without a result, or another one took the account.'
    await rows(
      `update runs set outcome = 'lost', error = $3, ended_at = ${store.now} where account = $1 and fence < $2 and outcome = 'running'`,
      [account, fence, lost],
    )
    await rows(
      `insert into runs (id, account, fence, holder, began_at, outcome, rows_loaded, deletions, commits, waited, streams)
       values ($1, $2, $3, $4, ${store.now}, 'running', 0, 0, 0, 0, '[]') on conflict (id) do nothing`,
      [id, account, fence, holder],
    )
    await rows(
      `update accounts set last_run = $2, outcome = 'running', began_at = ${store.now}, ended_at = null where id = $1`,
      [account, id],
    )
  })
}

/** Notes what a run has loaded until now. */
export async function noteProgress(
  { rows }: Store,
  id: string,
  { rows: loaded, deletions, commits, waited }: Pick<Run, 'rows' | 'deletions' | 'commits' | 'waited'>,
): Promise<void> {
  await rows(
    `update runs set rows_loaded = $2, deletions = $3, commits = $4, waited = $5 where id = $1 and outcome = 'running'`,
    [id, loaded, deletions, commits, waited],
  )
}

/** Notes how a run ended: once, however often it is asked. */
export async function endRun(store: Store, id: string, account: string, end: EndOfRun): Promise<void> {
  const { outcome, rows: loaded, deletions, commits, waited, streams, error } = end
  const isFailure = outcome === 'failed' || outcome === 'configuration'
  await store.atOnce(async ({ rows }) => {
    const [ended] = await rows(
      `update runs set ended_at = ${store.now}, outcome = $2, rows_loaded = $3, deletions = $4, commits = $5, waited = $6,
         streams = $7, error = $8 where id = $1 and outcome = 'running' returning ended_at`,
      [id, outcome, loaded, deletions, commits, waited, JSON.stringify(streams), error ?? null],
    )
    if (!ended) return
    const endedAt = Number(ended['ended_at'])
    await rows(
      'update accounts set runs = runs + 1, rows_loaded = rows_loaded + $2, waited = waited + $3 where id = $1',
      [account, loaded, waited],
    )
    // Another run may be the last one by now.
    await rows(
      `update accounts set outcome = $3, ended_at = $4, error = $5, failures = ${failuresAfter(outcome, isFailure)}
         ${outcome === 'complete' ? ', complete_at = $4' : ''} where id = $1 and last_run = $2`,
      [account, id, outcome, endedAt, error ?? null],
    )
  })
}

function failuresAfter(outcome: Outcome, isFailure: boolean): string {
  if (outcome === 'complete') return '0'
  return isFailure ? 'failures + 1' : 'failures'
}

function runIn(row: StoreRow): Run {
  return {
    id: String(row['id']),
    account: String(row['account']),
    fence: Number(row['fence']),
    holder: String(row['holder']),
    beganAt: Number(row['began_at']),
    endedAt: row['ended_at'] == null ? undefined : Number(row['ended_at']),
    outcome: String(row['outcome']) as Outcome,
    rows: Number(row['rows_loaded']),
    deletions: Number(row['deletions']),
    commits: Number(row['commits']),
    waited: Number(row['waited']),
    streams: JSON.parse(String(row['streams'])),
    error: row['error'] == null ? undefined : String(row['error']),
  }
}
