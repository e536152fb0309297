// What may be named from a page: files below the configuration's folder, and addresses of the public web.

import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import { dirname, relative, resolve } from 'node:path'
import { Refusal } from './operation.ts'

/** Networks that the web does not reach. RFC 6890 */
const PRIVATE = new BlockList()
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  PRIVATE.addSubnet(net, prefix, 'ipv4')
// Of IPv6 the web has 2000::/3 alone. 2002::/16 and 2001::/32 hold addresses of IPv4.
const GLOBAL = new BlockList()
GLOBAL.addSubnet('2000::', 3, 'ipv6')
for (const [net, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  PRIVATE.addSubnet(net, prefix, 'ipv6')
const isPrivate = (address: string): boolean =>
  isIP(address) === 4
    ? PRIVATE.check(address, 'ipv4')
    : PRIVATE.check(address, 'ipv6') || !GLOBAL.check(address, 'ipv6')

/** Throws a Refusal for a file outside of the folder of the configuration. */
export function checkFile(configFile: string, path: string, what: string): void {
  const folder = dirname(resolve(configFile))
  const way = relative(folder, resolve(path))
  if (way !== '' && !way.startsWith('..') && resolve(folder, way) === resolve(path)) return
  throw new Refusal(
    422,
    `${what} must be a file below ${folder}. Another place can be written into ${configFile} by hand.`,
  )
}

/** Whether an address leads to a host of the public web, as far as its name says. */
export function isPublic(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname } = new URL(address)
  if (protocol !== 'https:') return false
  const bare = hostname.replace(/^\[|\]$|\.$/g, '')
  if (isIP(bare) !== 0) return !isPrivate(bare)
  return bare.includes('.') && !/\.(local|internal|localhost|home|lan|test|invalid)$/i.test(bare)
}

type Resolve = (hostname: string) => Promise<readonly { readonly address: string }[]>

const resolved: Resolve = (hostname) => lookup(hostname, { all: true })

/** Whether its host is the name of a machine within this network. An unknown name is not. */
async function leadsInside(address: string, resolve: Resolve): Promise<boolean> {
  const { hostname } = new URL(address)
  if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) return false
  const found = await resolve(hostname).catch(() => [])
  return found.some(({ address: one }) => isPrivate(one.replace(/%.*$/, '')))
}

/** Throws a Refusal for an address within this network, unless that is allowed. */
export async function checkAddress(
  address: string,
  what: string,
  allowsPrivate: boolean,
  resolve = resolved,
): Promise<void> {
  if (allowsPrivate || (isPublic(address) && !(await leadsInside(address, resolve)))) return
  throw new Refusal(
    422,
    `${what} must be an https address of the public web. zendesk-hub serve --private-hosts lets the page name others.`,
  )
}
