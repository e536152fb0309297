// The accounts of a fleet in the console: found, counted by state, and shown with their runs; nothing of it is secret.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pauseAccount, putAccounts } from '../../src/store/accounts.ts'
import { releaseLease, takeLease } from '../../src/store/leases.ts'
import { openStore, type Store } from '../../src/store/open.ts'
import { beginRun, endRun } from '../../src/store/runs.ts'
import { sqliteStore, type TestStore } from '../support/stores.ts'
import { consoleHere, type Here } from './here.ts'

const ACCOUNTS = 5000
/** Half of them at a minute of the day of their own. */
const scheduleOf = (nth: number): string =>
  nth % 2 === 0 ? `cron ${nth % 60} ${Math.floor(nth / 60) % 24} * * *` : 'every 6h'
const idOf = (nth: number): string => `account-${String(nth).padStart(4, '0')}`

let kept: TestStore
let store: Store
let here: Here
beforeAll(async () => {
  kept = await sqliteStore()
  store = await openStore(kept.address, kept.environment)
  await putAccounts(
    store,
    Array.from({ length: ACCOUNTS }, (_, nth) => ({
      ...{ id: idOf(nth), subdomain: `customer${nth}`, destination: 'postgres://db/fleet', schedule: scheduleOf(nth) },
      connection: { source: { credentials: { api_token: 'very-secret' } } },
    })),
  )
  const now = Date.now()
  await store.rows(
    `update accounts set outcome = 'complete', began_at = ${now - 60_000}, ended_at = ${now}, complete_at = ${now}, runs = 9, rows_loaded = 900`,
  )
  await run(1, 'failed', 'Zendesk answered 503 <b>for</b> an hour.')
  await run(2, 'configuration', 'The token was refused.')
  await store.rows(`update accounts set complete_at = ${now - 20 * 3_600_000} where id = '${idOf(3)}'`)
  await pauseAccount(store, idOf(4), true)
  await takeLease(store, idOf(5), 'worker-1', 3_600_000)
  here = await consoleHere({ fleet: store })
})
afterAll(async () => {
  here.close()
  await store.close()
  await kept.remove()
})

async function run(nth: number, outcome: 'failed' | 'configuration', error: string): Promise<void> {
  const lease = await takeLease(store, idOf(nth), 'worker-1', 60_000)
  if (lease === undefined) throw new Error('The account is taken.')
  await beginRun(store, `run ${nth}`, lease)
  const counts = { rows: 7, deletions: 0, commits: 1, waited: 1500, streams: [] }
  await endRun(store, `run ${nth}`, idOf(nth), { ...counts, outcome, error })
  await releaseLease(store, lease)
}

const list = async (query = '') => (await here.api('viewer', 'GET', `/fleet/accounts${query}`)).body

test('those that need a hand come first, and all are counted by state', async () => {
  const { total, states, accounts } = await list('?limit=5')
  expect([total, states]).toEqual([
    ACCOUNTS,
    { failed: 2, late: 1, new: 0, running: 1, paused: 1, fresh: ACCOUNTS - 5 },
  ])
  expect(accounts.map(({ id, state }: { id: string; state: string }) => [id, state])).toEqual([
    [idOf(1), 'failed'],
    [idOf(2), 'failed'],
    [idOf(3), 'late'],
    [idOf(5), 'running'],
    [idOf(4), 'paused'],
  ])
  expect(accounts[0]).toMatchObject({
    failures: 1,
    error: 'Zendesk answered 503 <b>for</b> an hour.',
    runs: 10,
    rows: 907,
  })
})

test('a part of the id or the subdomain finds them, a page at a time', async () => {
  expect(await list('?search=CUSTOMER499')).toMatchObject({ total: 11 })
  expect(await list(`?search=${idOf(77)}`)).toMatchObject({ total: 1, accounts: [{ subdomain: 'customer77' }] })
  expect((await list('?state=fresh&from=4990')).accounts).toHaveLength(5)
  expect(await list('?state=late&from=1')).toMatchObject({ total: 1, accounts: [] })
  expect((await here.api('viewer', 'GET', '/fleet/accounts?state=odd')).status).toBe(400)
})

test('an account has its runs; one that is not there, and a hub without a store, say so', async () => {
  expect((await here.api('viewer', 'GET', `/fleet/accounts/${idOf(1)}`)).body).toMatchObject({
    account: { id: idOf(1), state: 'failed' },
    runs: [{ outcome: 'failed', rows: 7, waited_seconds: 1.5, holder: 'worker-1' }],
    streams: [],
  })
  expect((await here.api('viewer', 'GET', '/fleet/accounts/nobody')).status).toBe(404)
  const without = await consoleHere()
  expect((await without.api('viewer', 'GET', '/fleet/accounts')).body.error).toContain('--store')
  const { cookie } = without.person('viewer')
  expect(await (await without.send('/', { headers: { cookie } })).text()).not.toContain('href="/fleet"')
  without.close()
})

test('the pages show them; an error is text, and no secret is in it', async () => {
  const { cookie } = here.person('viewer')
  const times: number[] = []
  let text = ''
  for (let time = 0; time < 5; time++) {
    const began = performance.now()
    text = await (await here.send('/fleet', { headers: { cookie } })).text()
    times.push(performance.now() - began)
  }
  process.stdout.write(`/fleet with ${ACCOUNTS} accounts: ${times.map((one) => Math.round(one)).join(', ')} ms\n`)
  expect(text).toContain('5,000 accounts')
  expect(text).toContain('&lt;b&gt;for')
  expect(text).toContain(`/fleet?search=&amp;state=&amp;from=50`)
  const one = await (await here.send(`/fleet/${idOf(2)}`, { headers: { cookie } })).text()
  expect(one).toContain('The token was refused.')
  expect(`${text}${one}`).not.toContain('very-secret')
  expect(here.said).toEqual([])
})
