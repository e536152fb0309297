// The rules of docs/architecture.md and docs/without-exports.md, each by value: an account that is a few rows, a clock that
// stands still, and one or more syncs.
import { describe, expect, test } from 'vitest'
import { HttpError } from '../../../src/model/errors.ts'
import { type GetPage, type Page, type RecordData, type StreamState, setAnsweredAt } from '../../../src/model/stream.ts'
import type { ReadOptions } from '../../../src/sync/run.ts'
import { listCursorFrom } from '../../../src/zendesk/walks/list-cursor.ts'
import { createTable, NOW, readByValue, ticket } from '../../support/zendesk-by-value.ts'

const DAY = 86_400
const iso = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000', '')
const byTime = (rows: readonly RecordData[], field: string): RecordData[] =>
  rows.toSorted((a, b) => String(a[field]).localeCompare(String(b[field])) || Number(a['id']) - Number(b['id']))

/** An account that a test changes between syncs. */
interface Account {
  now: number
  tickets: RecordData[]
  archived: RecordData[]
  deletedTickets: RecordData[]
  events: RecordData[]
  organizations: RecordData[]
  /** By ticket; none of a ticket without any. */
  audits: Record<number, RecordData[]>
  metricEvents: Record<number, RecordData[]>
  exportedMetricEvents: RecordData[]
  /** The status with which exports answer, if they are closed. */
  closed?: number | undefined
}

const accountWith = (given: Partial<Account>): Account => ({
  now: NOW,
  tickets: [],
  archived: [],
  deletedTickets: [],
  events: [],
  organizations: [],
  audits: {},
  metricEvents: {},
  exportedMetricEvents: [],
  ...given,
})

const end = { meta: { has_more: false }, next_page: null }

/** The page of an export by time: all rows from a second on. */
function since(rows: readonly RecordData[], key: string, field: string, from: unknown, now: number): Page {
  const timeOf = (row: RecordData): number =>
    typeof row[field] === 'number' ? Number(row[field]) : Date.parse(String(row[field])) / 1000
  const due = rows.filter((row) => timeOf(row) >= Number(from)).toSorted((a, b) => timeOf(a) - timeOf(b))
  const last = due.at(-1)
  return { [key]: due, end_time: last ? Math.min(timeOf(last), now) : Number(from), end_of_stream: true }
}

/** Cursors of the list of tickets, as Zendesk would give them, and the time (epoch seconds) after which each goes on. */
const placeOfCursor = new Map<string, number>()
function cursorAfter(time: number): string {
  const cursor = listCursorFrom('updated_at,id', time + 1)
  placeOfCursor.set(cursor, time)
  return cursor
}

