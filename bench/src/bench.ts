// What reading costs us, beside the least that it can cost, and beside the connectors of others: docs/performance.md tells
// how it is measured. `npm run bench -- --help` tells the options.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startSandboxProcess } from '../../test/support/sandbox-process.ts'
import { airbyte, type Client, tap } from './clients.ts'
import { readOneDay } from './day.ts'
import { machine, measure, ON_SANDBOX_CORE } from './measure.ts'
import { type Bench, createBench, readInTurn } from './read.ts'
import { type Command, type Cost, type Growth, joined, type Report } from './report.ts'
import { documentOf, summary } from './tables.ts'

const USAGE = `npm run bench -- [options]
  --tickets N    size of the account (20000)
  --rounds N     how often ours and the floor read each set of streams (3)
  --turns N      how often commands are timed; those of the others a third of that (10)
  --sets NAMES   which sets of streams are read, with commas between them (tickets,core; there are metric events and
                 audits too, which take longer)
  --all          all of them
  --peers        with Airbyte's connector and Singer's tap, where test/peers/clients/run.sh made their environments
  --growth       also 100,000 and 500,000 tickets
  --sizes LIST   other numbers of tickets for that, with commas between them
  --day          also the requests of one day's sync
  --keep FILE    what this run does not measure is taken from an earlier one's JSON; --sets none and --turns 0 leave out
                 what is measured otherwise
  --json FILE    writes what was found
  --plot PREFIX  draws it: PREFIX-cost.svg, PREFIX-growth.svg
  --write        writes docs/performance.json, its pictures, and the tables of docs/performance.md
  --from FILE    measures nothing: prints, draws and writes what an earlier run found
`

const WORKLOADS = [
  { name: 'tickets', streams: ['tickets'] },
  {
    name: 'core',
    streams: ['tickets', 'ticket_metrics', 'ticket_comments', 'users', 'user_identities', 'organizations'],
  },
  // The metric event export does not announce its limit, and ours would keep to 10 requests a minute as documented; the
  // other one's answer says that there is none here.
  { name: 'metric events', streams: ['ticket_metric_events', 'organizations'] },
  { name: 'audits', streams: ['ticket_audits'] },
]
const BASIC = ['tickets', 'core']
const NONE = 'none'
const SIZES = [100_000, 500_000]
const docs = join(import.meta.dirname, '../../docs')
const say = (text: string): void => void process.stderr.write(`${text}\n`)

