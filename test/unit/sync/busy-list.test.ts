// An account that changes faster than it is read: a sync of its lists ends, and the next one goes on.
import { expect, test } from 'vitest'
import { type GetPage, type Page, setAnsweredAt } from '../../../src/model/stream.ts'
import { createTable, NOW, organization, readByValue } from '../../support/zendesk-by-value.ts'

/** Zendesk's cursor after the nth row. */
const cursorAfter = (nth: number): string =>
  Buffer.from(JSON.stringify({ o: 'updated_at,id', v: `row ${nth}` })).toString('base64')

/** The first row after a cursor of ours, or from the second on that the connector built one for. */
function firstAfter(cursor: unknown, times: readonly number[]): number {
  const { v } = JSON.parse(Buffer.from(String(cursor), 'base64').toString()) as { v: string }
  const nth = /^row (\d+)$/.exec(v)?.[1]
  if (nth !== undefined) return Number(nth) + 1
  const second = Number(Buffer.from(v, 'base64').readBigInt64LE(1))
  const first = times.findIndex((time) => time >= second)
  return first < 0 ? times.length : first
}

test('reads up to the time at which it began, and the rest in the next sync', async () => {
  let now = NOW - 100_000
  const times = Array.from({ length: 1_000 }, (_, nth) => now - 5_000 + nth)
  let asked = 0
  /** With each request so many organizations come, a second apart. */
  const account =
    (changes: number): GetPage =>
    async ({ path, query = {} }) => {
      const answer = (page: object): Page => {
        setAnsweredAt(page as Page, now)
        return page as Page
      }
      if (path === 'audit_logs') return answer({ audit_logs: [], meta: { has_more: false } })
      if (path !== 'organizations') return answer({ count: { value: 1 } })
      asked++
      if (asked > 200) throw new Error('It does not end.')
      for (let nth = 0; nth < changes; nth++) times.push(++now)
      now++
      const from = firstAfter(query['page[after]'], times)
      const rows = times.map((time, nth) => organization(nth + 1, time)).slice(from, from + 100)
      const after_cursor = rows.length > 0 ? cursorAfter(from + rows.length - 1) : null
      return answer({ organizations: rows, meta: { has_more: from + 100 < times.length, after_cursor } })
    }
  const table = createTable()
  const first = readByValue(account(100), ['organizations'], new Map(), { reader: 'list' })
  for await (const message of first) table.take(message)
  expect(table.rows.size).toBeGreaterThanOrEqual(1_000)
  expect(asked).toBeLessThan(20)

  const second = readByValue(account(0), ['organizations'], new Map(table.states), { reader: 'list' })
  for await (const message of second) table.take(message)
  expect(table.rows.size).toBe(times.length)
})
