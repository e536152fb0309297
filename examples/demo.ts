// The main job, seen: `npm run demo`. A sandbox and the source, as processes of their own, and a destination in memory.
import { createWriteStream, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { streams as declared } from '../src/streams/index.ts'
import { type CatalogStream, startSource } from '../test/support/program.ts'
import { startSandboxProcess } from '../test/support/sandbox-process.ts'
import { accountOf } from '../test/support/truth.ts'
import { createWarehouse, syncModeOf, type Warehouse } from '../test/support/warehouse.ts'
import { comparedWith, faults, number, type Reading, table, verdictLine, verdictOnRows } from './demo-report.ts'

const USAGE = `npm run demo [-- --all] [-- --tickets N]
  --all         shows the table of all streams, which is in demo-output/table.txt in any case
  --tickets N   how many tickets the account has (5000)
`
const { values: given } = parseArgs({
  options: { all: { type: 'boolean' }, tickets: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
})
const say = (text = ''): void => void process.stdout.write(`${text}\n`)
if (given.help) {
  say(USAGE.trimEnd())
  process.exit(0)
}
const output = join(import.meta.dirname, '../demo-output')
const TICKETS = Number(given.tickets ?? process.env['TICKETS'] ?? 5_000)

/** The streams of each list, by its path. */
const lists = Map.groupBy(
  declared.filter(({ feeds: [{ walk }] }) => walk.order === 'unordered'),
  ({ feeds: [{ walk }] }) => walk.path,
)

/** Which requests are whose; streams that share a walk share them. */
const REQUESTS: readonly (readonly [RegExp, string, string?])[] = [
  [/side_conversations\/events/, 'side_conversations'],
  [/search\/export/, 'open_tickets'],
  [/incremental\/tickets/, 'tickets'],
  [/search\/count/, 'tickets'],
  [/ticket_audits|tickets\/\d+\/audits/, 'ticket_audits'],
  [/incremental\/ticket_events|tickets\/\d+/, 'ticket_comments'],
  [/ticket_metric_events/, 'ticket_metric_events'],
  [/\/users/, 'users'],
  [/\/organizations/, 'organizations'],
  ...[...lists].map(([path, of]) => [new RegExp(`/api/v2/${path}(/|\\.|$)`), of[0]!.name] as const),
]
const SHARED: Readonly<Record<string, string>> = {
  ticket_metrics: 'with tickets',
  side_conversation_events: 'as above',
  closed_tickets: 'as above',
  ...Object.fromEntries(
    [...lists.values()].flatMap(([first, ...others]) => others.map(({ name }) => [name, `with ${first!.name}`])),
  ),
}

/** The stream that a request is for; the records of a custom object by the object's key. */
function ownerOf(path: string): string | undefined {
  const [, key] = /custom_objects\/([^/]+)\//.exec(path) ?? []
  return key === undefined ? REQUESTS.find(([pattern]) => pattern.test(path))?.[1] : `custom_object_${key}_records`
}

rmSync(output, { recursive: true, force: true })
mkdirSync(output, { recursive: true })
const log = createWriteStream(join(output, 'log.txt'))
const save = (name: string, content: unknown): void =>
  writeFileSync(join(output, name), typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`)

say(`A local Zendesk with ${number(TICKETS)} tickets is read, changed and read again.\n`)
const sandbox = await startSandboxProcess(['--tickets', String(TICKETS), '--seed', '7', '--control'])
// The account changes more here in a moment than others do in a month: what is missing is deleted.
const config = { ...(sandbox.config as object), max_deletions_percent: 100 }
let isRight = false
try {
  isRight = await demo()
} catch (error) {
  progress('')
  say(verdictLine(false, 'the demo failed', ''))
  say(`${error instanceof Error ? error.message : String(error)}\nIts log is demo-output/log.txt.`)
} finally {
  await sandbox.close()
}
process.exit(isRight ? 0 : 1)

/** Whether every row was right. */
async function demo(): Promise<boolean> {
  save('config.json', config)
  progress('asking what there is')
  const { connectionStatus } = await only('check')
  const { streams } = (await only('discover')).catalog!
  const isConnected = connectionStatus?.status === 'SUCCEEDED'
  verdict(
    isConnected,
    'connected',
    `${streams.length} streams; ${number((await requestPaths()).length)} requests to ask`,
  )
  const configured = {
    streams: streams.map((stream) => ({
      stream,
      sync_mode: syncModeOf(stream),
      destination_sync_mode: syncModeOf(stream) === 'incremental' ? 'append_dedup' : 'overwrite',
    })),
  }
  save('catalog.json', configured)

  const warehouse = createWarehouse(streams)
  const first = await read('first read', streams, configured, warehouse)
  save('state-1.json', warehouse.state())
  progress('changing the account')
  const { changed } = (await sandbox.control('changes', { count: 300, seed: 11 })) as {
    changed: Record<string, number>
  }
  save('changes.json', changed)
  // Zendesk holds back the newest minute of its exports; metric events may come later still.
  await sandbox.control('advance', { seconds: 3600 })
  const made = Object.values(changed).reduce((sum, count) => sum + count, 0)
  const kinds = Object.keys(changed).length
  verdict(true, 'changes', `${number(made)} of ${kinds} kinds: updates, merges, deletions, restorations …`)
  const second = await read('second read', streams, configured, warehouse, warehouse.state())
  save('state-2.json', warehouse.state())

  progress('comparing')
  const account = await accountOf(sandbox, streams)
  const compared = streams.map((stream) => comparedWith(account, stream, warehouse.rows(stream.name)))
  for (const { name } of streams)
    save(`${name}.jsonl`, [...warehouse.rows(name).values()].map((row) => `${JSON.stringify(row)}\n`).join(''))
  const all = table(compared, [first, second], ownerOf, SHARED)
  save('table.txt', all)
  progress('')
  for (const line of verdictOnRows(compared)) say(line)
  const found = faults(compared)
  for (const fault of found.slice(0, 10)) say(`  ${fault.slice(0, 78)}`)
  if (compared.some(({ leftOut }) => leftOut > 0))
    say('\nNot compared: rows whose end or change Zendesk tells in a full refresh only.')
  say('\ndemo-output/ has all rows, states and lines; table.txt (or --all) each stream.')
  if (given.all) say(`\n${all}`)
  return isConnected && found.length === 0
}

/** One whole read, its lines kept in a file and taken by the warehouse. */
async function read(
  title: string,
  streams: readonly CatalogStream[],
  catalog: unknown,
  warehouse: Warehouse,
  state?: unknown,
): Promise<Reading> {
  warehouse.forgetCounts()
  const started = performance.now()
  const since = (): number => (performance.now() - started) / 1000
  // The sandbox does not remember requests without end.
  await sandbox.forgetRequests()
  const lines = createWriteStream(join(output, state === undefined ? 'read-1.jsonl' : 'read-2.jsonl'))
  const source = startSource('read', { config, catalog, state })
  const ended = new Map<string, number>()
  let records = 0
  let shownAt = 0
  for await (const { text, line } of source.lines) {
    lines.write(`${text}\n`)
    warehouse.take(line)
    if (line.record) records++
    if (line.log) log.write(`${title}: ${line.log.level} ${line.log.message}\n`)
    const status = line.trace?.stream_status
    if (status?.status === 'COMPLETE') ended.set(status.stream_descriptor.name, since())
    if (performance.now() - shownAt > 250) {
      shownAt = performance.now()
      progress(`${title}: ${number(records)} records, ${ended.size} of ${streams.length} streams complete`)
    }
  }
  lines.end()
  const code = await source.exit
  const seconds = since()
  const paths = await requestPaths()
  if (code !== 0) throw new Error(`The ${title} ended with ${code}. ${source.stderr()}`)
  const cost = `${number(paths.length)} requests, ${seconds.toFixed(1)} s`
  verdict(ended.size === streams.length, title, `${number(records)} records and deletions, ${cost}`)
  return { seconds, ended, paths, counts: new Map(streams.map(({ name }) => [name, { ...warehouse.counts(name) }])) }
}

/** The one message that a command writes beside its logs. */
async function only(command: 'check' | 'discover') {
  const source = startSource(command, { config })
  for await (const { line } of source.lines) if (line.connectionStatus || line.catalog) return line
  throw new Error(`${command} wrote nothing and ended with ${await source.exit}. ${source.stderr()}`)
}

/** Every request so far, as the sandbox counts them. */
async function requestPaths(): Promise<readonly string[]> {
  const { requests } = (await sandbox.control('requests')) as { requests: { path: string }[] }
  return requests.map(({ path }) => path)
}

/** On a terminal one line that changes; elsewhere nobody watches. */
function progress(text: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K${text.slice(0, 79)}`)
}

function verdict(isFine: boolean, what: string, found: string): void {
  progress('')
  say(verdictLine(isFine, what, found))
}
