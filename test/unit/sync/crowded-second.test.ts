// More side conversation events in one second than a page holds: they are read from their tickets, or the stream fails.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { GetPage, Page, RecordData } from '../../../src/model/stream.ts'
import { createTable, getPageOf, NOW, readByValue, ticket } from '../../support/zendesk-by-value.ts'

const T = NOW - 9000
const iso = (seconds: number): string => new Date(seconds * 1000).toISOString()
const NAMES = ['side_conversation_events', 'side_conversations']

/** An event of the nth conversation, which the nth ticket has. */
const event = (nth: number, at: number, kind = 'create'): RecordData => ({
  id: `e${nth}-${kind}`,
  side_conversation_id: `c${nth}`,
  ticket_id: nth,
  type: kind,
  created_at: iso(at),
})
const conversation = (nth: number, at: number): RecordData => ({
  id: `c${nth}`,
  ticket_id: nth,
  created_at: iso(at),
  updated_at: iso(at),
})

/** `shown`: whether the tickets' own lists have their events; `isMoved`: whether an event moves its ticket. */
function account(events: readonly RecordData[], size: number, shown: boolean, isMoved = true): GetPage {
  const timeOf = (row: RecordData): number => Date.parse(String(row['created_at'])) / 1000
  const nthOf = (row: RecordData): number => Number(row['ticket_id'])
  const tickets = events.map((row) =>
    ticket(nthOf(row), isMoved ? timeOf(row) : T - 5000, { created_at: iso(T - 100) }),
  )
  const rest = getPageOf({ tickets }, 50)
  return async (request): Promise<Page> => {
    const { path, query = {} } = request
    if (path === 'tickets/side_conversations/events') {
      const start = Number(query['start_time'])
      const due = events.filter((row) => timeOf(row) >= start)
      const here = due.slice(0, size)
      const beside = here.map((row) => conversation(nthOf(row), timeOf(row)))
      const end_time = here.length > 0 ? timeOf(here.at(-1)!) : start
      return {
        events: here,
        side_conversations: beside,
        count: here.length,
        end_time,
        next_page: `…?start_time=${end_time}`,
      }
    }
    const [, id, below] = /^tickets\/(\d+)\/side_conversations(\/.*)?$/.exec(path) ?? []
    if (id === undefined) return rest(request)
    const own = shown ? events.filter((row) => nthOf(row) === Number(id)) : []
    if (below !== undefined) return { events: own, next_page: null }
    const conversations = own.map((row) => conversation(nthOf(row), timeOf(row)))
    return { side_conversations: conversations, next_page: null }
  }
}

async function sync(get: GetPage, before = createTable()) {
  const logs: string[] = []
  const ends: string[] = []
  for (const [name, state] of before.states) before.states.set(name, state)
  const reading = (async () => {
    for await (const message of readByValue(get, NAMES, new Map(before.states))) {
      before.take(message)
      if (message.kind === 'log') logs.push(message.message)
      if (message.kind === 'error') logs.push(String(message.error))
      if (message.kind === 'status') ends.push(message.status)
    }
  })()
  await reading.catch(() => undefined)
  return { table: before, logs, ends: ends.slice(-2) }
}

const crowd = (before: number, inside: number, after: number): RecordData[] => [
  ...Array.from({ length: before }, (_, nth) => event(nth + 1, T - before + nth)),
  ...Array.from({ length: inside }, (_, nth) => event(1000 + nth, T)),
  ...Array.from({ length: after }, (_, nth) => event(5000 + nth, T + 1 + nth)),
]
const idsOf = (events: readonly RecordData[]): string[] =>
  events.flatMap((row) => [
    `side_conversation_events ${row['id']}`,
    `side_conversations ${row['side_conversation_id']}`,
  ])

test('130 in one second, with others before and after: all come, by way of their tickets', async () => {
  const events = crowd(20, 130, 25)
  const { table, logs, ends } = await sync(account(events, 100, true))
  expect(ends).toEqual(['complete', 'complete'])
  expect(new Set(table.rows.keys())).toEqual(new Set(idsOf(events)))
  expect(logs.join()).toMatch(
    /100 rows of the second .* fill a page.*read from tickets\/\{id\}\/side_conversations\/\{id\}\/events instead/,
  )
  expect(table.rows.get('side_conversation_events e1129-create')).toMatchObject(event(1129, T))
  expect(table.rows.get('side_conversations c1129')).toEqual(conversation(1129, T))
})

test('where the tickets do not have them the streams fail, and their states stay before that second', async () => {
  const events = crowd(20, 130, 25)
  const failed = await sync(account(events, 100, false))
  expect(failed.ends).toEqual(['incomplete', 'incomplete'])
  expect(failed.logs.join()).toMatch(/cannot go on without losing rows; the next sync tries this second again/)
  for (const name of NAMES) {
    const { created_at, updated_at } = failed.table.states.get(name) as Record<string, string>
    expect(Date.parse(created_at ?? updated_at!) / 1000).toBeLessThanOrEqual(T)
  }
  const next = await sync(account(events, 100, true), failed.table)
  expect(next.ends).toEqual(['complete', 'complete'])
  expect(new Set(next.table.rows.keys())).toEqual(new Set(idsOf(events)))
})

test('where events do not move their tickets, all tickets are asked', async () => {
  const events = crowd(20, 130, 25)
  const { table, ends } = await sync(account(events, 100, true, false))
  expect(ends).toEqual(['complete', 'complete'])
  expect(new Set(table.rows.keys())).toEqual(new Set(idsOf(events)))
})

test('however many there are: all, or an error', () =>
  fc.assert(
    fc.asyncProperty(
      fc.nat(150),
      fc.nat(320),
      fc.nat(150),
      fc.boolean(),
      fc.boolean(),
      async (before, inside, after, shown, moved) => {
        const events = crowd(before, inside, after)
        const { table, ends } = await sync(account(events, 100, shown, moved))
        if (ends[0] === 'complete') expect(new Set(table.rows.keys())).toEqual(new Set(idsOf(events)))
        if (shown || inside < 100) expect(ends).toEqual(['complete', 'complete'])
      },
    ),
    { numRuns: 40 },
  ))
