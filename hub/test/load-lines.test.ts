// What others write on standard input, right or wrong: what is loaded of it, what is said, and which states go back.
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SourceMessage } from '../src/source/source.ts'
import { loadLines } from '../src/sync/load-lines.ts'
import type { Warehouse } from '../src/warehouse/warehouse.ts'
import { DATABASES, type TestDatabase } from './support/here.ts'

const schema = (stream: string, properties: object = { id: { type: 'integer' } }, key: unknown = ['id']): object => ({
  ...{ type: 'SCHEMA', stream, schema: { properties }, key_properties: key },
})
const record = (stream: string, data: object): object => ({ type: 'RECORD', stream, record: data })
const STATE = { type: 'STATE', value: { bookmarks: { things: 1 } } }

describe.each(DATABASES)('%s', (_, make, skip) => {
  describe.skipIf(skip)('lines', () => {
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

    /** Loads these lines; objects are written as JSON. */
    async function loaded(...lines: readonly (object | string)[]) {
      const echoed: string[] = []
      const said: SourceMessage[] = []
      const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')
      const result = await loadLines(
        Readable.from([text]),
        warehouse,
        {},
        {
          ...{ streams: [], deleted: 'mark', contracts: 'evolve', most: { rows: 20_000, milliseconds: 30_000 } },
          report: (message) => said.push(message),
          echo: (line) => echoed.push(line),
        },
      )
      const errors = said.flatMap((message) => (message.kind === 'error' ? [String(message.error)] : []))
      const [sync] = await warehouse.rows(`select status from ${warehouse.schema}._syncs where id = ${result.syncId}`)
      return { ...result, echoed, errors, noted: sync!['status'] }
    }

    test.each([
      ['null', /not a message/],
      ['[1]', /not a message/],
      ['{"type":"RECORD"', /not JSON/],
      [{ type: 'RECORD' }, /not a valid RECORD: its record is not an object/],
      [{ type: 'RECORD', stream: 'things', record: null }, /not a valid RECORD/],
      [{ type: 'RECORD', stream: 'things', record: 'text' }, /not a valid RECORD/],
      [{ type: 'RECORD', stream: 'things', record: [1] }, /not a valid RECORD/],
      [{ type: 'RECORD', record: { id: 1 } }, /names no stream/],
      [{ type: 'RECORD', record: { stream: 'things', data: null } }, /its data is not an object/],
      [{ type: 'RECORD', stream: 'others', record: { id: 1 } }, /was not requested/],
      [{ type: 'SCHEMA' }, /names no stream/],
      [{ type: 'SCHEMA', stream: 'a', schema: null }, /its schema is not an object/],
      [{ type: 'SCHEMA', stream: 'a', schema: {}, key_properties: 'id' }, /not a list of names/],
      [{ type: 'TRACE' }, /not a valid TRACE/],
      [{ type: 'LOG' }, /not a valid LOG/],
      [{ type: 'STATE' }, /not a valid STATE/],
    ])('%j is refused, and what came before is loaded', async (line, reason) => {
      const { error, status, noted, echoed } = await loaded(schema('things'), record('things', { id: 1 }), line, STATE)
      expect(String(error)).toMatch(reason)
      expect([status, noted, echoed]).toEqual(['incomplete', 'incomplete', []])
      expect(await warehouse.rows(`select count(*) as n from ${warehouse.schema}.things`)).toEqual([{ n: 1 }])
    })

    test('messages of kinds that are not read are passed over', async () => {
      const { status, echoed } = await loaded(
        { type: 'CONTROL' },
        '',
        schema('things'),
        { type: 'FUTURE', x: 1 },
        STATE,
      )
      expect([status, echoed.length]).toEqual(['complete', 1])
    })

    test.each([
      ['the name of a table of the hub', schema('_syncs'), /keeps its own/],
      ['a name that differs in case only', schema('Things'), /upper and lower case/],
      ['a key without its column', schema('keyless', { a: { type: 'string' } }), /names the column "id"/],
    ])('a stream with %s is refused; others go on, and no state covers it', async (_title, odd, reason) => {
      const { stream } = odd as { stream: string }
      const found = await loaded(schema('things'), odd, record(stream, { id: 7 }), record('things', { id: 2 }), STATE)
      expect(found.errors.join()).toMatch(reason)
      expect([found.status, found.echoed]).toEqual(['incomplete', []])
      expect(found.tallies.get('things')).toMatchObject({ status: 'complete', rows: 1 })
      expect(found.tallies.get(stream)).toMatchObject({ status: 'failed', error: expect.stringMatching(reason) })
    })

    test('columns with the names of the hub get others', async () => {
      const text = { type: 'string' }
      const properties = { id: { type: 'integer' }, _deleted_at: text, _sync_id: text, _nth: text, _MORE: text }
      const values = { id: 1, _deleted_at: 'a', _sync_id: 'b', _nth: 'c', _MORE: 'd' }
      const { status, syncId } = await loaded(schema('strange', properties), record('strange', values), STATE)
      expect(status).toBe('complete')
      const names = await warehouse.rows(
        `select field, column_name from ${warehouse.schema}._columns where table_name = 'strange' and field <> 'id'`,
      )
      expect(names.length).toBe(4)
      for (const { field, column_name } of names)
        expect(await warehouse.rows(`select "${column_name}" as v from ${warehouse.schema}.strange`)).toEqual([
          { v: values[field as keyof typeof values] },
        ])
      expect(await warehouse.rows(`select _sync_id, _deleted_at from ${warehouse.schema}.strange`)).toEqual([
        { _sync_id: syncId, _deleted_at: null },
      ])
    })
  })
})
