import { createHash, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ConnectorError } from '../../model/errors.ts'
import { codeFrom, consentUrl } from '../oauth.ts'

export interface ConsentOptions {
  /** Scheme, host and port of the account. */
  readonly origin: string
  readonly clientId: string
  readonly scope: string
  /** The port on this machine that the browser is redirected to; it is registered with the OAuth client. */
  readonly port: number
  /** Called with the address at which a person consents, as soon as the redirect can be received. */
  readonly show: (url: URL) => void
  readonly signal: AbortSignal
}

/** The result of a consent: the code, and the proof that we asked for it. */
export interface Consent {
  readonly code: string
  readonly verifier: string
  readonly redirectUri: string
}

const CALLBACK = '/callback'

/**
 * Asks a person for consent in their browser and receives it on this machine, with PKCE. Rejects with a ConnectorError if
 * the consent was refused or the port is taken, and with the signal's reason once it is aborted.
 * https://developer.zendesk.com/documentation/api-basics/authentication/using-pkce-to-make-zendesk-oauth-access-tokens-more-secure/
 */
export async function askForConsent({ origin, clientId, scope, port, show, signal }: ConsentOptions): Promise<Consent> {
  const verifier = randomBytes(48).toString('base64url')
  const state = randomBytes(24).toString('base64url')
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    if (url.pathname !== CALLBACK) return void response.writeHead(404).end()
    response.setHeader('content-type', 'text/html; charset=utf-8').setHeader('connection', 'close')
    // Any web page may send a browser here: a request without our state is refused, and we keep waiting.
    if (url.searchParams.get('state') !== state)
      return void response
        .writeHead(400)
        .end(page('This is not the consent that was asked for. Use the latest address.'))
    try {
      const code = codeFrom(url.searchParams)
      response.end(page('Zendesk gave its consent. Go on where you asked for it; this window can be closed.'), () =>
        resolve(code),
      )
    } catch (error) {
      response.writeHead(400).end(page('You are not signed in. The program that asked says why.'), () => reject(error))
    }
  })
  const onAbort = (): void => reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  server.once('error', (error) =>
    reject(
      new ConnectorError(
        `No consent can be received on port ${port} (${(error as NodeJS.ErrnoException).code}). Choose another with --port.`,
        'config_error',
        { cause: error },
      ),
    ),
  )
  server.listen(port, '127.0.0.1', () => {
    const redirectUri = `http://localhost:${(server.address() as AddressInfo).port}${CALLBACK}`
    const challenge = createHash('sha256').update(verifier).digest('base64url')
    redirect = redirectUri
    show(consentUrl(origin, { clientId, redirectUri, scope, state, challenge }))
  })
  let redirect = ''
  try {
    return { code: await promise, verifier, redirectUri: redirect }
  } finally {
    signal.removeEventListener('abort', onAbort)
    server.close()
    server.closeAllConnections()
  }
}

const page = (text: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Zendesk</title><body style="font-family:system-ui;margin:4rem"><p>${text}</p></body></html>\n`
