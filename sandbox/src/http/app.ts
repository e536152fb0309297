import type { TLSSocket } from 'node:tls'
import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import type { Caller } from '../account/caller.ts'
import type { Row } from '../account/model.ts'
import type { AccountPlan } from '../account/plan.ts'
import type { Store } from '../account/store.ts'
import { type Access, authorize } from './authenticate.ts'
import { createBodyCache } from './body-cache.ts'
import { forbiddenPage, invalidEndpoint, noHelpDesk, Refusal, recordNotFound } from './errors.ts'
import type { Family, Handler } from './family.ts'
import type { Limits } from './limits/charge.ts'
import { type BoundaryIndicators, withIndicators } from './pages/boundary-indicators.ts'
import { isReply, type Reply, reply } from './reply.ts'
import { bodyBytes } from './request-body.ts'
import { respond, respondKept } from './respond.ts'

/** What comes with a request: its connection, and the names in `include` that a fault passes over. */
export type Bindings = HttpBindings & { readonly ignored?: ReadonlySet<string> }

type Env = { Bindings: Bindings; Variables: { caller: Caller; limits: Record<string, string> } }

/** The parts of the web application. */
export type Api = {
  readonly families: readonly Family[]
  readonly store: Store
  readonly plan: AccountPlan
  readonly access: Access
  readonly limits: Limits
  readonly subdomainMissing: boolean
  /** The status that stands for a closed Incremental Export API; undefined while it is open. */
  readonly withoutExports: () => 403 | 404 | 410 | undefined
  readonly indicators: BoundaryIndicators
}

const API = '/api/v2'
/** The most bytes of finished bodies that are kept: enough for an account's exports, or for all of a small account. */
const KEPT_BYTES = 128 * 1024 * 1024
const KEPT_BYTES_A_TICKET = 4096
const NOBODY: Caller = { user: undefined, scopes: [] }

/** The web application: limits, authentication and the families' routes, with or without `.json`. */
export function createApp(api: Api): Hono<Env> {
  const { families, store, plan, access, limits, subdomainMissing, withoutExports, indicators } = api
  const bodies = createBodyCache(Math.max(KEPT_BYTES, store.tickets.length * KEPT_BYTES_A_TICKET))
  const app = new Hono<Env>({ getPath: (request) => plainPath(request.url) })

  app.use('*', async ({ req }, next) => {
    const served = req.path.startsWith(`${API}/`) || req.path.startsWith('/oauth/')
    if (subdomainMissing && served) throw noHelpDesk(req.header('host')?.split(':')[0] ?? 'localhost')
    store.agenda.run()
    await next()
  })
  app.use(`${API}/*`, async (context, next) => {
    const { path, method } = context.req
    const { searchParams: query } = new URL(context.req.url, 'http://localhost')
    const { req } = context
    const caller = attempt(() => access.callerOf(req.header('authorization'), req.header('x-on-behalf-of')))
    // A request that fails counts too.
    const user = caller instanceof Refusal ? undefined : caller.user?.id
    // The account's own time, which may be another than this machine's.
    const date = new Date(store.clock.nowMs()).toUTCString()
    context.set('limits', { ...limits.charge({ method, path, query, user }), date })
    if (caller instanceof Refusal) throw caller
    context.set('caller', caller)
    // Anything that is written may change any answer.
    if (method !== 'GET') store.version++
    await next()
    if (method !== 'GET') store.watch.written()
  })

  for (const { family, method, path, handler } of inOrder(families)) {
    const { who, writers = who, scope, anyScope, feature } = family
    const reads = method === 'GET'
    const action = anyScope ? undefined : reads ? 'read' : 'write'
    const demand = { who: reads ? who : writers, action, scope } as const
    app.on(method, path, async (context) => {
      if (path.startsWith(API)) authorize(context.get('caller'), demand)
      if (feature !== undefined && !plan.features[feature]) throw forbiddenPage()
      const closed = isExport(path) ? withoutExports() : undefined
      if (closed !== undefined) throw closedExport(closed)
      const ignored = [...(context.env?.ignored ?? [])].join()
      const key = `${method} ${originOf(context)} ${context.req.url} ${ignored}`
      const { version } = store
      const body = bodies.get(key, version)
      if (body !== undefined) return respondKept(body, responseContext(context))
      const given = await answer(context, handler)
      const { searchParams: query } = new URL(context.req.url, 'http://localhost')
      const answered = withIndicators(given, { indicators, path: context.req.path, query })
      if (!isReply(answered)) return respond(reply(200, answered), responseContext(context))
      if (!answered.settled) return respond(answered, responseContext(context))
      return respondKept(bodies.put(key, version, JSON.stringify(answered.body)), responseContext(context))
    })
  }
  app.notFound((context) => refuse(context, invalidEndpoint()))
  app.onError((error, context) => {
    if (error instanceof Refusal) return refuse(context, error)
    return refuse(context, new Refusal(500, { error: 'InternalError', description: String(error.stack ?? error) }))
  })
  return app
}

