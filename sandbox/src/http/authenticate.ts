import type { Caller } from '../account/caller.ts'
import type { Oauth } from '../account/oauth/tokens.ts'
import { userByEmail } from '../account/people/lookup.ts'
import type { User } from '../account/people/model.ts'
import type { Store } from '../account/store.ts'
import type { Credentials } from '../credentials.ts'
import { forbiddenPage, invalidToken, missingScope, notAuthenticated } from './errors.ts'

/** The account's credentials, which can be switched off and revoked. */
export type Access = {
  /**
   * Finds the caller by the `Authorization` header, or throws the 401. `onBehalfOf` is an end user's address
   * (`X-On-Behalf-Of`): who may impersonate then calls as that user.
   */
  readonly callerOf: (authorization: string | undefined, onBehalfOf?: string | undefined) => Caller
  readonly setApiTokenAccess: (on: boolean) => void
  /** Whether `email:password` works, as it did until 2026-01-12. */
  readonly setPasswordAccess: (on: boolean) => void
  /** From now on no token of before works. */
  readonly revokeTokens: () => void
  /** Ends one OAuth token (its text or its id) and its refresh token. */
  readonly revokeToken: (token: string | number) => void
  /** Lets one OAuth access token expire now; its refresh token still works. */
  readonly expireToken: (token: string | number) => void
}

const EVERYTHING = ['read', 'write', 'impersonate']
const NOBODY: Caller = { user: undefined, scopes: [] }

/** The access of an account with these credentials and the tokens of its OAuth. */
export function createAccess(store: Store, oauth: Oauth, credentials: Credentials, apiTokenAccess: boolean): Access {
  let apiTokens = apiTokenAccess
  let passwords = false
  let revoked = false
  const active = (user: User | undefined) => (user?.deleted === false && !user.suspended ? user : undefined)
  const userOf = (email: string) => active(userByEmail(store, email))
  const signedIn = (user: User | undefined, allowed: boolean): Caller => {
    if (!allowed || user === undefined) throw notAuthenticated()
    return { user, scopes: EVERYTHING }
  }
  const basic = (text: string): Caller => {
    const [name = '', ...rest] = Buffer.from(text, 'base64').toString('utf8').split(':')
    const secret = rest.join(':')
    if (name.endsWith('/token'))
      return signedIn(userOf(name.slice(0, -'/token'.length)), apiTokens && !revoked && secret === credentials.apiToken)
    // If passwords don't work (any more), such calls are anonymous, like those without any credentials.
    const user = passwords && secret === credentials.password ? userOf(name) : undefined
    return user === undefined ? NOBODY : { user, scopes: EVERYTHING }
  }
  const bearer = (value: string): Caller => {
    const token = oauth.use(value)
    const user = active(store.users.get(token?.user_id ?? -1))
    if (token === undefined || user === undefined) throw invalidToken()
    return { user, scopes: token.scopes, token: token.id }
  }
  const impersonated = (caller: Caller, email: string): Caller => {
    if (caller.user === undefined) return caller
    if (!caller.scopes.includes('impersonate')) throw missingScope('impersonate')
    const user = userOf(email)
    // Assumed (fact 374): an unknown address is refused in the same way as an agent's.
    if (caller.user.role !== 'admin' || user?.role !== 'end-user') throw forbiddenPage()
    return { ...caller, user }
  }
  const idOf = (token: string | number): number => {
    const found = oauth.find(token)
    if (found === undefined) throw new Error(`There is no OAuth token ${token}.`)
    return found.id
  }

  return {
    callerOf: (authorization, onBehalfOf) => {
      const [scheme = '', value = ''] = (authorization ?? '').split(' ')
      const kind = scheme.toLowerCase()
      const caller = kind === 'basic' ? basic(value) : kind === 'bearer' ? bearer(value) : NOBODY
      return onBehalfOf === undefined || onBehalfOf === '' ? caller : impersonated(caller, onBehalfOf)
    },
    setApiTokenAccess: (on) => {
      apiTokens = on
    },
    setPasswordAccess: (on) => {
      passwords = on
    },
    revokeTokens: () => {
      revoked = true
      for (const { id } of [...store.table('oauth_tokens').all()]) oauth.revoke(id as number)
    },
    revokeToken: (token) => oauth.revoke(idOf(token)),
    expireToken: (token) => oauth.expire(idOf(token)),
  }
}

/** The lowest role that may call: an administrator may do all that an agent may, and so on. */
export type Who = 'anyone' | 'end-user' | 'agent' | 'admin'

const RANK: Readonly<Record<Who, number>> = { anyone: 0, 'end-user': 1, agent: 2, admin: 3 }

/** The demands of a route on its caller. `scope` is the name in finer scopes, such as `tickets`. */
export type Demand = {
  readonly who: Who
  /** Undefined: whatever the token's scopes are. */
  readonly action: 'read' | 'write' | undefined
  readonly scope?: string | undefined
}

/** Refuses a caller who may not do this. */
export function authorize({ user, scopes }: Caller, { who, action, scope }: Demand): void {
  if (user === undefined) {
    if (who === 'anyone') return
    throw notAuthenticated()
  }
  if (
    action !== undefined &&
    !scopes.includes(action) &&
    !(scope !== undefined && scopes.includes(`${scope}:${action}`))
  )
    throw missingScope(action)
  if (RANK[user.role] < RANK[who]) throw forbiddenPage()
}
