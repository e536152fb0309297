// Connections as the keeper keeps them: what it syncs, what is done between two syncs, whom it tells.
import type { Connection } from '../config/connection.ts'
import type { Hub } from '../console/console.ts'
import { syncsIn } from '../console/journal/books.ts'
import type { Journal } from '../console/journal/open.ts'
import type { Watch } from '../console/journal/running.ts'
import { importSyncs, lastNumber } from '../console/journal/syncs.ts'
import { HubError, messageOf } from '../errors.ts'
import { openBooks } from '../load/books.ts'
import { checkSchedule } from '../schedule/due.ts'
import type { Scheduled } from '../schedule/keep.ts'
import type { SyncResult } from '../sync/sync.ts'
import { openWarehouse } from './destination.ts'
import { type ConnectionFollower, createFollower } from './follow-connection.ts'
import { journalOf } from './journal.ts'
import type { Program } from './program.ts'
import { openReceivers, type Receiving } from './receiving.ts'
import { createScheduledWrites, type ScheduledWrites } from './scheduled-writes.ts'
import { summary } from './summary.ts'
import { syncConnection } from './sync-connection.ts'

const SCHEDULE = 'every 6h'
/** Of connections whose events are followed: it finds what no event told. */
const LIVE_SCHEDULE = 'every 15m'

/** Turns connections into what is scheduled, again whenever they change. */
export interface Scheduler {
  /** Rejects with a HubError for a schedule that is none, and for an endpoint that cannot be opened. */
  scheduled(connections: readonly Connection[], hub?: Hub): Promise<readonly Scheduled[]>
  /** Reports what is wrong with a connection to whom it notifies. */
  failed(name: string, sentence: string): Promise<void>
  /** What people want of writes. */
  readonly writes: ScheduledWrites
  close(): Promise<void>
}

/** `config`: the file that the connections stand in, with the console's journal beside it. */
export function createScheduler(program: Program, config: string): Scheduler {
  let open: { key: string; of: ReadonlyMap<string, Receiving>; close(): Promise<void> } | undefined
  /** Listens for the webhooks of the connections that want them; only anew if their endpoints changed. */
  const receivers = async (connections: readonly Connection[]): Promise<ReadonlyMap<string, Receiving>> => {
    const live = connections.flatMap(({ name, live: settings }) => (settings ? [{ name, settings }] : []))
    const key = JSON.stringify(live)
    if (open?.key === key) return open.of
    await open?.close()
    open = undefined
    const opened = await openReceivers(
      live.map(({ settings }) => settings),
      program,
    )
    const of = new Map(live.map(({ name }, nth) => [name, opened.receivers[nth]!]))
    for (const [name, { url }] of of) program.say(`${name}: takes webhooks at ${url}\n`)
    open = { key, of, close: opened.close }
    return of
  }
  const last = new Map<string, Scheduled>()
  let journal: Journal | undefined
  let shared: Hub | undefined
  const known = (): Journal => {
    journal ??= shared === undefined ? journalOf(config) : undefined
    return shared?.journal ?? journal!
  }
  const writes = createScheduledWrites(program, config, known, reportFailure)
  writes.onChange(() => shared?.running.changed())
  return {
    writes,
    async scheduled(connections, hub) {
      shared = hub
      for (const { schedule = SCHEDULE, writes: own = [] } of connections)
        for (const one of [schedule, ...own.flatMap((write) => write.schedule ?? [])]) checkSchedule(one)
      const receiving = await receivers(connections)
      last.clear()
      for (const connection of connections) {
        const { name, live } = connection
        const at = receiving.get(name)
        if (at) hub?.liveEvents.listens(name, at.receiver.counts)
        const follower =
          live && at && createFollower(program, { ...connection, live }, at, (some) => hub?.liveEvents.add(name, some))
        last.set(name, scheduledOne(program, connection, follower, hub))
        for (const write of writes.of(connection)) last.set(write.name, write)
      }
      return [...last.values()]
    },
    async failed(name, sentence) {
      await last.get(name)?.failed(sentence)
    },
    async close() {
      await open?.close()
      journal?.close()
    },
  }
}

