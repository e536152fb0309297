import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type GetPage, type Position, type RecordData, setAnsweredAt } from '../../../../src/model/stream.ts'
import { readWalk } from '../../../../src/sync/pages.ts'
import { changedList } from '../../../../src/zendesk/walks/changed-list.ts'
import { datedList } from '../../../../src/zendesk/walks/incremental-list.ts'
import { listCursorFrom } from '../../../../src/zendesk/walks/list-cursor.ts'

interface Row extends RecordData {
  readonly id: number
  readonly created_at: number
  readonly updated_at: number
}

/** A list in cursor pages, by creation, oldest or newest first; `start_time` leaves out what came before it. */
const serve =
  (rows: readonly Row[], pageSize: number, newestFirst: boolean): GetPage =>
  async ({ query }) => {
    const since = Number(query?.['start_time'] ?? 0)
    const sorted = rows
      .filter(({ created_at }) => created_at >= since)
      .sort((a, b) => a.created_at - b.created_at || a.id - b.id)
    if (newestFirst) sorted.reverse()
    const after = Number(query?.['page[after]'] ?? -1)
    const from = sorted.findIndex(({ id }) => id === after) + 1
    const page = sorted.slice(from, from + pageSize)
    const more = sorted.length > from + pageSize
    return { rows: page, meta: { has_more: more, after_cursor: page.length > 0 ? String(page.at(-1)?.id) : null } }
  }

const DAY = 86_400
const ordered = datedList({
  name: 'rows',
  path: 'rows',
  key: 'rows',
  since: (time) => ({ start_time: time }),
  orderField: 'created_at',
  timeField: 'updated_at',
  changesFor: 60 * DAY,
})
const unordered = datedList({ name: 'rows', path: 'rows', key: 'rows', timeField: 'updated_at' })

async function read(walk: typeof ordered, get: GetPage, from: Position) {
  const options = { get, signal: new AbortController().signal, streams: ['rows'] }
  const rows: Row[] = []
  const places: { position: Position; read: number }[] = []
  const warnings: string[] = []
  for await (const step of readWalk(walk, from, options)) {
    rows.push(...(step.rows as readonly Row[]))
    if (step.warning !== undefined) warnings.push(step.warning)
    // As a state keeps it.
    places.push({ position: JSON.parse(JSON.stringify(step.after)) as Position, read: rows.length })
  }
  return { rows, places, warnings, position: places.at(-1)?.position ?? from }
}

const START = 1_000 * DAY
/** Rows of some weeks, several in some seconds, a part of them changed since. */
const someRows = fc
  .array(fc.record({ at: fc.nat(20 * 24), late: fc.option(fc.nat(9 * 24)) }), { maxLength: 40 })
  .map((all) =>
    all.map(({ at, late }, index): Row => {
      const created_at = START + at * 3600
      return { id: index + 1, created_at, updated_at: created_at + (late ?? 0) * 3600 }
    }),
  )
const pageSizes = fc.integer({ min: 1, max: 12 })
const isChanged = fc.array(fc.boolean(), { minLength: 40, maxLength: 40 })
const NOW = START + 40 * DAY

/** The rows as they are later: some changed, some new. */
const later = (rows: readonly Row[], changed: readonly boolean[]): readonly Row[] => [
  ...rows.map((row, index) => (changed[index] ? { ...row, updated_at: NOW + index } : row)),
  ...[1, 2, 3].map((nth) => ({ id: 1_000 + nth, created_at: NOW, updated_at: NOW })),
]
const idsOf = (rows: readonly Row[]): readonly number[] => rows.map(({ id }) => id).sort((a, b) => a - b)

test.each([
  ['in order', ordered, false],
  ['whose order is not told, oldest first', unordered, false],
  ['whose order is not told, newest first', unordered, true],
] as const)('a list %s: all at first, then what is new or changed, from any place on', async (_, walk, newestFirst) => {
  await fc.assert(
    fc.asyncProperty(someRows, pageSizes, isChanged, fc.nat(), async (rows, pageSize, changed, where) => {
      const first = await read(walk, serve(rows, pageSize, newestFirst), { time: 0 })
      expect(idsOf(first.rows)).toEqual(idsOf(rows))
      const again = await read(walk, serve(rows, pageSize, newestFirst), first.position)
      expect(again.rows).toEqual([])
      expect(again.position).toEqual(first.position)

      const now = later(rows, changed)
      const second = await read(walk, serve(now, pageSize, newestFirst), first.position)
      expect(idsOf(second.rows)).toEqual(idsOf(now.filter((row) => !rows.includes(row))))

      // Killed after some page: what was not handed on until then comes.
      const place = first.places[where % first.places.length]
      if (!place) return
      const rest = await read(walk, serve(rows, pageSize, newestFirst), place.position)
      expect(new Set([...first.rows.slice(0, place.read), ...rest.rows].map(({ id }) => id)).size).toBe(rows.length)
    }),
  )
})

