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

/** Which users may call a path, and which finer scope does for `read`. */
type Rule = { readonly path: RegExp; readonly role: 'admin' | 'agent'; readonly scope?: string }

const RULES: readonly Rule[] = [
  { path: /^\/incremental\/tickets/, role: 'admin', scope: 'tickets:read' },
  { path: /^\/incremental\/users/, role: 'admin', scope: 'users:read' },
  { path: /^\/incremental\/organizations/, role: 'admin', scope: 'organizations:read' },
  { path: /^\/incremental\//, role: 'admin' },
  // Audits need the global scope: `tickets:read` is refused.
  { path: /^\/ticket_audits/, role: 'admin' },
  { path: /^\/tickets\/\d+\/audits/, role: 'agent' },
  { path: /^\/(tickets|deleted_tickets)/, role: 'agent', scope: 'tickets:read' },
  { path: /^\/users/, role: 'agent', scope: 'users:read' },
  { path: /^\/organizations/, role: 'agent', scope: 'organizations:read' },
  { path: /^\//, role: 'agent' },
]

/** Refuses a caller who may not read this path (after `/api/v2`). `/users/me` is everybody's. */
export function authorize({ user, scopes }: Caller, path: string): void {
  if (path === '/users/me') return
  if (user === undefined) throw notAuthenticated()
  const rule = RULES.find((one) => one.path.test(path))
  if (!scopes.includes('read') && !(rule?.scope !== undefined && scopes.includes(rule.scope))) throw missingScope()
  if (user.role === 'end-user' || (rule?.role === 'admin' && user.role !== 'admin')) throw forbiddenPage()
}