const { values: options } = parseArgs({
  options: {
    tickets: { type: 'string', default: '20000' },
    rounds: { type: 'string', default: '3' },
    turns: { type: 'string', default: '10' },
    sets: { type: 'string', default: BASIC.join() },
    all: { type: 'boolean', default: false },
    peers: { type: 'boolean', default: false },
    growth: { type: 'boolean', default: false },
    sizes: { type: 'string', default: SIZES.join() },
    day: { type: 'boolean', default: false },
    keep: { type: 'string' },
    json: { type: 'string' },
    plot: { type: 'string' },
    write: { type: 'boolean', default: false },
    from: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})

if (options.help) process.stdout.write(USAGE)
else {
  const json = options.from === undefined ? textOf(await run()) : readFileSync(options.from, 'utf8')
  const report = JSON.parse(json) as Report
  process.stdout.write(summary(report))
  const plot = async (prefix: string) => (await import('./plot.ts')).writePlots(report, prefix)
  if (options.json !== undefined) writeFileSync(options.json, json)
  if (options.plot !== undefined) await plot(options.plot)
  if (options.write) {
    const page = join(docs, 'performance.md')
    writeFileSync(join(docs, 'performance.json'), json)
    writeFileSync(page, documentOf(readFileSync(page, 'utf8'), report))
    await plot(join(docs, 'performance'))
  }
}

/** The JSON of a report, without digits that mean nothing. */
function textOf(report: Report): string {
  const short = (_: string, value: unknown): unknown =>
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value
  return `${JSON.stringify(report, short, 1)}\n`
}

async function run(): Promise<Report> {
  const tickets = wholeNumber('tickets')
  const rounds = wholeNumber('rounds')
  const turns = wholeNumber('turns', 0)
  const sets = setsAsked()
  const sizes = options.growth ? options.sizes.split(',').map(Number) : []
  const earlier = options.keep === undefined ? undefined : (JSON.parse(readFileSync(options.keep, 'utf8')) as Report)
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    const day = options.day ? await readOneDay(join(folder, 'day'), { peers: options.peers, say }) : undefined
    const readMain = async (bench: Bench): Promise<Pick<Report, 'workloads' | 'commands' | 'versions'>> => {
      const peers = options.peers ? await peersOf(bench) : []
      const workloads = []
      for (const workload of sets)
        workloads.push(await readInTurn(bench, within(workload, bench), { rounds, peers, peerRounds: 1 }))
      const commands = await timeCommands([bench.ours, ...peers], turns, folder)
      const versions = Object.fromEntries([bench.ours, ...peers].map(({ name, version }) => [name, version]))
      return { workloads, commands, versions }
    }
    const nothing = { workloads: [], commands: [], versions: {} }
    const isAsked = sets.length > 0 || turns > 0
    const main = isAsked ? await withSandbox(tickets, join(folder, 'main'), readMain) : nothing
    const growth: Growth[] = []
    for (const size of sizes) growth.push(await grown(size, join(folder, String(size))))
    const date = new Date().toISOString().slice(0, 10)
    const report = { date, machine: machine(), tickets, rounds, ...main, growth, ...(day && { day }) }
    return earlier === undefined ? report : joined(earlier, report)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function setsAsked(): typeof WORKLOADS {
  if (options.all) return WORKLOADS
  const names = options.sets === NONE ? [] : options.sets.split(',')
  return names.map((name) => {
    const found = WORKLOADS.find((one) => one.name === name)
    if (found === undefined) throw new Error(`There are the sets ${WORKLOADS.map((one) => one.name).join(', ')}.`)
    return found
  })
}

/** A sandbox of this size in a process of its own, as long as `use` takes. */
async function withSandbox<T>(tickets: number, folder: string, use: (bench: Bench) => Promise<T>): Promise<T> {
  say(`A sandbox with ${tickets.toLocaleString('en-US')} tickets …`)
  // Where nothing changes by itself, pages once made are kept.
  const args = ['--tickets', String(tickets), '--control', '--frozen', '--tls-port', '0', '--subdomain', 'strangers']
  // A large account takes more than Node's own limit of its heap.
  const nodeOptions = tickets > 50_000 ? ['--max-old-space-size=6144'] : []
  const sandbox = await startSandboxProcess(args, { before: ON_SANDBOX_CORE, nodeOptions })
  try {
    return await use(await createBench(sandbox, folder, say))
  } finally {
    await sandbox.close()
  }
}

/** Of these streams those that we have. */
function within({ name, streams }: (typeof WORKLOADS)[number], { ours }: Bench) {
  return { name, streams: streams.filter((stream) => ours.streams.has(stream)) }
}

async function peersOf({ sandbox, folder }: Bench): Promise<Client[]> {
  const peers = [await tap(sandbox, join(folder, 'tap')), await airbyte(sandbox, join(folder, 'airbyte'))]
  const missing = peers.filter((peer) => peer === undefined).length
  if (missing > 0) say(`${missing} of the others are not installed: test/peers/clients/run.sh tap airbyte does that.`)
  return peers.filter((peer) => peer !== undefined)
}

/** The commands that read nothing, in turn; those of the others less often, as they take long. */
async function timeCommands(clients: readonly Client[], turns: number, folder: string): Promise<Command[]> {
  say('commands')
  const costs = new Map<string, { client: Client['name']; name: string; costs: Cost[] }>()
  for (let turn = 0; turn < turns; turn++)
    for (const client of clients)
      for (const [name, program] of Object.entries(client.commands)) {
        if (client.name !== 'ours' && turn >= Math.ceil(turns / 3)) continue
        const key = `${client.name} ${name}`
        const known = costs.get(key) ?? { client: client.name, name, costs: [] }
        known.costs.push(await measure(program, join(folder, 'sink')))
        costs.set(key, known)
      }
  return [...costs.values()]
}

async function grown(tickets: number, folder: string): Promise<Growth> {
  return withSandbox(tickets, folder, async (bench) => {
    const workloads = []
    for (const workload of WORKLOADS.filter(({ name }) => BASIC.includes(name)))
      workloads.push(await readInTurn(bench, within(workload, bench), { rounds: 1, peers: [], peerRounds: 0 }))
    return { tickets, workloads }
  })
}

function wholeNumber(name: 'tickets' | 'rounds' | 'turns', least = 1): number {
  const value = Number(options[name])
  if (!Number.isInteger(value) || value < least) throw new Error(`--${name} takes a whole number from ${least}.`)
  return value
}