function attempt<T>(act: () => T): T | Refusal {
  try {
    return act()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

/**
 * Whether this is one of the endpoints that third parties lose (facts 85 and 86); Talk's are among them. Assumed (fact
 * 326): the articles' too.
 */
const isExport = (path: string): boolean =>
  ['/incremental/', '/channels/voice/stats/incremental/', '/help_center/incremental/'].some((place) =>
    path.startsWith(API + place),
  )

/** The path of a request without `.json`, without a slash at the end, and with one slash for several. */
export function plainPath(url: string): string {
  const { pathname } = new URL(url, 'http://localhost')
  return pathname
    .replaceAll(/\/{2,}/g, '/')
    .replace(/\.json$/, '')
    .replace(/(.)\/$/, '$1')
}

type Route = { family: Family; method: string; path: string; handler: Handler; rank: string }

// A fixed segment goes before a parameter, wherever the two were declared; nothing may be declared twice.
function inOrder(families: readonly Family[]): Route[] {
  const routes = families.flatMap((family) =>
    Object.entries(family.routes).map(([route, handler]): Route => {
      const [method = 'GET', path = '/'] = route.split(' ')
      const whole = (family.base ?? API) + path
      return { family, method, path: whole, handler, rank: whole.replaceAll(/:[^/]+/g, '\u{10ffff}') }
    }),
  )
  const sorted = routes.sort((one, other) => (one.rank < other.rank ? -1 : 1))
  for (const [at, route] of sorted.entries()) {
    const next = sorted[at + 1]
    if (next !== undefined && next.rank === route.rank && next.method === route.method)
      throw new Error(`${route.method} ${route.path} is declared twice.`)
  }
  return sorted
}

function originOf({ req, env }: Context<Env>): string {
  const scheme = (env?.incoming?.socket as TLSSocket | undefined)?.encrypted === true ? 'https' : 'http'
  return `${scheme}://${req.header('host') ?? 'localhost'}`
}

async function answer(context: Context<Env>, handler: Handler): Promise<Row | Reply> {
  const { req } = context
  const bytes = req.method === 'GET' ? new Uint8Array() : await bodyBytes(req.raw)
  return handler({
    asked: {
      origin: originOf(context),
      path: req.path,
      query: new URL(req.url, 'http://localhost').searchParams,
      ignored: context.env?.ignored,
    },
    params: req.param() as Record<string, string>,
    caller: context.get('caller') ?? NOBODY,
    body: bodyOf(bytes, req.header('content-type') ?? ''),
    bytes,
    header: (name) => req.header(name),
  })
}

function bodyOf(bytes: Uint8Array, type: string): Row {
  if (bytes.length === 0) return {}
  const text = Buffer.from(bytes).toString('utf8')
  if (type.startsWith('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(text))
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Row) : {}
  } catch {
    if (!type.includes('json')) return {}
    // Assumed (fact 330): the words of this refusal.
    throw new Refusal(400, { error: 'InvalidJSON', description: 'The request body is not valid JSON' })
  }
}

function refuse(context: Context<Env>, { status, body, headers }: Refusal): Promise<Response> {
  return respond(reply(status, body, headers), responseContext(context))
}

function responseContext(context: Context<Env>) {
  return { limits: context.get('limits'), gzip: /\bgzip\b/.test(context.req.header('accept-encoding') ?? '') }
}

// Assumed (fact 332): how Zendesk will word the end of the exports for third parties.
function closedExport(status: 403 | 404 | 410): Refusal {
  if (status === 403) return forbiddenPage()
  if (status === 404) return recordNotFound()
  return new Refusal(410, { error: 'Gone', description: 'This endpoint is no longer available' })
}
