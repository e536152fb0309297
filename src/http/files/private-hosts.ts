// Files come from anywhere on the web, but not from inside of a network that the account is not in itself.
import { lookup } from 'node:dns'
import { BlockList, isIP, isIPv4, type LookupFunction } from 'node:net'
import { ConnectorError } from '../../model/errors.ts'

/** Networks that nobody outside of them reaches, by their kind. RFC 6890 and its like for IPv6 */
const INSIDE: Readonly<Record<string, readonly (readonly [network: string, prefix: number])[]>> = {
  machine: [
    ['0.0.0.0', 8],
    ['127.0.0.0', 8],
    ['::', 127],
  ],
  link: [
    ['169.254.0.0', 16],
    ['fe80::', 10],
  ],
  network: [
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['172.16.0.0', 12],
    ['192.168.0.0', 16],
    ['fc00::', 7],
    ['fec0::', 10],
  ],
  special: [
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.88.99.0', 24],
    ['198.18.0.0', 15],
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    ['224.0.0.0', 3],
    ['2001::', 23],
    ['2001:db8::', 32],
    ['3fff::', 20],
  ],
}
const kinds = Object.entries(INSIDE).map(([kind, networks]) => {
  const list = new BlockList()
  for (const [network, prefix] of networks) list.addSubnet(network, prefix, isIPv4(network) ? 'ipv4' : 'ipv6')
  return [kind, list] as const
})

/** All addresses of IPv6 that the web has. */
const GLOBAL = new BlockList()
GLOBAL.addSubnet('2000::', 3, 'ipv6')

/** Addresses of IPv6 that hold one of IPv4 (mapped, translated, 6to4), and where it begins in them, in 16 bit words. */
const HOLDING: readonly (readonly [start: string, at: number])[] = [
  ['0:0:0:0:0:ffff', 6],
  ['64:ff9b:0:0:0:0', 6],
  ['2002', 1],
]

/** The kind of network that an address is inside of; undefined for one that the web reaches. */
export function insideOf(address: string): string | undefined {
  const bare = address.replace(/%.*$/, '')
  const plain = isIPv4(bare) ? bare : (heldIn(bare) ?? bare)
  const version = isIPv4(plain) ? 'ipv4' : 'ipv6'
  const kind = kinds.find(([, list]) => list.check(plain, version))?.[0]
  return kind ?? (version === 'ipv6' && !GLOBAL.check(plain, version) ? 'special' : undefined)
}

function heldIn(address: string): string | undefined {
  // The parser of addresses gives the shortest form, with the last words as hex.
  const short = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const [head = '', tail] = short.split('::')
  const [first, last] = [head, tail ?? ''].map((part) => part.split(':').filter((word) => word !== '')) as [
    string[],
    string[],
  ]
  const words = tail === undefined ? first : [...first, ...Array(8 - first.length - last.length).fill('0'), ...last]
  const at = HOLDING.find(([start]) => `${words.join(':')}:`.startsWith(`${start}:`))?.[1]
  if (at === undefined) return undefined
  return words
    .slice(at, at + 2)
    .map((word) => Number.parseInt(word, 16))
    .flatMap((word) => [word >> 8, word & 255])
    .join('.')
}

/** Decides which hosts files may come from. */
export interface FileHosts {
  /** Throws a ConnectorError for a host that is an address inside of a network, where the account is not. */
  check(url: URL): Promise<void>
  /** Resolves names for a connection; fails with a ConnectorError for such an address. */
  readonly lookup: LookupFunction
}

type Resolve = (hostname: string) => Promise<readonly string[]>

/** The hosts that files may come from if the account is at this origin. */
export function fileHostsFor(origin: string, resolve: Resolve = resolved): FileHosts {
  const account = new URL(origin).hostname
  let known: Promise<ReadonlySet<string | undefined>> | undefined
  /** The kinds of networks that the account is inside of. */
  const whereAccountIs = (): Promise<ReadonlySet<string | undefined>> => {
    known ??= addressesOf(account, resolve).then(
      (addresses) => new Set(addresses.map(insideOf)),
      // It is out of reach, or only a proxy knows it.
      () => new Set(),
    )
    return known
  }
  const refused = async (hostname: string, addresses: readonly string[]): Promise<ConnectorError | undefined> => {
    const kindsFound = addresses.map(insideOf).filter((kind) => kind !== undefined)
    if (kindsFound.length === 0) return undefined
    const allowed = await whereAccountIs()
    return kindsFound.every((kind) => allowed.has(kind)) ? undefined : insideError(hostname)
  }
  return {
    async check({ hostname }) {
      const literal = literalIn(hostname)
      const error = literal === undefined ? undefined : await refused(hostname, [literal])
      if (error) throw error
    },
    lookup(hostname, options, callback) {
      lookup(hostname, { ...options, all: true }, (failure, addresses) => {
        if (failure) return callback(failure, '', 0)
        void refused(
          hostname,
          addresses.map(({ address }) => address),
        ).then((error) => {
          if (error) return callback(error, '', 0)
          const [first] = addresses
          if (options.all) callback(null, addresses)
          else callback(null, first?.address ?? '', first?.family ?? 0)
        })
      })
    },
  }
}

/** The address that a host of a URL is, if it is no name. Names of this machine count as its address. */
function literalIn(hostname: string): string | undefined {
  const bare = hostname.replace(/^\[|\]$/g, '')
  if (isIP(bare) !== 0) return bare
  return /(^|\.)localhost\.?$/.test(hostname) ? '127.0.0.1' : undefined
}

async function addressesOf(hostname: string, resolve: Resolve): Promise<readonly string[]> {
  const literal = literalIn(hostname)
  return literal === undefined ? resolve(hostname) : [literal]
}

const resolved: Resolve = (hostname) =>
  new Promise((resolve, reject) => {
    lookup(hostname, { all: true }, (error, addresses) =>
      error ? reject(error) : resolve(addresses.map(({ address }) => address)),
    )
  })

const insideError = (hostname: string): ConnectorError =>
  new ConnectorError(`its address leads to ${hostname}, which is inside a private network`, 'system_error')
