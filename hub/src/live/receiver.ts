// The endpoint that Zendesk calls. It stores before it answers, and never answers in a way that makes Zendesk give up
// without need: only 409, 429 and 503 with a Retry-After under a minute are tried again.
import { createAdaptorServer } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { messageOf } from '../errors.ts'
import { openPort } from '../open-port.ts'
import { deliveryIn } from './event.ts'
import type { Inbox } from './inbox.ts'
import { type KeptWebhooks, secretsOf } from './kept-webhooks.ts'
import { isSignedBy, signedIn } from './signature.ts'

/** What became of requests. */
export interface Counts {
  /** Stored for the first time. */
  accepted: number
  /** Came before, and is answered as if it were new. */
  duplicate: number
  /** Without the headers of a signature. */
  unsigned: number
  /** Signed too long ago, or in the future. */
  stale: number
  /** Signed with another secret, or for another account. */
  forged: number
  /** Signed, and nothing that is known. */
  unknown: number
  /** Larger than any event. */
  large: number
  /** Ended before its end, or no HTTP. */
  cut: number
  /** Not there in time. */
  slow: number
  /** Asked to come again: the disk is full, a secret is being changed, or too much comes at once. */
  postponed: number
}

export interface ReceiverOptions {
  /** Where deliveries are taken; left out: PATH. */
  readonly path?: string
  readonly inbox: Inbox
  readonly kept: () => KeptWebhooks
  /** Takes the number of the account, once it is known. */
  readonly learn?: (account: string) => void
  /** In milliseconds. */
  readonly now: () => number
  readonly say: (text: string) => void
}

/** The longest comment has 64 K characters; an event holds one at the most. */
const LARGEST = 512 * 1024
/** Of all bodies that are being read. */
const MOST_AT_ONCE = 64 * 1024 * 1024
/** For a whole request, in milliseconds: Zendesk itself waits for 12 s. */
const LONGEST = 10_000
/**
 * How long a connection may wait for its next request, in milliseconds: longer than proxies keep one (usually a minute).
 * Else a proxy sends a delivery into a connection that is just being closed, answers 502, and Zendesk does not come again.
 */
const IDLE = 75_000
const MOST_CONNECTIONS = 4096

/** Where deliveries are taken, if nobody says another path. */
export const PATH = '/zendesk'

export interface Receiver {
  readonly app: Hono
  readonly counts: Counts
}

export function createReceiver({ path = PATH, inbox, kept, learn, now, say }: ReceiverOptions): Receiver {
  const counts: Counts = {
    ...{ accepted: 0, duplicate: 0, unsigned: 0, stale: 0, forged: 0, unknown: 0 },
    ...{ large: 0, cut: 0, slow: 0, postponed: 0 },
  }
  const body = createBodies()
  const refuse = (context: Context, reason: keyof Counts, status: 400 | 401 | 413): Response => {
    counts[reason]++
    return context.text(`${reason}\n`, status, { connection: 'close' })
  }
  const postpone = (context: Context, seconds: number): Response => {
    counts.postponed++
    return context.text('later\n', 503, { 'retry-after': String(seconds) })
  }
  const take = async (context: Context): Promise<Response> => {
    const signed = signedIn((name) => context.req.header(name), now())
    if (typeof signed === 'string') return refuse(context, signed, 401)
    const bytes = await body(context.req.raw)
    if (bytes === 'crowded') return postpone(context, 5)
    if (typeof bytes === 'string') return refuse(context, bytes, bytes === 'large' ? 413 : 400)
    const { account, settlingUntil = 0, ...known } = kept()
    const secrets = secretsOf(known, signed.webhook, now())
    if (!isSignedBy(secrets, signed, bytes) || (account !== undefined && account !== signed.account))
      return now() < settlingUntil ? postpone(context, 5) : refuse(context, 'forged', 401)
    if (account === undefined) learn?.(signed.account)
    const delivery = deliveryIn(Buffer.from(bytes).toString('utf8'), signed.invocation, now())
    if (delivery === undefined) return refuse(context, 'unknown', 400)
    counts[(await inbox.put(delivery)) === 'new' ? 'accepted' : 'duplicate']++
    return context.text('taken\n')
  }
  const app = new Hono()
  app.post(path, take)
  app.get(path, (context) => context.text('zendesk-hub listens here.\n'))
  app.onError((error, context) => {
    say(`A delivery could not be stored, and is asked to come again: ${messageOf(error)}\n`)
    return postpone(context, 30)
  })
  return { app, counts }
}

/** Reads bodies within the limits, of one and of all. */
function createBodies(): (request: Request) => Promise<Uint8Array | 'large' | 'cut' | 'crowded'> {
  let reading = 0
  return async (request) => {
    const announced = Number(request.headers.get('content-length') ?? 0)
    if (announced > LARGEST) return 'large'
    const chunks: Uint8Array[] = []
    let size = 0
    const reader = request.body?.getReader()
    try {
      for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
        size += next.value.length
        reading += next.value.length
        if (size > LARGEST) return 'large'
        if (reading > MOST_AT_ONCE) return 'crowded'
        chunks.push(next.value)
      }
      return size < announced ? 'cut' : Buffer.concat(chunks)
    } catch {
      // The other side has closed the connection: nobody would read an answer.
      return 'cut'
    } finally {
      reading -= size
      await reader?.cancel().catch(() => undefined)
    }
  }
}

export interface Listening {
  /** Without a slash at its end. */
  readonly url: string
  close(): Promise<void>
}

/**
 * Listens for these receivers, each at its path. A request that takes longer than `longest` milliseconds is ended. Throws a
 * HubError where that cannot be.
 */
export async function listenOn(
  receivers: readonly Receiver[],
  at: { host: string; port: number },
  longest = LONGEST,
): Promise<Listening> {
  const app = new Hono()
  for (const receiver of receivers) app.route('/', receiver.app)
  // What is no request says not whose it is.
  const counts = receivers[0]?.counts
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: {
      ...{ requestTimeout: longest, headersTimeout: longest / 2, connectionsCheckingInterval: longest / 10 },
      keepAliveTimeout: IDLE,
    },
  }) as import('node:http').Server
  server.maxConnections = MOST_CONNECTIONS
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const isSlow = error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
    if (counts) counts[isSlow ? 'slow' : 'cut']++
    // A delivery is slow too where this machine was busy for seconds: after 408, Zendesk would not come again.
    const answer = isSlow ? '503 Service Unavailable\r\nretry-after: 5' : '400 Bad Request'
    if (socket.writable) socket.end(`HTTP/1.1 ${answer}\r\nconnection: close\r\n\r\n`)
  })
  const port = await openPort(server, at.port, at.host)
  return {
    url: `http://${at.host.includes(':') ? `[${at.host}]` : at.host}:${port}`,
    async close() {
      const closed = Promise.withResolvers<void>()
      server.close(() => closed.resolve())
      server.closeIdleConnections()
      // What is being answered gets its answer; what hangs does not hold the end.
      const last = setTimeout(() => server.closeAllConnections(), 2000)
      await closed.promise
      clearTimeout(last)
    },
  }
}
