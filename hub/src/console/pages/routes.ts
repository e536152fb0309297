// The paths of the pages, and what their forms do: all of it through the operations.
import type { Hono } from 'hono'
import type { Variables } from '../access/guard.ts'
import type { TestResult } from '../operations/test-connection.ts'
import type { ConnectionView } from '../operations/views.ts'
import { activityPage, syncPage } from './activity.ts'
import { assets } from './assets.ts'
import { chartsPage } from './charts.ts'
import { connectionPage, testResult } from './connection.ts'
import { bodyOf, connectionForm } from './connection-form.ts'
import { connectionsPage } from './connections.ts'
import { consentPage, removePage } from './consent.ts'
import { dataPage, rowsPage } from './data.ts'
import { fleetAccountPage, fleetPage } from './fleet.ts'
import { page } from './layout.ts'
import { liveEventsPart } from './live-events.ts'
import { html } from './markup.ts'
import { done, type Paths } from './paths.ts'
import { realTimePage } from './real-time.ts'
import { settingsPage } from './settings.ts'
import { choicesIn, streamsPage } from './streams.ts'
import {
  answerOf,
  connectionPath,
  errorIn,
  formOf,
  PageFault,
  type PageTools,
  shown,
  type Visit,
  visitOf,
} from './tools.ts'
import { writePaths } from './write-paths.ts'

type App = Hono<{ Variables: Variables }>

export function pageRoutes(app: App, tools: PageTools): void {
  assets(app)
  const { address } = tools
  // Pages have one address, so that its cookie is there after a consent.
  app.use('*', async (context, next) => {
    const { origin } = address()
    const isElsewhere = context.req.header('host')?.toLowerCase() !== new URL(origin).host
    if (context.req.method === 'GET' && isElsewhere && context.get('caller')?.session === undefined)
      return context.redirect(`${origin}${context.req.path}${new URL(context.req.url).search}`, 302)
    if (context.get('caller')?.session === undefined) return context.redirect('/sign-in', 303)
    return next()
  })
  const failed = (visit: Visit, error: unknown): Response | Promise<Response> => {
    if (!(error instanceof PageFault)) throw error
    const frame = { title: 'Not possible', path: visit.context.req.path, ...visit, isLive: false, fault: error.message }
    return shown(
      visit.context,
      page(frame, html`<div class="head"><h1>${frame.title}</h1></div><p><a href="/">All connections</a></p>`),
      error.status,
    )
  }
  const paths: Paths = {
    get: (path, show) =>
      void app.get(path, async (context) => {
        const visit = visitOf(tools, context)
        try {
          return await shown(context, await show(visit))
        } catch (error) {
          return failed(visit, error)
        }
      }),
    post: (path, act) =>
      void app.post(path, async (context) => {
        const visit = visitOf(tools, context)
        try {
          return await act(visit)
        } catch (error) {
          return failed(visit, error)
        }
      }),
  }
  connectionPaths(paths)
  dataPaths(paths)
  livePaths(paths)
  otherPaths(paths)
  writePaths(paths)
  app.notFound((context) =>
    context.get('caller')?.session === undefined
      ? context.json({ error: 'There is no such page.' }, 404)
      : failed(visitOf(tools, context), new PageFault(404, 'There is no such page.')),
  )
}

const nameOf = ({ context }: Visit): string => context.req.param('name') ?? ''

function connectionPaths({ get, post }: Paths): void {
  get('/', connectionsPage)
  get('/connections/new', (visit) => connectionForm(visit, undefined))
  post('/connections/new', async (visit) => {
    const form = await formOf(visit)
    const name = String(form['name'] ?? '').trim()
    const given = Object.entries(bodyOf(form, visit.hub.allowsPrivate, {})).filter(([, value]) => value !== null)
    const body = { name, ...Object.fromEntries(given) }
    return done(visit, ['addConnection', { body }], connectionPath(name, '?done=added'), (again) =>
      connectionForm(again, undefined, form),
    )
  })
  get('/connections/:name', (visit) => connectionPage(visit, nameOf(visit)))
  get('/connections/:name/edit', async (visit) => connectionForm(visit, await viewOf(visit)))
  post('/connections/:name/edit', async (visit) => {
    const form = await formOf(visit)
    const before = await viewOf(visit)
    const source = typeof before.source === 'object' ? (before.source as Readonly<Record<string, unknown>>) : undefined
    const body = bodyOf(form, visit.hub.allowsPrivate, source)
    const call = { params: { name: before.name }, body }
    return done(visit, ['changeConnection', call], connectionPath(before.name, '?done=saved'), (again) =>
      connectionForm(again, before, form),
    )
  })
  post('/connections/:name/test', async (visit) => {
    await formOf(visit)
    const name = nameOf(visit)
    const result = await answerOf<TestResult>(visit, 'testConnection', { params: { name } })
    const isPart = visit.context.req.header('hx-request') === 'true'
    return shown(visit.context, isPart ? testResult(result) : await connectionPage(visit, name, result))
  })
  get('/connections/:name/consent', (visit) => consentPage(visit, nameOf(visit)))
  post('/connections/:name/consent', async (visit) => {
    const form = await formOf(visit)
    const name = nameOf(visit)
    const filled = ['client_id', 'client_secret', 'scope'].filter((field) => form[field])
    const body = Object.fromEntries(filled.map((field) => [field, String(form[field])]))
    const outcome = await visit.invoke('askForConsent', { params: { name }, body }, visit.asked)
    if (outcome.status >= 300)
      return shown(visit.context, await consentPage({ ...visit, fault: errorIn(outcome) }, name), outcome.status)
    return shown(visit.context, await consentPage(visit, name, (outcome.body as { url: string }).url))
  })
  get('/connections/:name/remove', (visit) => removePage(visit, nameOf(visit)))
  post('/connections/:name/remove', async (visit) => {
    const form = await formOf(visit)
    const call = { params: { name: nameOf(visit) }, query: form['revoke'] === 'true' ? { revoke: 'true' } : {} }
    return done(visit, ['removeConnection', call], '/?done=removed', (again) => removePage(again, nameOf(again)))
  })
}

