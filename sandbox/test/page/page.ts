// What the page at / shows, beside what the account holds: node sandbox/test/page/page.ts BROWSER [FOLDER FOR PICTURES]
import { deepStrictEqual, match, ok } from 'node:assert'
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { startSandboxProcess } from '../../../test/support/sandbox-process.ts'

const [executablePath = '', pictures] = process.argv.slice(2)
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const KINDS = ['tickets', 'ticket_audits', 'ticket_comments', 'users', 'organizations', 'groups', 'ticket_fields']
const STATUSES = ['new', 'open', 'pending', 'hold', 'solved', 'closed']

const sandbox = await startSandboxProcess(
  ['--control', '--tickets', '300', '--subdomain', 'acme', '--export-limit', '10'].concat('--time-scale', '2'),
)
const browser: Browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
const troubles: string[] = []

async function open(colorScheme: 'light' | 'dark', width: number): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme })
  page.on('pageerror', (error) => troubles.push(String(error)))
  // What the control API refuses is said on the page, and by the browser too.
  page.on(
    'console',
    (message) => message.type() === 'error' && !/status of 422/.test(message.text()) && troubles.push(message.text()),
  )
  page.on('request', (request) => {
    if (!request.url().startsWith(sandbox.url) && !request.url().startsWith('data:')) troubles.push(request.url())
  })
  await page.goto(sandbox.url)
  return page
}

const ask = async (path: string) => {
  const headers = { authorization: sandbox.authorization }
  const response = await fetch(`${sandbox.url}/api/v2/${path}`, { headers })
  await response.text()
  return response.status
}
const truth = async (kind: string) =>
  (await sandbox.control(`truth/${kind}`)) as { live: { status: string }[]; deleted: unknown[] }
const numberIn = (text: string) => Number(text.replace(/[^\d]/g, ''))
/** Numbers by name: those that stand at the elements with this attribute. */
const numbers = async (page: Page, attribute: string) => {
  const pairs = await page
    .locator(`[data-${attribute}]`)
    .evaluateAll(
      (elements, name) =>
        elements.map((one) => [
          one.getAttribute(`data-${name}`) ?? '',
          one.querySelector('.number')?.textContent ?? '',
        ]),
      attribute,
    )
  return new Map(pairs.map(([name = '', text = '']) => [name, numberIn(text)]))
}
/** Waits until the page, which looks for itself, shows this. */
const shows = (page: Page, selector: string, text: string | RegExp) =>
  page.locator(selector).filter({ hasText: text }).first().waitFor({ timeout: 60_000 })

