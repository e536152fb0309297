// The API: its description is what it does, and its answers are what the description says.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openapi } from '../../src/console/api/openapi.ts'
import { allOperations, SHAPES } from '../../src/console/operations/all.ts'
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
