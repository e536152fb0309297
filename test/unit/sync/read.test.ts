import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Message } from '../../../src/model/message.ts'
import type { PageRequest, RecordData, StreamState } from '../../../src/model/stream.ts'
import { tries } from '../../support/thorough.ts'
import {
  createTable,
  getPageOf,
  group,
  NOW,
  organization,
  readByValue,
  type Tables,
  ticket,
} from '../../support/zendesk-by-value.ts'

const all = async (messages: AsyncIterable<Message>): Promise<Message[]> => {
  const list: Message[] = []
  for await (const message of messages) list.push(message)
  return list
}
const kinds = (messages: readonly Message[]): string[] =>
  messages.map((one) => (one.kind === 'status' ? one.status : one.kind)).filter((kind) => kind !== 'estimate')
const NAMES = ['tickets', 'organizations', 'groups']

/** Rows in the order of their times, several of them in one second at times. */
const rowsOf = (make: (id: number, at: number) => RecordData) =>
  fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 40 }).map((steps) => {
    let at = NOW - 100_000
    return steps.map((step, nth) => {
      at += step
      return make(nth + 1, at)
    })
  })
const accounts = fc.record({
  tickets: rowsOf(ticket),
  organizations: rowsOf(organization),
  groups: fc.nat(30).map((count) => Array.from({ length: count }, (_, nth) => group(nth + 1))),
})
/** No second of a time export may fill a page: that is a case of its own. */
const sizes = fc.integer({ min: 41, max: 60 })
const smallSizes = fc.integer({ min: 1, max: 12 })

const keysOf = (tables: Tables, names: readonly string[]): string[] =>
  names.flatMap((name) => (tables[name as keyof Tables] ?? []).map(({ id }) => `${name} ${String(id)}`)).sort()

