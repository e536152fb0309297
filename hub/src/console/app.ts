// The console: its guards, its API, its pages.
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { messageOf } from '../errors.ts'
import { createAttempts } from './access/attempts.ts'
import { type ConsoleContext, guard, isFromOurForm, type Variables } from './access/guard.ts'
import { SAFE_HEADERS } from './access/headers.ts'
import { type Address, isSafe } from './access/origin.ts'
import { createInvoke, type Invoke } from './api/invoke.ts'
import { BASE, openapi } from './api/openapi.ts'
import type { Asking, ConsoleOptions } from './console.ts'
import { allOperations, SHAPES } from './operations/all.ts'
import type { Consents } from './operations/consent.ts'
import type { Operation } from './operations/operation.ts'
import { events } from './pages/events.ts'
import { pageRoutes } from './pages/routes.ts'
import { signInRoutes } from './pages/sign-in.ts'

/** The longest request, in bytes. */
const LARGEST = 2 ** 20

export function createConsole(options: ConsoleOptions): Hono<{ Variables: Variables }> {
  const { hub, address, say } = options
  const consents: Consents = new Map()
  const operations = allOperations(consents)
  const invoke = createInvoke(hub, operations, SHAPES)
  const app = new Hono<{ Variables: Variables }>()
  app.use(async (context, next) => {
    await next()
    for (const [name, value] of Object.entries(SAFE_HEADERS))
      if (!context.res.headers.has(name)) context.res.headers.set(name, value)
  })
  app.use(guard({ journal: hub.journal, address, proxy: options.proxy }))
  app.use(
    bodyLimit({
      maxSize: LARGEST,
      onError: (context) => context.json({ error: 'The request is too long: 1 MiB at most.' }, 413),
    }),
  )
  app.onError((error, context) => {
    say(`console: ${context.req.method} ${context.req.path}: ${error.stack ?? messageOf(error)}\n`)
    return context.json({ error: 'Something went wrong here; the output of zendesk-hub serve says what.' }, 500)
  })
  mountApi(app, operations, invoke, address)
  signInRoutes(app, { ...options, consents, attempts: createAttempts() })
  events(app, hub)
  pageRoutes(app, { hub, invoke, address })
  return app
}

const asked = (context: ConsoleContext, address: Address): Asking => ({
  by: context.get('caller')!,
  origin: address.origin,
})

function mountApi(
  app: Hono<{ Variables: Variables }>,
  operations: readonly Operation[],
  invoke: Invoke,
  address: () => Address,
): void {
  const description = openapi(operations, SHAPES)
  app.get(`${BASE}/openapi.json`, (context) => context.json(description))
  app.use(`${BASE}/*`, async (context, next) => {
    const caller = context.get('caller')
    if (caller === undefined) return context.json({ error: 'Sign in, or send a token: Authorization: Bearer …' }, 401)
    if (!isSafe(context.req.method) && !isFromOurForm(caller, context.req.header('x-csrf-token')))
      return context.json({ error: 'The header x-csrf-token is missing, or belongs to another session.' }, 403)
    return next()
  })
  for (const { id, method, path, body } of operations)
    app.on(method.toUpperCase(), `${BASE}${path.replace(/\{(\w+)\}/g, ':$1')}`, async (context) => {
      const given = body === undefined ? { value: undefined } : await jsonIn(context)
      if ('fault' in given) return context.json({ error: given.fault }, 400)
      const { params, query } = { params: context.req.param() as Record<string, string>, query: queryIn(context) }
      if (query === undefined) return context.json({ error: 'A parameter is in the query twice.' }, 400)
      const outcome = await invoke(id, { params, query, body: given.value }, asked(context, address()))
      if (outcome.body === undefined) return context.body(null, outcome.status as 204)
      return context.json(outcome.body as object, outcome.status as 200)
    })
  const methods = Map.groupBy(operations, ({ path }) => path)
  for (const [path, some] of methods)
    app.all(`${BASE}${path.replace(/\{(\w+)\}/g, ':$1')}`, (context) => {
      context.header('allow', some.map(({ method }) => method.toUpperCase()).join(', '))
      return context.json({ error: 'There is no such method here.' }, 405)
    })
  app.all(`${BASE}/*`, (context) => context.json({ error: 'There is no such path.' }, 404))
}

/** The query, if each parameter stands there once. */
function queryIn(context: Context): Record<string, string> | undefined {
  const all = Object.entries(context.req.queries())
  return all.some(([, values]) => values.length > 1)
    ? undefined
    : Object.fromEntries(all.map(([name, values]) => [name, values[0]!]))
}

async function jsonIn(context: Context): Promise<{ readonly value: unknown } | { readonly fault: string }> {
  if (!/^application\/json\b/i.test(context.req.header('content-type') ?? ''))
    return { fault: 'The body must be JSON: content-type: application/json.' }
  try {
    return { value: await context.req.json() }
  } catch {
    return { fault: 'The body is not JSON.' }
  }
}
