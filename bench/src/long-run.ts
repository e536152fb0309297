// The long run: hundreds of syncs of one small account that lives on, with faults and kills, each a process of its own.
// `npm run soak:long` prints how large the states and the memory are on the way, and which states grow; it fails if a row is
// wrong at the end. LONG=439 sets how many syncs, LONG_HOURS=6 how far they are apart, LONG_STREAMS=tickets,users of what.

import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Sandbox, startSandbox } from 'zendesk-sandbox'
import { configFor, discover } from '../../test/support/account.ts'
import { compareWithAccount, truthOf } from '../../test/support/expected-rows.ts'
import { type CatalogStream, startSource } from '../../test/support/program.ts'
import { createWarehouse, syncModeOf, type Warehouse } from '../../test/support/warehouse.ts'

const SYNCS = Number(process.env['LONG'] ?? 439)
const HOURS = Number(process.env['LONG_HOURS'] ?? 6)
const SEED = Number(process.env['LONG_SEED'] ?? 1)
const ONLY = process.env['LONG_STREAMS']?.split(',')
/** Of so many syncs one has faults, and one of so many is killed. */
const [FAULTY, KILLED] = [3, 11]
const CHANGES = 12

const print = (text: string): boolean => process.stdout.write(`${text}\n`)

interface Passed {
  readonly exit: number | NodeJS.Signals
  readonly peakMB: number
  readonly stderr: string
}

/** One sync in a process of its own; killed after so many lines, if at all. */
async function sync(
  catalog: readonly CatalogStream[],
  config: object,
  warehouse: Warehouse,
  killAt?: number,
): Promise<Passed> {
  const streams = catalog.map((stream) => ({
    stream,
    sync_mode: syncModeOf(stream),
    destination_sync_mode: 'append_dedup',
  }))
  const env = { NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, 'print-peak.ts')).href}` }
  const source = startSource('read', { config, catalog: { streams }, state: warehouse.state(), env })
  let lines = 0
  for await (const { line } of source.lines) {
    warehouse.take(line)
    if (++lines === killAt) source.process.kill('SIGKILL')
  }
  const exit = await source.exit
  const [, kilobytes = '0'] = /peak memory: (\d+) kB/.exec(source.stderr()) ?? []
  return { exit, peakMB: Number(kilobytes) / 1024, stderr: source.stderr() }
}

const sizeOf = (value: unknown): number => JSON.stringify(value).length

const sizesIn = (catalog: readonly CatalogStream[], warehouse: Warehouse): ReadonlyMap<string, number> =>
  new Map(catalog.map(({ name }) => [name, sizeOf(warehouse.stateOf(name) ?? {})]))

/** The three largest states, with their bytes. */
const largest = (sizes: ReadonlyMap<string, number>): string =>
  [...sizes]
    .sort(([, one], [, other]) => other - one)
    .slice(0, 3)
    .map(([name, size]) => `${name} ${size}`)
    .join(', ')

/** The account lives: changes of every kind (restorations among them). */
function live({ account }: Sandbox, nth: number): void {
  account.changeAtRandom(CHANGES, SEED * 1000 + nth)
  account.advance(HOURS * 3600)
}

/** What differs between the account and the tables, by stream. */
function differences(sandbox: Sandbox, catalog: readonly CatalogStream[], warehouse: Warehouse): readonly string[] {
  return catalog.flatMap((stream) => {
    const found = compareWithAccount(truthOf(sandbox), stream, warehouse.rows(stream.name))
    const { missing, surplus, wrong } = found
    const all = Object.entries({ missing, surplus, wrong }).filter(([, keys]) => keys.length > 0)
    return all.map(([kind, keys]) => `${stream.name}: ${keys.length} ${kind}, such as ${keys.slice(0, 3).join(', ')}`)
  })
}

async function run(): Promise<boolean> {
  const sandbox = await startSandbox({ tickets: 80, seed: SEED, holdsProcess: true })
  const config = configFor(sandbox, { max_retry_minutes: 1 })
  const catalog = (await discover(config)).filter(({ name }) => ONLY === undefined || ONLY.includes(name))
  const warehouse = createWarehouse(catalog)
  const marks = new Set([0.02, 0.1, 0.25, 0.5, 0.75, 1].map((share) => Math.max(1, Math.round(SYNCS * share))))
  let early: ReadonlyMap<string, number> | undefined
  let peaks: number[] = []
  print(`${catalog.length} streams, ${SYNCS} syncs, ${HOURS} hours apart`)
  for (let nth = 1; nth <= SYNCS; nth++) {
    if (nth % FAULTY === 0)
      sandbox.faults.random({ rate: 0.03, kinds: ['reset', 'truncate', { kind: 'status', status: 502 }], seed: nth })
    else sandbox.faults.clear()
    const killAt = nth % KILLED === 0 ? 50 + (nth % 7) * 40 : undefined
    const { exit, peakMB, stderr } = await sync(catalog, config, warehouse, killAt)
    if (exit !== 0 && exit !== 'SIGKILL') throw new Error(`Sync ${nth} ended with ${exit}: ${stderr.slice(-2000)}`)
    if (exit === 0) peaks.push(peakMB)
    if (marks.has(nth)) {
      const sizes = sizesIn(catalog, warehouse)
      if (nth >= SYNCS * 0.1) early ??= sizes
      const total = [...sizes.values()].reduce((sum, size) => sum + size, 0)
      const worst = Math.max(...peaks)
      const middle = peaks.sort((one, other) => one - other)[Math.floor(peaks.length / 2)] ?? 0
      print(
        `after ${nth} syncs (${((nth * 100) / SYNCS).toFixed(0)} %): states ${(total / 1000).toFixed(1)} kB, ` +
          `memory ${middle.toFixed(0)} MB in the middle, ${worst.toFixed(0)} MB at the most`,
      )
      print(`  largest: ${largest(sizes)}`)
      peaks = []
    }
    live(sandbox, nth)
  }
  sandbox.faults.clear()
  sandbox.account.advance(7200)
  for (let more = 0; more < 20; more++) {
    await sync(catalog, config, warehouse)
    if (!catalog.some(({ name }) => warehouse.stateOf(name)?.['look_back'] !== undefined)) break
  }
  const grown = [...sizesIn(catalog, warehouse)]
    .map(([name, size]) => [name, early?.get(name) ?? 0, size] as const)
    .filter(([, before, size]) => size > before + 200)
    .sort(([, b1, s1], [, b2, s2]) => s2 - b2 - (s1 - b1))
  print(`states that grew since the first tenth (bytes, rows now):`)
  for (const [name, before, size] of grown) print(`  ${name}: ${before} to ${size}, ${warehouse.rows(name).size} rows`)
  const wrong = differences(sandbox, catalog, warehouse)
  print(wrong.length === 0 ? 'every row is right' : `WRONG:\n  ${wrong.join('\n  ')}`)
  await sandbox.close()
  return wrong.length === 0
}

if (!(await run())) process.exitCode = 1