describe('a sync', () => {
  test('emits each page, then the state that covers it', async () => {
    const tables = { tickets: [1, 2, 3, 4, 5].map((id) => ticket(id, NOW - 1000 + id)) }
    const messages = await all(readByValue(getPageOf(tables, 2), ['tickets']))
    expect(kinds(messages)).toEqual([
      ...['started', 'running', 'records', 'checkpoint', 'records', 'checkpoint', 'records', 'checkpoint'],
      ...['checkpoint', 'complete'],
    ])
    const states = messages.flatMap((message) => (message.kind === 'checkpoint' ? [message.state['cursor']] : []))
    expect(states).toEqual([2, 4, 5, 5].map((id) => `${NOW - 1000 + id}-${id}`))
  })

  test('of a list announces new rows before they are emitted, and has its state at the end', async () => {
    const tables = { groups: [1, 2, 3, 4, 5].map((id) => group(id)) }
    const messages = await all(readByValue(getPageOf(tables, 2), ['groups']))
    expect(kinds(messages)).toEqual([
      ...[
        'started',
        'checkpoint',
        'running',
        'records',
        'checkpoint',
        'records',
        'checkpoint',
        'records',
        'checkpoint',
      ],
      'complete',
    ])
    const announced = messages.map((one) => one.kind === 'checkpoint' && one.announces === true)
    expect(announced.filter(Boolean)).toHaveLength(3)
    expect(announced.at(-2)).toBe(false)
  })

  test('of a list in which nothing is new announces nothing', async () => {
    const table = createTable()
    const tables = { groups: [1, 2, 3].map((id) => group(id)) }
    for await (const message of readByValue(getPageOf(tables, 2), ['groups'])) table.take(message)
    const messages = await all(readByValue(getPageOf(tables, 2), ['groups'], table.states))
    expect(kinds(messages)).toEqual(['started', 'checkpoint', 'complete'])
  })

  test('reads a walk that two streams share once', async () => {
    const asked: PageRequest[] = []
    const metric_set = { id: 7, ticket_id: 1, created_at: '2026-01-01T00:00:00Z' }
    const tables = { tickets: [ticket(1, NOW - 1000, { metric_set })] }
    const messages = await all(readByValue(getPageOf(tables, 10, asked), ['tickets', 'ticket_metrics']))
    expect(asked.filter(({ path }) => path === 'incremental/tickets/cursor')).toHaveLength(1)
    expect(asked.at(-1)?.query).toMatchObject({ include: 'metric_sets' })
    const metrics = messages.flatMap((one) =>
      one.kind === 'records' && one.stream === 'ticket_metrics' ? one.records : [],
    )
    expect(metrics).toEqual([{ ...metric_set, ticket_id: 1, _ab_updated_at: NOW - 1000 }])
  })

  test('one that finds nothing new emits no record and keeps its state', async () => {
    const tables = {
      tickets: [1, 2, 3].map((id) => ticket(id, NOW - 1000)),
      organizations: [1, 2, 3].map((id) => organization(id, NOW - 1000)),
      groups: [1, 2, 3].map((id) => group(id)),
    }
    const table = createTable()
    for await (const message of readByValue(getPageOf(tables, 50), NAMES)) table.take(message)
    const before = new Map(table.states)
    const again = createTable()
    for await (const message of readByValue(getPageOf(tables, 50), NAMES, before)) again.take(message)
    expect(again.emitted()).toBe(0)
    expect(again.states).toEqual(before)
  })

  test('a deleted ticket is emitted as deleted, at the time of its deletion', async () => {
    const tables = { tickets: [ticket(1, NOW - 500, { status: 'deleted' }), ticket(2, NOW - 400)] }
    const [records] = (await all(readByValue(getPageOf(tables, 50), ['tickets']))).filter(
      ({ kind }) => kind === 'records',
    )
    expect(records).toMatchObject({ deletedAt: [tables.tickets[0]?.['updated_at'], undefined] })
  })

  test('what is missing in a list was deleted; what changed is emitted', async () => {
    const first = createTable()
    const before = { groups: [1, 2, 3].map((id) => group(id)) }
    for await (const message of readByValue(getPageOf(before, 2), ['groups'])) first.take(message)
    const after = { groups: [group(1), group(3, { name: 'Renamed' })] }
    const messages = await all(readByValue(getPageOf(after, 2), ['groups'], first.states))
    const records = messages.flatMap((one) => (one.kind === 'records' ? [one] : []))
    expect(records.flatMap((one) => one.records.map(({ id, name }) => [id, name]))).toEqual([
      [3, 'Renamed'],
      [2, undefined],
    ])
    expect(records.flatMap((one) => one.deletedAt ?? []).filter(Boolean)).toHaveLength(1)
  })

  test('one stream that fails ends INCOMPLETE with its last good state; the others go on', async () => {
    const tables = { tickets: [ticket(1, NOW - 500)], groups: [group(1)] }
    const works = getPageOf(tables, 50)
    const messages: Message[] = []
    const reading = readByValue(
      async (request) => {
        if (request.path === 'groups') throw new Error('The list is broken.')
        return works(request)
      },
      ['tickets', 'groups'],
    )
    await expect(
      (async () => {
        for await (const message of reading) messages.push(message)
      })(),
    ).rejects.toThrow('These streams could not be read completely: groups.')
    const ends = messages.flatMap((one) =>
      one.kind === 'status' && one.status.includes('complete') ? [[one.stream, one.status]] : [],
    )
    expect(Object.fromEntries(ends)).toEqual({ tickets: 'complete', groups: 'incomplete' })
    expect(messages.some((one) => one.kind === 'checkpoint' && one.stream === 'groups')).toBe(false)
  })
})

