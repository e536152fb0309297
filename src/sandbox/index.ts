import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { type Account, createAccount, createMutations } from './account/account.ts'
import { createJobs } from './account/jobs.ts'
import { createPlan } from './account/plan.ts'
import { createClock } from './clock.ts'
import { controlRoutes } from './control.ts'
import { generateAccount } from './generate/account.ts'
import { createApp, plainPath } from './http/app.ts'
import { createAccess } from './http/authenticate.ts'
import { createFaults, type Faults, misbehave } from './http/faults.ts'
import { createLimits } from './http/limits.ts'
import { createRequestLog, type RequestLog } from './http/requests.ts'
import { CREDENTIALS, type Credentials, type SandboxOptions } from './options.ts'
import { families } from './routes/families.ts'
import type { Served } from './routes/route.ts'

export type { Account } from './account/account.ts'
export type { Truth, TruthStream } from './account/truth.ts'
export type { Fault, FaultKind, Faults } from './http/faults.ts'
export type { LoggedRequest, RequestLog } from './http/requests.ts'
export type { Credentials, SandboxOptions } from './options.ts'

/** A running local Zendesk. */
export type Sandbox = {
  /** Its address without a slash at the end: `http://127.0.0.1:8080`. */
  readonly url: string
  readonly credentials: Credentials
  readonly account: Account
  readonly requests: Omit<RequestLog, 'add'>
  readonly faults: Faults
  /** Ends all connections and stops listening. */
  readonly close: () => Promise<void>
}

/** Starts a local Zendesk with a generated account on a real HTTP server. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { tickets = 1000, seed = 1, port = 0, host = '127.0.0.1', now, frozen = false, exportPageSize = 1000 } = options
  const credentials = { ...CREDENTIALS, ...options.credentials }
  const requests = createRequestLog()
  const faults = createFaults()
  let answer: ((request: Request) => Promise<Response>) | undefined
  const server = createServer(
    getRequestListener(async (request, env) => {
      const { pathname, search, searchParams } = new URL(request.url)
      const fault = pathname.startsWith('/__sandbox/') ? undefined : faults.take(pathname, search.slice(1))
      const right = async () => (await answer?.(request)) ?? new Response(null, { status: 503 })
      const response = await (fault === undefined ? right() : misbehave(fault, env as HttpBindings, right))
      const silent = fault?.kind === 'hang' || fault?.kind === 'reset'
      if (!pathname.startsWith('/__sandbox/'))
        requests.add({
          method: request.method,
          path: plainPath(request.url),
          query: Object.fromEntries(searchParams),
          status: silent ? 0 : response.status,
        })
      return response
    }),
  )
  // Longer than any client keeps an idle connection, so that none is closed under a request.
  server.keepAliveTimeout = 120_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const url = `http://${host}:${(server.address() as AddressInfo).port}`

  const clock = createClock({ start: now, frozen })
  const store = generateAccount(clock, url, { tickets, seed, credentials })
  const access = createAccess(store, credentials, options.apiTokenAccess ?? true)
  const plan = createPlan(options.plan ?? 'enterprise_plus')
  let closedExports = options.withoutExports
  const setExports: Account['setExports'] = (closed) => {
    closedExports = closed
  }
  const mutations = createMutations(store)
  const account = createAccount(store, { mutations, access, plan, setExports })
  const jobs = createJobs(store)
  const served: Served = { store, plan, jobs, mutations, access, exportPageSize: Math.min(exportPageSize, 1000) }
  const app = createApp({
    families: [...families(served), ...(options.control === true ? [controlRoutes(account, requests, faults)] : [])],
    store,
    plan,
    access,
    limits: createLimits(clock, options.exportLimit, options.accountLimit),
    subdomainMissing: options.subdomainMissing ?? false,
    withoutExports: () => closedExports,
  })
  answer = async (request) => app.fetch(request)

  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url, credentials, account, requests, faults, close }
}
