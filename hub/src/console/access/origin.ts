// Which requests are those of the console's own pages. A page elsewhere may have a name that leads here (DNS rebinding), or
// send a form here: neither is let in.

/** Where the console is reached. */
export interface Address {
  /** Scheme, host and port of its pages: `http://localhost:8090`. */
  readonly origin: string
  /** Values of the header `Host` that name this program. */
  readonly hosts: readonly string[]
}

/** The address of a port of this machine, or of the proxy in front. */
export function addressOf(port: number, url?: string): Address {
  const local = ['localhost', '127.0.0.1', '[::1]'].map((host) => `${host}:${port}`)
  if (url === undefined) return { origin: `http://localhost:${port}`, hosts: local }
  const { origin, host } = new URL(url)
  return { origin, hosts: [host, ...local] }
}

export const isOurHost = ({ hosts }: Address, host: string | undefined): boolean =>
  host !== undefined && hosts.includes(host.toLowerCase())

const SAFE = ['GET', 'HEAD', 'OPTIONS']
export const isSafe = (method: string): boolean => SAFE.includes(method)

/**
 * Whether a request that changes something comes from a page of ours. Browsers send `Origin` with all of these; the older ones
 * that do not, send a `Sec-Fetch-Site` or nothing, and then the token of the form decides.
 */
export function isOurOrigin({ origin, hosts }: Address, headers: Headers): boolean {
  const from = headers.get('origin')
  const site = headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin' && site !== 'none') return false
  if (from === null) return true
  if (from === origin) return true
  return hosts.some((host) => from === `http://${host}`) && from === `http://${headers.get('host')}`
}
