import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterwards } from '../../test/support/afterwards.ts'

/** What a receiver of webhooks was sent. */
export type Received = {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A listener on this machine that keeps what it is sent. `answer` gives the status, 200 if it isn't set. */
export type Receiver = {
  readonly url: string
  readonly got: Received[]
  /** The nth (from 0) of what it was sent. */
  readonly nth: (n: number) => Received
  answer: (nth: number) => { status: number; headers?: Record<string, string> } | 'never'
  /** Waits until it has been sent so many, at most two minutes. */
  readonly wait: (count: number) => Promise<void>
}

/** Starts a receiver that is closed when the test, or else the file, is done. */
export async function openReceiver(): Promise<Receiver> {
  const got: Received[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { method = '', url = '', headers } = request
    got.push({ method, url, headers, body: Buffer.concat(chunks).toString() })
    const answer = receiver.answer(got.length)
    if (answer === 'never') return
    response.writeHead(answer.status, { 'x-receiver': 'yes', ...answer.headers })
    response.end('thanks')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterwards(() => {
    server.close()
    server.closeAllConnections()
  })
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    got,
    nth: (n) => {
      const one = got[n]
      if (one === undefined) throw new Error(`Only ${got.length} deliveries came.`)
      return one
    },
    answer: () => ({ status: 200 }),
    wait: async (count) => {
      const until = Date.now() + 120_000
      while (got.length < count && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 10))
      if (got.length < count) throw new Error(`${got.length} of ${count} deliveries came.`)
    },
  }
  return receiver
}
