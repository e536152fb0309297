// How much sooner tickets are whole if a first load reads lists and search in place of the exports, under Zendesk's limits:
// `npm run bench:first-load`. The clock skips the waits. What is missing is counted against the account's truth.
// TICKETS=50000 for a larger account. Prints Markdown.
import { startSandbox } from 'zendesk-sandbox'
import { parsed } from '../../src/model/raw-record.ts'
import { type LimitedSync, readWithinLimits } from '../../test/support/limited-sync.ts'

const tickets = Number(process.env['TICKETS'] ?? 20_000)
const ACCOUNT_LIMIT = 700
const row = (cells: readonly (string | number)[]): void => void process.stdout.write(`| ${cells.join(' | ')} |\n`)

interface Loaded {
  readonly minutes: number
  readonly asked: LimitedSync['asked']
  /** Requests to search, which has a limit of its own: 100 a minute. */
  readonly searches: number
  readonly missing: number
  readonly surplus: number
  readonly failed: boolean
}

async function load(reader: 'export' | 'list', exportLimit: number): Promise<Loaded> {
  const sandbox = await startSandbox({ tickets, limits: true, accountLimit: ACCOUNT_LIMIT, exportLimit })
  try {
    const live = new Set<string>()
    const result = await readWithinLimits(sandbox, ['tickets'], {
      config: { reader, rate_limit_percent: 90, reconcile_every: 0 },
      take(message) {
        if (message.kind !== 'records') return
        for (const [nth, record] of message.records.entries()) {
          const id = String(parsed(record)['id'])
          if (message.deletedAt?.[nth] === undefined) live.add(id)
          else live.delete(id)
        }
      },
    })
    const truth = new Set([...sandbox.account.truth('tickets').live.keys()].map(String))
    return {
      minutes: result.seconds / 60,
      asked: result.asked,
      searches: sandbox.requests.all().filter(({ path, status }) => path.includes('search') && status === 200).length,
      missing: [...truth].filter((id) => !live.has(id)).length,
      surplus: [...live].filter((id) => !truth.has(id)).length,
      failed: result.error !== undefined,
    }
  } finally {
    await sandbox.close()
  }
}

process.stdout.write(`${tickets} tickets, ${ACCOUNT_LIMIT} requests a minute, of which 90 % are used.\n\n`)
row([
  'exports a minute',
  'reader',
  'requests',
  'of exports',
  'of search',
  'minutes',
  'times as fast',
  'missing',
  'surplus',
])
row(['---:', '---', '---:', '---:', '---:', '---:', '---:', '---:', '---:'])
for (const exportLimit of [10, 30]) {
  let first: number | undefined
  for (const reader of ['export', 'list'] as const) {
    const { minutes, asked, searches, missing, surplus, failed } = await load(reader, exportLimit)
    first ??= minutes
    const faster = reader === 'export' ? '' : (first / minutes).toFixed(1)
    const cells = [
      asked.account,
      asked.exports,
      searches,
      minutes.toFixed(2),
      failed ? 'FAILED' : faster,
      missing,
      surplus,
    ]
    row([exportLimit, reader, ...cells])
  }
}
