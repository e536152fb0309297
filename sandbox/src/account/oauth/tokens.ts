import { createHash, timingSafeEqual } from 'node:crypto'
import { isoTime } from '../../iso-time.ts'
import type { Store } from '../store.ts'
import type { Entry } from '../table.ts'
import type { OauthClient, OauthCode, OauthToken } from './model.ts'

/** The life of an authorization code. */
export const CODE_SECONDS = 120
const SHOWN = 10

/** How long a new token lives: seconds; null: without an end (access) or without any (refresh). */
export type Life = { readonly access: number | null; readonly refresh: number | null }

/** The account's OAuth clients, tokens and codes. */
export type Oauth = {
  /** By the identifier, which the OAuth endpoints call `client_id`. */
  readonly clientOf: (identifier: string) => OauthClient | undefined
  readonly hasSecret: (client: OauthClient, secret: unknown) => boolean
  readonly mint: (token: {
    client: OauthClient
    user: number
    scopes: readonly string[]
    life: Life
    value?: string
    refresh?: string
  }) => OauthToken
  /** A token that is neither revoked nor expired; it counts as used. */
  readonly use: (value: string) => OauthToken | undefined
  readonly refreshable: (refresh: string) => OauthToken | undefined
  readonly revoke: (id: number) => void
  /** Finds a token by its id or by its whole text, expired or not. */
  readonly find: (token: string | number) => OauthToken | undefined
  readonly expire: (id: number) => void
  readonly grant: (code: Omit<OauthCode, 'code' | 'expires'>) => string
  /** Takes a code, once. */
  readonly redeem: (code: string) => OauthCode | undefined
}

/** Tables of a store's OAuth, with nothing in them. */
export function createOauth(store: Store): Oauth {
  const clients = store.table('oauth_clients', {
    path: ({ id }) => `/oauth/clients/${id}`,
    // The secret is shown whole only when it is made.
    row: ({ expires_in: _, scopes: __, ...row }) => ({ ...row, secret: `${String(row['secret']).slice(0, SHOWN)}...` }),
  })
  const tokens = store.table('oauth_tokens', { row: (entry) => tokenRow(store, entry) })
  const byValue = new Map<string, number>()
  const byRefresh = new Map<string, number>()
  const codes = new Map<string, OauthCode>()
  let made = 0
  const secret = (what: string) => secretText(`${what} ${store.base} ${++made} ${store.clock.nowMs()}`)
  const get = (id: number | undefined) =>
    id === undefined ? undefined : (tokens.get(id) as unknown as OauthToken | undefined)
  const past = (time: string | null) => time !== null && Date.parse(time) <= store.clock.nowMs()
  const after = (seconds: number | null) => (seconds === null ? null : isoTime(store.clock.now() + seconds))

  return {
    clientOf: (identifier) => {
      for (const client of clients.all())
        if (client['identifier'] === identifier) return client as unknown as OauthClient
      return undefined
    },
    hasSecret: (client, sent) => typeof sent === 'string' && equal(client.secret, sent),
    mint: ({ client, user, scopes, life, value = secret('access'), refresh }) => {
      const values = {
        user_id: user,
        client_id: client.id,
        value,
        refresh: life.refresh === null ? null : (refresh ?? secret('refresh')),
        used_at: null,
        expires_at: after(life.access),
        refresh_token_expires_at: after(life.refresh),
        scopes,
      }
      const token = tokens.add(values) as unknown as OauthToken
      byValue.set(token.value, token.id)
      if (token.refresh !== null) byRefresh.set(token.refresh, token.id)
      return token
    },
    use: (value) => {
      const token = get(byValue.get(value))
      if (token === undefined || past(token.expires_at)) return undefined
      // No change of the store: every request would be one.
      Object.assign(token, { used_at: isoTime(store.clock.now()) })
      return token
    },
    refreshable: (refresh) => {
      const token = get(byRefresh.get(refresh))
      return token === undefined || past(token.refresh_token_expires_at) ? undefined : token
    },
    revoke: (id) => {
      const token = get(id)
      if (token === undefined) return
      byValue.delete(token.value)
      if (token.refresh !== null) byRefresh.delete(token.refresh)
      tokens.remove(id)
    },
    find: (token) => get(typeof token === 'number' ? token : byValue.get(token)),
    expire: (id) => void tokens.change(id, { expires_at: isoTime(store.clock.now()) }),
    grant: (given) => {
      const code = secret('code')
      codes.set(code, { ...given, code, expires: store.clock.nowMs() + CODE_SECONDS * 1000 })
      return code
    },
    redeem: (text) => {
      const code = codes.get(text)
      codes.delete(text)
      return code === undefined || code.expires <= store.clock.nowMs() ? undefined : code
    },
  }
}

/** A token as the API lists it: never whole. */
function tokenRow({ base }: Store, entry: Entry) {
  const { id, user_id, client_id, value, created_at, expires_at, refresh_token_expires_at, used_at, scopes } = entry
  return {
    url: `${base}/api/v2/oauth/tokens/${id}.json`,
    id,
    user_id,
    client_id,
    token: String(value).slice(0, SHOWN),
    refresh_token: null,
    created_at,
    expires_at,
    refresh_token_expires_at,
    used_at,
    scopes,
  }
}

/** 64 hexadecimal characters that nobody can guess without knowing their source. */
export function secretText(from: string): string {
  return createHash('sha256').update(from).digest('hex')
}

/** Whether a verifier (PKCE) belongs to a challenge of the method S256. */
export function fitsChallenge(verifier: unknown, challenge: string): boolean {
  if (typeof verifier !== 'string') return false
  return equal(createHash('sha256').update(verifier).digest('base64url'), challenge)
}

function equal(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