function pageOf(account: Account, path: string, query: Readonly<Record<string, unknown>>): Page {
  const { tickets, archived, deletedTickets, events, audits, metricEvents } = account
  const notFound = new HttpError(`${path}: HTTP 404.`, 'system_error', { status: 404 })
  const all = [...tickets, ...archived]
  const isThere = (id: unknown): boolean => all.some((one) => one['id'] === Number(id) && one['status'] !== 'deleted')
  const start = query['start_time'] ?? 0
  if (path.startsWith('incremental/') && account.closed !== undefined)
    throw new HttpError(`${path}: HTTP ${account.closed}.`, 'config_error', { status: account.closed })
  switch (path) {
    case 'incremental/tickets/cursor': {
      const from = Number(query['cursor'] ?? start)
      const timeOf = (row: RecordData): number => Number(row['generated_timestamp'])
      const due = tickets.filter((row) => timeOf(row) > from).toSorted((a, b) => timeOf(a) - timeOf(b))
      return { tickets: due, after_cursor: String(due.at(-1)?.['generated_timestamp'] ?? from), end_of_stream: true }
    }
    case 'incremental/ticket_events':
      return since(events, 'ticket_events', 'timestamp', start, account.now)
    case 'incremental/ticket_metric_events':
      return since(account.exportedMetricEvents, 'ticket_metric_events', 'time', start, account.now)
    case 'incremental/organizations':
      return since(account.organizations, 'organizations', 'updated_at', start, account.now)
    case 'tickets': {
      const live = byTime(
        tickets.filter(({ id }) => isThere(id)),
        'updated_at',
      )
      const from = placeOfCursor.get(String(query['page[after]'])) ?? 0
      const rows = live.filter(({ updated_at }) => Date.parse(String(updated_at)) / 1000 > from)
      const reached = Math.max(from, ...live.map(({ updated_at }) => Date.parse(String(updated_at)) / 1000))
      return { tickets: rows, meta: { has_more: false, after_cursor: cursorAfter(reached) } }
    }
    case 'deleted_tickets':
      return { deleted_tickets: byTime(deletedTickets, 'deleted_at'), ...end }
    case 'tickets/show_many':
      return { tickets: all.filter(({ id }) => String(query['ids']).split(',').includes(String(id)) && isThere(id)) }
    case 'search/count':
      return { count: archived.length }
    case 'search/export':
      return { results: archived, ...end }
    default: {
      const [, id, list] = path.split('/')
      if (path.endsWith('/count')) return { count: { value: 1 } }
      if (!path.startsWith('tickets/') || !isThere(id)) throw notFound
      if (list === 'audits') return { audits: (audits[Number(id)] ?? []).toReversed(), ...end }
      if (list === 'metric_events') return { reply_time: metricEvents[Number(id)] ?? [] }
      return { ticket: all.find((one) => one['id'] === Number(id)) }
    }
  }
}

/** A connection: each sync goes on from the last state, and a table holds what it emitted. */
function connect(account: Account, more: Partial<ReadOptions> = {}) {
  const table = createTable()
  const get: GetPage = async ({ path, query = {} }) => {
    const page = pageOf(account, path, query)
    setAnsweredAt(page, account.now)
    return page
  }
  return {
    table,
    /** What one sync emits, in order: the ids, those of deletions with a minus; how its streams end; the errors. */
    async sync(names: readonly string[], options: Partial<ReadOptions> = {}) {
      const [emitted, ends, errors]: [string[], string[], string[]] = [[], [], []]
      const states: ReadonlyMap<string, StreamState> = new Map(table.states)
      const clock = { now: () => account.now * 1000, after: () => () => undefined }
      const reading = readByValue(get, names, states, { reader: 'export', clock, ...more, ...options })
      await (async () => {
        for await (const message of reading) {
          table.take(message)
          if (message.kind === 'error') errors.push(String(message.error))
          if (message.kind === 'status' && /complete/.test(message.status)) ends.push(message.status)
          if (message.kind !== 'records') continue
          message.records.forEach((record, nth) => {
            emitted.push(`${message.deletedAt?.[nth] === undefined ? '' : '-'}${String(record['id'])}`)
          })
        }
      })().catch((error) => errors.push(String(error)))
      return { emitted, ends, errors: errors.join() }
    },
  }
}

const organization = (id: number, at: number, name = 'A'): RecordData => ({ id, name, updated_at: iso(at) })
const event = (id: number, ticket_id: number, at: number, more: RecordData = {}): RecordData => ({
  id,
  ticket_id,
  timestamp: at,
  created_at: iso(at),
  child_events: [],
  ...more,
})
const audit = (id: number, ticket_id: number, at: number): RecordData => ({
  id,
  ticket_id,
  created_at: iso(at),
  events: [],
})
const metricEvent = (id: number, ticket_id: number, at: number, type = 'activate'): RecordData => ({
  id,
  ticket_id,
  type,
  time: iso(at),
})
const deletedTicket = (id: number, at: number): RecordData => ({
  ...ticket(id, at, { status: 'deleted' }),
  created_at: iso(NOW - 90 * DAY),
})

