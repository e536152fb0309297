/// <reference lib="esnext.disposable" preserve="true" />
import './io/node-version.ts'

import { createMutations } from './account/mutations.ts'
import { CREDENTIALS, type Credentials } from './credentials.ts'
import type { Served } from './routes/served.ts'

export type { Credentials } from './credentials.ts'

import type { HttpBindings } from '@hono/node-server'
import { ACCOUNT_ID } from './account/ids.ts'
import { createJobs } from './account/jobs.ts'
import { sampleOauth } from './account/oauth/samples.ts'
import { createPlan } from './account/plan.ts'
import { startActivity } from './activity/start.ts'
import { createClock } from './clock.ts'
import { type Account, createAccount } from './control/account.ts'
import { listTruths } from './control/list-truths.ts'
import { controlRoutes } from './control/routes.ts'
import { deviating } from './deviations/deviating.ts'
import { createApp } from './http/app.ts'
import { createAccess } from './http/authenticate.ts'
import { orderFaults } from './http/faults/order.ts'
import { createFaults, type Faults } from './http/faults/schedule.ts'
import { createLimits } from './http/limits/charge.ts'
import { type Listening, listen } from './http/listen.ts'
import { createListener } from './http/listener.ts'
import { createRequestLog, type RequestLog } from './http/request-log.ts'
import type { SandboxOptions } from './options.ts'
import { createRecordCounts } from './page/record-counts.ts'
import { pageRoutes } from './page/routes.ts'
import { families } from './routes/families.ts'
import { generateAccount } from './seed/account.ts'
import { createWebhooks, type Webhooks } from './webhooks/subscriptions.ts'

export type { Account } from './control/account.ts'
export type { Truth, TruthStream } from './control/truth.ts'
export { DEVIATIONS, type Deviation } from './deviations/names.ts'
export type { FaultOrder } from './http/faults/order.ts'
export type { Fault, FaultKind, Faults } from './http/faults/schedule.ts'
export type { LoggedRequest, RequestLog } from './http/request-log.ts'
export type { SandboxOptions } from './options.ts'
export type { Disturbances } from './webhooks/disturbances.ts'

/** A running local Zendesk. */
export type Sandbox = {
  /** Its address without a slash at the end: `http://127.0.0.1:8080`. */
  readonly url: string
  /** The same in HTTPS, if it was asked for, and the certificate (PEM) of the authority that clients are to trust. */
  readonly tls: { readonly url: string; readonly ca: string } | undefined
  readonly subdomain: string
  readonly credentials: Credentials
  readonly account: Account
  readonly requests: Omit<RequestLog, 'add'>
  readonly faults: Faults
  /** All that the API serves: `GET /api/v2/tickets/:id`. */
  readonly routes: readonly string[]
  /** Ends all connections and stops listening. */
  readonly close: () => Promise<void>
  /** The same at the end of a block: `await using sandbox = await startSandbox()`. */
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/** Starts a local Zendesk with a generated account on a real HTTP server. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const requests = createRequestLog()
  const faults = createFaults()
  let answer: Answer = async () => new Response(null, { status: 503 })
  const listener = createListener({ faults, requests, answer: (request, env) => answer(request, env) })
  const listening = await listen(listener, faults, {
    host: options.host ?? '127.0.0.1',
    port: options.port ?? 0,
    tlsPort: options.tlsPort,
    holdsProcess: options.holdsProcess ?? false,
  })
  try {
    // The account comes after the server: its rows hold the address.
    const inside = furnish(options, listening, { requests, faults })
    answer = inside.answer
    orderFaults(faults, options.faults ?? {})
    inside.webhooks.start()
    const stopActivity = startActivity(inside.account, options.activity ?? 0, options.seed ?? 1)
    const close = async () => {
      stopActivity()
      inside.webhooks.stop()
      await listening.close()
    }
    const { url, tls } = listening
    const { subdomain, credentials, account, routes } = inside
    const inProcess = { subdomain, credentials, account, requests, faults, routes }
    return { url, tls, ...inProcess, close, [Symbol.asyncDispose]: close }
  } catch (error) {
    await listening.close()
    throw error
  }
}

type Answer = (request: Request, env: HttpBindings) => Promise<Response>

/** The account, and the application that answers for it. */
function furnish(
  options: SandboxOptions,
  { url, tls }: Listening,
  { requests, faults }: { requests: RequestLog; faults: Faults },
): Pick<Sandbox, 'subdomain' | 'credentials' | 'account' | 'routes'> & { answer: Answer; webhooks: Webhooks } {
  const { tickets = 1000, seed = 1, subdomain = 'sandbox', frozen = false, timeScale = 1, activity = 0 } = options
  const credentials = { ...CREDENTIALS, ...options.credentials }
  const secure = tls !== undefined && options.addresses !== 'http'
  const base = secure ? `https://${subdomain}.zendesk.com${tls.port === 443 ? '' : `:${tls.port}`}` : url

  const clock = createClock({ start: options.now, frozen, scale: timeScale })
  const store = generateAccount(clock, base, { tickets, seed, credentials })
  store.restoresInSilence = options.silentRestorations ?? false
  const oauth = sampleOauth(store, credentials)
  const access = createAccess(store, oauth, credentials, options.apiTokenAccess ?? true)
  const plan = createPlan(options.plan ?? 'enterprise_plus')
  let closedExports = options.withoutExports
  const exportsClosed = () => closedExports
  const setExports: Account['setExports'] = (closed) => {
    closedExports = closed
  }
  const mutations = createMutations(store)
  const jobs = createJobs(store)
  const webhooks = createWebhooks(store, ACCOUNT_ID, seed)
  webhooks.disturb(options.deliveries ?? {})
  const { exportLimit, accountLimit, limits: isLimited = false } = options
  const inFlight = () => jobs.inFlight().length
  const limits = createLimits(clock, { plan, enforced: isLimited, exportLimit, accountLimit, inFlight })
  const exportPageSize = Math.min(options.exportPageSize ?? 1000, 1000)
  const served: Served = { store, plan, jobs, mutations, access, oauth, webhooks, exportPageSize, isLimited }
  const recordCounts = createRecordCounts(store)
  const isControlled = options.control ?? false
  const shown = {
    subdomain,
    isControlled,
    url,
    credentials,
    plan,
    clock,
    activity,
    recordCounts,
    requests,
    limits,
    faults,
    exportsClosed,
  }
  const api = deviating(families(served), options.deviations ?? [], store)
  const account = createAccount(store, {
    ...{ mutations, access, plan, jobs, setExports },
    disturbDeliveries: webhooks.disturb,
    truths: listTruths(served, api),
  })
  const app = createApp({
    families: [...api, pageRoutes(shown), ...(isControlled ? [controlRoutes(account, requests, faults)] : [])],
    store,
    plan,
    access,
    limits,
    subdomainMissing: options.subdomainMissing ?? false,
    withoutExports: exportsClosed,
    indicators: options.boundaryIndicators ?? 'always',
  })
  const routes = api.flatMap((family) =>
    Object.keys(family.routes).map((route) => route.replace(' ', ` ${family.base ?? '/api/v2'}`)),
  )
  return { subdomain, credentials, account, routes, webhooks, answer: async (request, env) => app.fetch(request, env) }
}
