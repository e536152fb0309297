// Who is signed in: links that are good once, sessions in a cookie, tokens for programs. Only hashes are kept.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { now } from '../../clock.ts'
import type { Journal } from '../journal/open.ts'

/** What somebody may do: a viewer looks, an admin changes. */
export type Role = 'viewer' | 'admin'
export const ROLES: readonly Role[] = ['viewer', 'admin']

export interface Person {
  readonly who: string
  readonly role: Role
}

export interface Session extends Person {
  /** What forms carry, so that no other page can send them. */
  readonly csrf: string
}

/** A session ends when it was not used for this long, and after this long in any case; in milliseconds. */
const IDLE = 12 * 3_600_000
const LONGEST = 30 * 86_400_000
/** How long a link is good, in milliseconds. */
const LINK = 15 * 60_000

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')
const secret = (): string => randomBytes(32).toString('base64url')

/** Whether two texts are the same, in a time that does not say where they differ. */
export const isSame = (one: string, other: string): boolean =>
  timingSafeEqual(createHash('sha256').update(one).digest(), createHash('sha256').update(other).digest())

/** Makes a link's token: good once, and for a quarter of an hour. */
export function makeLink(journal: Journal): string {
  const token = secret()
  journal.run('delete from links where until < ?', now())
  journal.run('insert into links values (?, ?)', hashOf(token), now() + LINK)
  return token
}

/** Uses up a link's token. Returns whether it was good. */
export const takeLink = (journal: Journal, token: string): boolean =>
  journal.run('delete from links where hash = ? and until >= ?', hashOf(token), now()).changes === 1

/** Begins a session. Returns what the cookie holds: always a new value, never one that came with a request. */
export function beginSession(journal: Journal, { who, role }: Person): string {
  const value = secret()
  journal.run('delete from sessions where used < ? or began < ?', now() - IDLE, now() - LONGEST)
  journal.run('insert into sessions values (?, ?, ?, ?, ?, ?)', hashOf(value), secret(), who, role, now(), now())
  return value
}

/** The session of a cookie; undefined if there is none, or none any more. */
export function sessionOf(journal: Journal, cookie: string): Session | undefined {
  const found = journal.get<{ csrf: string; who: string; role: Role; used: number }>(
    'select csrf, who, role, used from sessions where hash = ? and used >= ? and began >= ?',
    ...[hashOf(cookie), now() - IDLE, now() - LONGEST],
  )
  if (found === undefined) return undefined
  if (now() - found.used > 60_000) journal.run('update sessions set used = ? where hash = ?', now(), hashOf(cookie))
  const { csrf, who, role } = found
  return { csrf, who, role }
}

export const endSession = (journal: Journal, cookie: string): void =>
  void journal.run('delete from sessions where hash = ?', hashOf(cookie))

export interface ApiToken {
  readonly id: number
  readonly name: string
  readonly role: Role
  readonly made: number
  readonly used: number | null
}

/** Makes a token for a program. It is shown this once. */
export function makeToken(journal: Journal, name: string, role: Role): { readonly id: number; readonly token: string } {
  const token = `zhub_${secret()}`
  const { id } = journal.run(
    'insert into tokens (hash, name, role, made) values (?, ?, ?, ?)',
    hashOf(token),
    name,
    role,
    now(),
  )
  return { id, token }
}

export const tokensIn = (journal: Journal): readonly ApiToken[] =>
  journal.all<ApiToken>('select id, name, role, made, used from tokens order by id')

export const endToken = (journal: Journal, id: number): boolean =>
  journal.run('delete from tokens where id = ?', id).changes === 1

export function personOfToken(journal: Journal, token: string): Person | undefined {
  const found = journal.get<ApiToken>('select id, name, role, used from tokens where hash = ?', hashOf(token))
  if (found === undefined) return undefined
  if (now() - (found.used ?? 0) > 60_000) journal.run('update tokens set used = ? where id = ?', now(), found.id)
  return { who: `token ${found.name}`, role: found.role }
}