const page = await open('light', 1280)
const checks: Record<string, () => Promise<void>> = {
  'the counts are those of the account': async () => {
    const shown = await numbers(page, 'kind')
    for (const kind of KINDS) deepStrictEqual([kind, shown.get(kind)], [kind, (await truth(kind)).live.length])
    const { live, deleted } = await truth('tickets')
    const statuses = await numbers(page, 'status')
    for (const status of STATUSES) {
      const some = live.filter((ticket) => ticket.status === status).length
      deepStrictEqual([status, statuses.get(status) ?? 0], [status, some])
    }
    deepStrictEqual(statuses.get('deleted') ?? 0, deleted.length)
  },
  'a longer bar is more records': async () => {
    const widths = await page
      .locator('[data-kind] .track b:first-child')
      .evaluateAll((bars) => bars.map((bar) => bar.getBoundingClientRect().width))
    ok(widths.length > 6 && Math.min(...widths) > 0, `${widths}`)
    const [first = 0] = widths
    deepStrictEqual(Math.max(...widths), first)
  },
  'requests appear by themselves, by what became of them': async () => {
    deepStrictEqual([await ask('groups'), await ask('nonsense'), await ask('users?page[size]=2')], [200, 404, 200])
    await shows(page, '.latest li', '/users?page[size]=2')
    match(await page.locator('[data-outcome=ok]').innerText(), /^2 /)
    match(await page.locator('[data-outcome=refused]').innerText(), /^1 /)
    ok((await page.locator('.chart [data-tip]').count()) >= 1)
    await page.locator('.chart [data-tip]').last().hover()
  },
  'limits fill up': async () => {
    for (let time = 0; time < 11; time++) await ask('incremental/organizations?start_time=0')
    await shows(page, 'figure.full', 'of 10')
    await shows(page, '[data-outcome=limited]', '1 over a limit')
  },
  'faults are shown until they are met': async () => {
    await sandbox.control('faults', {
      next: [
        { kind: 'status', status: 503, path: 'macros', times: 2 },
        { kind: 'slow', path: 'never/slow', method: 'PUT', rate: 0.05, after: 3 },
      ],
      random: { rate: 0.25, kinds: ['reset'], path: 'never/asked' },
    })
    await shows(page, '.faults li', 'macros')
    await shows(page, '.faults li', 'status 503')
    const [slow] = await page.locator('.faults li', { hasText: 'PUT never/slow' }).allInnerTexts()
    match(String(slow), /slow.*after 3.*5%/s)
    const [chance] = await page.locator('.faults li', { hasText: 'never/asked' }).allInnerTexts()
    match(String(chance), /reset.*25%/s)
    deepStrictEqual([await ask('macros'), await ask('macros')], [503, 503])
    await page.locator('.faults li', { hasText: 'macros' }).waitFor({ state: 'detached', timeout: 60_000 })
    match(await page.locator('#faults h2').innerText(), /2 met/)
  },
  'changes, the clock and closed exports': async () => {
    const { result } = (await sandbox.control('one', { action: 'createTicket', args: [{ subject: 'New' }] })) as {
      result: number
    }
    ok(result > 0)
    const { live } = await truth('tickets')
    await shows(page, '[data-kind=tickets] .number', live.length.toLocaleString('en-US'))
    await sandbox.control('advance', { seconds: 40 * 86_400 })
    const { now } = (await sandbox.control('advance', { seconds: 0 })) as { now: number }
    await shows(page, '#clock', new Date(now * 1000).toISOString().slice(0, 10))
    match(await page.locator('#clock').innerText(), /2 times as fast/)
    await sandbox.control('one', { action: 'setExports', args: [410] })
    await shows(page, '#exports', 'closed with 410')
  },
  'its buttons change the account, the clock and the exports': async () => {
    const ticket = (await truth('tickets')).live.length + (await truth('tickets')).deleted.length
    await page.getByLabel('Random changes').fill('200')
    await page.getByRole('button', { name: 'Change' }).click()
    await shows(page, '#controls output', /createTicket \d+|updateTicket \d+/)
    ok((await truth('tickets')).live.length + (await truth('tickets')).deleted.length > ticket)
    const before = ((await sandbox.control('advance', { seconds: 0 })) as { now: number }).now
    await page.getByLabel('Forward by').fill('3')
    await page.getByLabel('Unit').selectOption('days')
    await page.getByRole('button', { name: 'Move' }).click()
    await shows(page, '#controls output', / UTC\.$/)
    ok(((await sandbox.control('advance', { seconds: 0 })) as { now: number }).now >= before + 3 * 86_400)
    const exports = page.locator('form', { hasText: 'Export API' })
    for (const [option, shown] of [
      ['', 'exports open'],
      ['403', 'closed with 403'],
    ] as const) {
      await exports.getByRole('combobox').selectOption(option)
      await exports.getByRole('button').click()
      await shows(page, '#exports', shown)
    }
    await page.getByRole('button', { name: 'Forget' }).click()
    await shows(page, '#requests h2', /; 0 in all/)
  },
  'its buttons set and clear faults, and say what is refused': async () => {
    const fault = page.locator('form[data-order=fault]')
    await fault.getByLabel('Path').fill('triggers')
    await fault.getByLabel('Times').fill('2')
    await fault.getByLabel('Retry-After').fill('7')
    await fault.getByRole('button').click()
    await shows(page, '.faults li', 'triggers')
    const { headers, status } = await fetch(`${sandbox.url}/api/v2/triggers`, {
      headers: { authorization: sandbox.authorization },
    })
    deepStrictEqual([status, headers.get('retry-after')], [503, '7'])
    await fault.getByLabel('Kind').selectOption('reset')
    deepStrictEqual(await fault.locator('[name=status]').isVisible(), false)
    await fault.getByLabel('Path').fill('(')
    await fault.getByRole('button').click()
    await shows(page, '#controls output', '"path" cannot be "("')
    await page.getByRole('button', { name: 'Clear' }).click()
    await shows(page, '#faults', 'None is set.')
    deepStrictEqual(await ask('triggers'), 200)
  },
  'without the control API there are no buttons': async () => {
    const bare = await startSandboxProcess(['--tickets', '10'])
    const other = await browser.newPage()
    await other.goto(bare.url)
    deepStrictEqual([await other.locator('form').count(), await other.locator('#account').count()], [0, 1])
    await other.close()
    await bare.close()
  },
  'axe-core finds nothing': async () => {
    for (const [scheme, width] of [
      ['light', 1280],
      ['dark', 320],
    ] as const) {
      const other = await open(scheme, width)
      await other.evaluate(axe)
      const violations = (await other.evaluate(
        "axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(({ violations }) => violations)",
      )) as { id: string; nodes: { html: string; failureSummary: string }[] }[]
      deepStrictEqual(
        violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`),
        [],
      )
      await other.close()
    }
  },
  'it fits narrow and wide, in light and dark': async () => {
    const backs = new Set<string>()
    for (const [scheme, width] of [
      ['light', 1280],
      ['dark', 1280],
      ['light', 320],
      ['dark', 390],
    ] as const) {
      const other = await open(scheme, width)
      await shows(other, '.latest li', 'triggers')
      // In the browser's words, which are not Node's.
      const [wide, back] = (await other.evaluate(
        '[document.documentElement.scrollWidth, getComputedStyle(document.body).backgroundColor]',
      )) as [number, string]
      deepStrictEqual(wide, width)
      backs.add(back)
      if (pictures !== undefined) {
        mkdirSync(pictures, { recursive: true })
        await other.screenshot({ path: join(pictures, `${scheme}-${width}.png`), fullPage: true })
      }
      await other.close()
    }
    deepStrictEqual(backs.size, 2)
  },
  'it asks nobody else, and nothing goes wrong in it': async () => deepStrictEqual(troubles, []),
  'it says so when the sandbox is gone': async () => {
    await sandbox.close()
    await page.locator('#lost').waitFor({ state: 'visible', timeout: 60_000 })
  },
}

let [passed, failed] = [0, 0]
for (const [name, check] of Object.entries(checks))
  try {
    await check()
    passed++
    process.stdout.write(`ok   ${name}\n`)
  } catch (error) {
    failed++
    process.stdout.write(`FAIL ${name}: ${error instanceof Error ? error.message : String(error)}\n`)
  }
await browser.close()
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exit(failed === 0 ? 0 : 1)
