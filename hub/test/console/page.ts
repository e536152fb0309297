// The console's journeys in a browser: node hub/test/console/page.ts BROWSER [FOLDER FOR PICTURES]
import { deepStrictEqual, match, ok } from 'node:assert'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Browser, chromium, type Page } from 'playwright-core'
import { startSandboxProcess } from '../../../test/support/sandbox-process.ts'
import { tempFolder } from '../../../test/support/temp-folder.ts'
import { noPostgres, postgresDatabase } from '../support/here.ts'
import { everyConfigurationSurvives } from './round-trip.ts'
import { WRITE_PAGES, writeJourneys } from './write-journeys.ts'

const [executablePath = '', pictures] = process.argv.slice(2)
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const folder = tempFolder('console')
const sandbox = await startSandboxProcess(['--control', '--tickets', '200', '--subdomain', 'acme'])
const program = join(import.meta.dirname, '../../dist/zendesk-hub.js')

let said = ''
const environment = {
  ...process.env,
  ZENDESK_HUB_KEY_FILE: join(folder, 'key/key'),
  ZENDESK_HUB_STORE: 'sqlite:fleet.sqlite',
}
addAccounts()
// From an empty folder: there is no configuration yet.
const hub = spawn(process.execPath, [program, 'serve', '--config', 'hub.yaml', '--port', '0', '--private-hosts'], {
  cwd: folder,
  env: environment,
  stdio: ['ignore', 'ignore', 'pipe'],
})
hub.stderr.on('data', (text) => {
  said += text
})
const saying = async (pattern: RegExp): Promise<string> => {
  for (let waited = 0; waited < 120_000; waited += 50) {
    const [, found] = pattern.exec(said) ?? []
    if (found !== undefined) return found
    await pause(50)
  }
  throw new Error(`It did not say ${pattern}: ${said}`)
}
const link = await saying(/Console: (\S+)/)
const { origin } = new URL(link)
const browser: Browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
const troubles: string[] = []

async function open(options: Parameters<Browser['newPage']>[0] = {}): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options })
  page.on('pageerror', (error) => troubles.push(String(error)))
  page.on(
    'console',
    (message) =>
      message.type() === 'error' &&
      !/status of (4\d\d|503)/.test(message.text()) &&
      troubles.push(`${page.url()}: ${message.text()}`),
  )
  page.on('request', (request) => {
    if (
      !request.url().startsWith(origin) &&
      !request.url().startsWith(sandbox.url) &&
      !request.url().startsWith('data:')
    )
      troubles.push(request.url())
  })
  return page
}

// A client whose consent leads back here.
const client = {
  name: 'Hub',
  identifier: 'hub_client',
  kind: 'public',
  company: 'Acme',
  redirect_uri: [`${origin}/consent/callback`],
}
const registered = await fetch(`${sandbox.url}/api/v2/oauth/clients`, {
  method: 'POST',
  headers: { authorization: sandbox.authorization, 'content-type': 'application/json' },
  body: JSON.stringify({ client }),
})
deepStrictEqual(registered.status, 201)

const page = await open()
const shows = (selector: string, text: string | RegExp, timeout = 60_000) =>
  page.locator(selector).filter({ hasText: text }).first().waitFor({ timeout })
const heading = (text: string | RegExp) => shows('h1', text)
const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
const follow = (name: string) => page.getByRole('link', { name, exact: true }).first().click()

/** What axe-core finds on the page at hand. */
async function findings(on: Page): Promise<readonly string[]> {
  await on.evaluate(axe)
  // Of what passes there is nothing to tell: to say where each of it is takes longer than to look at it.
  const violations = (await on.evaluate(
    "axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(({ violations }) => violations)",
  )) as { id: string; nodes: { html: string; failureSummary?: string }[] }[]
  return violations.flatMap(({ id, nodes }) =>
    nodes
      .slice(0, 3)
      .map(
        (node) =>
          `${new URL(on.url()).pathname} ${id}: ${node.html.slice(0, 160)} ${node.failureSummary?.split('\n')[1] ?? ''}`,
      ),
  )
}

async function picture(name: string, on: Page = page): Promise<void> {
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  await on.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
}

const { email, apiToken } = sandbox.credentials
// The connection by consent loads into PostgreSQL where there is one.
const postgres = noPostgres === undefined ? await postgresDatabase() : undefined

