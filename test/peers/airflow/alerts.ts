// What Airflow tells of accounts, and of runs whose deadline has passed.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Alert {
  readonly account: string
  readonly error: string
  readonly log: string
}

export interface Alerts {
  /** For ZENDESK_FLEET_ALERT_URL. */
  readonly url: string
  /** All that came until now. */
  readonly told: readonly Alert[]
  close(): void
}

/** Listens where alerts are posted to. */
export async function listenForAlerts(): Promise<Alerts> {
  const told: Alert[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const bytes of request) body += bytes
    told.push(JSON.parse(body))
    response.end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/alerts`,
    told,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
