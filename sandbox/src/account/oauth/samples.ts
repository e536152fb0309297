import type { Credentials } from '../../credentials.ts'
import { isoTime } from '../../iso-time.ts'
import type { User } from '../people/model.ts'
import type { Store } from '../store.ts'
import type { OauthClient } from './model.ts'
import { createOauth, type Life, type Oauth } from './tokens.ts'

const HALF_HOUR = 1800
const DAY = 86_400
const MONTH = 30 * DAY
const FOREVER: Life = { access: null, refresh: null }
const LOCAL = ['http://localhost/callback', 'http://127.0.0.1/callback', 'https://app.example.com/oauth/callback']

/**
 * The OAuth of a new account: a confidential client, a public one that may only read, an old one whose tokens don't
 * expire, a global one, and the tokens of the credentials.
 */
export function sampleOauth(store: Store, credentials: Credentials): Oauth {
  const oauth = createOauth(store)
  const userOf = (email: string): User => {
    for (const user of store.users.values()) if (user.email?.toLowerCase() === email.toLowerCase()) return user
    throw new Error(`Nobody has the address ${email}.`)
  }
  const admin = userOf(credentials.email)
  const client = (values: Partial<OauthClient> & Pick<OauthClient, 'identifier' | 'name'>, age: number) =>
    store.table('oauth_clients').add({
      company: 'Example Ltd',
      description: `${values.name}, for trying out.`,
      global: false,
      kind: 'confidential',
      logo_url: null,
      redirect_uri: LOCAL,
      secret: '',
      user_id: admin.id,
      expires_in: HALF_HOUR,
      scopes: null,
      created_at: isoTime(Math.max(0, admin.created) + age * DAY),
      ...values,
    }) as unknown as OauthClient
  const old = client(
    {
      identifier: credentials.oldClientId,
      name: 'Old integration',
      secret: credentials.oldClientSecret,
      expires_in: null,
    },
    1,
  )
  const confidential = client(
    { identifier: credentials.clientId, name: 'Connector 🔌', secret: credentials.clientSecret },
    400,
  )
  client(
    {
      identifier: credentials.publicClientId,
      name: 'Desktop app',
      kind: 'public',
      scopes: ['read', 'tickets:read', 'users:read', 'organizations:read', 'hc:read'],
    },
    500,
  )
  client({ identifier: 'zdg-example-marketplace', name: 'Marketplace app', global: true }, 600)

  const mint = (value: string, email: string, scopes: readonly string[]) =>
    oauth.mint({ client: old, user: userOf(email).id, scopes, life: FOREVER, value })
  mint(credentials.accessToken, credentials.email, ['read', 'write', 'impersonate'])
  mint(credentials.agentToken, credentials.agentEmail, ['read', 'write'])
  mint(credentials.endUserToken, credentials.endUserEmail, ['read', 'write'])
  mint(credentials.narrowToken, credentials.email, ['tickets:read'])
  oauth.mint({
    client: confidential,
    user: admin.id,
    scopes: ['read', 'write'],
    life: { access: HALF_HOUR, refresh: MONTH },
    refresh: credentials.refreshToken,
  })
  return oauth
}