const viewOf = (visit: Visit): Promise<ConnectionView> =>
  answerOf<ConnectionView>(visit, 'showConnection', { params: { name: nameOf(visit) } })

function dataPaths({ get, post }: Paths): void {
  get('/connections/:name/streams', (visit) => streamsPage(visit, nameOf(visit)))
  get('/connections/:name/data', (visit) => dataPage(visit, nameOf(visit)))
  get('/connections/:name/charts', (visit) => chartsPage(visit, nameOf(visit)))
  get('/connections/:name/rows/:stream', (visit) =>
    rowsPage(visit, nameOf(visit), visit.context.req.param('stream') ?? ''),
  )
  post('/connections/:name/streams', async (visit) => {
    const form = await formOf(visit)
    const params = { name: nameOf(visit) }
    const streams = await answerOf<Parameters<typeof choicesIn>[1]>(visit, 'listStreams', { params })
    const body = choicesIn(form, streams)
    return done(
      visit,
      ['changeConnection', { params, body }],
      connectionPath(params.name, '/streams?done=saved'),
      (again) => streamsPage(again, params.name),
    )
  })
  const simple = (
    path: string,
    id: string,
    said: string,
    bodyIn?: (form: Readonly<Record<string, unknown>>) => unknown,
  ): void =>
    post(`/connections/:name/${path}`, async (visit) => {
      const form = await formOf(visit)
      const name = nameOf(visit)
      const call = { params: { name }, ...(bodyIn && { body: bodyIn(form) }) }
      return done(visit, [id, call], connectionPath(name, `?done=${said}`), (again) => connectionPage(again, name))
    })
  simple('sync', 'startSync', 'started')
  simple('stop', 'stopSync', 'stopped')
  simple('back-fill', 'backFill', 'filled', (form) => ({ from: String(form['from'] ?? '') }))
  simple('reset', 'readAgain', 'again', ({ streams = [] }) => ({
    streams: Array.isArray(streams) ? streams : [streams],
  }))
  post('/connections/:name/start', async (visit) => {
    const form = await formOf(visit)
    const params = { name: nameOf(visit) }
    const body = { schedule: String(form['schedule'] ?? 'manual') }
    await answerOf(visit, 'changeConnection', { params, body })
    // A schedule begins a first sync by itself; it is asked for where there is none.
    await visit.invoke('startSync', { params }, visit.asked)
    return visit.context.redirect(connectionPath(params.name, '?done=started'), 303)
  })
}

function livePaths({ get, post }: Paths): void {
  get('/connections/:name/live', (visit) => realTimePage(visit, nameOf(visit)))
  get('/connections/:name/live/events', (visit) => liveEventsPart(visit, nameOf(visit)))
  post('/connections/:name/live', async (visit) => {
    const form = await formOf(visit)
    const before = await viewOf(visit)
    const url = String(form['url'] ?? '').trim()
    const live = { ...(before.settings['live'] as object | undefined), url, port: Number(form['port'] ?? 8321) }
    const call = { params: { name: before.name }, body: { live: url === '' ? null : live } }
    const to = connectionPath(before.name, '/live?done=saved')
    return done(visit, ['changeConnection', call], to, (again) => realTimePage(again, before.name))
  })
  post('/connections/:name/webhook/:action', async (visit) => {
    await formOf(visit)
    const params = { name: nameOf(visit) }
    const action = visit.context.req.param('action') ?? ''
    if (action === 'test') {
      const { status } = await answerOf<{ status: number }>(visit, 'testWebhook', { params })
      const said =
        status === 200
          ? { done: 'Zendesk sent a test, and the hub took it.' }
          : { fault: `The endpoint answered ${status} to the test. Does this hub listen behind that address?` }
      return shown(visit.context, await realTimePage({ ...visit, ...said }, params.name))
    }
    const said = action === 'uninstall' ? 'uninstalled' : action === 'rotate-secret' ? 'rotated' : 'installed'
    const to = connectionPath(params.name, `/live?done=${said}`)
    return done(visit, ['changeWebhook', { params, body: { action } }], to, (again) => realTimePage(again, params.name))
  })
}

function otherPaths({ get, post }: Paths): void {
  get('/syncs', activityPage)
  get('/syncs/:id', (visit) => syncPage(visit, visit.context.req.param('id') ?? ''))
  get('/fleet', fleetPage)
  get('/fleet/:id', (visit) => fleetAccountPage(visit, visit.context.req.param('id') ?? ''))
  get('/settings', (visit) => settingsPage(visit))
  post('/settings/tokens', async (visit) => {
    const form = await formOf(visit)
    const body = { name: String(form['name'] ?? '').trim(), role: String(form['role'] ?? '') }
    const { token } = await answerOf<{ token: string }>(visit, 'makeToken', { body })
    return shown(visit.context, await settingsPage(visit, token))
  })
  post('/settings/tokens/:id/end', async (visit) => {
    await formOf(visit)
    const params = { id: visit.context.req.param('id') ?? '' }
    return done(visit, ['endToken', { params }], '/settings?done=ended', (again) => settingsPage(again))
  })
}
