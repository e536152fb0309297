// What an event brought never takes a table back in time, in either database.
import { describe, expect, test } from 'vitest'
import { type Brought, type LiveStream, openWriter } from '../../src/live/write.ts'
import { beginSync, openBooks } from '../../src/load/books.ts'
import { DATABASES } from '../support/here.ts'

const time = { type: ['string', 'null'], format: 'date-time' }
const integer = { type: ['integer', 'null'] }
const TICKETS: LiveStream = {
  name: 'tickets',
  primaryKey: ['id'],
  properties: { id: integer, status: { type: ['string', 'null'] }, updated_at: time, generated_timestamp: integer },
  mode: 'merge',
  isWhole: false,
  shownBy: 'tickets',
  cursorField: 'generated_timestamp',
}
const COMMENTS: LiveStream = {
  name: 'ticket_comments',
  primaryKey: ['id'],
  properties: { id: integer, ticket_id: integer, body: { type: ['string', 'null'] } },
  mode: 'merge',
  isWhole: false,
  shownBy: 'tickets',
}

const at = (minute: number): string => `2026-11-29T12:${String(minute).padStart(2, '0')}:00Z`
const ticket = (id: number, status: string, minute: number, generated = minute): Brought => ({
  stream: 'tickets',
  records: [{ id, status, updated_at: at(minute), generated_timestamp: generated }],
})

describe.each(DATABASES)('%s', (_, make, skip) => {
  test.skipIf(skip).each(['merge', 'history'] as const)(
    'mode %s: newer over older, never the other way',
    async (mode) => {
      const database = await make()
      const warehouse = await database.open()
      try {
        await openBooks(warehouse)
        const syncId = await beginSync(warehouse)
        const options = { deleted: 'mark', contracts: 'evolve', syncId } as const
        const write = await openWriter(warehouse, [{ ...TICKETS, mode }, COMMENTS], options)
        const rows = async () => {
          const present = mode === 'history' ? 'where _valid_to is null' : ''
          const found = await warehouse.rows(
            `select id, status, generated_timestamp, _deleted_at from ${warehouse.schema}.tickets ${present} order by id`,
          )
          return found.map((row) => [row['id'], row['status'], row['generated_timestamp'], row['_deleted_at'] != null])
        }
        await write([ticket(1, 'open', 10, 20), ticket(2, 'new', 10)])
        await write([ticket(1, 'new', 9), ticket(2, 'open', 11)])
        expect(await rows()).toEqual([
          [1, 'open', 20, false],
          [2, 'open', 11, false],
        ])
        // The same second may hold two changes: what was read later is right.
        await write([ticket(1, 'pending', 10)])
        expect(await rows()).toEqual([
          [1, 'pending', 20, false],
          [2, 'open', 11, false],
        ])
        // Of one window, the last one of a key counts.
        expect(await write([ticket(1, 'hold', 12), ticket(1, 'solved', 13)])).toBe(2)
        expect((await rows())[0]).toEqual([1, 'solved', 20, false])
      } finally {
        await warehouse.close()
        await database.remove()
      }
    },
  )

  test.skipIf(skip)(
    'a deletion marks the row and takes along what belongs to it; the record known before stays',
    async () => {
      const database = await make()
      const warehouse = await database.open()
      try {
        await openBooks(warehouse)
        const syncId = await beginSync(warehouse)
        const write = await openWriter(warehouse, [TICKETS, COMMENTS], { deleted: 'mark', contracts: 'evolve', syncId })
        const comments = { stream: 'ticket_comments', records: [{ id: 7, ticket_id: 1, body: 'Hello' }] }
        await write([ticket(1, 'open', 10), ticket(2, 'open', 10), comments])
        await write([{ stream: 'tickets', records: [{ id: 1 }], deletedAt: [at(11)] }])
        const deleted = (table: string): Promise<readonly unknown[]> =>
          warehouse.rows(`select * from ${warehouse.schema}.${table} where _deleted_at is not null`)
        expect(await deleted('tickets')).toMatchObject([{ id: 1, status: 'open', _deleted_at: at(11) }])
        expect(await deleted('ticket_comments')).toMatchObject([{ id: 7 }])
        await write([ticket(1, 'open', 12)])
        expect(await deleted('tickets')).toEqual([])
        expect(await deleted('ticket_comments')).toEqual([])
      } finally {
        await warehouse.close()
        await database.remove()
      }
    },
  )
})
