// Tables follow their streams' columns: what is new appears, what is wider fits, and nothing is lost or dropped.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { forgetState } from '../src/load/books.ts'
import type { Source, SourceMessage, SourceStream } from '../src/source/source.ts'
import type { Row } from '../src/table/batch.ts'
import type { Warehouse } from '../src/warehouse/warehouse.ts'
import { DATABASES, load, type TestDatabase } from './support/here.ts'

/** A source of one stream, by value. */
function sourceOf(properties: SourceStream['properties'], records: readonly Row[]): Source {
  const stream: SourceStream = { name: 'things', primaryKey: ['id'], isIncremental: true, properties }
  return {
    streams: async () => [stream],
    async *read(): AsyncGenerator<SourceMessage> {
      yield { kind: 'records', stream: 'things', records }
      yield { kind: 'checkpoint', stream: 'things', state: { at: records.length } }
      yield { kind: 'status', stream: 'things', status: 'complete' }
    },
  }
}

const INTEGER = { type: ['null', 'integer'] }
const TEXT = { type: ['null', 'string'] }

describe.each(DATABASES)('%s', (_, make, skip) => {
  describe.skipIf(skip)('a table', () => {
    let database: TestDatabase
    let warehouse: Warehouse
    beforeAll(async () => {
      database = await make()
      warehouse = await database.open()
    })
    afterAll(async () => {
      await warehouse?.close()
      await database?.remove()
    })
    const rows = (columns: string) =>
      warehouse.rows(`select ${columns} from ${warehouse.schema}.things where _deleted_at is null order by id`)

    test('gets new columns and wider types, under a view of its user', async () => {
      await load(sourceOf({ id: INTEGER, size: INTEGER, name: TEXT }, [{ id: 1, size: 5, name: 'a' }]), warehouse)
      await warehouse.run(`create view ${warehouse.schema}.mine as select id, name from ${warehouse.schema}.things`)
      const wider = {
        id: INTEGER,
        size: { type: 'number' },
        name: TEXT,
        seen_at: { type: 'string', format: 'date-time' },
      }
      const result = await load(
        sourceOf(wider, [{ id: 2, size: 2.5, name: 'b', seen_at: '2024-01-02T03:04:05Z' }]),
        warehouse,
      )
      expect(result.status).toBe('complete')
      expect(await rows('id, size, name, seen_at')).toEqual([
        { id: 1, size: 5, name: 'a', seen_at: null },
        { id: 2, size: 2.5, name: 'b', seen_at: '2024-01-02T03:04:05Z' },
      ])
      expect(await warehouse.rows(`select count(*) as n from ${warehouse.schema}.mine`)).toEqual([{ n: 2 }])
      const history = await warehouse.rows(
        `select type, sync_id from ${warehouse.schema}._columns where field = 'size'`,
      )
      expect(history).toEqual([{ type: 'number', sync_id: 2 }])
    })

    test('keeps a column that is not in the schema any more, and a type that became narrower', async () => {
      await load(sourceOf({ id: INTEGER, size: INTEGER }, [{ id: 3, size: 7, name: 'of no column now' }]), warehouse)
      expect(await rows('id, size, name, _more')).toMatchObject([
        { id: 1, size: 5, name: 'a' },
        { id: 2, size: 2.5, name: 'b' },
        { id: 3, size: 7, name: null, _more: expect.stringContaining('of no column now') },
      ])
    })

    test('does not change if contracts are frozen: the stream is refused with the reason', async () => {
      const frozen = { contracts: 'freeze' } as const
      const wanted = { id: INTEGER, size: INTEGER, colour: TEXT }
      const result = await load(sourceOf(wanted, [{ id: 4, colour: 'red' }]), warehouse, {}, frozen)
      expect(result.status).toBe('incomplete')
      expect(result.tallies.get('things')?.error).toMatch(/"colour" \(text\)/)
      expect(await rows('id')).toHaveLength(3)
      const same = await load(sourceOf({ id: INTEGER, size: INTEGER }, [{ id: 4, size: 1 }]), warehouse, {}, frozen)
      expect(same.status).toBe('complete')
    })

    test('holds what is odd: NUL, half a character, huge numbers, long names, names that differ in case only', async () => {
      const long = 'a'.repeat(70)
      const properties = {
        id: INTEGER,
        name: TEXT,
        Name: TEXT,
        [long]: TEXT,
        [`${long}b`]: TEXT,
        'a "quoted" one': TEXT,
        any: {},
      }
      const record = {
        id: 9_007_199_254_740_991,
        name: 'n\0u\ud800l',
        Name: 'other',
        [long]: 'long',
        [`${long}b`]: 'longer',
        'a "quoted" one': "it's",
        any: { nul: '\0', half: '\udc00', text: '\\u0000', huge: 1e300, list: [null, true] },
      }
      const result = await load(sourceOf(properties, [record]), warehouse)
      expect(result.status).toBe('complete')
      const [row] = await warehouse.rows(`select * from ${warehouse.schema}.things where id > 1000`)
      const names = await warehouse.rows(`select field, column_name from ${warehouse.schema}._columns`)
      const at = (field: string) => row![String(names.find((one) => one['field'] === field)!['column_name'])]
      const nul = database.to.startsWith('duckdb') ? '\0' : ''
      expect(at('id')).toBe(9_007_199_254_740_991)
      expect([at('name'), at('Name')]).toEqual([`n${nul}u\ufffdl`, 'other'])
      expect([at(long), at(`${long}b`), at('a "quoted" one')]).toEqual(['long', 'longer', "it's"])
      const any = { nul, half: '\ufffd', text: '\\u0000', huge: 1e300, list: [null, true] }
      expect(JSON.parse(String(at('any')))).toEqual(any)
      expect(new Set(names.map((one) => Buffer.byteLength(String(one['column_name'])) <= 63))).toEqual(new Set([true]))
    })

    test('takes another mode once it was dropped and its stream reset, as the refusal says', async () => {
      const source = sourceOf({ id: INTEGER }, [{ id: 1 }])
      const schema = `${warehouse.schema}`
      await load(source, warehouse, { mode: 'append' })
      const refused = await load(source, warehouse, { mode: 'merge' })
      expect(refused.tallies.get('things')!.error).toMatch(/drop the table and reset the stream/)
      await warehouse.run(`drop view if exists ${schema}.mine; drop table ${schema}.things`)
      await forgetState(warehouse, 'things')
      expect((await load(source, warehouse, { mode: 'merge' })).status).toBe('complete')
      expect(await rows('id')).toEqual([{ id: 1 }])
    })

    test('takes the last record of a key within a batch, a deletion after it and a record after a deletion', async () => {
      const stream = sourceOf({ id: INTEGER, size: INTEGER }, [])
      const source: Source = {
        ...stream,
        async *read() {
          yield {
            kind: 'records',
            stream: 'things',
            records: [
              { id: 50, size: 1 },
              { id: 51, size: 1 },
            ],
          }
          yield { kind: 'records', stream: 'things', records: [{ id: 50 }], deletedAt: ['2024-01-01T00:00:00Z'] }
          yield { kind: 'records', stream: 'things', records: [{ id: 51 }], deletedAt: ['2024-01-01T00:00:00Z'] }
          yield { kind: 'records', stream: 'things', records: [{ id: 51, size: 2 }] }
          yield { kind: 'status', stream: 'things', status: 'complete' }
        },
      }
      await load(source, warehouse)
      const sql = `select id, size, _deleted_at from ${warehouse.schema}.things where id in (50, 51) order by id`
      expect(await warehouse.rows(sql)).toEqual([
        { id: 50, size: 1, _deleted_at: '2024-01-01T00:00:00Z' },
        { id: 51, size: 2, _deleted_at: null },
      ])
    })
  })
})
