import type { Row } from '../../account/model.ts'
import type { OauthClient } from '../../account/oauth/model.ts'
import { userByEmail } from '../../account/people/lookup.ts'
import type { User } from '../../account/people/model.ts'
import type { Call, Family } from '../../http/family.ts'
import { type Reply, reply } from '../../http/reply.ts'
import type { Served } from '../served.ts'
import { consentPage, refusedPage, WISH, type Wish } from './consent.ts'
import { mayAsk, scopesIn } from './grants.ts'
import { oauthWords } from './refusals.ts'

const HTML = { 'content-type': 'text/html; charset=utf-8' }
const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])$/

/**
 * `GET /oauth/authorizations/new`: a page to allow or deny, which posts to `/oauth/authorizations`. Without a browser: a
 * request with an `Authorization` header is approved at once for its caller, one with `approve=1` (and `email`, default
 * the first administrator's) for that user, and one with `deny=1` is denied at once.
 */
export function oauthAuthorizationRoutes({ oauth, access, store }: Served): readonly Family[] {
  const userWho = (fits: (user: User) => boolean) => {
    for (const user of store.users.values())
      if (user.email !== null && !user.deleted && !user.suspended && fits(user)) return user
    return undefined
  }
  const first = (role: User['role']) => userWho((user) => user.role === role)
  const userOf = (address: string) => {
    const user = userByEmail(store, address)
    return user?.suspended === false ? user : undefined
  }
  const decide = (client: OauthClient, wish: Wish, { approve, user }: { approve: boolean; user: number }): Reply => {
    if (!approve) return back(wish, oauthWords('access_denied'))
    const { code_challenge } = wish
    const code = oauth.grant({
      client_id: client.id,
      user_id: user,
      redirect_uri: wish.redirect_uri,
      scopes: scopesIn(wish.scope),
      challenge: code_challenge === '' ? undefined : code_challenge,
    })
    return back(wish, { code })
  }
  const handle = async (call: Call, sent: Row): Promise<Reply> => {
    const wish = wishIn(sent)
    const client = oauth.clientOf(wish.client_id)
    if (client === undefined) return refused('No such client.')
    if (!knows(client, wish.redirect_uri)) return refused('The redirect URL is not one of the client.')
    const error = refusalOf(client, wish)
    if (error !== undefined) return back(wish, error)
    const authorization = call.header('authorization')
    const caller = authorization === undefined ? undefined : access.callerOf(authorization).user
    if (sent['deny'] === undefined && sent['approve'] === undefined && caller === undefined) {
      const people = [first('admin'), first('agent'), first('end-user')].flatMap((one) => one?.email ?? [])
      return reply(200, await consentPage(client, wish, people), HTML)
    }
    const user = caller ?? (sent['email'] === undefined ? first('admin') : userOf(String(sent['email'])))
    if (user === undefined) return refused('Nobody has this e-mail address.')
    return decide(client, wish, { approve: sent['deny'] === undefined, user: user.id })
  }

  const routes: Family['routes'] = {
    'GET /oauth/authorizations/new': (call) => handle(call, Object.fromEntries(call.asked.query)),
    'POST /oauth/authorizations/new': (call) => handle(call, { ...Object.fromEntries(call.asked.query), ...call.body }),
    'POST /oauth/authorizations': (call) => handle(call, call.body),
  }
  return [{ who: 'anyone', base: '', routes }]
}

function wishIn(sent: Row): Wish {
  return Object.fromEntries(WISH.map((name) => [name, String(sent[name] ?? '')])) as Wish
}

// What is wrong with a request, for the client.
function refusalOf(client: OauthClient, wish: Wish): Row | undefined {
  const { response_type, scope, code_challenge, code_challenge_method } = wish
  if (response_type !== 'code') return oauthWords('unsupported_response_type')
  const scopes = scopesIn(scope)
  if (scopes.length === 0 || !mayAsk(client, scopes)) return oauthWords('invalid_scope')
  const request = (error_description: string): Row => ({ error: 'invalid_request', error_description })
  if (code_challenge === '' && client.kind === 'public') return request('Public clients must send a code_challenge.')
  if (code_challenge !== '' && code_challenge_method !== 'S256') return request('code_challenge_method must be S256.')
  return undefined
}

// An address on this machine may have any port (RFC 8252), so that tests can listen where they like.
function knows({ redirect_uri }: OauthClient, sent: string): boolean {
  if (redirect_uri.includes(sent)) return true
  if (!URL.canParse(sent)) return false
  const { protocol, hostname, pathname } = new URL(sent)
  return redirect_uri.some((one) => {
    if (!URL.canParse(one)) return false
    const own = new URL(one)
    const same = own.protocol === protocol && own.hostname === hostname && own.pathname === pathname
    return same && LOOPBACK.test(hostname)
  })
}

function back({ redirect_uri, state }: Wish, answer: Row): Reply {
  const url = new URL(redirect_uri)
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, String(value))
  if (state !== '') url.searchParams.set('state', state)
  return reply(302, null, { location: url.href })
}

async function refused(why: string): Promise<Reply> {
  return reply(400, await refusedPage(why), HTML)
}
