import { expect, test } from 'vitest'
import type { Sandbox } from 'zendesk-sandbox'
import { streams } from '../../src/streams/index.ts'
import { configFor, configured, discover, openSandbox, runHere as run, streamsOf } from '../support/account.ts'
import { openRelay, passOn, type Relay } from '../support/relay.ts'

type Json = Record<string, unknown>

/** An account whose pages are changed by whoever passes them on. */
async function behind(sandbox: Sandbox, change: (path: string, page: Json) => void): Promise<Relay> {
  const relay = await openRelay(sandbox.url)
  relay.intercept = async (seen) => {
    const reply = await passOn(sandbox.url, seen)
    if (reply.status !== 200 || !(reply.body instanceof Uint8Array)) return reply
    const page = JSON.parse(Buffer.from(reply.body).toString('utf8')) as Json
    change(seen.path, page)
    return { ...reply, body: JSON.stringify(page) }
  }
  return relay
}
const rowsIn = (page: Json, key: string): Json[] => (page[key] ?? []) as Json[]

test('a field without a column is handed on as it came, and told once, wherever its stream’s records stand', async () => {
  const sandbox = await openSandbox({ tickets: 200, exportPageSize: 50 })
  const { url } = await behind(sandbox, (_, page) => {
    for (const ticket of rowsIn(page, 'tickets').slice(3)) {
      ticket['mood'] = { is: 'good' }
      if (ticket['metric_set']) (ticket['metric_set'] as Json)['sighs'] = 3
    }
    for (const event of rowsIn(page, 'ticket_events'))
      for (const child of event['child_events'] as Json[])
        if (/Comment$/.test(String(child['event_type']))) child['tone'] = 'warm'
        else child['status_of_moon'] = 'full'
    for (const audit of rowsIn(page, 'audits')) audit['weather'] = 'rain'
    for (const group of rowsIn(page, 'groups')) group['motto'] = 'On we go'
  })
  const config = configFor(sandbox, { base_url: url })
  const names = ['tickets', 'ticket_metrics', 'ticket_comments', 'ticket_audits', 'users', 'groups']
  const output = await run('read', { config, catalog: configured(await streamsOf(config), { names }) })
  expect([output.exitCode, output.errors]).toEqual([0, []])
  const told = output.logs.filter((line) => /has the field/.test(line)).sort()
  expect(told).toEqual(
    [
      ['groups', 'motto'],
      ['ticket_audits', 'weather'],
      ['ticket_comments', 'tone'],
      ['ticket_metrics', 'sighs'],
      ['tickets', 'mood'],
    ].map(
      ([stream, field]) =>
        `INFO Stream "${stream}" has the field "${field}", for which its schema has no column: it is emitted unchanged.`,
    ),
  )
  expect(output.records('tickets').filter(({ mood }) => mood !== undefined).length).toBeGreaterThan(100)
  expect(output.records('tickets').at(-1)?.['mood']).toEqual({ is: 'good' })
  expect(output.records('ticket_comments').every(({ tone }) => tone === 'warm')).toBe(true)
  expect(output.records('groups').every(({ motto }) => motto === 'On we go')).toBe(true)
})

