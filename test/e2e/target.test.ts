import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runTarget } from '../../src/bin/run-target.ts'
import { openSandbox } from '../support/account.ts'
import { freshFolder, rejectedIn, writesIn, writingTo } from '../support/destination.ts'
import { hastyClock } from '../support/hasty.ts'
import { linesIn, programHere } from '../support/in-process.ts'
import { filesOf } from '../support/program.ts'
import type { Body } from '../support/send.ts'

const sandbox = await openSandbox({ tickets: 30 })

/** Runs the target on these messages. */
async function load(config: object, messages: readonly object[], more: readonly string[] = []) {
  let out = ''
  let said = ''
  const input = async function* (): AsyncGenerator<string> {
    for (const message of messages) yield JSON.stringify(message)
  }
  const program = programHere([...(more.includes('--config') ? [] : filesOf({ config })), ...more], {
    input: input(),
    onOut: (text) => {
      out += text
    },
    onError: (text) => {
      said += text
    },
  })
  const exitCode = await runTarget(program, { clock: hastyClock(40) })
  return { exitCode, said, out: linesIn(out) }
}

const schema = (stream: string, key: readonly string[]): object => ({
  type: 'SCHEMA',
  stream,
  schema: { properties: {} },
  key_properties: key,
})
const record = (stream: string, row: object): object => ({ type: 'RECORD', stream, record: row })
const usersNamed = (prefix: string): readonly Body[] =>
  [...sandbox.account.truth('users').live.values()].filter((row) => String(row['external_id']).startsWith(prefix))

test('rows are upserted by their key; states are their values alone, behind their rows', async () => {
  const config = writingTo(sandbox, freshFolder())
  const people = Array.from({ length: 60 }, (_, nth) => ({ external_id: `singer-${nth}`, name: `Singer ${nth}` }))
  const messages = [
    schema('users', ['external_id']),
    ...people.slice(0, 30).map((row) => record('users', row)),
    { type: 'STATE', value: { bookmarks: { users: 30 } } },
    ...people.slice(30).map((row) => record('users', row)),
    { type: 'ACTIVATE_VERSION', stream: 'users', version: 1 },
    { type: 'STATE', value: { bookmarks: { users: 60 } } },
  ]
  const first = await load(config, messages)
  expect(first.exitCode).toBe(0)
  expect(first.out).toEqual(['{"bookmarks":{"users":30}}', '{"bookmarks":{"users":60}}'])
  expect(first.said).toMatch(/ACTIVATE_VERSION are ignored/)
  expect(usersNamed('singer-')).toHaveLength(60)
  const before = writesIn(sandbox).length
  expect((await load(config, messages)).exitCode).toBe(0)
  expect(writesIn(sandbox).length).toBe(before)
})

test('other names and keys are mapped; deletions are ignored, unless they are allowed', async () => {
  const folder = freshFolder()
  const mappings = [
    {
      stream: 'customers',
      object: 'users',
      key: ['customer_id'],
      columns: { customer_id: 'external_id', full_name: 'name' },
    },
  ]
  const made = [schema('customers', ['id']), record('customers', { customer_id: 'mapped-1', full_name: 'Mapped' })]
  expect((await load(writingTo(sandbox, folder, { mappings }), made)).exitCode).toBe(0)
  expect(usersNamed('mapped-')).toMatchObject([{ name: 'Mapped' }])
  const deleted = [
    schema('customers', ['id']),
    record('customers', { customer_id: 'mapped-1', _sdc_deleted_at: '2026-01-01T00:00:00Z' }),
  ]
  const ignored = await load(writingTo(sandbox, folder, { mappings }), deleted)
  expect([ignored.exitCode, ignored.said]).toEqual([
    0,
    expect.stringMatching(/Deletions of stream "customers" are ignored/),
  ])
  expect(usersNamed('mapped-').filter(({ active }) => active)).toHaveLength(1)
  expect((await load(writingTo(sandbox, folder, { mappings, allow_deletes: true }), deleted)).exitCode).toBe(0)
  expect(usersNamed('mapped-').filter(({ active }) => active)).toEqual([])
  expect(rejectedIn(folder)).toEqual([])
})

test('the refresh token of Zendesk Sell is renewed in the configuration file, which stays as it is otherwise', async () => {
  const app = { client_id: 'sandbox-sell-client', client_secret: 'sandbox-sell-secret' }
  const form = { grant_type: 'password', username: 'admin@example.com', password: 'sandbox-sell-password', ...app }
  const answer = await fetch(`${sandbox.url}/oauth2/token`, { method: 'POST', body: new URLSearchParams(form) })
  const { refresh_token } = (await answer.json()) as Body
  const sell = { ...app, refresh_token, base_url: sandbox.url }
  const config = { ...writingTo(sandbox, freshFolder(), { sell }), load_method: 'upsert' }
  const path = join(freshFolder(), 'config.json')
  writeFileSync(path, JSON.stringify(config))
  for (const nth of [1, 2]) {
    const rows = [
      schema('sell_contacts', ['email']),
      record('sell_contacts', { email: `sell-${nth}@example.net`, last_name: 'Target' }),
    ]
    const { exitCode, said } = await load({}, rows, ['--config', path])
    expect([exitCode, said]).toEqual([0, expect.stringMatching(/1 written/)])
    sandbox.account.advance(7_200)
  }
  const kept = JSON.parse(readFileSync(path, 'utf8'))
  expect(kept).toEqual({
    ...config,
    sell: {
      ...sell,
      refresh_token: kept.sell.refresh_token,
      access_token: expect.any(String),
      token_expiry_date: expect.any(String),
    },
  })
  expect(kept.sell.refresh_token).not.toBe(refresh_token)
})

test('what breaks the rules is named: no schema, overwrite, an unknown way to load', async () => {
  const config = writingTo(sandbox, freshFolder())
  const early = await load(config, [record('users', { external_id: 'x' })])
  expect([early.exitCode, early.said]).toEqual([1, expect.stringMatching(/before its SCHEMA/)])
  const overwrite = await load({ ...config, load_method: 'overwrite' }, [schema('users', ['external_id'])])
  expect([overwrite.exitCode, overwrite.said]).toEqual([1, expect.stringMatching(/would delete all users/)])
  const unknown = await load({ ...config, load_method: 'merge' }, [])
  expect([unknown.exitCode, unknown.said]).toEqual([1, expect.stringMatching(/"load_method" must be one of/)])
})

test('--about says what it takes', async () => {
  const { out } = await load({}, [], ['--about'])
  const { name, settings } = JSON.parse(out.join(''))
  expect([name, Object.keys(settings.properties)]).toEqual([
    'target-zendesk',
    expect.arrayContaining(['load_method', 'subdomain', 'tags_mode', 'dry_run']),
  ])
})