describe('cut off between any two messages, and started again from its last state', () => {
  /** Reads up to so many messages, as a process that is killed then; resolves to whether it came to its end. */
  async function readUntil(
    tables: Tables,
    size: number,
    names: readonly string[],
    table: ReturnType<typeof createTable>,
    cut: number,
  ): Promise<boolean> {
    let taken = 0
    for await (const message of readByValue(getPageOf(tables, size), names, new Map(table.states))) {
      if (taken++ === cut) return false
      table.take(message)
    }
    return true
  }

  const holds = (names: readonly string[], pageSizes: fc.Arbitrary<number>) =>
    fc.asyncProperty(accounts, pageSizes, fc.array(fc.nat(25), { maxLength: 6 }), async (tables, size, cuts) => {
      const table = createTable()
      for (const cut of cuts) await readUntil(tables, size, names, table, cut)
      expect(await readUntil(tables, size, names, table, Number.POSITIVE_INFINITY)).toBe(true)
      expect([...table.rows.keys()].sort()).toEqual(keysOf(tables, names))
      // A list is read whole again; an export repeats a page for each time that it was cut off.
      const most = names.includes('groups') ? 1 + cuts.length : 1
      const rows = keysOf(tables, names).length
      expect(table.emitted()).toBeLessThanOrEqual(rows * most + cuts.length * size * names.length)
    })

  test('exports by cursor lose nothing, and repeat a page at most', () =>
    fc.assert(holds(['tickets'], smallSizes), tries(300)))
  test('exports by time lose nothing, and repeat a page at most', () =>
    fc.assert(holds(['organizations'], sizes), tries(300)))
  test('lists lose nothing', () => fc.assert(holds(['groups'], smallSizes), tries(200)))
  test('of a list keep no row that is deleted before the next sync', () =>
    fc.assert(
      fc.asyncProperty(accounts, smallSizes, fc.array(fc.tuple(fc.nat(12), fc.nat(29))), async (all, size, cuts) => {
        const table = createTable()
        let { groups } = all
        for (const [cut, deleted] of cuts) {
          await readUntil({ groups }, size, ['groups'], table, cut)
          groups = groups.filter(({ id }) => id !== deleted)
        }
        await readUntil({ groups }, size, ['groups'], table, Number.POSITIVE_INFINITY)
        expect([...table.rows.keys()].sort()).toEqual(keysOf({ groups }, ['groups']))
      }),
      tries(300),
    ))
  test('all of them together', () => fc.assert(holds(NAMES, sizes), tries(200)))
})

test('changes between syncs are emitted once each, whichever way a stream is read', () =>
  fc.assert(
    fc.asyncProperty(accounts, sizes, fc.array(fc.nat(39), { maxLength: 10 }), async (tables, size, changed) => {
      const table = createTable()
      for await (const message of readByValue(getPageOf(tables, size), NAMES)) table.take(message)
      let at = NOW - 500
      const moved = (rows: readonly RecordData[], make: (id: number, time: number) => RecordData) => {
        const ids = new Set(changed.map((nth) => nth + 1).filter((id) => id <= rows.length))
        const fresh = [...ids].map((id) => ({ ...make(id, ++at), name: 'changed' }))
        return [...rows.filter(({ id }) => !ids.has(Number(id))), ...fresh]
      }
      const after: Tables = {
        tickets: moved(tables.tickets, ticket),
        organizations: moved(tables.organizations, organization),
        groups: tables.groups.map((one) =>
          changed.includes(Number(one['id']) - 1) ? { ...one, name: 'changed' } : one,
        ),
      }
      const second = createTable()
      const states: ReadonlyMap<string, StreamState> = new Map(table.states)
      for await (const message of readByValue(getPageOf(after, size), NAMES, states)) second.take(message)
      const expected = NAMES.flatMap((name) =>
        (after[name as keyof Tables] ?? [])
          .filter((row) => row['name'] === 'changed')
          .map(({ id }) => `${name} ${String(id)}`),
      )
      expect([...second.rows.keys()].sort()).toEqual(expected.sort())
      expect(second.emitted()).toBe(expected.length)
    }),
    tries(200),
  ))