test('a list that does not keep the order that was asked for fails, and hands on nothing more', async () => {
  const rows = [1, 2, 3].map((id) => ({ id, created_at: START + id, updated_at: START + id }))
  await expect(read(ordered, serve(rows, 3, true), { time: 0 })).rejects.toThrow(/newer rows before older ones/)
})

test('from a start date on: what came so long before it that it changes no more is left out', async () => {
  const old = { id: 1, created_at: START - DAY, updated_at: START - DAY }
  const changed = { id: 2, created_at: START + 50 * DAY, updated_at: START + 70 * DAY }
  const fresh = { id: 3, created_at: START + 80 * DAY, updated_at: START + 80 * DAY }
  const { rows } = await read(ordered, serve([old, changed, fresh], 2, false), { time: START + 60 * DAY })
  expect(idsOf(rows)).toEqual([2, 3])
})

test.each([
  ['a thousand rows', unordered, 1_000],
  ['two thousand rows that may change', ordered, 2_000],
] as const)('a position remembers no more than %s; the others of that time come again', async (_, walk, most) => {
  const rows = Array.from({ length: most + 500 }, (_, index) => ({ id: index + 1, created_at: NOW, updated_at: NOW }))
  const first = await read(walk, serve(rows, 100, false), { time: 0 })
  expect(first.rows).toHaveLength(most + 500)
  expect(JSON.stringify(first.position).length).toBeLessThan(20 * most)
  const again = await read(walk, serve(rows, 100, false), first.position)
  expect(again.rows).toHaveLength(500)
})

/** Some list, in its pages, whose answers say when they were given. */
const answeredAt =
  (time: number, rows: readonly object[]): GetPage =>
  async () => {
    const cursor = listCursorFrom('updated_at,id', time)
    const page = { rows, meta: { has_more: false, after_cursor: cursor } }
    setAnsweredAt(page, time)
    return page
  }
const changed = changedList({ name: 'rows', path: 'rows', key: 'rows', timeField: 'updated_at' })

/** A row that came in this second, possibly with another time in a field. */
const rowAt = (id: number, time: number, wrong: object = {}): object => ({
  id,
  created_at: time,
  updated_at: time,
  ...wrong,
})

test.each([
  ['a dated list in order', ordered],
  ['a dated list without an order', unordered],
  ['a list in order of the last change', changed],
])('%s goes on past a row of the year 9999, tells it once, and finds what comes after it', async (_, walk) => {
  const far = rowAt(2, NOW - 5000, { created_at: '9999-12-31T23:59:59Z', updated_at: '9999-12-31T23:59:59Z' })
  const rows = [rowAt(1, NOW - 6000), far, rowAt(3, NOW - 4000)]
  const first = await read(walk, answeredAt(NOW, rows), { time: 0 })
  expect(idsOf(first.rows)).toEqual([1, 2, 3])
  expect(first.warnings).toEqual([expect.stringMatching(/^rows: 1 row has a time ahead of Zendesk's own/)])
  expect(first.position.time).toBe(NOW - 4000)

  // What is listed behind that row is none.
  expect(walk.rewind?.(first.position)).not.toHaveProperty('cursor')

  const second = await read(walk, answeredAt(NOW + 9000, [...rows, rowAt(4, NOW + 8000)]), first.position)
  expect(idsOf(second.rows)).toContain(4)
  expect(idsOf(second.rows)).not.toContain(2)
  expect([second.warnings, second.position.time]).toEqual([[], NOW + 8000])
})

test.each([
  ['a dated list in order', ordered],
  ['a dated list without an order', unordered],
  ['a list in order of the last change', changed],
])('%s emits a row without a time, in a later sync too', async (_, walk) => {
  const bare = (id: number): object => rowAt(id, NOW, { created_at: null, updated_at: null })
  const rows = [rowAt(1, NOW - 6000), bare(2), rowAt(3, NOW - 4000)]
  const first = await read(walk, answeredAt(NOW, rows), { time: 0 })
  expect([idsOf(first.rows), first.warnings, first.position.time]).toEqual([[1, 2, 3], [], NOW - 4000])
  const second = await read(walk, answeredAt(NOW + 9000, [...rows, bare(4)]), first.position)
  expect(idsOf(second.rows)).toContain(4)
})
