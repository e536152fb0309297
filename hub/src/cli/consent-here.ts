// A person's consent in their browser, received on this machine.
import { createServer } from 'node:http'
import { openPort } from '../open-port.ts'
import { askForConsent } from '../source/consent.ts'
import type { Program } from './program.ts'

export interface ConsentHere {
  /** The connector's configuration: it names the account. */
  readonly source: Readonly<Record<string, unknown>>
  readonly clientId: string
  /** Registered with the OAuth client as `http://localhost:PORT/callback`. */
  readonly port: number
}

const PATH = '/callback'

/**
 * Shows the address at which a person consents, waits until their browser comes back, and resolves to the `credentials` of
 * a configuration. Rejects with a HubError or a ConnectorError that says what went wrong, and if the signal is given.
 */
export async function consentHere(
  { source, clientId, port }: ConsentHere,
  { say, signal, environment }: Pick<Program, 'say' | 'signal' | 'environment'>,
): Promise<Readonly<Record<string, string>>> {
  const back = Promise.withResolvers<URLSearchParams>()
  let state: string | undefined
  const server = createServer((request, response) => {
    // Any web page may send a browser here, with an address that is none too.
    const url = URL.canParse(request.url ?? '', 'http://localhost') && new URL(request.url ?? '', 'http://localhost')
    if (!url || url.pathname !== PATH) return void response.writeHead(404).end()
    const { searchParams } = url
    response.setHeader('content-type', 'text/plain; charset=utf-8').setHeader('connection', 'close')
    // Without our state it is no answer, and the wait goes on.
    if (searchParams.get('state') !== state)
      return void response.writeHead(400).end('This answers another request for consent. Open the latest address.\n')
    response.end('Return to where you asked for it; you can close this window.\n', () => back.resolve(searchParams))
  })
  const stopped = (): void => back.reject(signal.reason)
  signal.addEventListener('abort', stopped, { once: true })
  try {
    const opened = await openPort(server, port, '127.0.0.1')
    const secret = environment['ZENDESK_CLIENT_SECRET']
    const pending = askForConsent(source, {
      clientId,
      ...(secret !== undefined && { clientSecret: secret }),
      redirectUri: `http://localhost:${opened}${PATH}`,
      scope: 'read',
      signal,
    })
    state = pending.state
    say(`   Open this address in your browser, and consent:\n   ${pending.url}\n`)
    return await pending.finish(await back.promise)
  } finally {
    signal.removeEventListener('abort', stopped)
    server.close()
    server.closeAllConnections()
  }
}
