// The first screen is there at once, however long the history is: it reads little of it.
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { beginSync, endSync } from '../../src/console/journal/syncs.ts'
import { toldTime } from '../support/timed.ts'
import { consoleHere, type Here } from './here.ts'

let here: Here
beforeAll(async () => {
  here = await consoleHere()
  const source = { subdomain: 'acme', credentials: { credentials: 'api_token', email: 'a@b.c', api_token: 't' } }
  for (let nth = 0; nth < 50; nth++)
    here.hub.file.put({
      name: `account ${nth}`,
      source,
      to: `duckdb:${here.folder}/${nth}.duckdb`,
      schedule: 'every 6h',
      capability: 'helpdesk',
    })
  const { journal } = here.hub
  journal.run('pragma synchronous = off')
  for (let nth = 0; nth < 10_000; nth++) {
    const started = Date.now() - nth * 250_000
    const id = beginSync(journal, `account ${nth % 50}`, started)
    const counts = { rows: nth, deletions: 1, requests: 20, waited: 0, error: null }
    const streams = ['tickets', 'users', 'groups'].map((stream) => ({
      stream,
      status: 'complete',
      misfits: 0,
      started,
      ended: started + 1000,
      ...counts,
    }))
    endSync(
      journal,
      { id, number: nth, ended: started + 60_000, status: nth % 97 === 0 ? 'failed' : 'complete', ...counts },
      streams,
    )
  }
})
afterAll(() => here.close())

/** What a page asked the journal: its queries, how many rows they brought, and their plans. */
async function asking(path: string) {
  const { cookie } = here.person('viewer')
  const { journal } = here.hub
  const queries = new Set<string>()
  let rows = 0
  const { all, get } = journal
  const spies = [
    vi.spyOn(journal, 'all').mockImplementation((sql, ...values) => {
      queries.add(sql)
      const found = all(sql, ...values)
      rows += found.length
      return found as never
    }),
    vi.spyOn(journal, 'get').mockImplementation((sql, ...values) => {
      queries.add(sql)
      rows++
      return get(sql, ...values) as never
    }),
  ]
  const began = performance.now()
  const answer = await here.send(path, { headers: { cookie } })
  expect(await answer.text()).toContain('account 7')
  toldTime(path, performance.now() - began, 300)
  for (const spy of spies) spy.mockRestore()
  const plans = [...queries].flatMap((sql) => all<{ detail: string }>(`explain query plan ${sql}`))
  return { rows, queries: queries.size, plans: plans.map(({ detail }) => detail) }
}

test.each(['/', '/syncs', '/connections/account%207'])(
  '%s: of 10,000 syncs and 30,000 streams it reads what it shows, by an index',
  async (path) => {
    const { rows, queries, plans } = await asking(path)
    expect(queries).toBeLessThan(20)
    // At most one for each connection and day.
    expect(rows).toBeLessThan(2000)
    for (const step of plans)
      if (/(SCAN|SEARCH) (syncs|streams|s|t)\b/.test(step)) expect(step).toMatch(/INDEX|PRIMARY KEY/)
  },
)
