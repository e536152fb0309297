// `zendesk-hub serve`: keeps connections fresh until a signal ends it, and shows them in a browser.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { Connection } from '../config/connection.ts'
import { addressOf } from '../console/access/origin.ts'
import type { Hub } from '../console/console.ts'
import { HubError, messageOf } from '../errors.ts'
import { openPort } from '../open-port.ts'
import { createKeeper, type Keeper } from '../schedule/keep.ts'
import { healthAnswer, metricsAnswer } from '../schedule/metrics.ts'
import { watchFreshness } from '../schedule/stale.ts'
import { accessIn, linkOf, openHub } from './console.ts'
import { portIn, readFlags } from './flags.ts'
import { openLogFile } from './log-file.ts'
import type { Program } from './program.ts'
import { createScheduler, type Scheduler } from './scheduled.ts'
import { storeIfAny } from './store-flags.ts'
import { chosen } from './sync.ts'

export const SERVE_USAGE = `Usage: zendesk-hub serve --config FILE [--connection NAME] [--port N] [options]

Syncs each connection by its schedule (every 6h, if it has none) until a signal ends it; it loads the page that it is reading
first. A sync that fails is tried again after 1, 5 and 15 minutes. A sync that was missed runs once. A connection with "live"
takes Zendesk's webhooks between its syncs, which come every 15m then (docs/real-time.md).

  --config FILE        the hub's configuration; with --port it may be missing, and the console writes it
  --connection NAME    this connection only, without the console
  --port N             the console, in a browser (docs/console.md);
                       GET /healthz: 200 while all data is as fresh as promised (twice the time between two syncs), else 503;
                       GET /metrics: the same for Prometheus. Without --port nothing listens
  --host ADDRESS       the address to listen on (127.0.0.1)
  --log FILE           writes the log into this file too, with times; a full file becomes FILE.1 … FILE.5
  --log-size MB        how large the file may become (10)
  --no-console         /healthz and /metrics only
  --url ADDRESS        where browsers reach the console, if a proxy stands in front: https://hub.example.org
  --password-file FILE people who may sign in, with their roles: lines of zendesk-hub password
  --trust-header NAME --proxy-secret-file FILE --admins A,B
                       for a proxy that signs people in: the header with their name, the file with the secret that the proxy
                       sends, and who may change things
  --store ADDRESS      shows the accounts of a fleet's store too (docs/fleet.md): sqlite:PATH or postgres://…
                       (ZENDESK_HUB_STORE)
  --private-hosts      lets the console name addresses of this network: a sandbox, a webhook for failures
`

const FLAGS = {
  config: { type: 'string' },
  connection: { type: 'string' },
  port: { type: 'string' },
  host: { type: 'string' },
  log: { type: 'string' },
  'log-size': { type: 'string' },
  'no-console': { type: 'boolean' },
  url: { type: 'string' },
  'password-file': { type: 'string' },
  'trust-header': { type: 'string' },
  'proxy-secret-file': { type: 'string' },
  admins: { type: 'string' },
  'private-hosts': { type: 'boolean' },
  store: { type: 'string' },
} as const

type ServeFlags = ReturnType<typeof readFlags<typeof FLAGS>>['values']

export async function serveCommand(started: Program, args: readonly string[]): Promise<number> {
  const { values } = readFlags(args, FLAGS)
  const program = values.log === undefined ? started : logged(started, values.log, Number(values['log-size'] ?? 10))
  const { config, port } = values
  if (config === undefined) throw new HubError('Say what to keep fresh: --config hub.yaml.')
  const scheduler = createScheduler(program, config)
  const console = consoleIn(program, values)
  const fleet = console && (await storeIfAny(program, values.store))
  const hub = console && (await openHub(program, { config, ...console, scheduler, fleet }))
  const keeper = hub?.keeper ?? (await keeperOf(program, scheduler, await chosen(program, config, values.connection)))
  const pages = hub && pagesOf(program, hub, values)
  const server = port === undefined ? undefined : await listen(keeper, { port, host: values.host }, pages)
  if (server) program.say(`Listening on ${address(server)}\n`)
  // The link signs somebody in, so it goes to the terminal and not into the log file.
  if (server && hub)
    started.say(
      `Console: ${linkOf(hub.journal, originOf(server, values))}\nThe link is good once, and for a quarter of an hour; zendesk-hub sign-in prints another.\n`,
    )
  try {
    await Promise.all([keeper.run(), reportStale(program, keeper, scheduler)])
  } finally {
    server?.close()
    server?.closeAllConnections()
    await scheduler.close()
    hub?.journal.close()
    await fleet?.close()
  }
  return 0
}

