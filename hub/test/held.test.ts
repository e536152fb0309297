// Rows that go straight into their table end up as those that wait in a temporary one: given messages, what the tables hold.
import { describe, expect, test } from 'vitest'
import { openBooks } from '../src/load/books.ts'
import { openLoad } from '../src/load/load.ts'
import type { Source, SourceMessage, SourceStream } from '../src/source/source.ts'
import { planned } from '../src/sync/sync.ts'
import type { Warehouse } from '../src/warehouse/warehouse.ts'
import { DATABASES, duckdbFile, load } from './support/here.ts'

const INTEGER = { type: ['null', 'integer'] }
const TEXT = { type: ['null', 'string'] }
const STREAMS: readonly SourceStream[] = [
  { name: 'tickets', primaryKey: ['id'], isIncremental: true, properties: { id: INTEGER, subject: TEXT } },
  {
    name: 'ticket_comments',
    primaryKey: ['id'],
    isIncremental: true,
    properties: { id: INTEGER, ticket_id: INTEGER, body: TEXT },
  },
]

/** A source that says this, and that both streams are complete. */
function saying(...messages: readonly SourceMessage[]): Source {
  return {
    streams: async () => STREAMS,
    async *read() {
      yield* messages
      for (const { name: stream } of STREAMS) {
        yield { kind: 'checkpoint', stream, state: { at: 1 } }
        yield { kind: 'status', stream, status: 'complete' }
      }
    },
  }
}

const tickets = (...records: readonly object[]): SourceMessage => ({
  kind: 'records',
  stream: 'tickets',
  records: records as Record<string, unknown>[],
})
const deleted = (id: number): SourceMessage => ({
  ...{ kind: 'records', stream: 'tickets', records: [{ id }], deletedAt: ['2024-05-01T00:00:00Z'] },
})
const comments = (...records: readonly object[]): SourceMessage => ({
  kind: 'records',
  stream: 'ticket_comments',
  records: records as Record<string, unknown>[],
})

describe.each(DATABASES)('%s', (name, make, skip) => {
  const testWith = (title: string, check: (warehouse: Warehouse) => Promise<void>): void =>
    test.skipIf(skip)(title, async () => {
      const database = await make()
      const warehouse = await database.open()
      try {
        await check(warehouse)
      } finally {
        await warehouse.close()
        await database.remove()
      }
    })
  const ticketsOf = ({ rows, schema }: Warehouse) =>
    rows(`select id, subject, _deleted_at is not null as is_deleted from ${schema}.tickets order by id`)

  testWith('texts of every length come as they are', async (warehouse) => {
    const lengths = Array.from({ length: 40 }, (_, length) => 'abcdefghij'.repeat(4).slice(0, length))
    const strange = ['ääääääääääää', 'é', '日本語', '👍👍👍', 'abcdefghijkä', "it's", '\\', 'null', '\u2028']
    const texts = [...lengths, ...strange, ...(name === 'DuckDB' ? ['a\0b', '\0', 'abcdefghijklm\0'] : [])]
    await load(saying(tickets(...texts.map((subject, id) => ({ id, subject })))), warehouse)
    expect((await ticketsOf(warehouse)).map(({ subject }) => subject)).toEqual(texts)
  })

  testWith('long texts come as they are, however many', async (warehouse) => {
    const many = Array.from({ length: 60 }, (_, nth) => `${nth}日`.repeat(nth * 300))
    const texts = [
      'é'.repeat(12),
      'a'.repeat(400_000),
      ...many,
      '👍'.repeat(200_000),
      '日'.repeat(16_383),
      '日'.repeat(131_072),
      '日'.repeat(131_073),
      'b'.repeat(349_525),
      null,
      'é'.repeat(2_000_000),
    ]
    await load(saying(tickets(...texts.map((subject, id) => ({ id, subject })))), warehouse)
    const found = (await ticketsOf(warehouse)).map(({ subject }) => subject)
    expect(found.findIndex((subject, at) => subject !== texts[at])).toBe(-1)
    expect(found).toHaveLength(texts.length)
  })

  testWith('a row of one transaction leaves nothing to that of the next in its place', async (warehouse) => {
    const rows = Array.from({ length: 40 }, (_, id) => ({ id, subject: id % 4 < 2 ? `text ${id} that is long` : null }))
    const pages = Array.from({ length: 20 }, (_, nth) => tickets(...rows.slice(nth * 2, nth * 2 + 2)))
    await load(saying(...pages), warehouse, {}, { most: { rows: 2, milliseconds: 60_000 } })
    const found = (await ticketsOf(warehouse)).map(({ id, subject }) => ({ id, subject }))
    expect(found).toEqual(rows)
  })

  testWith('the last word on a key counts, in one transaction and over several', async (warehouse) => {
    const many = Array.from({ length: 2500 }, (_, id) => ({ id, subject: `first ${id}` }))
    await load(
      saying(
        tickets(...many),
        tickets({ id: 1, subject: 'second' }, { id: 1, subject: 'third' }),
        deleted(2),
        deleted(3),
        tickets({ id: 3, subject: 'back' }),
        deleted(9000),
        tickets({ id: 9001, subject: 'new' }, { id: 9001, subject: 'newer' }),
        deleted(9001),
        deleted(9002),
        tickets({ id: 9002, subject: 'there again' }),
        deleted(9002),
        tickets({ id: '4', subject: 'text for a number' }),
      ),
      warehouse,
    )
    const found = await ticketsOf(warehouse)
    expect(found.length).toBe(2503)
    expect([...found.slice(0, 6), ...found.slice(-3)]).toEqual([
      { id: 0, subject: 'first 0', is_deleted: false },
      { id: 1, subject: 'third', is_deleted: false },
      { id: 2, subject: 'first 2', is_deleted: true },
      { id: 3, subject: 'back', is_deleted: false },
      { id: 4, subject: 'text for a number', is_deleted: false },
      { id: 5, subject: 'first 5', is_deleted: false },
      { id: 9000, subject: null, is_deleted: true },
      { id: 9001, subject: 'newer', is_deleted: true },
      { id: 9002, subject: 'there again', is_deleted: true },
    ])
    await load(saying(tickets({ id: 2, subject: 'restored' }, { id: 5, subject: 'changed' })), warehouse, {}, {})
    expect((await ticketsOf(warehouse)).slice(2, 6)).toEqual([
      { id: 2, subject: 'restored', is_deleted: false },
      { id: 3, subject: 'back', is_deleted: false },
      { id: 4, subject: 'text for a number', is_deleted: false },
      { id: 5, subject: 'changed', is_deleted: false },
    ])
  })

  testWith('what another one put into a table that is new is replaced by its key', async (warehouse) => {
    await openBooks(warehouse)
    const load = await openLoad(warehouse, {
      ...{ deleted: 'mark', contracts: 'evolve', most: { rows: 100, milliseconds: 60_000 } },
    })
    const [stream] = planned(STREAMS, { streams: ['tickets'] })
    await load.add(stream!, undefined)
    await warehouse.run(
      `insert into ${warehouse.schema}.tickets (id, subject, _loaded_at, _sync_id) values (1, 'theirs', now(), 1)`,
    )
    await load.take(tickets({ id: 1, subject: 'ours' }, { id: 2, subject: 'new' }))
    await load.take({ kind: 'status', stream: 'tickets', status: 'complete' })
    await load.end()
    expect((await ticketsOf(warehouse)).map(({ id, subject }) => [id, subject])).toEqual([
      [1, 'ours'],
      [2, 'new'],
    ])
  })

  testWith('comments that come after the deletion of their ticket are marked', async (warehouse) => {
    await load(saying(tickets({ id: 1 }, { id: 2 }, { id: 3 }), comments({ id: 10, ticket_id: 1 })), warehouse)
    await load(saying(deleted(1), comments({ id: 11, ticket_id: 1 }, { id: 20, ticket_id: 2 })), warehouse)
    await load(saying(comments({ id: 12, ticket_id: 1 }, { id: 30, ticket_id: 3 })), warehouse)
    const marked = await warehouse.rows(
      `select id from ${warehouse.schema}.ticket_comments where _deleted_at is not null order by id`,
    )
    expect(marked.map(({ id }) => id)).toEqual([10, 11, 12])
  })

  testWith('comments whose column of the ticket is left out follow nobody', async (warehouse) => {
    const columnsOf = { ticket_comments: ['body'] }
    await load(saying(tickets({ id: 1 }), comments({ id: 10, body: 'a' })), warehouse, { columnsOf })
    const { status } = await load(saying(deleted(1), comments({ id: 11, body: 'b' })), warehouse, { columnsOf })
    expect(status).toBe('complete')
    expect(await warehouse.rows(`select count(*) as n from ${warehouse.schema}.ticket_comments`)).toEqual([{ n: 2 }])
  })

  testWith("a column of somebody else's gets its default", async (warehouse) => {
    await load(saying(tickets({ id: 1 })), warehouse)
    const text = warehouse.types.text
    await warehouse.run(`alter table ${warehouse.schema}.tickets add column note ${text} default 'mine'`)
    await load(saying(tickets({ id: 2 })), warehouse)
    expect(await warehouse.rows(`select id, note from ${warehouse.schema}.tickets order by id`)).toEqual([
      { id: 1, note: 'mine' },
      { id: 2, note: 'mine' },
    ])
  })
})

