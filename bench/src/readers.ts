// What the two ways of reading cost and give: `npm run readers`. The same account through the exports and from lists: a first
// sync, one after a day with some changes, and from lists the next one that compares everything; prints two tables.
import { type Account, compareWithAccount } from '../../test/support/expected-rows.ts'
import { type CatalogStream, startSource } from '../../test/support/program.ts'
import { type SandboxProcess, startSandboxProcess } from '../../test/support/sandbox-process.ts'
import { accountOf } from '../../test/support/truth.ts'
import { createWarehouse, syncModeOf, type Warehouse } from '../../test/support/warehouse.ts'

const TICKETS = Number(process.env['TICKETS'] ?? 5_000)
const TICKETS_FOR_ONE = 1_000
const CHANGES = 300
const DAY = 86_400
/** Those of the exports that lists can stand in for. */
const TOGETHER = [
  'tickets',
  'ticket_metrics',
  'ticket_audits',
  'ticket_comments',
  'ticket_metric_events',
  'users',
  'user_identities',
  'organizations',
]
const ALONE = [
  ...TOGETHER,
  'ticket_events',
  'ticket_field_history',
  'ticket_attachments',
  'custom_object_vehicle_records',
  'articles',
]
/** Requests a minute: of the exports, of search, and of the account on a usual plan (facts 30, 33 and 37). */
const LIMITS = { exports: 10, search: 100, account: 400 }

interface Cost {
  readonly exports: number
  readonly search: number
  readonly all: number
  readonly records: number
  /** How the rows stand beside the account's. */
  readonly rows: string
}

table(['way', 'records', 'requests', 'of exports', 'of search', 'least minutes'])
for (const reader of ['export', 'list'])
  for (const [name, { exports, search, all, records }] of await costsOf(reader, TOGETHER, TICKETS)) {
    const least = Math.max(exports / LIMITS.exports, search / LIMITS.search, all / LIMITS.account)
    row([
      `${reader}, ${name}`,
      ...[records, all, exports, search].map((n) => n.toLocaleString('en-US')),
      least.toFixed(1),
    ])
  }

process.stdout.write('\n')
table(['stream', 'export: requests', 'a day later', 'list: requests', 'a day later', 'reconciled', 'rows then'])
for (const name of ALONE) {
  const exported = await costsOf('export', [name], TICKETS_FOR_ONE)
  const listed = await costsOf('list', [name], TICKETS_FOR_ONE)
  const requests = [...[...exported.values()].slice(0, 2), ...listed.values()].map(({ all }) =>
    all.toLocaleString('en-US'),
  )
  row([name, ...requests, [...listed.values()].at(-1)!.rows])
}

function table(head: readonly string[]): void {
  row(head)
  row(head.map((_, nth) => (nth === 0 ? '---' : '---:')))
}

function row(cells: readonly string[]): void {
  process.stdout.write(`| ${cells.join(' | ')} |\n`)
}

/** What a first sync costs, one a day later, and one more than a week after that. */
async function costsOf(reader: string, names: readonly string[], tickets: number): Promise<ReadonlyMap<string, Cost>> {
  const sandbox = await startSandboxProcess(['--tickets', String(tickets), '--seed', '7', '--control'])
  try {
    const config = { ...(sandbox.config as object), reader }
    const streams = await discovered(config, names)
    const warehouse = createWarehouse(streams)
    const costs = new Map([['first sync', await sync(sandbox, config, streams, warehouse)]])
    await sandbox.control('changes', { count: CHANGES, seed: 11 })
    await sandbox.control('advance', { seconds: DAY })
    costs.set(`a day and ${CHANGES} changes later`, await sync(sandbox, config, streams, warehouse))
    await sandbox.control('advance', { seconds: 8 * DAY })
    costs.set('eight days later', await sync(sandbox, config, streams, warehouse))
    return costs
  } finally {
    await sandbox.close()
  }
}

async function discovered(config: object, names: readonly string[]): Promise<readonly CatalogStream[]> {
  const source = startSource('discover', { config })
  for await (const { line } of source.lines)
    if (line.catalog) return line.catalog.streams.filter(({ name }) => names.includes(name))
  throw new Error(`discover wrote no catalog: ${source.stderr()}`)
}

async function sync(
  sandbox: SandboxProcess,
  config: object,
  streams: readonly CatalogStream[],
  warehouse: Warehouse,
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
  const account = await accountOf(sandbox, [...streams, { name: 'tickets' }, { name: 'deleted_tickets' }])
  const rows = rowsBeside(account, streams, warehouse)
  return { exports: count('/incremental/'), search: count('/search/'), all: paths.length, records, rows }
}

/** The rows that are right, and what is not. */
function rowsBeside(account: Account, streams: readonly CatalogStream[], warehouse: Warehouse): string {
  const found = streams.map((stream) => ({
    rows: warehouse.rows(stream.name).size,
    ...compareWithAccount(account, stream, warehouse.rows(stream.name), { byList: true, reconciled: true }),
  }))
  const sum = (of: (one: (typeof found)[number]) => number): number => found.reduce((all, one) => all + of(one), 0)
  const faults = {
    missing: sum(({ missing }) => missing.length),
    wrong: sum(({ wrong }) => wrong.length),
    surplus: sum(({ surplus }) => surplus.length),
    'that no list takes back': sum(({ untold }) => untold.length),
  }
  const told = Object.entries(faults).flatMap(([fault, n]) => (n > 0 ? [`${n} ${fault}`] : []))
  return [`${sum(({ rows }) => rows).toLocaleString('en-US')}`, ...told].join(', ')
}