const checks: Record<string, () => Promise<void>> = {
  'a link signs in, once': async () => {
    await page.goto(link)
    await heading('Connections')
    deepStrictEqual(new URL(page.url()).pathname, '/')
    const other = await open()
    await other.goto(link)
    await other.locator('.fault').waitFor()
    await other.close()
    await picture('empty')
  },
  'a connection is added, tested, started, and its rows are seen': async () => {
    await follow('Add a connection')
    await page.locator('[name=name]').fill('acme')
    await page.locator('[name="source.subdomain"]').fill('https://ACME.zendesk.com/agent')
    await page.getByRole('radio', { name: /^API token/ }).check()
    await page.locator('[name="source.credentials#api_token.email"]').fill(email)
    await page.locator('[name="source.credentials#api_token.api_token"]').fill(apiToken)
    await page.getByText('More options of what is read').click()
    await page.locator('[name="source.base_url"]').fill(sandbox.url)
    await page.locator('[name="source.start_date"]').fill('2000 days ago')
    await picture('add')
    await press('Save')
    await heading('acme')
    await press('Test connection')
    await shows('#test', 'It works.')
    await picture('test')
    await press('Start the first sync')
    await shows('#now', 'Syncing')
    await picture('running')
    await shows('#now', 'Up to date', 60_000)
    await picture('connection')
    await follow('Data')
    await shows('table', 'tickets')
    await picture('data')
    await page.getByRole('link', { name: 'Preview of users' }).click()
    ok((await page.locator('table.rows tbody tr').count()) > 5)
    await picture('rows')
  },
  'charts show how support does': async () => {
    await page.goto(`${origin}/connections/acme`)
    await follow('Charts')
    await shows('h2', 'Backlog')
    ok((await page.locator('.chart [role=img]').count()) > 8)
    await picture('charts')
    await page.getByText('First reply: as a table').click()
    await shows('.chart table', 'Business hours')
    await page.locator('[name=days]').selectOption('1095')
    await press('Show')
    await shows('h2', 'Satisfaction')
    deepStrictEqual(await page.locator('[name=days]').inputValue(), '1095')
  },
  'streams and columns are chosen one by one': async () => {
    await page.goto(`${origin}/connections/acme/streams`)
    await page.getByText('Those that are ticked below').click()
    await page.evaluate("for (const box of document.querySelectorAll('[name=stream]')) box.checked = false")
    const groups = page.locator('.stream', { has: page.locator('[name=stream][value=groups]') })
    await groups.locator('[name=stream]').check()
    await groups.locator('summary').click()
    await groups.locator('[data-all]').uncheck()
    await groups.locator('[name="column:groups"][value=name]').check()
    await picture('streams')
    await press('Save')
    await shows('.notice', 'Saved.')
    match(readFileSync(join(folder, 'hub.yaml'), 'utf8'), /streams:\s+- groups/)
    await press('Sync now')
    await heading('acme')
    await shows('#now', 'Up to date', 30_000)
  },
  'a search is tried before it becomes a stream': async () => {
    await page.goto(`${origin}/connections/acme/streams`)
    await page.locator('[name=search]').fill('type:user role:agent')
    await press('Count')
    const { count } = (await (
      await fetch(`${sandbox.url}/api/v2/search/count?query=type:user role:agent`, {
        headers: { authorization: sandbox.authorization },
      })
    ).json()) as { count: number }
    ok(count > 0)
    await shows('#search [role=status]', `It finds ${count} record`)
  },
  'a sync has its streams and its log': async () => {
    await page.goto(`${origin}/syncs`)
    await shows('#list', 'acme')
    await picture('activity')
    await page.locator('#list tbody td a').last().click()
    await heading(/Sync \d/)
    await shows('table', 'tickets')
    await picture('sync')
  },
  'consent: Zendesk asks, the browser comes back, and rows come': async () => {
    await page.goto(`${origin}/connections/new`)
    await page.locator('[name=name]').fill('by consent')
    await page.locator('[name="source.subdomain"]').fill('acme')
    await page.getByRole('radio', { name: 'OAuth with a refresh token' }).check()
    await page.locator('[name="source.credentials#oauth2_refresh.client_id"]').fill('hub_client')
    await page.getByText('More options of what is read').click()
    await page.locator('[name="source.base_url"]').fill(sandbox.url)
    await page.locator('[name=to]').fill(postgres?.to ?? 'duckdb:consent.duckdb')
    await press('Save')
    await shows('section', 'Not connected yet')
    await consented()
    await press('Start the first sync')
    await shows('#now', 'Up to date', 60_000)
    await page.goto(`${origin}/connections/by%20consent/rows/tickets`)
    await shows('table.rows', 'subject')
    const yaml = readFileSync(join(folder, 'hub.yaml'), 'utf8')
    ok(!yaml.includes(apiToken) && /HUB_SECRET_/.test(yaml), yaml)
  },
  'a token that was revoked is replaced, and nothing is lost': async () => {
    const { tokens } = (await (
      await fetch(`${sandbox.url}/api/v2/oauth/tokens?all=true`, { headers: { authorization: sandbox.authorization } })
    ).json()) as { tokens: { id: number; client_id: number }[] }
    for (const { id } of tokens)
      await fetch(`${sandbox.url}/api/v2/oauth/tokens/${id}`, {
        method: 'DELETE',
        headers: { authorization: sandbox.authorization },
      })
    await page.goto(`${origin}/connections/by%20consent`)
    await press('Test connection')
    await shows('#test', 'It does not work.')
    await picture('refused')
    await consented()
    await press('Test connection')
    await shows('#test', 'It works.')
    await press('Sync now')
    await shows('.notice', 'begins')
    await shows('#now', 'Up to date', 60_000)
  },
  'the webhook is installed, changed by an administrator, seen and repaired': async () => {
    await page.goto(`${origin}/connections/acme/streams`)
    await page.locator('[name=stream][value=tickets]').check()
    await press('Save')
    await shows('.notice', 'Saved.')
    await press('Sync now')
    await heading('acme')
    await shows('#now', 'Up to date', 60_000)
    await page.goto(`${origin}/connections/acme/live`)
    const port = await freePort()
    await page.locator('[name=url]').fill(`http://127.0.0.1:${port}/acme`)
    await page.locator('[name=port]').fill(String(port))
    await press('Save')
    await shows('.state', 'Not installed')
    await press('Install')
    await shows('.state', 'As it should be')
    // What changes now is in the table within seconds, and the page says so by itself.
    const { tickets } = (await (
      await fetch(`${sandbox.url}/api/v2/tickets?page[size]=1&sort=-id`, {
        headers: { authorization: sandbox.authorization },
      })
    ).json()) as { tickets: { id: number }[] }
    const id = tickets[0]!.id
    await sandbox.control('one', { action: 'updateTicket', args: [id, { subject: 'Told by a webhook' }] })
    await shows('#live-events', `tickets ${id}`, 60_000)
    match(await page.locator('#live-events').innerText(), /1 record for 1 event.*half of them within \d+\.\d s/s)
    await picture('real-time')
  },
  ...writeJourneys({ page, origin, folder, postgres: postgres?.to, sandbox, shows, press, picture }),
  'every valid configuration survives the form': async () => {
    const form = await browser.newPage()
    await everyConfigurationSurvives(form, 100)
    await form.close()
  },
  'a program gets a token, and uses the API': async () => {
    await page.goto(`${origin}/settings`)
    await page.locator('[name=name]').fill('report')
    await press('Make a token')
    const token = await page.locator('#token').innerText()
    const answer = await fetch(`${origin}/api/v1/connections`, { headers: { authorization: `Bearer ${token}` } })
    deepStrictEqual(((await answer.json()) as { name: string }[]).map(({ name }) => name).toSorted(), [
      'acme',
      'back DuckDB',
      ...(postgres ? ['back PostgreSQL'] : []),
      'by consent',
    ])
    const report = await fetch(`${origin}/api/v1/connections/acme/report?days=30`, {
      headers: { authorization: `Bearer ${token}` },
    })
    const { total, days } = (await report.json()) as { total: { tickets: number }; days: number }
    deepStrictEqual([report.status, days], [200, 30])
    ok(total.tickets > 150)
    await picture('settings')
  },
  'everything can be read without JavaScript, and a form be sent': async () => {
    const cookies = await page.context().cookies()
    const context = await browser.newContext({ javaScriptEnabled: false })
    await context.addCookies(cookies)
    const plain = await context.newPage()
    for (const [path, text] of [
      ['/', 'acme'],
      ['/connections/acme', 'Up to date'],
      ['/connections/acme/data', 'groups'],
      ['/syncs', 'acme'],
      ['/connections/back%20DuckDB/writes/customers', 'Complete'],
      ['/write-runs/1', 'Customer 3'],
    ] as const) {
      await plain.goto(origin + path)
      await plain.locator('main').filter({ hasText: text }).waitFor({ timeout: 60_000 })
    }
    await plain.goto(`${origin}/connections/acme`)
    await plain.getByRole('button', { name: 'Test connection' }).click()
    match(await plain.locator('main').innerText({ timeout: 60_000 }), /It works\./)
    await context.close()
  },
  'the accounts of a fleet are found, and one has its runs': async () => {
    await page.goto(origin)
    await follow('Fleet')
    await heading('Fleet 60 accounts')
    await shows('.numbers', /59\s*late, or not complete yet/)
    await follow('Next')
    await shows('tbody', 'customer-60')
    await page.getByLabel('Account').fill('customer-1')
    await page.getByLabel('State').selectOption('fresh')
    await press('Show')
    await picture('fleet')
    await follow('customer-1')
    await shows('.facts', /in 1 run/)
    await shows('tbody', 'Complete')
    await picture('fleet-account')
  },
  'the keyboard reaches the content, and where it is can be seen': async () => {
    await page.goto(origin)
    await page.keyboard.press('Tab')
    deepStrictEqual(await page.evaluate('document.activeElement.textContent'), 'Skip to the content')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    match((await page.evaluate('document.activeElement.textContent')) as string, /Add a connection|/)
    match((await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')) as string, /solid|auto/)
  },
  'axe-core finds nothing, in light and dark, wide and narrow': async () => {
    const found: string[] = []
    const cookies = await page.context().cookies()
    for (const [colorScheme, width] of [
      ['light', 1280],
      ['light', 320],
      ['dark', 390],
    ] as const) {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } })
      await context.addCookies(cookies)
      const other = await context.newPage()
      for (const path of [
        '/',
        '/connections/new',
        '/connections/acme',
        '/connections/acme/streams',
        '/connections/acme/data',
        '/connections/acme/charts',
        '/connections/acme/live',
        '/connections/acme/rows/users',
        '/connections/acme/consent',
        '/connections/acme/remove',
        '/syncs',
        '/syncs/1',
        '/settings',
        '/fleet',
        '/fleet/customer-1',
        ...WRITE_PAGES,
        '/write-runs/1',
        '/sign-in',
      ]) {
        await other.goto(origin + path)
        if (width !== 320) found.push(...(await findings(other)).map((one) => `${colorScheme} ${width} ${one}`))
        const wide = (await other.evaluate('document.documentElement.scrollWidth')) as number
        if (wide > width) found.push(`${path} is ${wide} wide at ${width}`)
        if (path === '/' || path === '/connections/acme')
          await picture(`${path === '/' ? 'list' : 'connection'}-${colorScheme}-${width}`, other)
      }
      await context.close()
    }
    deepStrictEqual([...new Set(found)].slice(0, 20), [])
  },
  'a connection is removed, and its secrets with it': async () => {
    await page.goto(`${origin}/connections/acme/remove`)
    await press('Remove acme')
    await shows('.notice', 'is removed')
    ok(!readFileSync(join(folder, 'hub.secrets/secrets.json'), 'utf8').includes('ACME_API_TOKEN'))
  },
  'it asks nobody else, and nothing goes wrong in it': async () => {
    deepStrictEqual(troubles, [])
    ok(!/console: /.test(said), said)
  },
}

