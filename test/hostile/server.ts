// A server that means no good, between the connector and an account: its answers are functions, which may send anything.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterwards } from '../support/afterwards.ts'
import { passOn } from '../support/relay.ts'

/** Answers one request; `nth` counts those to its path, from 1 on. False: the account is to answer. */
export type Answer = (response: ServerResponse, nth: number, request: IncomingMessage) => unknown

export interface HostileServer {
  readonly url: string
  /** By path, without the query: when its requests came (epoch ms). */
  readonly asked: ReadonlyMap<string, readonly number[]>
  /** By path, such as `/api/v2/groups`: what answers. The others go to the account. */
  answers: Readonly<Record<string, Answer>>
  /** Changes the text of what the account answers. */
  rewrite: (body: string) => string
}

/** Listens until the test, or else the file, is done. What `answers` leave goes to the account at `target`; 404 if there is none. */
export async function openHostile(answers: HostileServer['answers'] = {}, target?: string): Promise<HostileServer> {
  const asked = new Map<string, number[]>()
  const server = createServer(async (request, response) => {
    const { method = 'GET', url: path = '/', headers } = request
    const [pathname = ''] = path.split('?')
    const times = asked.get(pathname) ?? []
    asked.set(pathname, [...times, Date.now()])
    const answer = hostile.answers[pathname]
    if (answer && answer(response, times.length + 1, request) !== false) return
    const body = await text(request)
    const reply =
      target === undefined ? { status: 404 } : await passOn(target, { method, path, headers, body, status: 0 })
    const told = typeof reply.body === 'string' ? reply.body : Buffer.from(reply.body ?? '').toString('utf8')
    const changed = hostile.rewrite(told)
    response.writeHead(reply.status, reply.headers).end(changed === told ? reply.body : changed)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  afterwards(() => {
    server.close()
    server.closeAllConnections()
  })
  const hostile: HostileServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answers,
    rewrite: (body) => body,
  }
  return hostile
}
