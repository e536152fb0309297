import type { User } from '../account/people-model.ts'
import type { Store } from '../account/store.ts'
import type { Credentials } from '../options.ts'
import { forbiddenPage, invalidToken, missingScope, notAuthenticated } from './errors.ts'

/** Who calls, and what the token may do; `user` is undefined for nobody. */
export type Caller = { readonly user: User | undefined; readonly scopes: readonly string[] }

/** The account's tokens, which can be switched off and revoked. */
export type Access = {
  /** Finds the caller by the `Authorization` header, or throws the 401. */
  readonly callerOf: (authorization: string | undefined) => Caller
  readonly setApiTokenAccess: (on: boolean) => void
  /** From now on no token of before works. */
  readonly revokeTokens: () => void
}

const EVERYTHING = ['read', 'write']

/** The access of an account with these credentials. */
export function createAccess(store: Store, credentials: Credentials, apiTokenAccess: boolean): Access {
  let apiTokens = apiTokenAccess
  let revoked = false
  const bearer = new Map<string, { email: string; scopes: readonly string[] }>([
    [credentials.accessToken, { email: credentials.email, scopes: EVERYTHING }],
    [credentials.agentToken, { email: credentials.agentEmail, scopes: EVERYTHING }],
    [credentials.endUserToken, { email: credentials.endUserEmail, scopes: EVERYTHING }],
    [credentials.narrowToken, { email: credentials.email, scopes: ['tickets:read'] }],
  ])
  const userOf = (email: string) => {
    for (const user of store.users.values())
      if (user.email?.toLowerCase() === email.toLowerCase() && !user.deleted && !user.suspended) return user
    return undefined
  }

  const basic = (text: string): Caller => {
    const [name = '', ...rest] = Buffer.from(text, 'base64').toString('utf8').split(':')
    // E-mail and password no longer work; such calls, and those without any credentials, are nobody's.
    if (!name.endsWith('/token')) return { user: undefined, scopes: [] }
    const user = userOf(name.slice(0, -'/token'.length))
    if (!apiTokens || revoked || rest.join(':') !== credentials.apiToken || user === undefined) throw notAuthenticated()
    return { user, scopes: EVERYTHING }
  }

  return {
    callerOf: (authorization) => {
      const [scheme = '', value = ''] = (authorization ?? '').split(' ')
      if (scheme.toLowerCase() === 'basic') return basic(value)
      if (scheme.toLowerCase() !== 'bearer') return { user: undefined, scopes: [] }
      const token = bearer.get(value)
      const user = token && userOf(token.email)
      if (revoked || token === undefined || user === undefined) throw invalidToken()
      return { user, scopes: token.scopes }
    },
    setApiTokenAccess: (on) => {
      apiTokens = on
    },
    revokeTokens: () => {
      revoked = true
    },
  }
}

/** The lowest role that may call: an administrator may what an agent may, and so on. */
export type Who = 'anyone' | 'end-user' | 'agent' | 'admin'

const RANK: Readonly<Record<Who, number>> = { anyone: 0, 'end-user': 1, agent: 2, admin: 3 }

/** What a route asks of its caller. `scope` is what finer scopes name, such as `tickets`. */
export type Demand = { readonly who: Who; readonly action: 'read' | 'write'; readonly scope?: string | undefined }

/** Refuses a caller who may not do this. */
export function authorize({ user, scopes }: Caller, { who, action, scope }: Demand): void {
  if (user === undefined) {
    if (who === 'anyone') return
    throw notAuthenticated()
  }
  if (!scopes.includes(action) && !(scope !== undefined && scopes.includes(`${scope}:${action}`)))
    throw missingScope(action)
  if (RANK[user.role] < RANK[who]) throw forbiddenPage()
}