test('strict types: what does not fit its column becomes null, and the record says so', async () => {
  const sandbox = await openSandbox({ tickets: 60 })
  const { url } = await behind(sandbox, (_, page) => {
    const [first, second] = rowsIn(page, 'tickets')
    if (!first || !second) return
    Object.assign(first, { priority: 7, tags: 'one two', due_at: 'next week', is_public: 'yes', mood: 'good' })
    Object.assign(second, { group_id: 1.5 })
  })
  const names = ['tickets']
  const read = async (strict_types: boolean) => {
    const config = configFor(sandbox, { base_url: url, strict_types })
    const { lines, exitCode } = await run('read', { config, catalog: configured(await streamsOf(config), { names }) })
    expect(exitCode).toBe(0)
    return lines.flatMap(({ record }) =>
      record ? [record as unknown as { stream: string; data: Json; meta?: { changes: Json[] } }] : [],
    )
  }
  const [first, second, third] = await read(true)
  const nulled = (field: string): Json => ({ field, change: 'NULLED', reason: 'SOURCE_SERIALIZATION_ERROR' })
  expect(first?.meta?.changes).toEqual(
    expect.arrayContaining(['priority', 'tags', 'due_at', 'is_public'].map((field) => nulled(field))),
  )
  expect(first?.meta?.changes).toHaveLength(4)
  expect(first?.data).toMatchObject({ priority: null, tags: null, due_at: null, is_public: null, mood: 'good' })
  expect([second?.data['group_id'], second?.meta?.changes]).toEqual([null, [nulled('group_id')]])
  expect(third).not.toHaveProperty('meta')
  const strict = await read(true)
  const loose = await read(false)
  expect(loose[0]?.data).toMatchObject({ priority: 7, tags: 'one two', due_at: 'next week', is_public: 'yes' })
  expect(loose.some((record) => 'meta' in record)).toBe(false)
  expect(strict.slice(2).map(({ data }) => data)).toEqual(loose.slice(2).map(({ data }) => data))
})

/** Streams that there is another way to than their export. */
const WITH_FALLBACK = streams.filter(({ feeds }) => feeds.length > 1).map(({ name }) => name)

test.each<[more: object, isConcerned: (name: string) => boolean]>([
  [{}, () => true],
  [
    { custom_fields: 'columns', include: ['users', 'slas', 'metric_sets'] },
    (name) => /tickets|metrics|users|organizations|custom_object/.test(name),
  ],
  [{ reader: 'list' }, (name) => WITH_FALLBACK.includes(name)],
])('nothing that Zendesk gives is taken for a misfit, nor is it without a column: %j', async (more, isConcerned) => {
  const sandbox = await openSandbox({ tickets: 120 })
  const config = configFor(sandbox, { strict_types: true, ...more })
  const catalog = await discover(config)
  const names = catalog.map(({ name }) => name).filter(isConcerned)
  expect(names.length).toBeGreaterThan(9)
  const { lines, logs } = await run('read', { config, catalog: configured(catalog, { names }) })
  const changed = lines.flatMap(({ record }) => {
    const { changes } = (record as { meta?: { changes: Json[] } } | undefined)?.meta ?? {}
    return changes ? changes.map(({ field }) => `${record?.stream}.${String(field)}`) : []
  })
  expect([...new Set(changed)]).toEqual([])
  expect(logs.filter((line) => /has the field/.test(line))).toEqual([])
})

test('a word in the place of an object becomes that object, in pages that are copied and in pages that are parsed', async () => {
  const sandbox = await openSandbox({ tickets: 60 })
  const { url } = await behind(sandbox, (_, page) => {
    for (const ticket of rowsIn(page, 'tickets').slice(0, 5))
      Object.assign(ticket, { satisfaction_rating: 'offered', via: '-' })
    for (const audit of rowsIn(page, 'audits')) (audit['events'] as Json[])[0]!['via'] = 'web'
    for (const request of rowsIn(page, 'requests')) request['via'] = '-'
  })
  const config = configFor(sandbox, { base_url: url })
  const names = ['tickets', 'ticket_audits', 'requests']
  const output = await run('read', { config, catalog: configured(await streamsOf(config), { names }) })
  expect([output.exitCode, output.errors]).toEqual([0, []])
  const [first, ...others] = output.records('tickets')
  expect([first!['satisfaction_rating'], first!['via']]).toEqual([{ score: 'offered' }, { channel: '-' }])
  expect(others.length).toBeGreaterThan(40)
  const objects = [...others, ...output.records('requests')].map(({ via }) => typeof via)
  expect(new Set(objects)).toEqual(new Set(['object']))
  const events = output.records('ticket_audits').map(({ events }) => (events as Json[])[0]!['via'])
  expect(new Set(events.map((via) => JSON.stringify(via)))).toEqual(new Set(['{"channel":"web"}']))
})
