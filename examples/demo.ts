// The main job, seen: `npm run demo`. A sandbox and the source, as processes of their own, and a destination in memory.
import { createWriteStream, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { streams as declared } from '../src/streams/index.ts'
import { compareWithAccount } from '../test/support/expected-rows.ts'
import { type CatalogStream, startSource } from '../test/support/program.ts'
import { startSandboxProcess } from '../test/support/sandbox-process.ts'
import { accountOf } from '../test/support/truth.ts'
import { createWarehouse, syncModeOf } from '../test/support/warehouse.ts'

const output = join(import.meta.dirname, '../demo-output')
const TICKETS = Number(process.env['TICKETS'] ?? 5_000)
const say = (text = ''): void => void process.stdout.write(`${text}\n`)
const number = (value: number): string => value.toLocaleString('en-US')

/** The streams of each list, by its path. */
const lists = Map.groupBy(
  declared.filter(({ walk }) => walk.order === 'unordered'),
  ({ walk }) => walk.path,
)

/** Which requests are whose; streams that share a walk share them. */
const REQUESTS: readonly (readonly [RegExp, string, string?])[] = [
  [/side_conversations\/events/, 'side_conversations'],
  [/search\/export/, 'open_tickets'],
  [/incremental\/tickets/, 'tickets'],
  [/tickets\/count/, 'tickets'],
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
const save = (name: string, content: unknown): void =>
  writeFileSync(join(output, name), `${JSON.stringify(content, null, 2)}\n`)

say(`Starting a sandbox: a local Zendesk with ${number(TICKETS)} tickets …`)
const sandbox = await startSandboxProcess(['--tickets', String(TICKETS), '--seed', '7', '--control'])
let failed = false
try {
  await demo()
} catch (error) {
  failed = true
  say(`The demo failed: ${error instanceof Error ? error.message : String(error)}`)
} finally {
  await sandbox.close()
}
process.exit(failed ? 1 : 0)

async function demo(): Promise<void> {
  say(`It answers at ${sandbox.url}\n`)
  save('config.json', sandbox.config)

  const { connectionStatus } = await only('check')
  say(`check     ${connectionStatus?.status}${connectionStatus?.message ? `: ${connectionStatus.message}` : ''}`)
  const { catalog } = await only('discover')
  const streams = catalog!.streams
  say(`discover  ${streams.length} streams: ${streams.map(({ name }) => name).join(', ')}\n`)
  const configured = {
    streams: streams.map((stream) => ({
      stream,
      sync_mode: syncModeOf(stream),
      destination_sync_mode: syncModeOf(stream) === 'incremental' ? 'append_dedup' : 'overwrite',
    })),
  }
  save('catalog.json', configured)

  const warehouse = createWarehouse(streams)
  const first = await read('First read', configured, undefined)
  save('state-1.json', warehouse.state())

  say('Changing the account: tickets, users, groups and fields are created, updated, merged, deleted, restored …')
  const { changed } = (await sandbox.control('changes', { count: 300, seed: 11 })) as {
    changed: Record<string, number>
  }
  say(
    `  ${Object.entries(changed)
      .map(([kind, count]) => `${kind} ${count}`)
      .join(', ')}`,
  )
  // Zendesk holds back the newest minute of its exports; metric events may come later still.
  await sandbox.control('advance', { seconds: 3600 })

  const second = await read('Second read, from the state of the first', configured, warehouse.state())
  save('state-2.json', warehouse.state())

  const account = await accountOf(sandbox, streams)
  const differences = new Map<string, Differences>()
  for (const stream of streams) {
    differences.set(stream.name, compareWithAccount(account, stream, warehouse.rows(stream.name)))
    const rows = createWriteStream(join(output, `${stream.name}.jsonl`))
    for (const row of warehouse.rows(stream.name).values()) rows.write(`${JSON.stringify(row)}\n`)
    rows.end()
  }
  report(streams, first, second, differences)
  failed = [...differences.values()].some(
    ({ missing, surplus, wrong }) => missing.length + surplus.length + wrong.length > 0,
  )

  /** One whole read, its lines kept in a file and taken by the warehouse, told as it goes. */
  async function read(title: string, catalog: unknown, state: unknown): Promise<Reading> {
    warehouse.forgetCounts()
    const started = performance.now()
    const requestsBefore = await requestPaths()
    const lines = createWriteStream(join(output, state === undefined ? 'read-1.jsonl' : 'read-2.jsonl'))
    const source = startSource('read', { config: sandbox.config, catalog, state })
    const ended = new Map<string, number>()
    let records = 0
    let told = 0
    for await (const { text, line } of source.lines) {
      lines.write(`${text}\n`)
      warehouse.take(line)
      if (line.record) records++
      if (line.log && line.log.level !== 'DEBUG') say(`  ${line.log.level} ${line.log.message}`)
      const status = line.trace?.stream_status
      if (status?.status === 'COMPLETE') ended.set(status.stream_descriptor.name, (performance.now() - started) / 1000)
      if (performance.now() - told > 500) {
        told = performance.now()
        progress(`${title}: ${number(records)} records, ${ended.size} of ${streams.length} streams complete`)
      }
    }
    lines.end()
    const code = await source.exit
    const seconds = (performance.now() - started) / 1000
    const paths = (await requestPaths()).slice(requestsBefore.length)
    progress(
      `${title}: ${number(records)} records with ${number(paths.length)} requests in ${seconds.toFixed(1)} s, exit code ${code}`,
    )
    say('\n')
    if (code !== 0) throw new Error(`The source ended with ${code}. ${source.stderr()}`)
    return { seconds, ended, paths, counts: new Map(streams.map(({ name }) => [name, { ...warehouse.counts(name) }])) }
  }
}

type Differences = ReturnType<typeof compareWithAccount>

interface Reading {
  readonly seconds: number
  /** By stream: when it was complete, in seconds from the start. */
  readonly ended: ReadonlyMap<string, number>
  readonly paths: readonly string[]
  readonly counts: ReadonlyMap<string, { readonly records: number; readonly deletions: number }>
}

/** The one message that a command writes beside its logs. */
async function only(command: 'check' | 'discover') {
  const source = startSource(command, { config: sandbox.config })
  for await (const { line } of source.lines) if (line.connectionStatus || line.catalog) return line
  throw new Error(`${command} wrote nothing and ended with ${await source.exit}. ${source.stderr()}`)
}

async function requestPaths(): Promise<readonly string[]> {
  const { requests } = (await sandbox.control('requests')) as { requests: { path: string }[] }
  return requests.map(({ path }) => path)
}

/** On a terminal one line that changes, elsewhere a line each time. */
function progress(text: string): void {
  process.stdout.write(process.stdout.isTTY ? `\r\u001b[K${text}` : `${text}\n`)
}

function report(
  streams: readonly CatalogStream[],
  first: Reading,
  second: Reading,
  differences: ReadonlyMap<string, Differences>,
): void {
  const requestsOf = ({ paths }: Reading, name: string): string =>
    SHARED[name] ?? number(paths.filter((path) => ownerOf(path) === name).length)
  const cells = (reading: Reading, name: string): string[] => {
    const { records = 0, deletions = 0 } = reading.counts.get(name) ?? {}
    return [number(records), number(deletions), requestsOf(reading, name), (reading.ended.get(name) ?? 0).toFixed(1)]
  }
  const line = (name: string, columns: readonly string[], right: string): string =>
    `${name.padEnd(32)}${columns.map((cell, index) => cell.padStart([9, 10, 13, 7][index % 4]!)).join('')}   ${right}`

  say(`${''.padEnd(32)}${'── first read '.padEnd(39, '─')} ${'── second read '.padEnd(38, '─')}`)
  const head = ['records', 'deletions', 'requests', 's']
  say(line('stream', [...head, ...head], "rows right, of the account's truth"))
  for (const { name } of streams) {
    const { right, missing, surplus, wrong, untold } = differences.get(name)!
    const total = right + missing.length + wrong.length
    const faults = [
      ...missing.slice(0, 1).map((key) => `${missing.length} missing (${key})`),
      ...surplus.slice(0, 1).map((key) => `${surplus.length} too many (${key})`),
      ...wrong.slice(0, 1).map((what) => `${wrong.length} wrong (${what})`),
      ...(untold.length > 0 ? [`${untold.length} gone, which Zendesk tells in a full refresh only`] : []),
    ]
    say(
      line(
        name,
        [...cells(first, name), ...cells(second, name)],
        `${number(right)} of ${number(total)} ${faults.join('; ')}`,
      ),
    )
  }
  const sum = (reading: Reading, key: 'records' | 'deletions'): string =>
    number([...reading.counts.values()].reduce((total, counts) => total + counts[key], 0))
  const totals = (reading: Reading): string[] => [
    sum(reading, 'records'),
    sum(reading, 'deletions'),
    number(reading.paths.length),
    reading.seconds.toFixed(1),
  ]
  say(line('all', [...totals(first), ...totals(second)], ''))
  say(
    `\nThe files lie in demo-output/: config.json, catalog.json, the lines of both reads (read-1.jsonl, read-2.jsonl),`,
  )
  say('the states after them (state-1.json, state-2.json), and the rows of each table (<stream>.jsonl).')
}
