// What may be named from a page: files below the configuration's folder, and addresses of the public web.

import { BlockList, isIP } from 'node:net'
import { dirname, relative, resolve } from 'node:path'
import { Refusal } from './operation.ts'

const PRIVATE = new BlockList()
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  PRIVATE.addSubnet(net, prefix, 'ipv4')
for (const [net, prefix] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  PRIVATE.addSubnet(net, prefix, 'ipv6')

/** Throws a Refusal for a file outside of the folder of the configuration. */
export function checkFile(configFile: string, path: string, what: string): void {
  const folder = dirname(resolve(configFile))
  const way = relative(folder, resolve(path))
  if (way !== '' && !way.startsWith('..') && resolve(folder, way) === resolve(path)) return
  throw new Refusal(
    422,
    `${what} has to be a file below ${folder}. Another place can be written into ${configFile} by hand.`,
  )
}

/** Whether an address leads to a host of the public web, as far as its name says. */
export function isPublic(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname } = new URL(address)
  if (protocol !== 'https:') return false
  const bare = hostname.replace(/^\[|\]$/g, '')
  const version = isIP(bare)
  if (version !== 0) return !PRIVATE.check(bare, version === 4 ? 'ipv4' : 'ipv6')
  return bare.includes('.') && !/\.(local|internal|localhost|home|lan|test|invalid)\.?$/i.test(bare)
}

/** Throws a Refusal for an address within this network, unless that is allowed. */
export function checkAddress(address: string, what: string, allowsPrivate: boolean): void {
  if (allowsPrivate || isPublic(address)) return
  throw new Refusal(
    422,
    `${what} has to be an https address of the public web. zendesk-hub serve --private-hosts lets the page name others.`,
  )
}
