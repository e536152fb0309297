// Reads one account with several clients, in turn.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { LoggedRequest, SandboxProcess } from '../../test/support/sandbox-process.ts'
import { type Client, floor, ours } from './clients.ts'
import { measure } from './measure.ts'
import { type Run, recordsOf, sum, type Workload } from './report.ts'
import { distinctIn, readSink } from './sink.ts'

/** A sandbox, and the clients that read it. */
export interface Bench {
  readonly sandbox: SandboxProcess
  readonly folder: string
  readonly ours: Client
  readonly floor: Client
  readonly say: (text: string) => void
  /** Which pages ours asked for, by the names of the streams. */
  readonly pages: Map<string, readonly string[]>
}

export async function createBench(
  sandbox: SandboxProcess,
  folder: string,
  say: (text: string) => void,
): Promise<Bench> {
  const pages = new Map<string, readonly string[]>()
  const pagesOf = (streams: readonly string[]): readonly string[] => {
    const known = pages.get(streams.join())
    if (known === undefined) throw new Error(`Ours has not yet read ${streams.join()}.`)
    return known
  }
  return {
    sandbox,
    folder,
    say,
    pages,
    ours: await ours(sandbox, join(folder, 'ours')),
    floor: await floor(sandbox, join(folder, 'floor'), pagesOf),
  }
}

const EXPORT = /^\/api\/v2\/incremental\//

export const isExport = ({ path }: LoggedRequest): boolean => EXPORT.test(path)

const sinkOf = ({ folder }: Bench): string => join(folder, 'sink')

/** One read: what it cost, and what it brought, which lies in the sink until the next read. */
async function read(bench: Bench, client: Client, streams: readonly string[]): Promise<Run> {
  const { sandbox, say, pages } = bench
  await sandbox.forgetRequests()
  const sink = sinkOf(bench)
  const cost = await measure(client.read(streams), sink)
  const { records, bytes } = await readSink(sink)
  const requests = await sandbox.requests()
  if (client.name === 'ours') pages.set(streams.join(), requests.filter(bearsRecords).map(addressOf))
  const run: Run = {
    client: client.name,
    ...cost,
    records,
    bytes,
    requests: requests.length,
    exportRequests: requests.filter(isExport).length,
    sandboxSeconds: sum(requests.map(({ ms }) => ms)) / 1000,
  }
  const { seconds, cpuSeconds, peakMB } = cost
  say(
    `  ${client.name.padEnd(8)}${recordsOf(run).toLocaleString('en-US').padStart(11)} records ${seconds.toFixed(2).padStart(8)} s ${cpuSeconds.toFixed(2).padStart(8)} CPU s ${peakMB.toFixed(0).padStart(5)} MB ${String(run.requests).padStart(7)} requests`,
  )
  return run
}

const BEARERS = [EXPORT, /^\/api\/v2\/ticket_audits$/, /^\/api\/v2\/tickets\/\d+\/audits$/]

/** Pages of records; not a request that only asks who we are, or how many there are. */
const bearsRecords = ({ path, status }: LoggedRequest): boolean =>
  status === 200 && BEARERS.some((pattern) => pattern.test(path))

const addressOf = ({ path, query }: LoggedRequest): string => {
  const search = new URLSearchParams(query).toString()
  return search === '' ? path : `${path}?${search}`
}

export interface Rounds {
  readonly rounds: number
  readonly peers: readonly Client[]
  /** How often each of the others reads. */
  readonly peerRounds: number
}

/**
 * Reads a set of streams: once with ours, so that the sandbox keeps the pages; then ours, floor, ours, floor …; then ours
 * and one of the others. Throws where a client did not bring the same number of records each time,
 * or ours not those of the floor.
 */
export async function readInTurn(
  bench: Bench,
  { name, streams }: Pick<Workload, 'name' | 'streams'>,
  { rounds, peers, peerRounds }: Rounds,
): Promise<Workload> {
  bench.say(`${name}: ${streams.join(', ')}`)
  const runs: Run[] = []
  const pair = async (other: Client): Promise<void> => {
    runs.push(await read(bench, bench.ours, streams), await read(bench, other, streams))
  }
  await read(bench, bench.ours, streams)
  for (let round = 0; round < rounds; round++) await pair(bench.floor)
  const distinct = await distinctIn(sinkOf(bench))
  const able = peers.filter((peer) => streams.some((stream) => peer.streams.has(stream)))
  for (const peer of able) for (let round = 0; round < peerRounds; round++) await pair(peer)
  rmSync(sinkOf(bench))
  hold(runs, distinct)
  return { name, streams, runs }
}

/**
 * A measurement of something else than what was meant is worth nothing. `distinct` tells, by stream, how many records the
 * floor's pages have: it hands on again what a page repeats of the page before, which ours leaves out.
 */
function hold(runs: readonly Run[], distinct: Readonly<Record<string, number>>): void {
  for (const [client, of] of Map.groupBy(runs, (run) => run.client)) {
    const counts = of.map(recordsOf)
    if (Math.min(...counts) === 0 || Math.max(...counts) > Math.min(...counts) * 1.001)
      throw new Error(`${client} read ${counts.join(', ')} records of the same account.`)
  }
  const mine = runs.find((run) => run.client === 'ours')?.records ?? {}
  for (const stream of new Set([...Object.keys(mine), ...Object.keys(distinct)])) {
    const [count, there] = [mine[stream] ?? 0, distinct[stream] ?? 0]
    // Deletions it may add.
    if (Math.abs(there - count) > there * 0.05) throw new Error(`${stream}: ours has ${count}, the floor ${there}.`)
  }
}