describe('an export by time', () => {
  const at = NOW - 5 * DAY
  test.each([
    ['nothing new', [], []],
    ['a row more in the same second', [organization(3, at)], ['3']],
    ['a row of that second that changed within it', [organization(2, at, 'B')], ['2']],
    ['a row that moved on', [organization(1, at + 60)], ['1']],
  ])('begins with the last second again, and emits what is not known of it: %s', async (_, changed, expected) => {
    const account = accountWith({ organizations: [organization(1, at), organization(2, at)] })
    const connection = connect(account)
    expect((await connection.sync(['organizations'])).emitted).toEqual(['1', '2'])
    const ids = new Set(changed.map(({ id }) => id))
    account.organizations = [...account.organizations.filter(({ id }) => !ids.has(id)), ...changed]
    expect((await connection.sync(['organizations'])).emitted).toEqual(expected)
  })
})

describe('rows that appear late', () => {
  test.each([
    ['ten minutes', 600, ['9']],
    ['29 minutes', 29 * 60, ['9']],
    ['an hour: nobody promises that', 3600, []],
  ])('metric events by %s', async (_, late, expected) => {
    const account = accountWith({
      exportedMetricEvents: [metricEvent(1, 7, NOW - 2 * DAY), metricEvent(2, 7, NOW - 120)],
    })
    const connection = connect(account)
    await connection.sync(['ticket_metric_events'])
    account.exportedMetricEvents.push(metricEvent(9, 7, NOW - 120 - late))
    account.now += 60
    expect((await connection.sync(['ticket_metric_events'])).emitted).toEqual(expected)
  })
})

describe('children go with their ticket, and come back with it', () => {
  const old = NOW - 40 * DAY
  const begun = async () => {
    const account = accountWith({
      tickets: [ticket(7, old), ticket(8, old + 1)],
      events: [event(71, 7, old), event(81, 8, old + 1), event(82, 8, NOW - 3 * DAY)],
    })
    account.tickets = account.tickets.map((one) => ({ ...one, created_at: iso(NOW - 90 * DAY) }))
    const connection = connect(account)
    expect((await connection.sync(['ticket_events'])).emitted).toEqual(['71', '81', '82'])
    return { account, connection }
  }

  test('a lookback emits the deletions of what came long ago', async () => {
    const { account, connection } = await begun()
    account.tickets = [deletedTicket(7, NOW - DAY), account.tickets[1]!]
    expect((await connection.sync(['ticket_events'])).emitted).toEqual(['-71'])
    expect((await connection.sync(['ticket_events'])).emitted).toEqual([])
    expect([...connection.table.rows.keys()]).toEqual(['ticket_events 81', 'ticket_events 82'])
  })

  test('rows of a deleted ticket that are new come as deletions, and none comes live', async () => {
    const { account, connection } = await begun()
    account.tickets = [deletedTicket(7, NOW - DAY), account.tickets[1]!]
    account.events.push(event(72, 7, NOW - DAY))
    const { emitted } = await connection.sync(['ticket_events'])
    expect(emitted.toSorted()).toEqual(['-71', '-72'])
  })

  test.each(['an event says so', 'only the ticket export shows it'])('restored: %s', async (how) => {
    const { account, connection } = await begun()
    const alive = account.tickets[0]!
    account.tickets = [deletedTicket(7, NOW - DAY), account.tickets[1]!]
    await connection.sync(['ticket_events'])
    account.now += DAY
    account.tickets = [{ ...alive, generated_timestamp: NOW + 60, updated_at: iso(NOW + 60) }, account.tickets[1]!]
    const restoring = { child_events: [{ id: 731, event_type: 'Change', status: 'open', previous_value: 'deleted' }] }
    if (how === 'an event says so') account.events.push(event(73, 7, NOW + 60, restoring))
    await connection.sync(['ticket_events'])
    await connection.sync(['ticket_events'])
    expect(connection.table.rows.has('ticket_events 71')).toBe(true)
  })

  test('if the ticket export fails, the next sync emits them', async () => {
    const { account, connection } = await begun()
    account.tickets = [deletedTicket(7, NOW - DAY), account.tickets[1]!]
    const before = new Map(connection.table.states)
    account.closed = 500
    expect((await connection.sync(['ticket_events'])).ends).toEqual(['incomplete'])
    expect(connection.table.states.get('ticket_events')?.['look_back']).toBeUndefined()
    expect(before.size).toBe(1)
    account.closed = undefined
    expect((await connection.sync(['ticket_events'])).emitted).toEqual(['-71'])
  })
})

