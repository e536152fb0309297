// The API: its description is what it does, and its answers are what the description says.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openapi } from '../../src/console/api/openapi.ts'
import { addRejected, beginWrite, endWrite } from '../../src/console/journal/writes.ts'
import { allOperations, SHAPES } from '../../src/console/operations/all.ts'
import type { RejectedRow } from '../../src/source/writer.ts'
import { consoleHere, type Here } from './here.ts'

let here: Here
beforeAll(async () => {
  here = await consoleHere()
})
afterAll(() => here.close())

test('hub/openapi.json is its description', async () => {
  const text = `${JSON.stringify(openapi(allOperations(new Map()), SHAPES), null, 2)}\n`
  await expect(text).toMatchFileSnapshot('../../openapi.json')
  expect(await (await here.send('/api/v1/openapi.json')).json()).toEqual(JSON.parse(text))
})

test('a connection is added, looked at, changed and removed; comments of the file stay', async () => {
  const source = {
    subdomain: 'acme',
    credentials: { credentials: 'oauth2_client_credentials', client_id: 'c', client_secret: 's' },
  }
  const to = `duckdb:${here.folder}/acme.duckdb`
  const added = await here.api('admin', 'POST', '/connections', {
    name: 'acme',
    source,
    to,
    schedule: 'manual',
    capability: 'crm',
  })
  expect(added).toMatchObject({
    status: 201,
    body: { name: 'acme', state: 'new', capability: 'crm', schedule: 'manual' },
  })
  expect((await here.api('admin', 'POST', '/connections', { name: 'ACME', source, to })).status).toBe(409)
  expect((await here.api('viewer', 'GET', '/connections/acme')).body).toEqual(added.body)
  const changed = await here.api('admin', 'PATCH', '/connections/acme', {
    schedule: 'every 6h',
    streams: ['users'],
    columns: { users: ['name'] },
  })
  expect(changed.body).toMatchObject({
    schedule: 'every 6h',
    settings: { streams: ['users'], columns: { users: ['name'] } },
  })
  expect((await here.api('admin', 'PATCH', '/connections/acme', { streams: null })).body.settings).not.toHaveProperty(
    'streams',
  )
  expect((await here.api('admin', 'DELETE', '/connections/acme')).body).toEqual({
    revoked: null,
    rows: `What was loaded stays in ${to}.`,
  })
  expect((await here.api('viewer', 'GET', '/connections')).body).toEqual([])
  expect((await here.api('viewer', 'GET', '/connections/acme')).status).toBe(404)
  expect(here.hub.vault.all()).toEqual({})
  const { body: changes } = await here.api('viewer', 'GET', '/changes')
  expect(changes.map(({ action }: { action: string }) => action)).toEqual(['removed', 'changed', 'changed', 'added'])
})

test.each([
  ['a capability that is none', { capability: 'sales' }, 400],
  ['a setting that is none', { colour: 'red' }, 400],
  ['a schedule that is none', { schedule: 'sometimes' }, 400],
  [
    'a start date that is none',
    {
      source: {
        subdomain: 'a',
        credentials: { credentials: 'api_token', email: 'a@b.c', api_token: 't' },
        start_date: 'yesterday',
      },
    },
    422,
  ],
  ['no way to sign in', { source: { subdomain: 'a' } }, 422],
])('%s is refused with words, and nothing is kept', async (_, more, status) => {
  const source = { subdomain: 'a', credentials: { credentials: 'api_token', email: 'a@b.c', api_token: 't' } }
  const answer = await here.api('admin', 'POST', '/connections', {
    name: 'x',
    source,
    to: `duckdb:${here.folder}/x.duckdb`,
    ...more,
  })
  expect([answer.status, typeof answer.body.error]).toEqual([status, 'string'])
  expect((await here.api('viewer', 'GET', '/connections')).body).toEqual([])
  expect(here.hub.vault.all()).toEqual({})
})

test('a path without this method says which it has; one that is not there, that it is not', async () => {
  expect((await here.api('admin', 'PUT', '/connections')).status).toBe(405)
  expect((await here.api('admin', 'GET', '/nothing')).status).toBe(404)
})

test('nothing went wrong inside', () => expect(here.said).toEqual([]))

