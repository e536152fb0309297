// A stream's functions read the fields that it declares, and no others: of others the fast path has nothing. The compiler
// holds it, and, where somebody went round the compiler, the guard of these tests.

import { expect, test } from 'vitest'
import type { Sandbox } from 'zendesk-sandbox'
import { columnsOf, omitsOf } from '../../src/catalog/columns.ts'
import { createConnector } from '../../src/connector/create-connector.ts'
import type { Call } from '../../src/generated/calls.ts'
import { cutPage } from '../../src/http/raw/slice-page.ts'
import { stagedFile } from '../../src/io/staged-file.ts'
import { systemClock } from '../../src/model/clock.ts'
import type { ConfiguredStream, GetPage, Has, Page, RecordData, Stream, StreamState } from '../../src/model/stream.ts'
import { defineParent, defineStream } from '../../src/streams/define.ts'
import { streams } from '../../src/streams/index.ts'
import { calls } from '../../src/streams/talk/calls.ts'
import { readAll } from '../../src/sync/read.ts'
import { timeExport } from '../../src/zendesk/walks/time-export.ts'
import { configFor, openSandbox } from '../support/account.ts'
import { guardFields } from '../support/field-guard.ts'

const { walk } = calls.feeds[0]

const wentIn = ({ direction, updated_at }: Has<Call, 'direction' | 'updated_at'>) =>
  direction === 'inbound' ? updated_at : undefined

// None of these is ever called: it is there for the compiler, which fails where one of them compiles.
const refused = () => [
  defineStream<Call>()({
    name: 'calls',
    walk,
    reads: {},
    // @ts-expect-error "direction" is not declared.
    records: (rows) => rows.map((call) => ({ ...call, was_inbound: call.direction === 'inbound' })),
  }),
  defineStream<Call>()({
    name: 'calls',
    walk,
    reads: { updated_at: true },
    // @ts-expect-error "direction" is not declared.
    deletedAt: (call) => (call.direction === 'inbound' ? call.updated_at : undefined),
  }),
  // @ts-expect-error A function that stands by itself reads a field that is not declared.
  defineStream<Call>()({ name: 'calls', walk, reads: { updated_at: true }, deletedAt: wentIn }),
  // @ts-expect-error There is no such field.
  defineStream<Call>()({ name: 'calls', walk, reads: { inbound: true } }),
  defineStream<Call, { readonly legs?: readonly Call[] }>()({
    name: 'calls',
    walk,
    at: ['legs'],
    reads: { legs: { id: true } },
    // @ts-expect-error "direction" of a row inside is not declared.
    picks: { legs: (leg) => leg.direction === 'inbound' },
    // @ts-expect-error No more is it here.
    adds: { direction: (leg) => leg.direction },
  }),
  // @ts-expect-error "direction" is not declared.
  timeExport({ name: 'x', path: 'x', key: 'x', timeField: 't', reads: {}, isDisplaced: (row) => row.direction === 1 }),
  defineParent<Call, Call>()({
    walk,
    reads: { id: true },
    childReads: { ticket_id: true },
    show: (id) => ({ path: `calls/${id}` }),
    // @ts-expect-error "id" is declared of the parent's row, not of the child's.
    idOf: ({ id }) => id,
    // @ts-expect-error "updated_at" is not declared.
    deletionOf: ({ id, updated_at }) => ({ id, deletedAt: updated_at ?? '', createdAt: 0 }),
  }),
]

test('a stream that declares what it reads, and one whose rows are parsed whole, compile; others do not', () => {
  const declared = defineStream<Call>()({
    name: 'calls',
    walk,
    reads: { direction: true },
    records: (rows) => rows.map((call) => ({ ...call, was_inbound: call.direction === 'inbound' })),
  })
  const whole = defineStream<Call>()({
    name: 'calls',
    walk,
    records: (rows) => rows.map(({ id, direction }) => ({ id, direction })),
  })
  expect([declared.reads, whole.reads]).toEqual([{ direction: true, id: true }, undefined])
  expect(refused).toBeTypeOf('function')
})

/** Pages as the client gives them: rows are cut out where that is asked for. */
const served =
  (page: Page): GetPage =>
  async ({ expects = '', cut }) =>
    (cut && cutPage(Buffer.from(JSON.stringify(page)), expects, cut)) ?? page

async function recordsOf(stream: Stream, get: GetPage): Promise<readonly RecordData[]> {
  const records: RecordData[] = []
  const one: ConfiguredStream = {
    stream,
    syncMode: 'incremental',
    state: undefined,
    omits: new Set(),
    emitsDeletions: true,
  }
  const messages = readAll([one], {
    get,
    selection: { startDate: 0, isRelative: false, pullBy: 'updated', query: {} },
    deletedRecords: 'delete',
    fetchFile: async () => undefined,
    walksAtOnce: 1,
    reader: 'export',
    reconcile: { every: 0, mostDeleted: 0 },
    signal: new AbortController().signal,
    log: () => undefined,
    clock: systemClock,
  })
  for await (const message of messages) {
    if (message.kind === 'error') throw message.error
    if (message.kind === 'records') records.push(...message.records)
  }
  return records
}

