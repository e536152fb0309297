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
  /** What the person types, line by line; left out if nobody can. */
  readonly typed?: (() => AsyncIterable<string>) | undefined
  readonly say: (text: string) => void
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
export async function askForConsent({
  origin,
  clientId,
  scope,
  port,
  show,
  typed,
  say,
  signal,
}: ConsentOptions): Promise<Consent> {
  const verifier = randomBytes(48).toString('base64url')
  const state = randomBytes(24).toString('base64url')
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const answer = (asked: string): ConsentAnswer => answerIn(asked, state)
  const server = createServer((request, response) => {
    const found = answer(request.url ?? '/')
    if (found.kind === 'other') return void response.writeHead(404).end()
    response.setHeader('content-type', 'text/html; charset=utf-8').setHeader('connection', 'close')
    // Any web page may send a browser here: a request without our state is refused, and we keep waiting.
    if (found.kind === 'stranger')
      return void response
        .writeHead(400)
        .end(page('This answers another request for consent. Open the latest address.'))
    if (found.kind === 'code')
      response.end(page('You gave your consent. Return to where you asked for it; you can close this window.'), () =>
        resolve(found.code),
      )
    else
      response
        .writeHead(400)
        .end(page('You are not signed in. The program that you started says why.'), () => reject(found.error))
  })
  const onAbort = (): void => reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  server.once('error', (error) =>
    reject(
      new ConnectorError(
        `Port ${port} cannot be used to receive the consent (${(error as NodeJS.ErrnoException).code}). Choose another with --port.`,
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
    // If the browser runs on another machine, its way back ends there, and a person carries the answer over.
    if (typed) takeTyped(typed, answer, say).then(resolve, reject)
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

/** What an address says: a code or a refusal, of this consent or a stranger's; or nothing of the kind. */
type ConsentAnswer =
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'refusal'; readonly error: unknown }
  | { readonly kind: 'stranger' }
  | { readonly kind: 'other' }

function answerIn(address: string, state: string): ConsentAnswer {
  const url = URL.canParse(address, 'http://localhost') ? new URL(address, 'http://localhost') : undefined
  if (url?.pathname !== CALLBACK) return { kind: 'other' }
  if (url.searchParams.get('state') !== state) return { kind: 'stranger' }
  try {
    return { kind: 'code', code: codeFrom(url.searchParams) }
  } catch (error) {
    return { kind: 'refusal', error }
  }
}

/** The code in an address that a person pastes. Rejects if the consent was refused; never settles if nothing is pasted. */
async function takeTyped(
  typed: () => AsyncIterable<string>,
  answer: (asked: string) => ConsentAnswer,
  say: (text: string) => void,
): Promise<string> {
  for await (const line of typed()) {
    const found = answer(line.trim())
    if (found.kind === 'code') return found.code
    if (found.kind === 'refusal') throw found.error
    if (found.kind === 'stranger') say('This answers another request for consent: open the address above again.\n')
    else if (line.trim() !== '')
      say(
        'This is not the address at which the browser ended. It begins with http://localhost and has ?code= and &state= in it.\n',
      )
  }
  return new Promise(() => undefined)
}

const page = (text: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Zendesk</title><body style="font-family:system-ui;margin:4rem"><p>${text}</p></body></html>\n`
