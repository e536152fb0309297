// What the two ways of reading cost: `npm run readers`. The same account through the exports and from lists, a first sync and
// one after a day with some changes; prints a table.
import { startSource } from './program.ts'
import { type SandboxProcess, startSandboxProcess } from './sandbox-process.ts'
import { createWarehouse, syncModeOf } from './warehouse.ts'

const TICKETS = Number(process.env['TICKETS'] ?? 5_000)
const CHANGES = 300
/** Those of the exports that lists can stand in for. */
const NAMES = [
  'tickets',
  'ticket_metrics',
  'ticket_audits',
  'ticket_comments',
  'ticket_metric_events',
  'users',
  'user_identities',
  'organizations',
]
/** Requests a minute: of the exports, of search, and of the account on a usual plan (zendesk-api.md 3). */
const LIMITS = { exports: 10, search: 100, account: 400 }

interface Cost {
  readonly exports: number
  readonly search: number
  readonly all: number
  readonly records: number
}

const costs = new Map<string, Cost>()
for (const reader of ['export', 'list']) {
  const sandbox = await startSandboxProcess(['--tickets', String(TICKETS), '--seed', '7', '--control'])
  try {
    const config = { ...(sandbox.config as object), reader }
    const catalog = await discovered(config)
    const warehouse = createWarehouse(catalog)
    costs.set(`${reader}, first sync`, await sync(sandbox, config, catalog, warehouse))
    await sandbox.control('changes', { count: CHANGES, seed: 11 })
    await sandbox.control('advance', { seconds: 86_400 })
    costs.set(`${reader}, a day later`, await sync(sandbox, config, catalog, warehouse))
  } finally {
    await sandbox.close()
  }
}

process.stdout.write(
  '| way | records | requests | of exports | of search | least minutes |\n| --- | ---: | ---: | ---: | ---: | ---: |\n',
)
for (const [name, { exports, search, all, records }] of costs) {
  const least = Math.max(exports / LIMITS.exports, search / LIMITS.search, all / LIMITS.account)
  process.stdout.write(
    `| ${[name, ...[records, all, exports, search].map((n) => n.toLocaleString('en-US')), least.toFixed(1)].join(' | ')} |\n`,
  )
}

async function discovered(config: object) {
  const source = startSource('discover', { config })
  for await (const { line } of source.lines)
    if (line.catalog) return line.catalog.streams.filter(({ name }) => NAMES.includes(name))
  throw new Error(`discover wrote no catalog: ${source.stderr()}`)
}

async function sync(
  sandbox: SandboxProcess,
  config: object,
  streams: Awaited<ReturnType<typeof discovered>>,
  warehouse: ReturnType<typeof createWarehouse>,
): Promise<Cost> {
  await sandbox.forgetRequests()
  const catalog = {
    streams: streams.map((stream) => ({
      stream,
      sync_mode: syncModeOf(stream),
      destination_sync_mode: 'append_dedup',
    })),
  }
  const source = startSource('read', { config, catalog, state: warehouse.state() })
  let records = 0
  for await (const { line } of source.lines) {
    warehouse.take(line)
    if (line.record) records++
  }
  const code = await source.exit
  if (code !== 0) throw new Error(`The source ended with ${code}. ${source.stderr()}`)
  const paths = (await sandbox.requests()).map(({ path }) => path)
  const count = (part: string): number => paths.filter((path) => path.includes(part)).length
  return { exports: count('/incremental/'), search: count('/search/'), all: paths.length, records }
}
