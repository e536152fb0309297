// The report: one file that needs nothing else, with the account's numbers.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { startSandbox } from 'zendesk-sandbox'
import { configFor, DATABASES, load, sourceOf } from './support/here.ts'
import { hub } from './support/hub.ts'

// biome-ignore lint/suspicious/noExplicitAny: rows are what the tests look into
type Row = any

const sandbox = await startSandbox({ tickets: 60, seed: 8 })
afterAll(() => sandbox.close())
const { account } = sandbox
const rows = (stream: string): Row[] => [...account.truth(stream).live.values()]
account.updateGroup(rows('groups')[0].id, { name: '<script>alert(1)</script> & "more"' })
account.advance(3600)
const STREAMS =
  'tickets ticket_metrics ticket_metric_events ticket_field_history groups brands ticket_forms users'.split(' ')

describe.each(DATABASES)('%s', (name, make, skip) => {
  test.skipIf(skip)('is a page of its own, with the numbers of the account', async () => {
    const database = await make()
    const file = join(process.env['TMPDIR'] ?? '/tmp', `report-${process.pid}-${name}.html`)
    try {
      const warehouse = await database.open()
      await load(await sourceOf(configFor(sandbox)), warehouse, { streams: STREAMS })
      await warehouse.close()
      expect(await hub('report', file, '--to', database.to)).toEqual({
        code: 0,
        out: `The report is in ${file}.\n`,
        said: '',
      })
      const page = readFileSync(file, 'utf8')
      expect(page).not.toMatch(/<script|@import|url\((?!#)|<link rel="stylesheet"/)
      const addresses = page.match(/https?:\/\/[^"'\s<]+/g) ?? []
      expect(addresses.filter((address) => address !== 'http://www.w3.org/2000/svg')).toEqual([])
      expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;')
      expect(page.match(/role="img" tabindex="0" aria-label="[^"]{20,}"/g)!.length).toBeGreaterThan(8)
      expect(page.match(/<h2>/g)!.length).toBeGreaterThan(8)

      const { out } = await hub('report', '--json', '--days', '3660', '--to', database.to)
      const report = JSON.parse(out)
      const unsolved = rows('tickets').filter(({ status }) => status !== 'solved' && status !== 'closed').length
      expect(report.total).toMatchObject({ tickets: rows('tickets').length, unsolved })
      expect(page).toContain(`<b>${rows('tickets').length}</b> tickets`)
      expect(report.backlog.at(-1).backlog).toBe(unsolved)
      expect(report.agents.reduce((sum: number, agent: Row) => sum + agent.unsolved, 0)).toBe(unsolved)
      expect(report.weeks.reduce((sum: number, week: Row) => sum + week.tickets, 0)).toBe(rows('tickets').length)
    } finally {
      rmSync(file, { force: true })
      await database.remove()
    }
  })

  test.skipIf(skip)('says what is missing', async () => {
    const database = await make()
    try {
      const warehouse = await database.open()
      const source = await sourceOf(configFor(sandbox))
      await load(source, warehouse, { streams: ['tickets'] })
      await warehouse.close()
      const args = ['report', '--json', '--to', database.to]
      const file = join(process.env['TMPDIR'] ?? '/tmp', `no-report-${process.pid}-${name}.html`)
      for (const asked of [args, ['report', file, '--to', database.to]])
        expect(await hub(...asked)).toEqual({
          code: 1,
          out: '',
          said: 'zendesk-hub: There is nothing to report: stream "ticket_metrics" was not loaded. Sync it first.\n',
        })
      expect(existsSync(file)).toBe(false)
      const again = await database.open()
      await load(source, again, { streams: ['ticket_metrics'] })
      await again.close()
      const { code, out, said } = await hub(...args)
      expect(code).toBe(0)
      expect(said).toContain('There is nothing of sla_targets: stream "ticket_metric_events" was not loaded.')
      expect(JSON.parse(out)).toMatchObject({ total: { tickets: rows('tickets').length, sla_targets: 0 }, targets: [] })
    } finally {
      await database.remove()
    }
  })
})

test('an option that makes no sense is refused', async () => {
  expect((await hub('report', '--days', 'many')).said).toContain('--days takes a number from 1 to 3660.')
  expect((await hub('report', 'a.html', 'b.html')).said).toContain('report takes one file.')
})
