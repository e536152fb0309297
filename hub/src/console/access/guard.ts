// Who is let in, request by request.
import type { Context, MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Journal } from '../journal/open.ts'
import { type Address, isOurHost, isOurOrigin, isSafe } from './origin.ts'
import { personOfProxy, type TrustedProxy } from './people.ts'
import { beginSession, isSame, type Person, personOfToken, type Session, sessionOf } from './sessions.ts'

/** Who asks: with a session, from a page; without one, a program. */
export interface Caller extends Person {
  readonly session?: Session
}

export interface GuardOptions {
  readonly journal: Journal
  readonly address: () => Address
  readonly proxy?: TrustedProxy | undefined
}

export type Variables = { caller: Caller | undefined }
export type ConsoleContext = Context<{ Variables: Variables }>

const refusal = (context: Context, status: 401 | 403 | 421, error: string): Response => context.json({ error }, status)

/** The name of the cookie: ports of one host share their cookies. */
export function cookieName({ origin }: Address): string {
  const { protocol, port } = new URL(origin)
  return protocol === 'https:' ? '__Host-hub' : `hub-${port || '80'}`
}

export function giveCookie(context: Context, address: Address, value: string): void {
  const secure = address.origin.startsWith('https:')
  setCookie(context, cookieName(address), value, { httpOnly: true, sameSite: 'Strict', path: '/', secure })
}

/** Refuses what has another host, or comes from another page; finds out who asks. */
export function guard({ journal, address, proxy }: GuardOptions): MiddlewareHandler<{ Variables: Variables }> {
  return async (context, next) => {
    const { req } = context
    if (!isOurHost(address(), req.header('host')))
      return refusal(context, 421, 'This is not the address of the console.')
    const program = programOf(journal, req.header('authorization'))
    if (program !== undefined) context.set('caller', program)
    else {
      if (!isSafe(req.method) && !isOurOrigin(address(), req.raw.headers))
        return refusal(context, 403, 'This request comes from another page.')
      context.set('caller', visitor(context, journal, { address: address(), proxy }))
    }
    return next()
  }
}

function programOf(journal: Journal, authorization: string | undefined): Caller | undefined {
  const [, token] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? []
  return token === undefined ? undefined : personOfToken(journal, token)
}

/** The person behind a cookie; with a proxy, whom it names. */
function visitor(
  context: Context,
  journal: Journal,
  { address, proxy }: { readonly address: Address; readonly proxy: TrustedProxy | undefined },
): Caller | undefined {
  const cookie = getCookie(context, cookieName(address))
  const session = cookie === undefined ? undefined : sessionOf(journal, cookie)
  if (proxy === undefined) return session && { ...session, session }
  const person = personOfProxy(proxy, context.req.raw.headers)
  if (person === undefined) return undefined
  if (session?.who === person.who) return { ...person, session: { ...session, ...person } }
  const value = beginSession(journal, person)
  giveCookie(context, address, value)
  return { ...person, session: sessionOf(journal, value)! }
}

/** Whether a form or a script of a page of ours sent it: it knows the token of the session. Programs need none. */
export const isFromOurForm = (caller: Caller, given: string | undefined): boolean =>
  caller.session === undefined || isSame(given ?? '', caller.session.csrf)
