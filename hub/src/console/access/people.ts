// Teams: a file of names and passwords, or a proxy that says who is there.
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { HubError, messageOf } from '../../errors.ts'
import { isSame, type Person, ROLES, type Role } from './sessions.ts'

const hash = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt)
/** What one attempt costs: 32 MB of memory, and some tens of milliseconds. */
const COST = { N: 32_768, r: 8, p: 1, maxmem: 64 * 2 ** 20 }
const BYTES = 32

/** A line of the password file: `name:role:salt:hash`. */
export async function passwordLine(name: string, role: Role, password: string): Promise<string> {
  if (!/^[^:\s][^:\n]*$/.test(name))
    throw new HubError(`"${name}" cannot be a name: names have no colon and no line break.`)
  if (password.length < 12) throw new HubError('A password must have twelve characters or more.')
  const salt = randomBytes(16)
  const hashed = await hash(password, salt, BYTES, COST)
  return `${name}:${role}:${salt.toString('base64url')}:${hashed.toString('base64url')}`
}

interface Entry {
  readonly role: Role
  readonly salt: Buffer
  readonly hashed: Buffer
}

/** Reads the file; it is read again for each try, so that a line that was taken out lets nobody in. Throws a HubError. */
export function readPasswords(file: string): ReadonlyMap<string, Entry> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new HubError(`${file} cannot be read: ${messageOf(error)}`)
  }
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'))
  return new Map(
    lines.map((line, nth) => {
      const [name = '', role, salt = '', hashed = ''] = line.trim().split(':')
      const known = ROLES.find((one) => one === role)
      if (known === undefined || hashed === '')
        throw new HubError(`Line ${nth + 1} of ${file} is not valid: zendesk-hub password prints such lines.`)
      return [name, { role: known, salt: Buffer.from(salt, 'base64url'), hashed: Buffer.from(hashed, 'base64url') }]
    }),
  )
}

/** For an unknown name, so that it takes as long as a known one. */
const NOBODY: Entry = { role: 'viewer', salt: Buffer.alloc(16), hashed: Buffer.alloc(BYTES) }

/** Whose name and password these are; undefined if nobody's. Throws a HubError for a file that cannot be read. */
export async function personOfPassword(file: string, name: string, password: string): Promise<Person | undefined> {
  const known = readPasswords(file).get(name)
  const { role, salt, hashed } = known ?? NOBODY
  const given = await hash(password, salt, BYTES, COST)
  const isRight = given.length === hashed.length && timingSafeEqual(given, hashed)
  return known !== undefined && isRight ? { who: name, role } : undefined
}

/** A proxy in front that signs people in, and says so in headers. */
export interface TrustedProxy {
  /** The header with the person's name. */
  readonly header: string
  /** What only the proxy knows, in the header `x-hub-proxy-secret`. */
  readonly secret: string
  /** The names of those who may change things. */
  readonly admins: readonly string[]
}

export const PROXY_SECRET = 'x-hub-proxy-secret'

/** Whom the proxy names; undefined if it is not the proxy that asks, or it names nobody. */
export function personOfProxy(proxy: TrustedProxy, headers: Headers): Person | undefined {
  const who = headers.get(proxy.header)?.trim() ?? ''
  if (who === '' || !isSame(headers.get(PROXY_SECRET) ?? '', proxy.secret)) return undefined
  return { who, role: proxy.admins.includes(who) ? 'admin' : 'viewer' }
}
