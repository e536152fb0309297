import type { Row } from '../../account/model.ts'
import type { OauthClient, OauthToken } from '../../account/oauth/model.ts'
import { fitsChallenge, type Life, type Oauth } from '../../account/oauth/tokens.ts'
import type { Family } from '../../http/family.ts'
import { reply } from '../../http/reply.ts'
import type { Served } from '../served.ts'
import { invalidRequest, oauthRefusal } from './refusals.ts'

const DAY = 86_400
const ACCESS = { name: 'expires_in', least: 300, most: 2 * DAY }
const REFRESH = { name: 'refresh_token_expires_in', least: 7 * DAY, most: 90 * DAY }
const REFRESH_DEFAULT = 30 * DAY

/** `POST /oauth/tokens`: the three grants (fact 13). Bodies are JSON or a form. */
export function oauthGrantRoutes({ oauth }: Served): readonly Family[] {
  const routes: Family['routes'] = {
    'POST /oauth/tokens': ({ body }) => {
      const client = clientIn(oauth, body)
      const token = granted(oauth, client, body)
      // RFC 6749 forbids keeping it.
      // 200, though Zendesk's description has 201: tap-zendesk, which lives on refreshing, takes nothing else.
      return reply(200, tokenReply(token, body, client), { 'cache-control': 'no-store' })
    },
  }
  return [{ who: 'anyone', base: '', routes }]
}

/** Scopes as a request names them: text with blanks between. */
export function scopesIn(text: unknown): string[] {
  return typeof text === 'string' ? text.split(/[\s,]+/).filter((scope) => scope !== '') : []
}

/** Whether a client may ask for these scopes. Unknown scopes are allowed if the client is not restricted. */
export function mayAsk({ scopes }: OauthClient, wanted: readonly string[]): boolean {
  return scopes === null || wanted.every((scope) => scopes.includes(scope))
}

function granted(oauth: Oauth, client: OauthClient, body: Row): OauthToken {
  switch (body['grant_type']) {
    case 'authorization_code':
      return byCode(oauth, client, body)
    case 'refresh_token':
      return byRefresh(oauth, client, body)
    case 'client_credentials':
      return byCredentials(oauth, client, body)
    default:
      throw oauthRefusal('unsupported_grant_type')
  }
}

// A client without a secret is known by its identifier alone; the grant itself is checked instead.
function clientIn(oauth: Oauth, { client_id, client_secret }: Row): OauthClient {
  const client = oauth.clientOf(String(client_id ?? ''))
  if (client === undefined) throw oauthRefusal('invalid_client')
  if (client.kind === 'confidential' && !oauth.hasSecret(client, client_secret)) throw oauthRefusal('invalid_client')
  return client
}

function byCode(oauth: Oauth, client: OauthClient, body: Row): OauthToken {
  const life = lifeOf(client, body)
  const wanted = scopesIn(body['scope'])
  const code = oauth.redeem(String(body['code'] ?? ''))
  if (code === undefined || code.client_id !== client.id || code.redirect_uri !== body['redirect_uri'])
    throw oauthRefusal('invalid_grant')
  if (code.challenge !== undefined && !fitsChallenge(body['code_verifier'], code.challenge))
    throw oauthRefusal('invalid_grant')
  // Assumed (fact 375): the scope may be left out and is then the approved one; it can be narrowed, not widened.
  if (!wanted.every((scope) => code.scopes.includes(scope))) throw oauthRefusal('invalid_scope')
  return oauth.mint({ client, user: code.user_id, scopes: wanted.length > 0 ? wanted : code.scopes, life })
}

function byRefresh(oauth: Oauth, client: OauthClient, body: Row): OauthToken {
  const life = lifeOf(client, body)
  const old = oauth.refreshable(String(body['refresh_token'] ?? ''))
  if (old === undefined || old.client_id !== client.id) throw oauthRefusal('invalid_grant')
  const wanted = scopesIn(body['scope'])
  if (!wanted.every((scope) => old.scopes.includes(scope))) throw oauthRefusal('invalid_scope')
  oauth.revoke(old.id)
  // A token that has a refresh token gets a new one, even if the client's tokens would not have any.
  const kept: Life = { access: life.access, refresh: life.refresh ?? REFRESH_DEFAULT }
  return oauth.mint({ client, user: old.user_id, scopes: wanted.length > 0 ? wanted : old.scopes, life: kept })
}

function byCredentials(oauth: Oauth, client: OauthClient, body: Row): OauthToken {
  if (client.kind === 'public') throw oauthRefusal('unauthorized_client')
  const scopes = scopesIn(body['scope'])
  if (scopes.length === 0 || !mayAsk(client, scopes)) throw oauthRefusal('invalid_scope')
  const { access } = lifeOf(client, body)
  return oauth.mint({ client, user: client.user_id, scopes, life: { access, refresh: null } })
}

// Tokens that never expire, those of old clients, have no refresh token either.
function lifeOf(client: OauthClient, body: Row): Life {
  const access = secondsIn(body, ACCESS) ?? client.expires_in
  const refresh = secondsIn(body, REFRESH) ?? REFRESH_DEFAULT
  return { access, refresh: access === null ? null : refresh }
}

function secondsIn(body: Row, { name, least, most }: typeof ACCESS): number | undefined {
  const sent = body[name]
  if (sent === undefined || sent === null || sent === '') return undefined
  const seconds = Number(sent)
  if (!Number.isInteger(seconds) || seconds < least || seconds > most)
    throw invalidRequest(`${name} must be between ${least} and ${most} seconds`)
  return seconds
}

function tokenReply({ value, refresh, scopes }: OauthToken, body: Row, client: OauthClient): Row {
  const { access } = lifeOf(client, body)
  const renewal = refresh === null ? {} : { refresh_token: refresh }
  const until = access === null && refresh === null ? {} : { expires_in: access }
  const renewalUntil = refresh === null ? {} : { refresh_token_expires_in: secondsIn(body, REFRESH) ?? REFRESH_DEFAULT }
  return {
    access_token: value,
    ...renewal,
    token_type: 'bearer',
    scope: scopes.join(' '),
    ...until,
    ...renewalUntil,
  }
}
