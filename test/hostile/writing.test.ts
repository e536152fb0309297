// What the destination believes of answers: a list that is missing is not empty, and what is not in it is not created twice.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openSandbox } from '../support/account.ts'
import {
  catalogFor,
  destinationHere,
  freshFolder,
  recordLine,
  rejectedIn,
  type StreamForWriting,
  stateLine,
  write,
  writesIn,
  writingTo,
} from '../support/destination.ts'
import type { Body } from '../support/send.ts'
import { type Answer, openHostile } from './server.ts'

const sandbox = await openSandbox({ tickets: 20, boundaryIndicators: 'never' })
const server = await openHostile({}, sandbox.url)

const json =
  (body: unknown, status = 200): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
const onlyGets =
  (answer: Answer): Answer =>
  (response, nth, request) =>
    request.method === 'GET' ? answer(response, nth, request) : false

/** Writes these rows through the hostile server; `sent` are the requests that wrote to the account. */
async function writeBehind(
  answers: Readonly<Record<string, Answer>>,
  streams: readonly StreamForWriting[],
  rows: readonly (readonly [stream: string, row: object])[],
  more: object = {},
) {
  server.answers = answers
  const folder = freshFolder()
  const config = { ...writingTo(sandbox, folder, { max_retry_minutes: 0, ...more }), base_url: server.url }
  const before = sandbox.requests.all().length
  const written = await write(config, catalogFor(...streams), [
    ...rows.map(([stream, row]) => recordLine(stream, row)),
    stateLine(rows[0]![0], 1),
  ])
  server.answers = {}
  return { ...written, sent: writesIn(sandbox, before), rejected: rejectedIn(folder) }
}

const option = { field_key: 'region', name: 'New', value: 'hostile_new' }
const [organizationField] = [...sandbox.account.truth('organization_fields').live.values()].filter(
  (field) => field['type'] === 'dropdown',
) as readonly Body[]

test.each<[what: string, path: string, stream: StreamForWriting, row: object]>([
  ['a list that is read whole', 'groups', { name: 'groups', key: ['name'] }, { name: 'Hostile' }],
  [
    'a list that is asked for one',
    'tickets',
    { name: 'tickets' },
    { external_id: 'hostile-1', description: 'x', subject: 'x' },
  ],
  ['a look-up of many', 'users/show_many', { name: 'users', mode: 'update' }, { external_id: 'h', name: 'H' }],
  [
    'the list that a reference is looked up in',
    'organizations/show_many',
    { name: 'users' },
    { external_id: 'hostile-2', name: 'H', organization_external_id: 'acme' },
  ],
  [
    'the field whose choices are written whole',
    `organization_fields/${organizationField?.id}`,
    { name: 'organization_field_options', key: ['field_id', 'value'] },
    { ...option, field_key: undefined, field_id: organizationField?.id },
  ],
])('%s comes without its rows: nothing is written, and no state leaves', async (_, path, stream, row) => {
  for (const body of [{}, { [path.split('/')[0]!]: null }, 'garbage', [], { tickets: [null] }]) {
    const answers = { [`/api/v2/${path}`]: onlyGets(json(body)) }
    const { exitCode, sent, states, errors } = await writeBehind(answers, [stream], [[stream.name, row]], {
      create_options: true,
    })
    expect([exitCode, sent, states]).toEqual([1, [], []])
    expect(errors[0]).toMatchObject({ failure_type: 'transient_error' })
    expect(errors[0]?.message).toMatch(/Zendesk answered 200, but without/)
  }
})

test('a field without its choices is not written with the new one alone', async () => {
  const path = `/api/v2/organization_fields/${organizationField?.id}`
  const { exitCode, sent, errors } = await writeBehind(
    { [path]: onlyGets(json({ organization_field: { id: organizationField?.id } })) },
    [{ name: 'organization_field_options', key: ['field_id', 'value'] }],
    [['organization_field_options', { field_id: organizationField?.id, name: 'New', value: 'hostile_new' }]],
    { create_options: true },
  )
  expect([exitCode, sent]).toEqual([1, []])
  expect(errors[0]?.message).toMatch(/without the list "custom_field_options"/)
})

test('a list that says nothing of its end is read to an empty page: nobody is created twice', async () => {
  const rows = Array.from({ length: 130 }, (_, nth) => ['groups', { name: `Many ${nth}` }] as const)
  const first = await writeBehind({}, [{ name: 'groups', key: ['name'] }], rows)
  expect([first.exitCode, first.sent.length]).toEqual([0, 130])
  const second = await writeBehind({}, [{ name: 'groups', key: ['name'] }], rows)
  expect([second.exitCode, second.sent]).toEqual([0, []])
})

test('two cursors by turns end the run', async () => {
  const groups: Answer = (response, nth, request) =>
    json({ groups: [{ id: nth, name: `G ${nth}` }], meta: { has_more: true, after_cursor: `c${nth % 2}` } })(
      response,
      nth,
      request,
    )
  const answers = { '/api/v2/groups': onlyGets(groups) }
  const { exitCode, sent, errors } = await writeBehind(
    answers,
    [{ name: 'groups', key: ['name'] }],
    [['groups', { name: 'Hostile' }]],
  )
  expect([exitCode, sent]).toEqual([1, []])
  expect(errors[0]?.message).toMatch(/a second time. It would never end/)
})

