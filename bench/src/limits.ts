// Measures how whole first syncs fare under Zendesk's limits: `npm run bench:limits`. Prints Markdown.
// TICKETS=2000 npm run bench:limits; ONLY=alone, ONLY=shared or ONLY=real for a part. All but the last skip the waits.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startSandbox } from 'zendesk-sandbox'
import {
  countsIn,
  type LimitedSync,
  leastSeconds,
  type OtherClient,
  readWithinLimits,
} from '../../test/support/limited-sync.ts'
import { startSource } from '../../test/support/program.ts'

const tickets = Number(process.env['TICKETS'] ?? 1_000)
const only = process.env['ONLY']
const PERCENT = 90
const EXPORTED = ['tickets', 'ticket_metrics', 'ticket_comments', 'ticket_metric_events', 'users', 'organizations']
const ALL = [...EXPORTED, 'ticket_audits', 'groups', 'ticket_fields', 'ticket_forms']

interface Account {
  readonly accountLimit: number
  readonly exportLimit: number
}

const accounts = [200, 400, 700, 2500].flatMap((accountLimit) =>
  [10, 30].map((exportLimit): Account => ({ accountLimit, exportLimit })),
)

/** Answers take a while, and not all the same while. */
const faults = {
  random: { rate: 1, kinds: [0.02, 0.05, 0.1, 0.15].map((seconds) => ({ kind: 'slow', seconds }) as const) },
}

async function sync(account: Account, names: readonly string[], other?: OtherClient): Promise<LimitedSync> {
  const sandbox = await startSandbox({ tickets, limits: true, exportPageSize: 100, faults, ...account })
  try {
    const config = { rate_limit_percent: PERCENT }
    return await readWithinLimits(sandbox, names, { config, ...(other && { other }) })
  } finally {
    await sandbox.close()
  }
}

/** The built program, in real time. */
async function real(title: string): Promise<void> {
  process.stdout.write(`\n${title}\n\n`)
  row(['account', 'exports', 'requests', 'of exports', 'least min', 'took min', 'more', 'refused', 'streams'])
  row(Array.from({ length: 9 }, () => '---'))
  const catalog = JSON.parse(readFileSync(join(import.meta.dirname, '../../catalog/everything.json'), 'utf8')) as {
    streams: { stream: { name: string } }[]
  }
  for (const account of accounts.slice(0, 2)) {
    const fewer = account.exportLimit === 10 ? tickets / 5 : tickets
    const sandbox = await startSandbox({ tickets: fewer, limits: true, exportPageSize: 100, faults, ...account })
    const { email, apiToken } = sandbox.credentials
    const credentials = { credentials: 'api_token', email, api_token: apiToken }
    const source = startSource('read', {
      config: { subdomain: 'sandbox', base_url: sandbox.url, credentials, rate_limit_percent: PERCENT },
      catalog: { streams: catalog.streams.filter(({ stream }) => EXPORTED.includes(stream.name)) },
    })
    let first = 0
    let failures = 0
    for await (const { line } of source.lines) {
      first ||= Date.now()
      if (line.trace?.error) failures++
    }
    const exit = await source.exit
    const error = exit === 0 ? undefined : `exit ${exit}, ${failures} errors`
    const result = { messages: [], error, ...countsIn(sandbox, (Date.now() - first) / 1000) }
    tell(account, result, leastOf(result, account, 1))
    await sandbox.close()
  }
}

/** What the limits allow, for the requests that were needed; `part`: how much of them is ours. */
function leastOf({ asked }: LimitedSync, { accountLimit, exportLimit }: Account, part: number): number {
  return Math.max(
    leastSeconds(asked.exports, exportLimit * part),
    leastSeconds(asked.users, exportLimit * 2 * part),
    leastSeconds(asked.account, accountLimit * Math.min(PERCENT / 100, part)),
  )
}

const outcome = ({ error, messages }: LimitedSync): string =>
  error === undefined && !messages.some(({ kind }) => kind === 'error') ? 'whole' : `FAILED: ${String(error)}`

const row = (cells: readonly (string | number)[]): void => void process.stdout.write(`| ${cells.join(' | ')} |\n`)
const minutes = (seconds: number): string => (seconds / 60).toFixed(2)

async function alone(title: string, names: readonly string[]): Promise<void> {
  process.stdout.write(`\n${title}\n\n`)
  row(['account', 'exports', 'requests', 'of exports', 'least min', 'took min', 'more', 'refused', 'streams'])
  row(Array.from({ length: 9 }, () => '---'))
  for (const account of accounts) {
    const result = await sync(account, names)
    tell(account, result, leastOf(result, account, 1))
  }
}

function tell({ accountLimit, exportLimit }: Account, result: LimitedSync, least: number): void {
  const { asked, seconds, refused } = result
  const more = `${(((seconds - least) / least) * 100).toFixed(1)} %`
  const times = [minutes(least), minutes(seconds), more]
  row([accountLimit, exportLimit, asked.account, asked.exports, ...times, refused, outcome(result)])
}

async function shared(title: string): Promise<void> {
  process.stdout.write(`\n${title}\n\n`)
  row([
    'account',
    'exports',
    'of exports',
    'took min',
    'ours a min',
    'refused',
    'theirs a min',
    'of',
    'refused',
    'streams',
  ])
  row(Array.from({ length: 10 }, () => '---'))
  for (const account of accounts) {
    const lists = 12 * Math.round((account.accountLimit / 2 - account.exportLimit / 2) / 12)
    const wants = { exports: account.exportLimit / 2, lists }
    const result = await sync(account, EXPORTED, wants)
    const { asked, seconds, refused, other } = result
    row([
      account.accountLimit,
      account.exportLimit,
      asked.exports,
      minutes(seconds),
      ((asked.exports / seconds) * 60).toFixed(1),
      refused,
      `${other.exports.toFixed(1)} + ${other.lists.toFixed(0)}`,
      `${wants.exports} + ${wants.lists}`,
      other.refused,
      outcome(result),
    ])
  }
}

const wants = (part: string): boolean => only === undefined || only === part
if (wants('alone')) await alone('Alone: six streams, from the exports', EXPORTED)
if (wants('alone')) await alone('Alone: ten streams, with the audits from the list and from tickets', ALL)
if (wants('shared')) await shared('Beside another client that eats half of every limit: six streams')
if (wants('real')) await real('The built program, alone and in real time: six streams')
