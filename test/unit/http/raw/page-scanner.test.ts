import { expect, test } from 'vitest'
import { SOURCE } from '../../../../src/http/raw/page-scanner.wasm.ts'
import { cutPage } from '../../../../src/http/raw/slice-page.ts'
import { rawOf } from '../../../../src/model/raw-record.ts'
import type { Cut, RecordData } from '../../../../src/model/stream.ts'
import { sourceHash } from '../../../../tools/scanner.ts'

const cut: Cut = { reads: { id: true, one: { id: true }, many: { id: true } }, notes: new Set(['time']) }
const pageOf = (rows: readonly RecordData[]): Buffer => Buffer.from(JSON.stringify({ rows, count: rows.length }))
const cutOut = (rows: readonly RecordData[], by: Cut): readonly RecordData[] | undefined =>
  cutPage(pageOf(rows), 'rows', by)?.['rows'] as RecordData[] | undefined
/** What is read of the rows of a page: without their slices. */
const rowsOf = (rows: readonly RecordData[], by: Cut = cut): unknown => {
  const found = cutOut(rows, by)
  return found && JSON.parse(JSON.stringify(found))
}

test('the program of the scanner is made of its source', () => {
  expect(SOURCE, 'Run npm run scanner.').toBe(sourceHash())
})

test('a page with more keys than can be known is left to be parsed, and the next one is cut again', () => {
  const rows = [{ id: 1, ...Object.fromEntries(Array.from({ length: 5_000 }, (_, nth) => [`key ${nth}`, nth])) }]
  expect(rowsOf(rows)).toBeUndefined()
  expect(rowsOf([{ id: 2 }])).toEqual([{ id: 2 }])
})

test('a page with a key that is longer than there is room for is left to be parsed, and the next one is cut again', () => {
  expect(rowsOf([{ id: 1, ['k'.repeat(100_000)]: 1 }])).toBeUndefined()
  expect(rowsOf([{ id: 2 }])).toEqual([{ id: 2 }])
})

test('keys of many pages, and of many cuts, are told apart', () => {
  for (let nth = 0; nth < 3_000; nth++) {
    const field = `field ${nth}`
    expect(rowsOf([{ id: nth, [field]: 'a' }], { reads: { [field]: true }, notes: new Set() })).toEqual([
      { [field]: 'a' },
    ])
  }
})

test('members after rows inside of a row are its own', () => {
  const row = { id: 1, one: { id: 2, time: 3 }, time: 4, many: [{ id: 5 }, { id: 6, other: [] }], two: 0 }
  const rows = [row, { ...row, one: null, many: 7 }]
  const found = { id: 1, one: { id: 2 }, many: [{ id: 5 }, { id: 6 }] }
  expect(rowsOf(rows)).toEqual([found, { id: 1, one: null, many: 7 }])
  for (const one of cutOut(rows, cut) ?? []) expect(rawOf(one)?.noted?.map(({ name }) => name)).toEqual(['time'])
})

test('a key of rows inside of a row is another one than that of the same name around them', () => {
  const rows = [1, 2, 3].map((id) => ({ many: [{ id: 10, time: 1 }], id, one: { id: 20, many: [] }, time: 0 }))
  const by: Cut = { reads: { id: true, many: { time: true }, one: { many: true } }, notes: new Set() }
  expect(rowsOf(rows, by)).toEqual([1, 2, 3].map((id) => ({ many: [{ time: 1 }], id, one: { many: [] } })))
})

test('a page is as large as it likes, and so is the number of its rows', () => {
  const rows = Array.from({ length: 200_000 }, (_, id) => ({ id }))
  expect(cutOut(rows, cut)).toHaveLength(200_000)
  const text = 'x'.repeat(40_000_000)
  expect(rowsOf([{ id: 1, text }, { id: 2 }])).toEqual([{ id: 1 }, { id: 2 }])
  expect(rowsOf([{ id: 3 }])).toEqual([{ id: 3 }])
})
