import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Page, Position, RecordData } from '../../../../src/model/stream.ts'
import { engagementList } from '../../../../src/zendesk/walks/engagement-list.ts'

type Row = { readonly id: string; readonly channel: string; readonly start: number; readonly end: number }

const timeOf = (at: number): string => new Date(at * 1000).toISOString().slice(0, 19)

/** The pages of an account, in the form of `/engagements`, `size` rows each. */
const answerOf =
  (account: readonly Row[], size: number) =>
  (query: Readonly<Record<string, unknown>>): Page => {
    const [time, id] = [Number(query['start_time_cursor'] ?? -1), String(query['engagement_id_cursor'] ?? '')]
    const rest = account
      .filter(({ channel }) => channel === query['channel'])
      .sort((one, other) => one.start - other.start || (one.id < other.id ? -1 : 1))
      .filter((row) => row.start > time || (row.start === time && row.id > id))
    const rows = rest.slice(0, size)
    const last = rows.at(-1)
    const more = rest.length > size && last !== undefined
    const link = `https://acme.example/api/v2/engagements?start_time_cursor=${last?.start}&engagement_id_cursor=${last?.id}`
    return {
      agent_engagement_data: rows.map((row) => ({
        engagement_id: row.id,
        engagement_start_time: timeOf(row.start),
        engagement_end_time: timeOf(row.end),
      })),
      next_page_url: more ? `${link}&page_size=${size}` : null,
      has_more: more,
      page_size: rows.length,
    }
  }

/** The ids that a sync from this position gives, and the position after it. */
function sync(account: readonly Row[], size: number, before: Position): { ids: unknown[]; position: Position } {
  const answer = answerOf(account, size)
  let position = engagementList.rewind?.(before) ?? before
  const ids: unknown[] = []
  for (let pages = 0; pages < 1000; pages++) {
    const page = answer(engagementList.request(position) as Readonly<Record<string, unknown>>)
    const { rows, last, position: next } = engagementList.advance(page, position)
    ids.push(...rows.map((row: RecordData) => row['engagement_id']))
    position = next
    if (last) return { ids, position }
  }
  throw new Error('It does not end.')
}

const row = fc.record({
  id: fc.stringMatching(/^[0-9A-F]{4}$/),
  channel: fc.constantFrom('MESSAGING', 'SUPPORT'),
  start: fc.integer({ min: 1_700_000_000, max: 1_700_400_000 }),
  lasts: fc.integer({ min: 1, max: 400_000 }),
})

test('each engagement comes once, whenever it ends and wherever it began', () => {
  const accounts = fc.uniqueArray(row, { selector: ({ id }) => id, maxLength: 60 })
  fc.assert(
    fc.property(
      accounts,
      fc.integer({ min: 1, max: 9 }),
      fc.array(fc.nat(900_000), { maxLength: 4 }),
      (all, size, steps) => {
        const whole = all.map(({ lasts, ...one }) => ({ ...one, end: one.start + lasts }))
        let position: Position = { time: 0 }
        const seen: unknown[] = []
        let now = 1_700_000_000
        for (const step of [...steps, 2_000_000]) {
          now += step
          const { ids, position: next } = sync(
            whole.filter(({ end }) => end <= now),
            size,
            position,
          )
          seen.push(...ids)
          position = JSON.parse(JSON.stringify(next)) as Position
        }
        expect([...seen].sort()).toEqual(whole.map(({ id }) => id).sort())
      },
    ),
    { numRuns: 300 },
  )
})

test.each([
  [
    'more without a way to it',
    { agent_engagement_data: [{ engagement_id: 'A' }], has_more: true, next_page_url: null },
  ],
  [
    'a link without a place',
    { agent_engagement_data: [{ engagement_id: 'A' }], has_more: true, next_page_url: 'https://x.example/?a=1' },
  ],
])('%s is an error', (_, page) => {
  expect(() => engagementList.advance(page, { time: 0 })).toThrow(/there is more, but not where/)
})

test('without `has_more` the list goes on for as long as there is a link', () => {
  const link = 'https://x.example/api/v2/engagements?start_time_cursor=17&engagement_id_cursor=B&channel=MESSAGING'
  const page = { agent_engagement_data: [{ engagement_id: 'B' }], next_page_url: link }
  const { last, position } = engagementList.advance(page, { time: 0 })
  expect([last, position.cursor]).toEqual([false, 'channel=MESSAGING&start_time_cursor=17&engagement_id_cursor=B'])
  const end = engagementList.advance({ agent_engagement_data: [], next_page_url: null }, position)
  expect([end.last, end.position.cursor]).toEqual([false, 'channel=SUPPORT'])
})
