// Measures whole reads of a sandbox by the built program, beside the least that such a read can cost: `npm run bench`.
// TICKETS=20000 RUNS=3 npm run bench
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSandboxProcess } from './sandbox-process.ts'

const root = join(import.meta.dirname, '..')
const tickets = Number(process.env['TICKETS'] ?? 20_000)
const runs = Number(process.env['RUNS'] ?? 3)

/** What one process cost, from start to end. */
interface Cost {
  readonly seconds: number
  readonly cpuSeconds: number
  readonly peakMiB: number
  readonly requests: number
  readonly lines: number
}

// Each measured process reports what the operating system charged it with, as its last act.
const REPORT = `data:text/javascript,process.on('exit',()=>process._rawDebug('USAGE '+JSON.stringify(process.resourceUsage())))`

const sandbox = await startSandboxProcess(['--tickets', String(tickets), '--seed', '1', '--control'])
try {
  const config = JSON.stringify(sandbox.config)
  const { streams } = JSON.parse(readFileSync(join(root, 'catalog/incremental.json'), 'utf8')) as {
    streams: { stream: { name: string } }[]
  }
  const catalogOf = (names: readonly string[]): string =>
    JSON.stringify({ streams: streams.filter(({ stream }) => names.length === 0 || names.includes(stream.name)) })
  const source = join(root, 'dist/source-zendesk.js')
  const read = (names: readonly string[]) => [
    source,
    'read',
    '--config',
    write(config),
    '--catalog',
    write(catalogOf(names)),
  ]
  const floor = [join(root, 'scripts/bench-floor.ts'), sandbox.url, sandbox.authorization]
  const measured: readonly (readonly [string, readonly string[]])[] = [
    ['spec', [source, 'spec']],
    ['floor: ticket pages fetched, parsed, written', floor],
    ['tickets', read(['tickets'])],
    ['tickets, metrics, comments', read(['tickets', 'ticket_metrics', 'ticket_comments'])],
    ['all ten streams', read([])],
  ]
  const costs = measured.map((): Cost[] => [])
  for (let run = 0; run < runs; run++)
    for (const [index, [, args]] of measured.entries()) costs[index]!.push(await measure(args))

  process.stdout.write(`${tickets} tickets, medians of ${runs} runs\n`)
  process.stdout.write(row(['', 'lines', 'seconds', 'CPU s', 'peak MiB', 'requests']))
  for (const [index, [name]] of measured.entries()) {
    const of = (key: keyof Cost): number => median(costs[index]!.map((cost) => cost[key]))
    const cells = [
      of('lines').toFixed(0),
      of('seconds').toFixed(2),
      of('cpuSeconds').toFixed(2),
      of('peakMiB').toFixed(0),
    ]
    process.stdout.write(row([name, ...cells, of('requests').toFixed(0)]))
  }
} finally {
  await sandbox.close()
}

/** The path of a file with this text. */
function write(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'bench-')), 'argument.json')
  writeFileSync(path, text)
  return path
}

async function measure(args: readonly string[]): Promise<Cost> {
  const before = await sandbox.requestCount()
  const started = performance.now()
  const child = spawn(process.execPath, ['--import', REPORT, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let lines = 0
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => {
    for (const byte of chunk) if (byte === 10) lines++
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const [code] = (await once(child, 'close')) as [number]
  const seconds = (performance.now() - started) / 1000
  const usage = /USAGE (.*)/.exec(stderr)?.[1]
  if (code !== 0 || usage === undefined) throw new Error(`${args[0]} ended with ${code}: ${stderr.slice(0, 500)}`)
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(usage) as NodeJS.ResourceUsage
  const cpuSeconds = (userCPUTime + systemCPUTime) / 1e6
  return { seconds, cpuSeconds, lines, peakMiB: maxRSS / 1024, requests: (await sandbox.requestCount()) - before }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

function row([name = '', ...cells]: readonly string[]): string {
  return `${name.padEnd(48)}${cells.map((cell) => cell.padStart(10)).join('')}\n`
}