describe('writing back', () => {
  const source = {
    subdomain: 'acme',
    credentials: { credentials: 'oauth2_client_credentials', client_id: 'c', client_secret: 's' },
  }
  const write = { query: 'select 1 as id', object: 'users', mode: 'update', key: ['id'], columns: { id: 'id' } }
  const at = '/connections/back/writes/people'
  beforeAll(async () => {
    const to = `duckdb:${here.folder}/back.duckdb`
    expect((await here.api('admin', 'POST', '/connections', { name: 'back', source, to })).status).toBe(201)
  })

  test('a write is added, changed and removed by admins; viewers look', async () => {
    expect((await here.api('viewer', 'PUT', at, write)).status).toBe(403)
    const added = await here.api('admin', 'PUT', at, { ...write, options: { tags_mode: 'set' }, schedule: 'every 6h' })
    expect(added).toMatchObject({
      status: 200,
      body: { name: 'people', schedule: 'every 6h', rejected: 0, last_run: null },
    })
    expect((await here.api('viewer', 'GET', at)).body).toEqual(added.body)
    expect((await here.api('viewer', 'GET', '/connections/back/writes')).body).toEqual([added.body])
    expect(here.hub.file.read().find(({ name }) => name === 'back')?.['writes']).toMatchObject([{ name: 'people' }])
    // Other changes of the connection keep it.
    await here.api('admin', 'PATCH', '/connections/back', { schedule: 'manual' })
    expect((await here.api('viewer', 'GET', at)).status).toBe(200)
    expect((await here.api('admin', 'DELETE', at)).status).toBe(204)
    expect((await here.api('viewer', 'GET', at)).status).toBe(404)
    const { body: changes } = await here.api('viewer', 'GET', '/changes')
    const actions = changes.map(({ action }: { action: string }) => action)
    expect(actions).toEqual(expect.arrayContaining(['added a write', 'removed a write']))
  })

  test.each([
    ['both a table and a query', { ...write, table: 'users' }, 422],
    ['neither', { ...write, query: undefined }, 422],
    ['no key', { ...write, key: undefined }, 422],
    ['two columns for one field', { ...write, columns: { a: 'id', b: 'id' } }, 422],
    ['an audience without an address', { ...write, audiences: [{ name: 'vip', tag: 'vip' }] }, 422],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what is refused
    ['a variable of the environment', { ...write, query: 'select ${SECRET} as id' }, 422],
    ['a folder of its own', { ...write, options: { folder: '/etc' } }, 400],
    ['a token of its own', { ...write, options: { sell: { access_token: 'x' } } }, 400],
    ['a schedule that is none', { ...write, schedule: 'cron never' }, 422],
  ])('%s is refused', async (_, body, status) => {
    expect((await here.api('admin', 'PUT', at, body)).status).toBe(status)
    expect((await here.api('viewer', 'GET', at)).status).toBe(404)
  })

  test('what only the file says of a write stays there, and is not read back', async () => {
    const before = here.hub.file.read().find(({ name }) => name === 'back')!
    const sell = { access_token: 'sell-token' }
    here.hub.file.put({ ...before, writes: [{ name: 'people', ...write, options: { sell } }] })
    await here.hub.reload()
    expect(JSON.stringify((await here.api('admin', 'GET', at)).body)).not.toContain('sell-token')
    expect((await here.api('admin', 'PUT', at, { ...write, mode: 'append_dedup' })).status).toBe(200)
    const [kept] = here.hub.file.read().find(({ name }) => name === 'back')!['writes'] as { options: object }[]
    expect(kept).toMatchObject({ mode: 'append_dedup', options: { sell } })
    for (const path of ['', '/connections/back'])
      expect(JSON.stringify((await here.api('viewer', 'GET', path === '' ? '/connections' : path)).body)).not.toContain(
        'sell-token',
      )
  })

  test('rejected rows are listed whole, and replayed by admins alone', async () => {
    const run = beginWrite(here.hub.journal, {
      connection: 'back',
      write: 'people',
      kind: 'run',
      askedBy: undefined,
      process: 1,
    })
    const row: RejectedRow = {
      ...{
        code: 'forbidden',
        message: '<b>no</b>',
        requestId: 'r-1',
        stream: 'people',
        object: 'users',
        mode: 'update',
      },
      ...{ key: ['7'], key_columns: ['id'], attempts: 1, record: { id: 7, name: 'Ann' } },
    }
    addRejected(here.hub.journal, { id: run, connection: 'back', write: 'people', isSettled: false }, '["7"]', row)
    endWrite(here.hub.journal, run, { status: 'complete', rows: 1, counts: [] })
    const { body } = await here.api('viewer', 'GET', `${at}/rejected`)
    expect(body).toMatchObject([{ code: 'forbidden', request_id: 'r-1', record: { id: 7, name: 'Ann' } }])
    const rows = [body[0].id]
    expect((await here.api('viewer', 'POST', `${at}/replay`, { rows })).status).toBe(403)
    expect((await here.api('admin', 'POST', `${at}/replay`, { rows: [999] })).status).toBe(422)
    expect((await here.api('admin', 'POST', `${at}/replay`, { rows })).status).toBe(202)
    expect((await here.api('admin', 'POST', `${at}/runs`, { kind: 'dry-run' })).status).toBe(202)
    expect((await here.api('viewer', 'GET', `/write-runs/${run}`)).body.rejected).toHaveLength(1)
    const { cookie } = here.person('viewer')
    const page = await (await here.send('/connections/back/writes/people', { headers: { cookie } })).text()
    expect(page).toContain('&lt;b&gt;no&lt;/b&gt;')
    expect(page).not.toContain('Write now')
  })
})
