import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { GetPage, Position, RecordData } from '../../../../src/model/stream.ts'
import { readWalk } from '../../../../src/sync/pages.ts'
import { searchExport } from '../../../../src/zendesk/walks/search-export.ts'

interface Row extends RecordData {
  readonly id: number
  readonly created: number
  readonly updated_at: string
}

const DAY = 86_400
const START = Date.UTC(2020, 0, 1) / 1000
const isoOf = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
const changedAt = ({ updated_at }: Row): number => Date.parse(updated_at) / 1000

/** A search as Zendesk answers it: newest first by creation, a cursor that is bound to its query. */
const serve =
  (rows: readonly Row[], pageSize: number): GetPage =>
  async ({ query }) => {
    const text = String(query?.['query'])
    const [, from = ''] = /updated>=(\S+)/.exec(text) ?? []
    const [, to] = /updated<(\S+)/.exec(text) ?? []
    const found = rows
      .filter((row) => changedAt(row) >= Date.parse(from) / 1000)
      .filter((row) => to === undefined || changedAt(row) < Date.parse(to) / 1000)
      .sort((one, other) => other.created - one.created || one.id - other.id)
    const [bound, place = '0'] = String(query?.['page[after]'] ?? `${text}|0`).split('|')
    if (bound !== text) throw new Error('The cursor is of another search.')
    const next = Number(place) + pageSize
    const has_more = next < found.length
    return { results: found.slice(Number(place), next), meta: { has_more, after_cursor: `${text}|${next}` } }
  }

const walk = searchExport('search', { kind: 'ticket', text: 'x' })

async function read(rows: readonly Row[], pageSize: number, from: Position) {
  const options = { get: serve(rows, pageSize), signal: new AbortController().signal, streams: ['search'] }
  const places: { readonly position: Position; readonly ids: readonly number[] }[] = []
  let ids: readonly number[] = []
  for await (const { rows: found, after } of readWalk(walk, from, options)) {
    ids = [...ids, ...found.map((row) => row['id'] as number)]
    places.push({ position: after, ids })
  }
  return { ids, places, position: places.at(-1)!.position }
}

/** Rows of five years, many of them in one week, some in one second. */
const someRows = fc
  .array(fc.tuple(fc.oneof(fc.nat(5 * 365 * DAY), fc.nat(7 * DAY), fc.constant(1_000)), fc.nat(100 * DAY)), {
    maxLength: 80,
  })
  .map((all) =>
    all.map(([changed, age], nth): Row => {
      const updated = START + changed
      return { id: nth + 1, created: updated - age, updated_at: isoOf(updated) }
    }),
  )
const sorted = (ids: Iterable<number>): readonly number[] => [...ids].sort((one, other) => one - other)

test('every row comes once; from any page on, what is missing comes; later only what has changed', async () => {
  await fc.assert(
    fc.asyncProperty(someRows, fc.integer({ min: 1, max: 20 }), fc.nat(), async (rows, pageSize, some) => {
      const { ids, places, position } = await read(rows, pageSize, { time: 0 })
      expect(sorted(ids)).toEqual(rows.map(({ id }) => id))

      const broken = places[some % places.length]!
      const rest = await read(rows, pageSize, broken.position)
      expect(sorted(new Set([...broken.ids, ...rest.ids]))).toEqual(sorted(ids))

      expect((await read(rows, pageSize, position)).ids).toEqual([])
      const latest = rows.reduce((time, row) => Math.max(time, changedAt(row)), START)
      const changed = rows.slice(0, 3).map((row) => ({ ...row, updated_at: isoOf(latest + 60) }))
      const next = await read([...changed, ...rows.slice(3)], pageSize, position)
      expect(sorted(next.ids)).toEqual(changed.map(({ id }) => id))
    }),
  )
})
