import { SELL_USER } from '../../account/sell.ts'
import type { Call, Family, Handler, Routes } from '../../http/family.ts'
import { createWindows } from '../../http/limits/windows.ts'
import { isoTime } from '../../iso-time.ts'
import type { Served } from '../served.ts'
import { sellOne, sellRefusal } from './answers.ts'
import { createTombstones } from './deletions.ts'
import { createSellTokens, sellOauthRoutes } from './oauth.ts'
import { sellRecordRoutes } from './records.ts'
import { sellStreamRoutes } from './stream.ts'
import { sellSyncRoutes } from './sync.ts'

/** Sell, whose API has hosts, credentials and envelopes of its own: here under `/v2`, `/v3` and `/oauth2`. */
export function sellRoutes(served: Served): readonly Family[] {
  const tokens = createSellTokens(served.store.clock)
  const tombstones = createTombstones(served.store)
  const take = createPace(served)
  const guard = (routes: Routes, scopeOf: (method: string) => string): Routes =>
    Object.fromEntries(
      Object.entries(routes).map(([route, handler]): [string, Handler] => [
        route,
        (call) => {
          admit(served, call)
          tokens.authorize(call.header('authorization'), scopeOf(route.split(' ')[0] ?? 'GET'))
          take(call.header('authorization') ?? '')
          return handler(call)
        },
      ]),
    )
  const byMethod = (method: string) => (method === 'GET' ? 'read' : 'write')
  const unknown = () => {
    const details = 'The path is not known.'
    throw sellRefusal(404, { resource: 'request', code: 'incorrect_path', message: 'incorrect path', details })
  }
  const nowhere = Object.fromEntries(['GET', 'POST', 'PUT', 'DELETE'].map((one) => [`${one} /:path{.+}`, unknown]))
  return [
    {
      who: 'anyone',
      base: '/v2',
      routes: guard({ ...selfRoutes(served), ...sellRecordRoutes(served, tombstones) }, byMethod),
    },
    { who: 'anyone', base: '/v2', routes: guard(sellSyncRoutes(served, tombstones), () => 'sync') },
    { who: 'anyone', base: '/v2', routes: guard(nowhere, byMethod) },
    { who: 'anyone', base: '/v3', routes: guard(sellStreamRoutes(served, tombstones), () => 'read') },
    { who: 'anyone', base: '/oauth2', routes: sellOauthRoutes(served, tokens) },
  ]
}

/** Requests of one token in a second (fact 412). */
const A_SECOND = 10

/** Refuses what is too much. No header says how many requests are left, or how long to wait. */
function createPace({ store, isLimited }: Served): (token: string) => void {
  const windows = createWindows(store.clock)
  return (token) => {
    if (!isLimited || windows.take(token, 1) <= A_SECOND) return
    const details = 'The rate limit of the access token is exceeded.'
    throw sellRefusal(429, {
      ...{ resource: 'request', code: 'rate_limit_exceeded', message: 'rate limit exceeded', details },
    })
  }
}

function admit({ plan }: Served, call: Call): void {
  const resource = 'request'
  if ((call.header('user-agent') ?? '') === '') {
    const details = 'The User-Agent header is missing.'
    throw sellRefusal(400, { resource, code: 'invalid_user_agent', message: 'invalid user agent', details })
  }
  // Assumed (fact 380): how an account without Sell answers.
  if (!plan.features['sell'])
    throw sellRefusal(403, {
      ...{ resource, code: 'insufficient_scope', message: 'insufficient scope' },
      details: 'The account has no access to Sell.',
    })
}

function selfRoutes({ store }: Served): Routes {
  const born = isoTime(store.clock.now() - 4 * 365 * 86_400)
  return {
    'GET /users/self': () =>
      sellOne(
        {
          ...{ id: SELL_USER, name: 'Sandbox Admin', email: 'admin@example.com', status: 'active', invited: false },
          ...{ confirmed: true, phone_number: null, role: 'admin', roles: [], team_name: null, group: null },
          ...{ reports_to: null, timezone: 'UTC', created_at: born, updated_at: born, deleted_at: null },
        },
        'user',
      ),
    'GET /accounts/self': () =>
      sellOne(
        {
          ...{ id: 800001, name: 'Northwind', currency: 'EUR', time_format: '24H', timezone: 'UTC', phone: null },
          ...{ created_at: born, updated_at: born },
        },
        'account',
      ),
  }
}
