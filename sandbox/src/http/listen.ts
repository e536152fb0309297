import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { type AddressInfo, isIP, isIPv6 } from 'node:net'
import { networkInterfaces } from 'node:os'
import { createOutage } from './faults/outage.ts'
import type { Faults } from './faults/schedule.ts'

/** Where the sandbox listens. */
export type Listening = {
  /** `http://127.0.0.1:8080`, without a slash at the end. */
  readonly url: string
  /** With TLS: the address in HTTPS, and the certificate that clients need for it. */
  readonly tls: Tls | undefined
  /** Ends all connections and stops listening. */
  readonly close: () => Promise<void>
}

/** An HTTPS address. */
export type Tls = {
  /** `https://127.0.0.1:8443`: the certificate is good for this, and for every name that a client asks for. */
  readonly url: string
  readonly port: number
  /** Certificate of the authority that signed the server's, in PEM: clients must trust it. */
  readonly ca: string
}

/** Ports to listen on (0 takes any free one); HTTPS only if `tlsPort` is given. */
export type Where = {
  readonly host: string
  readonly port: number
  readonly tlsPort?: number | undefined
  /** Whether the process runs for as long as it listens. */
  readonly holdsProcess: boolean
}

// Longer than any client keeps an idle connection, so that none is closed under a request.
const KEEP_ALIVE_MS = 120_000
const HOST_NAME = /^[a-z0-9._-]{1,253}$/i

/** Starts an HTTP server and, if asked, an HTTPS server with a certificate of its own, for the same listener. */
export async function listen(
  listener: RequestListener,
  faults: Faults,
  { host, port, tlsPort, holdsProcess }: Where,
): Promise<Listening> {
  const plain = createHttpServer(listener)
  if (!holdsProcess) letGo(plain)
  await start(plain, host, port)
  const url = `http://${authorityOf(host, plain)}`
  const closing = (servers: readonly Server[]) => {
    const outage = createOutage(servers, faults)
    return () => {
      outage.end()
      return end(servers)
    }
  }
  if (tlsPort === undefined) return { url, tls: undefined, close: closing([plain]) }
  try {
    const { server, ca } = await createTlsServer(listener, host)
    if (!holdsProcess) letGo(server)
    await start(server, host, tlsPort)
    const tls = { url: `https://${authorityOf(host, server)}`, port: portOf(server), ca }
    return { url, tls, close: closing([plain, server]) }
  } catch (error) {
    await end([plain])
    throw error
  }
}

async function createTlsServer(listener: RequestListener, host: string): Promise<{ server: Server; ca: string }> {
  // The library for certificates takes longer to load than all the rest.
  const { createAuthority } = await import('./certificate.ts')
  const authority = await createAuthority()
  // Served if the client names no host in its hello, as with a numeric address.
  const own = await authority.issue(['*.zendesk.com', 'localhost', ...addressesOf(host)])
  const SNICallback: NonNullable<Parameters<typeof createHttpsServer>[0]>['SNICallback'] = (name, done) => {
    if (!HOST_NAME.test(name)) return done(null)
    authority.contextFor(name.toLowerCase()).then(
      (context) => done(null, context),
      (error: Error) => done(error),
    )
  }
  return { server: createHttpsServer({ ...own, SNICallback }, listener), ca: authority.pem }
}

/** The addresses of numbers under which a server on `host` is reached. */
function addressesOf(host: string): string[] {
  const all = Object.values(networkInterfaces()).flatMap((one) => (one ?? []).map(({ address }) => address))
  const everywhere = host === '0.0.0.0' || host === '::'
  return [...new Set(['127.0.0.1', '::1', ...(everywhere ? all : [host])])].filter((one) => isIP(one) > 0)
}

/** Neither the server nor idle connections keep the process: whoever waits for an answer does so by himself. */
function letGo(server: Server): void {
  server.unref()
  server.on('connection', (socket) => socket.unref())
}

async function start(server: Server, host: string, port: number): Promise<void> {
  server.keepAliveTimeout = KEEP_ALIVE_MS
  await new Promise<void>((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException) => reject(listenError(error, host, port))
    server.once('error', refuse)
    server.listen(port, host, () => {
      server.off('error', refuse)
      resolve()
    })
  })
}

/** What keeps a server from listening, and what to do about it. */
function listenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const hints: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} is taken by another program (EADDRINUSE). Choose another; 0 takes any free one.`,
    EACCES: `Port ${port} needs the rights of an administrator (EACCES). Choose one above 1023; 0 takes any free one.`,
    EADDRNOTAVAIL: `This machine has no address ${host} (EADDRNOTAVAIL).`,
  }
  return new Error(hints[error.code ?? ''] ?? error.message, { cause: error })
}

async function end(servers: readonly Server[]): Promise<void> {
  await Promise.all(
    servers.map(
      (server) =>
        new Promise<void>((resolve) => {
          server.close(() => resolve())
          server.closeAllConnections()
        }),
    ),
  )
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

/** Host and port for an address; of a server that listens everywhere, one that reaches it from this machine. */
function authorityOf(host: string, server: Server): string {
  if (host === '0.0.0.0') return `127.0.0.1:${portOf(server)}`
  if (host === '::') return `[::1]:${portOf(server)}`
  return `${isIPv6(host) ? `[${host}]` : host}:${portOf(server)}`
}
