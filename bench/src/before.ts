// Is this version slower than an earlier one? `npm run bench:before -- FOLDER` reads one account with both, in pairs: FOLDER
// is a checkout of the earlier one, built (`npm ci && npm run build`). Each pair's ratio is earlier / now, so less than 1 is
// slower; the median of the pairs is what counts, since neighbours share whatever else the machine did at that moment.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { startSandboxProcess } from '../../test/support/sandbox-process.ts'
import { type Client, ours } from './clients.ts'
import { measure, ON_SANDBOX_CORE } from './measure.ts'
import { type Cost, recordsOf } from './report.ts'
import { readSink } from './sink.ts'

const SETS: Readonly<Record<string, readonly string[]>> = {
  tickets: ['tickets'],
  core: ['tickets', 'ticket_metrics', 'ticket_comments', 'users', 'user_identities', 'organizations'],
  'metric events': ['ticket_metric_events', 'organizations'],
  // The second stream's answers say that there is no limit: without it, the exports of ticket events keep to 10 requests a minute.
  audits: ['ticket_audits', 'organizations'],
  lists: ['groups', 'ticket_fields', 'ticket_forms', 'triggers', 'views', 'macros', 'brands', 'tags', 'articles'],
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    tickets: { type: 'string', default: '20000' },
    pairs: { type: 'string', default: '7' },
    sets: { type: 'string', default: Object.keys(SETS).join() },
  },
})
const earlier = positionals[0]
if (earlier === undefined) throw new Error('Which version is the earlier one? npm run bench:before -- FOLDER')
const pairs = Number(values.pairs)

interface Read extends Cost {
  readonly records: Readonly<Record<string, number>>
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)]!

async function read(client: Client, streams: readonly string[], sink: string): Promise<Read> {
  const cost = await measure(client.read(streams), sink)
  return { ...cost, ...(await readSink(sink)) }
}

const folder = mkdtempSync(join(tmpdir(), 'bench-before-'))
const sandbox = await startSandboxProcess(['--tickets', values.tickets, '--frozen'], {
  before: ON_SANDBOX_CORE,
})
try {
  const now = await ours(sandbox, join(folder, 'now'))
  const before = await ours(sandbox, join(folder, 'before'), resolve(earlier))
  const sink = join(folder, 'sink')
  for (const name of values.sets.split(',')) {
    const streams = SETS[name]
    if (streams === undefined) throw new Error(`There is no set ${name}; there are ${Object.keys(SETS).join(', ')}.`)
    await read(now, streams, sink) // The sandbox keeps its pages from now on.
    const runs: { now: Read; before: Read }[] = []
    // Who goes first takes turns: the second finds a warmer machine.
    for (let pair = 0; pair < pairs; pair++) {
      const first = await read(pair % 2 === 0 ? now : before, streams, sink)
      const second = await read(pair % 2 === 0 ? before : now, streams, sink)
      runs.push(pair % 2 === 0 ? { now: first, before: second } : { now: second, before: first })
    }
    const counts = new Set(runs.flatMap((run) => [recordsOf(run.now), recordsOf(run.before)]))
    const ratio = (of: (cost: Cost) => number) => median(runs.map((run) => of(run.before) / of(run.now))).toFixed(2)
    const middle = (of: (cost: Cost) => number, digits: number) =>
      `${median(runs.map((run) => of(run.before))).toFixed(digits)} → ${median(runs.map((run) => of(run.now))).toFixed(digits)}`
    process.stdout.write(
      `${name}: ${[...counts].join(' and ')} records, ${pairs} pairs, earlier / now (1 and more is no slower): ` +
        `CPU ${ratio((cost) => cost.cpuSeconds)} (${middle((cost) => cost.cpuSeconds, 2)} s), ` +
        `time ${ratio((cost) => cost.seconds)} (${middle((cost) => cost.seconds, 2)} s), ` +
        `memory ${ratio((cost) => cost.peakMB)} (${middle((cost) => cost.peakMB, 0)} MB)\n`,
    )
  }
} finally {
  await sandbox.close()
  rmSync(folder, { recursive: true })
}