/** The same program, which also writes what it says into a file. */
function logged(program: Program, path: string, megabytes: number): Program {
  if (!(megabytes > 0)) throw new HubError('--log-size takes a number of megabytes.')
  const log = openLogFile({ path, most: megabytes * 1e6, kept: 5, onFailure: program.say })
  return {
    ...program,
    say(text) {
      program.say(text)
      log(text)
    },
  }
}

/** Says that data is older than promised, also to whom the connection notifies. */
async function reportStale(program: Program, { health }: Keeper, scheduler: Scheduler): Promise<void> {
  await watchFreshness({
    health,
    signal: program.signal,
    async stale(name, sentence) {
      program.say(`${name}: ${sentence}\n`)
      await scheduler
        .failed(name, sentence)
        .catch((error: unknown) => program.say(`${name}: this could not be reported: ${messageOf(error)}\n`))
    },
  })
}

const isLoopback = (host: string): boolean => ['127.0.0.1', 'localhost', '::1'].includes(host)

/** Whether there is a console, and what it may do. Throws a HubError for an address that is not safe. */
function consoleIn(program: Program, { port, host = '127.0.0.1', url, connection, ...values }: ServeFlags) {
  if (port === undefined || values['no-console'] || connection !== undefined) return undefined
  if (url !== undefined && !/^https:\/\/[^/]+\/?$/.test(url))
    throw new HubError('--url must be an https address without a path, such as https://hub.example.org.')
  if (!isLoopback(host) && url === undefined) {
    program.say(`There is no console on ${host}: it needs --url, the https address of the proxy in front.\n`)
    return undefined
  }
  return { allowsPrivate: values['private-hosts'] ?? false }
}

async function keeperOf(program: Program, scheduler: Scheduler, connections: readonly Connection[]): Promise<Keeper> {
  return createKeeper(await scheduler.scheduled(connections), program.say, program.signal)
}

/** The console's pages; loaded only where there is one. */
function pagesOf(program: Program, hub: Hub, values: ServeFlags) {
  const access = accessIn(values)
  return async (port: number) => {
    const { createConsole } = await import('../console/app.ts')
    const reached = addressOf(port, values.url)
    return createConsole({ hub, address: () => reached, ...access, say: program.say })
  }
}

const originOf = (server: Server, { url }: ServeFlags): string =>
  addressOf((server.address() as AddressInfo).port, url).origin

async function listen(
  keeper: Keeper,
  { port, host = '127.0.0.1' }: { readonly port: string; readonly host: string | undefined },
  pages: ((port: number) => Promise<{ readonly fetch: Pages }>) | undefined,
): Promise<Server> {
  let rest: ReturnType<typeof getRequestListener> | undefined
  const server = createServer((request, response) => {
    if (request.url === '/metrics') {
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(metricsAnswer(keeper.health()))
    } else if (request.url === '/healthz') {
      const { status, body } = healthAnswer(keeper.health())
      response.writeHead(status, { 'content-type': 'application/json' }).end(body)
    } else if (rest) void rest(request, response)
    else response.writeHead(404).end()
  })
  const opened = await openPort(server, portIn(port), host)
  const app = await pages?.(opened)
  if (app) rest = getRequestListener(app.fetch)
  return server
}

type Pages = Parameters<typeof getRequestListener>[0]

function address(server: Server): string {
  const bound = server.address()
  return typeof bound === 'object' && bound !== null ? `http://${bound.address}:${bound.port}` : String(bound)
}
