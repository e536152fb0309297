import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ConfiguredStream, RecordData, Stream, StreamState } from '../../../../src/model/stream.ts'
import { keyOf, type ListedRow } from '../../../../src/sync/state/emitted-list.ts'
import { listStateFrom, listStateOf } from '../../../../src/sync/state/list-state.ts'
import { RUN } from '../../../../src/sync/state/packed.ts'
import { cursorList } from '../../../../src/zendesk/walks/list.ts'

const stream: Stream = {
  name: 'memberships',
  primaryKey: ['id'],
  cursorField: 'updated_at',
  cursorFormat: 'iso',
  feeds: [{ walk: cursorList({ name: 'list', path: 'list', key: 'list' }), compares: true, records: (rows) => rows }],
  deletedAt: () => undefined,
  adminOnly: false,
}
const configured = (state?: StreamState): ConfiguredStream => ({
  stream,
  syncMode: 'incremental',
  state,
  omits: new Set(),
  emitsDeletions: true,
})

const rowOf = (id: number, form: string): ListedRow => {
  const record: RecordData = { id, form }
  return { record, fingerprint: form, key: keyOf(record, stream) }
}

/** The state after a list of these rows (id and form) was read, as JSON brings it back. */
function stateOf(rows: readonly (readonly [number, string])[]): StreamState {
  const forms = new Map(rows.map(([id, form]) => [String(id), form]))
  return JSON.parse(JSON.stringify(listStateFrom(configured(), { latest: 1_700_000_000, fingerprints: forms })))
}

/** What the next sync hands on, and finds gone. */
function compared(state: StreamState, rows: readonly (readonly [number, string])[]) {
  const { emitted: known } = listStateOf(configured(state))
  const listed = rows.map(([id, form]) => rowOf(id, form))
  const pages = Array.from({ length: Math.ceil(listed.length / 100) }, (_, page) =>
    listed.slice(page * 100, page * 100 + 100),
  )
  const told = [...pages.flatMap((page) => known.changed(page)), ...known.rest()].map(({ id }) => Number(id))
  const here = new Set(listed.map(({ key }) => key))
  return { told, gone: [...known.keys].filter((key) => !here.has(key)).map(Number) }
}

/** Ids as Zendesk gives them to one account: 14 digits, multiples of 128 apart, clustered where many came at once. */
function idsOf(count: number, gap: (nth: number) => number): number[] {
  let id = 7_253_394_974_479
  return Array.from({ length: count }, (_, nth) => {
    id += 128 * gap(nth)
    return id
  })
}
const random = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
  return seed / 2_147_483_648
}

test('a short list remembers each row: only what changed comes, and what is gone is known', () => {
  const rows = idsOf(40, () => 1).map((id) => [id, 'aaaaaaaa'] as const)
  const state = stateOf(rows)
  expect(Object.keys(state['records'] as object)).toHaveLength(40)
  const [first, second] = rows as [readonly [number, string], readonly [number, string]]
  expect(compared(state, [[second[0], 'bbbbbbbb'], ...rows.slice(2)])).toEqual({ told: [second[0]], gone: [first[0]] })
})

test('a long list remembers its ids and runs of rows: every change and deletion is found, with less than a run around it', () => {
  const ids = idsOf(6_000, (nth) => 1 + (nth % 7) * (nth % 11))
  const rows = ids.map((id) => [id, 'aaaaaaaa'] as const)
  const state = stateOf(rows)
  expect(state['records']).toBeUndefined()
  expect(compared(state, rows)).toEqual({ told: [], gone: [] })
  const places = fc.uniqueArray(fc.nat(5_999), { maxLength: 20 })
  fc.assert(
    fc.property(places, places, fc.nat(30), (changed, deleted, created) => {
      const isDeleted = new Set(deleted)
      const next = rows.flatMap(([id, form], place) =>
        isDeleted.has(place) ? [] : [[id, changed.includes(place) ? 'bbbbbbbb' : form] as const],
      )
      const last = ids.at(-1) as number
      const fresh = Array.from({ length: created }, (_, nth) => [last + 128 * (nth + 1), 'cccccccc'] as const)
      const { told, gone } = compared(state, [...next, ...fresh])
      expect(gone.sort()).toEqual(deleted.map((place) => ids[place]).sort())
      const due = [
        ...changed.filter((place) => !isDeleted.has(place)).map((place) => ids[place]),
        ...fresh.map(([id]) => id),
      ]
      expect(due.filter((id) => !told.includes(id as number))).toEqual([])
      expect(told.length).toBeLessThanOrEqual(created + RUN * (changed.length + deleted.length))
      expect(new Set(told).size).toBe(told.length)
    }),
    { numRuns: 60 },
  )
})

test('rows that come in another order are handed on rather than missed', () => {
  const rows = idsOf(6_000, () => 3).map((id) => [id, 'aaaaaaaa'] as const)
  const state = stateOf(rows)
  const moved = [...rows.slice(3_000), ...rows.slice(0, 3_000)].map(
    ([id, form], place) => [id, place === 5 ? 'b' : form] as const,
  )
  const { told, gone } = compared(state, moved)
  expect(told).toContain(moved[5]![0])
  expect(gone).toEqual([])
})

test.each([
  [
    'as they came over the years, in bursts',
    (next: () => number) => () => (next() < 0.01 ? 2e7 * next() : 2_000 * next()),
    0.3,
  ],
  ['scattered without any order', (next: () => number) => () => 156_000 * next(), 0.42],
] as const)('100,000 memberships, %s: the state stays small', (_, gaps, megabytes) => {
  const next = random(7)
  const gap = gaps(next)
  const ids = idsOf(100_000, () => 1 + Math.floor(gap()))
  const state = stateOf(ids.map((id) => [id, String(id).slice(-8)] as const))
  expect(JSON.stringify(state).length / 1e6).toBeLessThan(megabytes)
  const [head, ...rest] = ids.map((id) => [id, String(id).slice(-8)] as const)
  expect(compared(state, rest).gone).toEqual([head![0]])
})

test('a list of text keys, or of several, remembers each row however long it is', () => {
  const keyed = { ...configured(), stream: { ...stream, primaryKey: ['form', 'field'] } }
  const forms = new Map(Array.from({ length: 6_000 }, (_, nth) => [JSON.stringify([nth, 'x']), 'aaaaaaaa']))
  const state = listStateFrom(keyed, { latest: 0, fingerprints: forms })
  expect([...listStateOf({ ...keyed, state }).emitted.keys]).toEqual([...forms.keys()])
})

test.each([
  { rows: {} },
  { rows: { first: 1, unit: 1, steps: 'AQID', runs: '' } },
  { rows: { first: 1, unit: 1, steps: '!', runs: 'aaaaaaaa' } },
  { records: { 'no key': 'aaaaaaaa' } },
  { records: ['aaaaaaaa'] },
  {},
])('%j is no state of a list', (state) => {
  expect(() =>
    listStateOf(
      configured({
        updated_at: '2025-01-01T00:00:00Z',
        ...state,
        ...(Object.keys(state).length === 0 && { updated_at: 'soon' }),
      }),
    ),
  ).toThrow(/cannot be understood/)
})

test('a state of a stream that another connector always reads whole is a first sync', () => {
  const { emitted: known, latest } = listStateOf(configured({ __ab_no_cursor_state_message: true }))
  expect(latest).toBe(0)
  expect(known.changed([rowOf(1, 'a')])).toHaveLength(1)
})