test('a transaction ends before long texts fill the memory, however few their rows are', async () => {
  const database = duckdbFile()
  const warehouse = await database.open()
  const page = (nth: number) =>
    tickets(...Array.from({ length: 1000 }, (_, row) => ({ id: nth * 1000 + row, subject: `${row}`.repeat(8000) })))
  let commits = 0
  await load(saying(page(0), page(1), page(2), page(3)), warehouse, {}, { onCommit: async () => void commits++ })
  expect(commits).toBe(3)
  expect(await warehouse.rows('select count(distinct subject) as n from tickets')).toEqual([{ n: 1000 }])
  await warehouse.close()
  await database.remove()
})

test('a load gives the other threads and the memory of DuckDB back', async () => {
  const database = duckdbFile()
  const warehouse = await database.open()
  const settings = () => warehouse.rows("select current_setting('threads') as n, current_setting('memory_limit') as m")
  const before = await settings()
  await load(saying(tickets({ id: 1 })), warehouse)
  expect(await settings()).toEqual(before)
  await warehouse.close()
  await database.remove()
})

test('a table of many columns has the memory that it takes', async () => {
  const database = duckdbFile()
  const warehouse = await database.open()
  const names = Array.from({ length: 500 }, (_, nth) => `column_${nth}`)
  const properties = { id: INTEGER, ...Object.fromEntries(names.map((name) => [name, TEXT])) }
  const row = (id: number) => ({ id, ...Object.fromEntries(names.map((name) => [name, `${name} of row ${id}`])) })
  const pages = Array.from({ length: 8 }, (_, page) =>
    tickets(...Array.from({ length: 500 }, (__, nth) => row(page * 500 + nth))),
  )
  await load(
    {
      ...saying(...pages),
      streams: async () => STREAMS.map((one) => (one.name === 'tickets' ? { ...one, properties } : one)),
    },
    warehouse,
  )
  expect(await warehouse.rows('select count(*) as n, max(column_499) as last from tickets')).toEqual([
    { n: 4000, last: 'column_499 of row 999' },
  ])
  await warehouse.close()
  await database.remove()
})