/** A fleet's store with accounts, of which one was synced. */
function addAccounts(): void {
  const { email, apiToken: api_token } = sandbox.credentials
  const source = {
    subdomain: 'acme',
    base_url: sandbox.url,
    credentials: { credentials: 'api_token', email, api_token },
  }
  const connections = Array.from({ length: 60 }, (_, nth) => ({
    ...{ name: `customer-${nth + 1}`, source, to: `duckdb:customer-${nth + 1}.duckdb`, streams: ['groups'] },
  }))
  writeFileSync(join(folder, 'fleet.json'), JSON.stringify({ connections }))
  for (const args of [
    ['accounts', 'add', '--config', 'fleet.json'],
    ['run', 'customer-1'],
  ])
    execFileSync(process.execPath, [program, ...args], { cwd: folder, env: environment, stdio: 'ignore' })
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

/** From the page of a connection through Zendesk's consent and back. */
async function consented(): Promise<void> {
  await page
    .getByRole('link', { name: /^Connect( again)?$/ })
    .first()
    .click()
  await page.locator('[name=client_id]').waitFor()
  await press('Go on')
  await page.locator('#to-zendesk').click()
  await page.getByRole('button', { name: /allow/i }).click()
  await shows('.notice', 'gave its consent')
}

let [passed, failed] = [0, 0]
for (const [name, check] of Object.entries(checks))
  try {
    await check()
    passed++
    process.stdout.write(`ok   ${name}\n`)
  } catch (error) {
    failed++
    await picture(`failed-${failed}`)
    process.stdout.write(`FAIL ${name} at ${page.url()}: ${error instanceof Error ? error.message : String(error)}\n`)
  }
await browser.close()
hub.kill()
await sandbox.close()
await postgres?.remove()
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exit(failed === 0 ? 0 : 1)
