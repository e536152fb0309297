import { createHash } from 'node:crypto'
import { SELL_CREDENTIALS } from '../../account/sell.ts'
import type { Clock } from '../../clock.ts'
import { Refusal } from '../../http/errors.ts'
import type { Call, Routes } from '../../http/family.ts'
import { noContent, reply } from '../../http/reply.ts'
import type { Served } from '../served.ts'
import { sellRefusal } from './answers.ts'

const LIVES_S = 3600
const EVERYTHING = 'read write profile sync'

type Token = { readonly scope: string; readonly expires: number }

/** Sell's tokens. */
export type SellTokens = {
  /** Throws the 401 or 403. */
  readonly authorize: (authorization: string | undefined, scope: string) => void
  readonly access: Map<string, Token>
  /** Scopes by refresh token, and by code. */
  readonly refresh: Map<string, string>
  readonly codes: Map<string, string>
}

/** The personal token, and no others yet. */
export function createSellTokens(clock: Clock): SellTokens {
  const access = new Map<string, Token>([
    [SELL_CREDENTIALS.accessToken, { scope: EVERYTHING, expires: Number.POSITIVE_INFINITY }],
  ])
  return {
    access,
    refresh: new Map(),
    codes: new Map(),
    authorize: (authorization, scope) => {
      const token = access.get(/^bearer (.+)$/i.exec(authorization ?? '')?.[1] ?? '')
      if (token === undefined || token.expires <= clock.now()) {
        const details = 'The access token is missing, invalid, expired or revoked.'
        throw sellRefusal(401, { resource: 'request', code: 'unauthorized', message: 'unauthorized', details })
      }
      if (token.scope.split(' ').includes(scope)) return
      const details = `The access token lacks the scope '${scope}'.`
      throw sellRefusal(403, {
        resource: 'request',
        code: 'insufficient_scope',
        message: 'insufficient scope',
        details,
      })
    },
  }
}

/** Sell's OAuth: codes are granted without a question. */
export function sellOauthRoutes({ store }: Served, tokens: SellTokens): Routes {
  const { clock } = store
  const fresh = (kind: string) => createHash('sha256').update(`sell ${kind} ${store.nextId()}`).digest('hex')
  const issue = (scope: string) => {
    const [access_token, refresh_token] = [fresh('access'), fresh('refresh')]
    tokens.access.set(access_token, { scope, expires: clock.now() + LIVES_S })
    tokens.refresh.set(refresh_token, scope)
    return { access_token, token_type: 'bearer', expires_in: LIVES_S, refresh_token, scope }
  }
  const take = (from: Map<string, string>, key: unknown): string => {
    const scope = from.get(String(key))
    if (scope === undefined) throw refusal(400, 'invalid_grant', 'The grant is invalid, expired or revoked.')
    from.delete(String(key))
    return scope
  }
  return {
    'GET /authorize': ({ asked: { query } }) => {
      const uri = query.get('redirect_uri')
      if (query.get('client_id') !== SELL_CREDENTIALS.clientId || uri === null || !URL.canParse(uri))
        throw refusal(400, 'invalid_request', 'client_id or redirect_uri is invalid.')
      const code = fresh('code')
      tokens.codes.set(code, query.get('scope') ?? EVERYTHING)
      const target = new URL(uri)
      target.searchParams.set('code', code)
      const state = query.get('state')
      if (state !== null) target.searchParams.set('state', state)
      return reply(302, null, { location: target.toString() })
    },
    'POST /token': (call) => {
      demandClient(call)
      const { grant_type, scope = EVERYTHING, username, password, code, refresh_token } = call.body
      if (grant_type === 'authorization_code') return issue(take(tokens.codes, code))
      if (grant_type === 'refresh_token') return issue(take(tokens.refresh, refresh_token))
      if (grant_type !== 'password') throw refusal(400, 'unsupported_grant_type', 'The grant type is not supported.')
      if (username !== SELL_CREDENTIALS.email || password !== SELL_CREDENTIALS.password)
        throw refusal(400, 'invalid_grant', 'The credentials are invalid.')
      return issue(String(scope))
    },
    'POST /revoke': (call) => {
      demandClient(call)
      tokens.access.delete(String(call.body['token']))
      tokens.refresh.delete(String(call.body['token']))
      return noContent()
    },
    // Assumed (fact 380): the members of the answer about a token.
    'GET /token/info': (call) => {
      const text = /^bearer (.+)$/i.exec(call.header('authorization') ?? '')?.[1] ?? ''
      tokens.authorize(call.header('authorization'), 'read')
      const { scope, expires } = tokens.access.get(text) as Token
      const expires_in = Number.isFinite(expires) ? expires - clock.now() : null
      return { token_type: 'bearer', scope, expires_in, application: { uid: SELL_CREDENTIALS.clientId } }
    },
  }
}

function demandClient({ header, body }: Call): void {
  const basic = /^basic (.+)$/i.exec(header('authorization') ?? '')?.[1]
  const [id, secret] =
    basic === undefined
      ? [body['client_id'], body['client_secret']]
      : Buffer.from(basic, 'base64').toString('utf8').split(':')
  if (id !== SELL_CREDENTIALS.clientId || secret !== SELL_CREDENTIALS.clientSecret)
    throw refusal(401, 'invalid_client', 'Client authentication failed.')
}

function refusal(status: number, error: string, error_description: string): Refusal {
  return new Refusal(status, { error, error_description, error_uri: 'https://developers.getbase.com/docs/oauth2' })
}
