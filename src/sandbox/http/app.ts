import { randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Row } from '../account/model.ts'
import type { Handler, Routes } from '../routes/route.ts'
import { type Access, authorize, type Caller } from './authenticate.ts'
import { forbiddenPage, invalidEndpoint, noHelpDesk, Refusal, recordNotFound } from './errors.ts'
import type { Limits } from './limits.ts'

type Env = { Bindings: HttpBindings; Variables: { caller: Caller; limits: Record<string, string> } }

/** What the web application needs to know. */
export type Api = {
  readonly routes: Routes
  readonly access: Access
  readonly limits: Limits
  readonly subdomainMissing: boolean
  /** The status that stands for a closed Incremental Export API; undefined while it is open. */
  readonly withoutExports: () => 403 | 404 | 410 | undefined
}

const compress = promisify(gzip)
const WORTH_COMPRESSING = 1024
const ALWAYS: Readonly<Record<string, string>> = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'max-age=0, private, must-revalidate',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-frame-options': 'SAMEORIGIN',
  'x-zendesk-api-version': 'v2',
  'x-zendesk-zorg': 'yes',
}

/** The web application: limits, authentication and routes under `/api/v2`, with or without `.json`. */
export function createApp({ routes, access, limits, subdomainMissing, withoutExports }: Api): Hono<Env> {
  const app = new Hono<Env>({ getPath: (request) => plainPath(request.url) })

  app.use('/api/v2/*', async (context, next) => {
    const path = context.req.path
    if (subdomainMissing) throw noHelpDesk(context.req.header('host')?.split(':')[0] ?? 'localhost')
    context.set('limits', limits.charge(path))
    const caller = access.callerOf(context.req.header('authorization'))
    authorize(caller, path.slice('/api/v2'.length))
    const closed = path.startsWith('/api/v2/incremental/') ? withoutExports() : undefined
    if (closed !== undefined) throw closedExport(closed)
    context.set('caller', caller)
    await next()
  })

  for (const [route, handler] of Object.entries(routes)) {
    const [method = 'GET', path = '/'] = route.split(' ')
    app.on(method, path.startsWith('/__') ? path : `/api/v2${path}`, (context) => answer(context, handler))
  }
  app.notFound((context) => refuse(context, invalidEndpoint()))
  app.onError((error, context) => {
    if (error instanceof Refusal) return refuse(context, error)
    return send(context, 500, { error: 'InternalError', description: String(error.stack ?? error) })
  })
  return app
}

/** The path of a request without `.json` and without a slash at the end. */
export function plainPath(url: string): string {
  const { pathname } = new URL(url, 'http://localhost')
  return pathname.replace(/\.json$/, '').replace(/(.)\/$/, '$1')
}

async function answer(context: Context<Env>, handler: Handler): Promise<Response> {
  const { req } = context
  const asked = {
    origin: `http://${req.header('host') ?? 'localhost'}`,
    path: req.path,
    query: new URL(req.url, 'http://localhost').searchParams,
  }
  const body: unknown = req.method === 'POST' ? await req.json().catch(() => ({})) : undefined
  const caller = context.get('caller') ?? { user: undefined, scopes: [] }
  return send(context, 200, handler({ asked, params: req.param(), caller, body }))
}

function refuse(context: Context<Env>, refusal: Refusal): Promise<Response> {
  return send(context, refusal.status, refusal.body, refusal.headers)
}

async function send(
  context: Context<Env>,
  status: number,
  row: Row,
  more: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const text = JSON.stringify(row)
  const headers = { ...ALWAYS, 'x-request-id': randomUUID(), ...context.get('limits'), ...more }
  const code = status as ContentfulStatusCode
  const zipped = text.length > WORTH_COMPRESSING && /\bgzip\b/.test(context.req.header('accept-encoding') ?? '')
  if (!zipped) return context.body(text, code, headers)
  const bytes = new Uint8Array(await compress(text, { level: 1 }))
  return context.body(bytes, code, { ...headers, 'content-encoding': 'gzip', vary: 'Accept-Encoding' })
}

// Assumed: how Zendesk will word the end of the exports for third parties.
function closedExport(status: 403 | 404 | 410): Refusal {
  if (status === 403) return forbiddenPage()
  if (status === 404) return recordNotFound()
  return new Refusal(410, { error: 'Gone', description: 'This endpoint is no longer available' })
}
