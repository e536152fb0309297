import { expect, test } from 'vitest'
import { type GetPage, type Position, type Query, setAnsweredAt } from '../../../../src/model/stream.ts'
import { readWalk } from '../../../../src/sync/pages.ts'
import { cursorExport } from '../../../../src/zendesk/walks/cursor-export.ts'

const walk = cursorExport({ name: 'rows', path: 'rows', key: 'rows', bucket: 'rows', timeField: 'at' })

interface Row {
  readonly id: number
  readonly at: number
}

const cursorOf = ({ id, at }: Row): string => Buffer.from(`${at}.0||${id}|`).toString('base64')

/** The export of these rows, one in a page, with an answer of this time. */
const serve =
  (rows: readonly Row[], now: number, asked: Query[]): GetPage =>
  async ({ query = {} }) => {
    asked.push(query)
    const { cursor, start_time } = query
    const from =
      cursor === undefined
        ? rows.findIndex(({ at }) => at >= Number(start_time))
        : rows.findIndex((row) => cursorOf(row) === cursor) + 1
    const row = from < 0 ? undefined : rows[from]
    const page = {
      rows: row ? [row] : [],
      after_cursor: row ? cursorOf(row) : (cursor ?? null),
      end_of_stream: from < 0 || from >= rows.length - 1,
    }
    setAnsweredAt(page, now)
    return page
  }

async function read(from: Position, rows: readonly Row[], now: number) {
  const asked: Query[] = []
  const options = { get: serve(rows, now, asked), signal: new AbortController().signal, streams: ['rows'] }
  const ids: unknown[] = []
  const warnings: string[] = []
  let position = from
  for await (const step of readWalk(walk, from, options)) {
    ids.push(...step.rows.map(({ id }) => id))
    if (step.warning !== undefined) warnings.push(step.warning)
    position = step.after
  }
  return { ids, warnings, position, asked }
}

const NOW = 1_800_000_000
const FAR = 253_402_300_799

test('a sync goes on from the cursor of the last one', async () => {
  const rows = [1, 2, 3].map((id) => ({ id, at: NOW - 1000 + id }))
  const first = await read({ time: 0 }, rows.slice(0, 2), NOW)
  expect(first.ids).toEqual([1, 2])
  const second = await read(first.position, rows, NOW)
  expect([second.ids, second.warnings]).toEqual([[3], []])
  expect(second.asked[0]).toMatchObject({ cursor: cursorOf(rows[1]!) })
})

test('behind a row of the year 9999 nothing is looked for: the next sync goes on from the row before it', async () => {
  const rows = [1, 2].map((id) => ({ id, at: NOW - 1000 + id }))
  const far = { id: 9, at: FAR }
  const first = await read({ time: 0 }, [...rows, far], NOW)
  expect([first.ids, first.position]).toEqual([[1, 2, 9], { time: NOW - 998 }])
  expect(first.warnings).toEqual([expect.stringMatching(/^rows: 1 row has a time ahead of Zendesk's own/)])
  const second = await read(first.position, [...rows, { id: 3, at: NOW + 100 }, far], NOW + 500)
  expect(second.ids).toEqual([2, 3, 9])
  expect(second.position).toEqual({ time: NOW + 100 })
})