test('a stream that goes round the compiler is caught by the guard; without it, it would emit wrong values', async () => {
  const trap = defineStream<Call>()({
    name: 'calls',
    cursorField: 'updated_at',
    walk,
    reads: {},
    records: (rows) => rows.map((call) => ({ id: 1, was_inbound: (call as RecordData)['direction'] === 'inbound' })),
  })
  const page = { calls: [{ id: 1, direction: 'inbound', updated_at: '2026-01-01T00:00:00Z' }], next_page: null }
  expect(await recordsOf(trap, served(page))).toEqual([{ id: 1, was_inbound: false }])
  await expect(recordsOf(trap, guardFields(served(page)))).rejects.toThrow(
    /"direction" of a row is read, and not declared/,
  )
})

interface Read {
  readonly counts: ReadonlyMap<string, number>
  readonly states: ReadonlyMap<string, StreamState>
}

/** Reads these streams of a sandbox, every row guarded. Throws what any of them fails with. */
async function readGuarded(
  sandbox: Sandbox,
  names: readonly string[],
  { more = {}, states }: { more?: object; states?: Read['states'] | undefined } = {},
): Promise<Read> {
  const connector = await createConnector(configFor(sandbox, more), {
    signal: new AbortController().signal,
    report: () => undefined,
    credentialSink: { in: 'nothing' },
    environment: {},
    patient: true,
    stage: stagedFile,
    watchPages: guardFields,
  })
  const known = await connector.streams()
  const configured = names.map((name): ConfiguredStream => {
    const stream = known.find((one) => one.name === name)
    if (!stream) throw new Error(`There is no stream "${name}".`)
    const { cursorField } = stream
    return {
      stream,
      syncMode: cursorField === undefined ? 'full_refresh' : 'incremental',
      state: states?.get(name),
      omits: omitsOf(stream, undefined),
      columns: columnsOf(stream),
      emitsDeletions: true,
    }
  })
  const counts = new Map<string, number>()
  const after = new Map<string, StreamState>()
  for await (const message of connector.read(configured)) {
    if (message.kind === 'error') throw message.error
    if (message.kind === 'records')
      counts.set(message.stream, (counts.get(message.stream) ?? 0) + message.records.length)
    if (message.kind === 'checkpoint') after.set(message.stream, message.state)
  }
  return { counts, states: after }
}

/** Those whose rows are cut out of their pages. */
const fast = [...streams.filter(({ reads }) => reads !== undefined).map(({ name }) => name), 'open_tickets']

const SIDE_LOADS = ['users', 'groups', 'organizations', 'metric_sets', 'comment_count', 'dates']

test.each([
  ['as they are', {}, fast],
  [
    'their custom fields as columns',
    { custom_fields: 'columns' },
    ['tickets', 'users', 'organizations', 'open_tickets', 'custom_object_device_records'],
  ],
  ['with all side-loads', { include: SIDE_LOADS }, ['tickets', 'ticket_metrics', 'ticket_comments']],
  ["with another connector's columns", { legacy_schema: true }, fast],
  ['as far as they were created since', { pull_by: 'created', start_date: '2024-01-01T00:00:00Z' }, fast],
])('every stream reads what it declares: %s', async (_, more, names) => {
  const sandbox = await openSandbox({ tickets: 400 })
  expect(fast.length).toBeGreaterThan(20)
  // Each by itself: what another one declares is not there for it.
  const before = new Map<string, Read['states']>()
  for (const name of names) {
    const { counts, states } = await readGuarded(sandbox, [name], { more })
    expect(counts.get(name) ?? 0, name).toBeGreaterThan(0)
    before.set(name, states)
  }
  sandbox.account.changeAtRandom(60, 1)
  sandbox.account.advance(3600)
  for (const name of names) await readGuarded(sandbox, [name], { more, states: before.get(name) })
})

test('every stream reads what it declares: together, and where the exports are closed', async () => {
  const sandbox = await openSandbox({ tickets: 150 })
  const all = streams.map(({ name }) => name)
  const first = await readGuarded(sandbox, all)
  const listed = await readGuarded(sandbox, all, { more: { reader: 'list' } })
  sandbox.account.changeAtRandom(60, 2)
  sandbox.account.advance(3600)
  await readGuarded(sandbox, all, { states: first.states })
  await readGuarded(sandbox, all, { more: { reader: 'list' }, states: listed.states })
  expect(first.counts.get('tickets')).toBeGreaterThan(0)
})