function scheduledOne(
  program: Program,
  connection: Connection,
  follower: ConnectionFollower | undefined,
  hub?: Hub,
): Scheduled {
  const { name, source, schedule = follower ? LIVE_SCHEDULE : SCHEDULE } = connection
  return {
    name,
    account: source.subdomain,
    target: `${connection.to} ${connection.schema ?? ''}`,
    schedule,
    past: () => pastOf(program, connection, hub),
    async sync(signal, warn) {
      program.say(`${name}: begins\n`)
      const watcher = { warn, watch: hub?.running.watch(name) }
      const result = await watchedSync({ ...program, signal, watched: undefined }, connection, watcher)
      follower?.synced(result)
      program.say(`${summary(result)}${follower ? `${follower.sentence().trim()}\n` : ''}`)
      const rows = [...result.tallies.values()].reduce((sum, tally) => sum + tally.rows, 0)
      if (result.status === 'complete') return { error: undefined, rows }
      return { error: reasonOf(result), rows }
    },
    meanwhile: follower?.follow,
    failed: (error) => reportFailure(connection, error),
  }
}

/** Why a sync is not complete: what ended it, and what the first of its streams failed of. */
function reasonOf({ error, tallies }: SyncResult): string {
  const [name, tally] = [...tallies].find(([, { status }]) => status !== 'complete') ?? []
  const [whole, own] = [error === undefined ? undefined : messageOf(error), tally?.error]
  if (own !== undefined && whole !== undefined && !whole.includes(own)) return `${whole} ${name}: ${own}`
  return whole ?? own ?? `Stream "${name}" is not complete.`
}

/** Reports a failure to whom the connection notifies. */
async function reportFailure({ name, notify }: Connection, error: string): Promise<void> {
  if (notify === undefined) return
  const body = JSON.stringify({ connection: name, error })
  const headers = { 'content-type': 'application/json' }
  // Where it was allowed to go is this address, and no other that this one names.
  const answer = await fetch(notify, {
    ...{ method: 'POST', body, headers, redirect: 'manual' as const },
    signal: AbortSignal.timeout(10_000),
  })
  if (!answer.ok) throw new HubError(`The webhook answered ${answer.status}.`)
}

interface SyncWatchers {
  readonly watch: Watch | undefined
  /** Takes a warning, and undefined once rows come. */
  readonly warn: (warning: string | undefined) => void
}

/** One sync, and what the console is told of it. */
async function watchedSync(
  program: Program,
  connection: Connection,
  { watch, warn }: SyncWatchers,
): Promise<SyncResult> {
  try {
    const result = await syncConnection(
      program,
      connection,
      {},
      {
        costs: (now) => watch?.costs(now),
        take(message) {
          watch?.take(message)
          if (message.kind === 'log' && message.level === 'warn') warn(message.message)
          if (message.kind === 'records') warn(undefined)
        },
      },
    )
    const { syncId: number, status, tallies, error } = result
    const said = error === undefined ? undefined : messageOf(error)
    const isStopped = program.signal.aborted && status !== 'complete'
    watch?.end({ number, tallies, ...(isStopped ? { status: 'stopped', error: undefined } : { status, error: said }) })
    return result
  } catch (error) {
    const isStopped = program.signal.aborted
    const rest = { number: undefined, tallies: new Map() }
    watch?.end({
      ...rest,
      ...(isStopped ? { status: 'stopped', error: undefined } : { status: 'failed', error: messageOf(error) }),
    })
    throw error
  }
}

/** What the books of the warehouse tell; they are made where there are none. */
async function pastOf(program: Program, { name, to, schema }: Connection, hub?: Hub) {
  const warehouse = await openWarehouse({ to, schema }, program)
  try {
    await openBooks(warehouse)
    const [row] = await warehouse.rows(`select max(started_at) as begun,
      max(case when status = 'complete' then finished_at end) as complete from ${warehouse.schema}._syncs`)
    if (hub) importSyncs(hub.journal, name, await syncsIn(warehouse, lastNumber(hub.journal, name)))
    const time = (value: unknown): number | undefined => (value == null ? undefined : Date.parse(String(value)))
    return { begunAt: time(row?.['begun']), completeAt: time(row?.['complete']) }
  } finally {
    await warehouse.close()
  }
}
