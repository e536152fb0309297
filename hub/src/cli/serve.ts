// `zendesk-hub serve`: keeps connections fresh until a signal ends it.
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { Connection } from '../config/connection.ts'
import { HubError, messageOf } from '../errors.ts'
import { openBooks } from '../load/books.ts'
import { allowedAge } from '../schedule/due.ts'
import { createKeeper, type Keeper, type Scheduled } from '../schedule/keep.ts'
import { healthAnswer, metricsAnswer } from '../schedule/metrics.ts'
import { openWarehouse } from './destination.ts'
import { readFlags } from './flags.ts'
import { type ConnectionFollower, createFollower } from './follow-connection.ts'
import type { Program } from './program.ts'
import { openReceivers } from './receiving.ts'
import { summary } from './summary.ts'
import { chosen } from './sync.ts'
import { syncConnection } from './sync-connection.ts'

export const SERVE_USAGE = `Usage: zendesk-hub serve --config FILE [--connection NAME] [--port N] [--host ADDRESS]

Syncs each connection as its schedule says (every 6h, if it has none), until a signal ends it: the page at hand is loaded
then. A sync that fails is tried again after 1, 5 and 15 minutes. A sync that was missed runs once. A connection with
"live" takes Zendesk's webhooks between its syncs, which come every 15m then (docs/real-time.md).

  --port N          GET /healthz: 200 while all data is as fresh as promised (twice the time between two syncs), else 503;
                    GET /metrics: the same for Prometheus. Left out: nothing listens
  --host ADDRESS    the address to listen on (127.0.0.1)
`

const FLAGS = {
  config: { type: 'string' },
  connection: { type: 'string' },
  port: { type: 'string' },
  host: { type: 'string' },
} as const

const SCHEDULE = 'every 6h'
/** Of connections whose events are followed: it finds what no event told. */
const LIVE_SCHEDULE = 'every 15m'

export async function serveCommand(program: Program, args: readonly string[]): Promise<number> {
  const { values } = readFlags(args, FLAGS)
  if (values.config === undefined) throw new HubError('Say what to keep fresh: --config hub.yaml.')
  const connections = await chosen(program, values.config, values.connection)
  for (const { schedule = SCHEDULE } of connections) allowedAge(schedule)
  const followers = await openFollowers(program, connections)
  const keeper = createKeeper(
    connections.map((connection) => scheduled(program, connection, followers.of.get(connection))),
    program.say,
    program.signal,
  )
  const server = values.port === undefined ? undefined : await listen(keeper, Number(values.port), values.host)
  if (server) program.say(`Listening on ${address(server)}\n`)
  try {
    await keeper.run()
  } finally {
    server?.close()
    await followers.close()
  }
  return 0
}

/** Listens for the webhooks of the connections that want them. */
async function openFollowers(program: Program, connections: readonly Connection[]) {
  const live = connections.flatMap((one) => (one.live ? [{ ...one, live: one.live, one }] : []))
  const { receivers, close } = await openReceivers(
    live.map((connection) => connection.live),
    program,
  )
  const of = new Map<Connection, ConnectionFollower>()
  for (const [nth, { one, ...connection }] of live.entries()) {
    program.say(`${connection.name}: takes webhooks at ${receivers[nth]!.url}\n`)
    of.set(one, createFollower(program, connection, receivers[nth]!))
  }
  return { of, close }
}

function scheduled(program: Program, connection: Connection, follower: ConnectionFollower | undefined): Scheduled {
  const { name, source, schedule = follower ? LIVE_SCHEDULE : SCHEDULE, notify } = connection
  return {
    name,
    account: source.subdomain,
    schedule,
    past: () => pastOf(program, connection),
    target: `${connection.to} ${connection.schema ?? ''}`,
    async sync(signal) {
      program.say(`${name}: begins\n`)
      const result = await syncConnection({ ...program, signal, watched: undefined }, connection)
      follower?.synced(result)
      program.say(`${summary(result)}${follower ? `${follower.sentence().trim()}\n` : ''}`)
      const rows = [...result.tallies.values()].reduce((sum, tally) => sum + tally.rows, 0)
      if (result.status === 'complete') return { error: undefined, rows }
      const failed = [...result.tallies].find(([, tally]) => tally.status !== 'complete')
      const reason = result.error === undefined ? failed?.[1].error : messageOf(result.error)
      return { error: reason ?? `Stream "${failed?.[0]}" is not complete.`, rows }
    },
    meanwhile: follower?.follow,
    async failed(error) {
      if (notify === undefined) return
      const body = JSON.stringify({ connection: name, error })
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(notify, { method: 'POST', body, headers, signal: AbortSignal.timeout(10_000) })
      if (!answer.ok) throw new HubError(`The webhook answered ${answer.status}.`)
    },
  }
}

/** What the books of the warehouse tell; they are made where there are none. */
async function pastOf(program: Program, { to, schema }: Connection) {
  const warehouse = await openWarehouse({ to, schema }, program)
  try {
    await openBooks(warehouse)
    const [row] = await warehouse.rows(`select max(started_at) as begun,
      max(case when status = 'complete' then finished_at end) as complete from ${warehouse.schema}._syncs`)
    const time = (value: unknown): number | undefined => (value == null ? undefined : Date.parse(String(value)))
    return { begunAt: time(row?.['begun']), completeAt: time(row?.['complete']) }
  } finally {
    await warehouse.close()
  }
}

async function listen(keeper: Keeper, port: number, host = '127.0.0.1'): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url === '/metrics') {
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(metricsAnswer(keeper.health()))
    } else if (request.url === '/healthz') {
      const { status, body } = healthAnswer(keeper.health())
      response.writeHead(status, { 'content-type': 'application/json' }).end(body)
    } else response.writeHead(404).end()
  })
  server.listen(port, host)
  await once(server, 'listening')
  return server
}

function address(server: Server): string {
  const bound = server.address()
  return typeof bound === 'object' && bound !== null ? `http://${bound.address}:${bound.port}` : String(bound)
}
