// Who may see the sandbox's own paths, which show its credentials and change its account: no other site in a browser.

/** The sandbox's own paths: the page, and the control API. `path` as the routes see it: `//` is the page too. */
export function isOwn(path: string): boolean {
  return path === '/' || path === '/favicon.ico' || path.startsWith('/__sandbox/')
}

/** Names that nobody can register on the web: of this machine, of containers and of networks, and Zendesk's own. */
const NAMES = /^(localhost|[\w-]+|.+\.(localhost|local|internal|test|lan|home\.arpa|zendesk\.com))\.?$/i
const ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|\[[\da-f:.]+\])$/i

/**
 * Why a request to an own path is refused, in words. A site on the web may lead its own name to this machine, and any page may
 * send requests: those come with the name of the site, or with their `Origin`.
 */
export function strangerAt(headers: Headers): string | undefined {
  const host = headers.get('host') ?? 'localhost'
  const name = host.replace(/:\d+$/, '')
  if (!NAMES.test(name) && !ADDRESS.test(name)) return `The sandbox is not at ${name}. Use a local name or its address.`
  const origin = headers.get('origin')
  const isForeign = origin !== null && origin.replace(/^https?:\/\//, '') !== host
  const site = headers.get('sec-fetch-site')
  const isLink = headers.get('sec-fetch-mode') === 'navigate'
  if (isForeign || (site !== null && !isLink && !['same-origin', 'none'].includes(site)))
    return 'Pages of another site may not use the sandbox through a browser.'
  return undefined
}
