// `zendesk-hub metrics`: what a monitoring system asks of a fleet.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { now } from '../clock.ts'
import { messageOf } from '../errors.ts'
import { openMetrics } from '../fleet/open-metrics.ts'
import { openPort } from '../open-port.ts'
import { listAccounts } from '../store/accounts.ts'
import type { Store } from '../store/open.ts'
import { portIn, readFlags } from './flags.ts'
import type { Program } from './program.ts'
import { STORE_HELP, withStore } from './store-flags.ts'

export const METRICS_USAGE = `Usage: zendesk-hub metrics --store ADDRESS [--port N] [--host ADDRESS]

Freshness, rows, waits and failures of each account, in the text format of OpenMetrics. Prints them once, or serves them.

${STORE_HELP}  --port N             answers GET /metrics on this port until a signal ends it
  --host ADDRESS       the address to listen on (127.0.0.1)
`

const FLAGS = { store: { type: 'string' }, port: { type: 'string' }, host: { type: 'string' } } as const

const TYPE = 'application/openmetrics-text; version=1.0.0; charset=utf-8'

export async function metricsCommand(program: Program, args: readonly string[]): Promise<number> {
  const { values } = readFlags(args, FLAGS)
  return await withStore(program, values.store, async (store) => {
    const { port, host = '127.0.0.1' } = values
    if (port === undefined) program.write(await metricsOf(store))
    else await serve(program, store, portIn(port), host)
    return 0
  })
}

const metricsOf = async (store: Store): Promise<string> => openMetrics(await listAccounts(store), now())

async function serve({ say, signal }: Program, store: Store, port: number, host: string): Promise<void> {
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') return void response.writeHead(404).end()
    metricsOf(store).then(
      (text) => response.writeHead(200, { 'content-type': TYPE }).end(text),
      (error) => {
        say(`${messageOf(error)}\n`)
        response.writeHead(503).end()
      },
    )
  })
  say(`Listening on http://${host}:${await openPort(server, port, host)}/metrics\n`)
  if (!signal.aborted) await once(signal, 'abort')
  server.close()
  server.closeAllConnections()
}
