import type { LookupAddress } from 'node:dns'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fileHostsFor, insideOf } from '../../../../src/http/files/private-hosts.ts'

const octet = fc.nat(255)
const inside = fc.oneof(
  fc.tuple(fc.constantFrom(10, 127, 0), octet, octet, octet),
  fc.tuple(fc.constant(192), fc.constant(168), octet, octet),
  fc.tuple(fc.constant(169), fc.constant(254), octet, octet),
  fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), octet, octet),
  fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), octet, octet),
)
const hex = (high: number, low: number): string => ((high << 8) | low).toString(16)
/** All forms in which an address of IPv4 may stand. */
const forms = ([a, b, c, d]: readonly number[]): readonly string[] => [
  `${a}.${b}.${c}.${d}`,
  `::ffff:${a}.${b}.${c}.${d}`,
  `::ffff:${hex(a!, b!)}:${hex(c!, d!)}`,
  `0:0:0:0:0:ffff:${hex(a!, b!)}:${hex(c!, d!)}`,
  `64:ff9b::${hex(a!, b!)}:${hex(c!, d!)}`,
  `2002:${hex(a!, b!)}:${hex(c!, d!)}::1`,
]

test('addresses inside a private network are known in every form', () => {
  fc.assert(
    fc.property(inside, (address) => {
      for (const form of forms(address)) expect(insideOf(form), form).toBeDefined()
    }),
  )
})

test.each([
  ...['::1', '::', 'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd12:3456::1', 'ff02::1', '255.255.255.255'],
  // Other forms that translate to addresses of IPv4, and what nobody on the web has.
  ...['::127.0.0.1', '::ffff:0:127.0.0.1', '2001:0:53aa:64c:0:fbff:80ff:fffe', '64:ff9b:1::7f00:1', '192.88.99.1'],
  ...['100::1', '2001:10::1', '2001:20::1', '3fff::1', '5f00::1', 'fec0::1'],
])('%s is inside', (address) => {
  expect(insideOf(address)).toBeDefined()
})

test.each(['8.8.8.8', '104.16.51.111', '172.32.0.1', '100.128.0.1', '2606:4700::6810:336f', '::ffff:8.8.8.8'])(
  '%s is on the web',
  (address) => {
    expect(insideOf(address)).toBeUndefined()
  },
)

describe('an account on the web', () => {
  const hosts = fileHostsFor('https://acme.zendesk.com', async () => ['104.16.51.111'])

  test.each([
    'https://127.0.0.1/x',
    'https://0x7f.1/x',
    'https://2130706433/x',
    'https://[::1]/x',
    'https://[::ffff:10.0.0.1]/x',
    'https://localhost/x',
    'https://a.localhost./x',
    'https://169.254.169.254/latest/meta-data',
  ])('no file comes from %s', async (url) => {
    await expect(hosts.check(new URL(url))).rejects.toThrow(/which is inside a private network/)
  })

  test('names are refused by what they resolve to, as connections resolve them', async () => {
    const resolve = (name: string) =>
      new Promise<unknown>((done) => {
        hosts.lookup(name, { all: true }, (error, found) => done(error ?? (found as LookupAddress[])))
      })
    expect(await resolve('localhost')).toMatchObject({ message: expect.stringMatching(/inside a private network/) })
  })
})

test('an account inside may have its files there, and nowhere else inside', async () => {
  const local = fileHostsFor('http://127.0.0.1:8080')
  await local.check(new URL('http://localhost:9000/x'))
  await expect(local.check(new URL('https://10.0.0.1/x'))).rejects.toThrow(/inside a private network/)
  const office = fileHostsFor('https://zendesk.office.example', async () => ['10.2.3.4'])
  await office.check(new URL('https://10.0.0.1/x'))
  await expect(office.check(new URL('https://127.0.0.1/x'))).rejects.toThrow(/inside a private network/)
})
