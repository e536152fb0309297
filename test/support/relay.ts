import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterwards } from './afterwards.ts'

/** A request as it came in. */
export interface Seen {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** Of the answer. */
  status: number
}

export interface Reply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

/** A server between the source and an account, which keeps what was asked. */
export interface Relay {
  readonly url: string
  readonly seen: readonly Seen[]
  /** Forgets them. */
  reset(): void
  /** Asked before each request is passed on; what it gives is the answer. */
  intercept: (seen: Seen) => Reply | undefined | Promise<Reply | undefined>
}

/** Listens until the test, or else the file, is done. Without a `target` it answers 404 to whatever `intercept` leaves. */
export async function openRelay(target?: string): Promise<Relay> {
  let seen: Seen[] = []
  const server = createServer(async (request, response) => {
    const { method = 'GET', url: path = '/', headers } = request
    const one: Seen = { method, path, headers, body: await text(request), status: 0 }
    seen.push(one)
    const reply = (await relay.intercept(one)) ?? (target === undefined ? { status: 404 } : await passOn(target, one))
    one.status = reply.status
    response.writeHead(reply.status, reply.headers).end(reply.body)
  })
  const relay: Relay = {
    url: await listening(server),
    get seen() {
      return seen
    },
    reset: () => {
      seen = []
    },
    intercept: () => undefined,
  }
  return relay
}

async function listening(server: ReturnType<typeof createServer>): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  afterwards(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** The answer of the server behind. */
export async function passOn(target: string, { method, path, headers, body }: Seen): Promise<Reply> {
  const { host: _, connection: __, 'content-length': ___, ...rest } = headers
  const response = await fetch(target + path, {
    method,
    headers: rest as Record<string, string>,
    redirect: 'manual',
    ...(method !== 'GET' && { body }),
  })
  // The body comes unzipped.
  const { 'content-encoding': ____, 'content-length': _____, ...told } = Object.fromEntries(response.headers)
  return { status: response.status, headers: told, body: new Uint8Array(await response.arrayBuffer()) }
}