describe('without exports', () => {
  const old = NOW - 20 * DAY
  const lists = { reader: 'list' as const, reconcile: { every: 7 * DAY, mostDeleted: 0.05 } }
  const someTickets = (count: number): RecordData[] =>
    Array.from({ length: count }, (_, nth) => ticket(nth + 1, old + nth))

  test('what changed in the last five minutes is emitted, read again, and emitted once', async () => {
    const account = accountWith({ tickets: [ticket(1, old), ticket(2, NOW - 100)] })
    const connection = connect(account, lists)
    expect((await connection.sync(['tickets'])).emitted).toEqual(['1', '2'])
    account.tickets.push(ticket(3, NOW - 150))
    account.now += 30
    expect((await connection.sync(['tickets'])).emitted).toEqual(['3'])
  })

  test('archived tickets come through search, those of the list only once', async () => {
    const closed = ticket(4, old, { status: 'closed' })
    const account = accountWith({
      tickets: [ticket(1, old), closed],
      archived: [closed, ticket(5, old, { status: 'closed' })],
    })
    expect((await connect(account, lists).sync(['tickets'])).emitted).toEqual(['1', '4', '5'])
  })

  test('a deletion comes before a row of the same ticket, so that a restored one stays', async () => {
    const account = accountWith({ tickets: someTickets(2) })
    const connection = connect(account, lists)
    await connection.sync(['tickets'])
    account.deletedTickets = [{ id: 2, deleted_at: iso(NOW + 60) }]
    account.tickets = [account.tickets[0]!, ticket(2, NOW + 120)]
    account.now += 3600
    expect((await connection.sync(['tickets'])).emitted).toEqual(['-2', '2'])
  })

  test('children of a ticket that changed: those that are younger than what was emitted', async () => {
    const account = accountWith({ tickets: [ticket(1, old)], audits: { 1: [audit(11, 1, old)] } })
    const connection = connect(account, lists)
    expect((await connection.sync(['ticket_audits'])).emitted).toEqual(['11'])
    account.now += DAY
    account.tickets = [ticket(1, NOW + 60)]
    account.audits = { 1: [audit(11, 1, old), audit(12, 1, NOW + 60)] }
    expect((await connection.sync(['ticket_audits'])).emitted).toEqual(['12'])
  })

  test('a breach that is written ahead comes at once, and is deleted if it is not there when its ticket changes', async () => {
    const breach = metricEvent(92, 1, NOW + 5 * DAY, 'breach')
    const account = accountWith({
      tickets: [ticket(1, NOW - 60)],
      metricEvents: { 1: [metricEvent(91, 1, NOW - 60), breach] },
    })
    const connection = connect(account, lists)
    expect((await connection.sync(['ticket_metric_events'])).emitted).toEqual(['91', '92'])
    account.now += 3600
    account.tickets = [ticket(1, NOW + 1800)]
    account.metricEvents = { 1: [metricEvent(91, 1, NOW - 60), metricEvent(93, 1, NOW + 1800)] }
    const { emitted } = await connection.sync(['ticket_metric_events'])
    expect(emitted.filter((id) => id !== '91').toSorted()).toEqual(['-92', '93'])
  })

  test('metric events that are written half an hour late come with the next sync, though the ticket did not change', async () => {
    const account = accountWith({ tickets: [ticket(1, NOW - 60)], metricEvents: { 1: [metricEvent(91, 1, NOW - 60)] } })
    const connection = connect(account, lists)
    await connection.sync(['ticket_metric_events'])
    account.now += 1200
    account.metricEvents[1]!.push(metricEvent(94, 1, NOW - 30))
    expect((await connection.sync(['ticket_metric_events'])).emitted).toEqual(['94'])
  })

  test.each([
    ['is deleted', 1, ['-40'], ['complete'], ''],
    [
      'is not believed if more than the share is missing',
      12,
      [],
      ['incomplete'],
      '12 of 100 records (12 %) of tickets',
    ],
  ])('a reconciliation: what no list has any more %s', async (_, gone, emitted, ends, error) => {
    const account = accountWith({ tickets: someTickets(100) })
    const connection = connect(account, lists)
    await connection.sync(['tickets'])
    account.tickets = account.tickets.filter(({ id }) => Number(id) < 40 || Number(id) >= 40 + gone)
    account.now += DAY
    expect((await connection.sync(['tickets'])).emitted).toEqual([])
    account.now += 7 * DAY
    const found = await connection.sync(['tickets'])
    expect([found.emitted, found.ends]).toEqual([emitted, ends])
    expect(found.errors).toContain(error)
  })

  test('a reconciliation finds an open ticket whose columns changed while its time did not', async () => {
    const account = accountWith({ tickets: someTickets(3) })
    const connection = connect(account, lists)
    await connection.sync(['tickets'])
    account.tickets[1] = { ...account.tickets[1], subject: 'Changed by a system' }
    account.now += 8 * DAY
    expect((await connection.sync(['tickets'])).emitted).toEqual(['2'])
  })

  test('the first reconciliation takes every number without a ticket for a deleted one', async () => {
    const account = accountWith({ tickets: someTickets(6) })
    const connection = connect(account)
    await connection.sync(['tickets'])
    account.tickets = account.tickets.filter(({ id }) => id !== 3)
    account.now += DAY
    expect((await connection.sync(['tickets'], lists)).emitted).toContain('-3')
    expect([...connection.table.rows.keys()]).not.toContain('tickets 3')
  })

  test('an export that closes in the middle: the streams go on from lists, and later from the export again', async () => {
    const account = accountWith({ tickets: someTickets(3) })
    const connection = connect(account, { reader: 'auto' })
    expect((await connection.sync(['tickets'])).emitted).toHaveLength(3)
    account.closed = 403
    account.tickets.push(ticket(4, NOW - 3600))
    const fallen = await connection.sync(['tickets'])
    expect([fallen.ends, fallen.emitted.includes('4')]).toEqual([['complete'], true])
    account.closed = undefined
    account.now += 2 * DAY
    account.tickets.push(ticket(5, NOW + DAY))
    expect((await connection.sync(['tickets'])).emitted).toContain('5')
    expect(connection.table.states.get('tickets')?.['list']).toBeUndefined()
  })

  test.each(['tickets', 'ticket_audits', 'ticket_metric_events'])(
    '%s: cut off between any two messages and started again, nothing is lost',
    async (name) => {
      const rows = (make: (id: number, of: number, at: number) => RecordData): Record<number, RecordData[]> =>
        Object.fromEntries(someTickets(5).map((_, nth) => [nth + 1, [make(100 + nth, nth + 1, old + nth)]]))
      const account = accountWith({ tickets: someTickets(5), audits: rows(audit), metricEvents: rows(metricEvent) })
      const whole = connect(account, lists)
      await whole.sync([name])
      for (let cut = 0; ; cut++) {
        const table = createTable()
        const get: GetPage = async ({ path, query = {} }) => pageOf(account, path, query)
        let taken = 0
        for await (const message of readByValue(get, [name], new Map(), lists)) {
          if (taken++ === cut) break
          table.take(message)
        }
        for await (const message of readByValue(get, [name], new Map(table.states), lists)) table.take(message)
        expect([cut, [...table.rows.keys()].sort()]).toEqual([cut, [...whole.table.rows.keys()].sort()])
        if (taken <= cut) break
      }
    },
  )
})

test('a stream whose side-load is missing ends alone: the other stream of the walk goes on', async () => {
  const account = accountWith({ tickets: [ticket(1, NOW - DAY)] })
  const { emitted, ends, errors } = await connect(account).sync(['tickets', 'ticket_metrics'])
  expect(emitted).toEqual(['1'])
  expect(ends).toEqual(['complete', 'incomplete'])
  expect(errors).toMatch(/tickets\/1\/metrics|metric/)
})