test('a bulk call whose answer names no job is looked after, not sent again', async () => {
  const rows = Array.from(
    { length: 40 },
    (_, nth) => ['users', { external_id: `bulk-${nth}`, name: `B ${nth}` }] as const,
  )
  server.rewrite = (body) => (body.includes('job_status":{') ? '{}' : body)
  const { exitCode, sent, states } = await writeBehind({}, [{ name: 'users' }], rows)
  server.rewrite = (body) => body
  expect(exitCode).toBe(0)
  expect(states).toHaveLength(1)
  expect(sent.filter((one) => one === 'POST users/create_many')).toHaveLength(1)
  const made = [...sandbox.account.truth('users').live.values()].filter((row) =>
    String(row['external_id']).startsWith('bulk-'),
  )
  expect(made).toHaveLength(40)
})

test.each<[what: string, stream: StreamForWriting, row: object]>([
  ['an id that leads elsewhere', { name: 'articles', mode: 'update', key: ['id'] }, { id: '..', title: 'x' }],
  ['custom fields that are none', { name: 'tickets' }, { external_id: 'w-1', description: 'x', custom_fields: [null] }],
  ['a text for custom fields', { name: 'tickets' }, { external_id: 'w-2', description: 'x', custom_fields: 'text' }],
  ['tags that are no list', { name: 'tickets' }, { external_id: 'w-3', description: 'x', tags: { a: 1 } }],
])('%s: the row is rejected, the others are written', async (_, stream, row) => {
  const good = { external_id: `good-${stream.name}`, name: 'Good' }
  const { exitCode, rejected, sent } = await writeBehind(
    {},
    [stream, { name: 'organizations' }],
    [
      [stream.name, row],
      ['organizations', { ...good, name: `Good ${rejectedCount++}`, external_id: `good-${rejectedCount}` }],
    ],
  )
  expect([exitCode, rejected.map(({ code }) => code), sent.length]).toEqual([0, ['invalid_value'], 1])
})
let rejectedCount = 0

test.each<[what: string, catalog: unknown, line: string, said: RegExp]>([
  ['an entry that is null', { streams: [null] }, '', /entry 1 of "streams" is not an object/],
  ['an entry that is a number', { streams: [7] }, '', /entry 1 of "streams" is not an object/],
  ['an entry without a stream', { streams: [{ destination_sync_mode: 'append' }] }, '', /entry 1 .* has no "stream"/],
  [
    'an entry without a mode',
    { streams: [{ stream: { name: 'users' } }] },
    '',
    /users\) has no "destination_sync_mode"/,
  ],
  ['a list in place of the catalog', [], '', /must be a JSON object with the list "streams"/],
  ['a line that is no message', catalogFor({ name: 'users' }), '{"external_id":"x"}', /it has no "type"/],
  ['a state without one', catalogFor({ name: 'users' }), '{"type":"STATE"}', /STATE without a state/],
])('%s is an error that names it', async (_, catalog, line, said) => {
  const { exitCode, errors } = await destinationHere(['write'], {
    config: writingTo(sandbox, freshFolder()),
    catalog: catalog as object,
    input: line === '' ? [] : [line],
  })
  expect([exitCode, errors[0]?.message]).toEqual([1, expect.stringMatching(said)])
})

test('an id of more digits than a number holds changes no other record', async () => {
  const line =
    '{"type":"RECORD","record":{"stream":"users","data":{"id":90071992547409931,"name":"Other"},"emitted_at":1}}'
  const asked: string[] = []
  server.answers = {
    '/api/v2/users/show_many': (response, nth, request) => {
      asked.push(decodeURIComponent(request.url ?? ''))
      return json({ users: [{ id: 90071992547409940, name: 'Neighbour' }] })(response, nth, request)
    },
  }
  const folder = freshFolder()
  const { exitCode } = await destinationHere(['write'], {
    config: { ...writingTo(sandbox, folder), base_url: server.url },
    catalog: catalogFor({ name: 'users', mode: 'update', key: ['id'] }),
    input: [line],
  })
  server.answers = {}
  expect([exitCode, rejectedIn(folder).map(({ code }) => code)]).toEqual([0, ['not_found']])
  expect(asked).toEqual([expect.stringContaining('ids=90071992547409931')])
})

test('a folder that takes no rejected rows is said in a sentence, and no state leaves', async () => {
  const folder = freshFolder()
  writeFileSync(join(folder, 'rejected'), '')
  const { exitCode, errors, states } = await write(writingTo(sandbox, folder), catalogFor({ name: 'organizations' }), [
    recordLine('organizations', { external_id: 'x', nothing: 1 }),
    stateLine('organizations', 1),
  ])
  expect([exitCode, states]).toEqual([1, []])
  expect(errors[0]).toMatchObject({
    failure_type: 'config_error',
    message: expect.stringMatching(/The folder .* cannot be written: a file is in the place of a folder/),
  })
})

test('an object of rejected rows that has no end is given up', async () => {
  const store = await openHostile({
    '/rejected/zendesk/endless.jsonl': (response) => {
      response.writeHead(200)
      const more = (): void => {
        while (!response.destroyed && response.write('a'.repeat(1 << 20)));
        if (!response.destroyed) response.once('drain', more)
      }
      more()
    },
  })
  const config = writingTo(sandbox, freshFolder(), {
    object_storage_config: {
      ...{ storage_type: 'S3', access_key_id: 'key', secret_access_key: 'a-secret-that-is-hidden' },
      ...{ s3_bucket_name: 'rejected', s3_bucket_region: 'eu', bucket_path: 'zendesk', s3_endpoint: store.url },
    },
  })
  const { exitCode, errors } = await destinationHere(['replay', 's3://rejected/zendesk/endless.jsonl'], { config })
  expect([exitCode, errors[0]?.message]).toEqual([1, expect.stringMatching(/has more than 64 MB/)])
})
