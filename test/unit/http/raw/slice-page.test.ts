import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cutPage } from '../../../../src/http/raw/slice-page.ts'
import { rawOf, withFields } from '../../../../src/model/raw-record.ts'
import type { Cut, RecordData } from '../../../../src/model/stream.ts'
import { createEncoder } from '../../../../src/protocols/airbyte/messages.ts'
import { tries } from '../../../support/thorough.ts'

const KEY = 'rows'
const NAMES = ['id', 'time', 'unwanted', 'set', KEY, 'ключ "1"', '']

const row = fc.dictionary(fc.oneof(fc.constantFrom(...NAMES), fc.string({ unit: 'binary' })), fc.jsonValue(), {
  maxKeys: 8,
  noNullPrototype: true,
})
const withChildren = fc
  .tuple(row, fc.option(fc.array(row, { maxLength: 3 }), { nil: undefined }), fc.option(row, { nil: undefined }))
  .map(([one, children, child]) => ({ ...one, ...(children && { children }), ...(child && { one: child }) }))
const withoutRows = ({ [KEY]: _, ...rest }: RecordData): RecordData => rest
const page = fc
  .tuple(row, fc.array(withChildren, { maxLength: 4 }), fc.boolean())
  .map(([rest, rows, first]) => (first ? { [KEY]: rows, ...withoutRows(rest) } : { ...rest, [KEY]: rows }))
  // As an answer brings it: no -0.
  .map((given) => JSON.parse(JSON.stringify(given)) as Record<string, RecordData[]>)
const names = fc.subarray(NAMES)
const cuts = fc.tuple(names, names).map(
  ([reads, notes]): Cut => ({
    reads: { ...Object.fromEntries(reads.map((name) => [name, true])), children: { id: true }, one: { id: true } },
    notes: new Set(notes),
  }),
)

const bytesOf = (text: string): Buffer => Buffer.from(text)
const parsed = (line: string): unknown => JSON.parse(line).record.data

/** What is written of these records, without those members. */
function linesOf(records: readonly RecordData[], omits: ReadonlySet<string>): string[] {
  const lines = createEncoder(new Map([['s', omits]]))({ kind: 'records', stream: 's', records })
  return Buffer.from(lines).toString('utf8').split('\n').slice(0, -1)
}
const dataOf = (line: string): string => line.slice(line.indexOf('"data":') + 7, -2)

describe('records that are cut out of a page', () => {
  test('leave byte for byte as they came', () => {
    fc.assert(
      fc.property(page, cuts, (given, cut) => {
        const cutOut = cutPage(bytesOf(JSON.stringify(given)), KEY, cut)
        expect(cutOut).toBeDefined()
        const rows = cutOut?.[KEY] as RecordData[]
        const whole = given[KEY] as RecordData[]
        expect(linesOf(rows, new Set()).map(dataOf)).toEqual(whole.map((one) => JSON.stringify(one)))
        expect({ ...cutOut, [KEY]: [] }).toEqual({ ...given, [KEY]: [] })
      }),
    )
  })

  test('hold what is read of them, and of their children', () => {
    fc.assert(
      fc.property(page, cuts, (given, cut) => {
        const rows = cutPage(bytesOf(JSON.stringify(given)), KEY, cut)?.[KEY] as RecordData[]
        for (const [at, whole] of (given[KEY] as RecordData[]).entries()) {
          for (const [field, reads] of Object.entries(cut.reads))
            if (reads === true) expect(rows[at]?.[field]).toEqual(whole[field])
          const { children } = rows[at] as { children?: RecordData[] }
          if (Array.isArray(whole['children']) && children?.some(rawOf))
            expect(linesOf(children, new Set()).map(dataOf)).toEqual(
              whole['children'].map((child) => JSON.stringify(child)),
            )
        }
      }),
    )
  })

  test('hold those of their children that are picked, and leave with all of them', () => {
    const picks = (child: RecordData): boolean => child['id'] !== null
    fc.assert(
      fc.property(page, cuts, (given, cut) => {
        const rows = cutPage(bytesOf(JSON.stringify(given)), KEY, { ...cut, picks: { children: picks } })?.[KEY]
        const whole = given[KEY] as RecordData[]
        expect(linesOf(rows as RecordData[], new Set()).map(dataOf)).toEqual(whole.map((one) => JSON.stringify(one)))
        for (const [at, { children }] of (rows as { children?: RecordData[] }[]).entries()) {
          const all = whole[at]?.['children']
          if (!Array.isArray(all) || !children?.every(rawOf)) continue
          const picked = all.filter(picks).map((child) => JSON.stringify(child))
          expect(linesOf(children, new Set()).map(dataOf)).toEqual(picked)
        }
      }),
    )
  })

  test('lose and gain members as parsed ones do', () => {
    const fields = fc.dictionary(fc.constantFrom('set', 'id'), fc.jsonValue(), { noNullPrototype: true })
    fc.assert(
      fc.property(page, cuts, fields, fc.boolean(), (given, { reads, notes }, sets, gains) => {
        const cut = { reads, notes: new Set([...notes, ...Object.keys(sets)]) }
        const rows = cutPage(bytesOf(JSON.stringify(given)), KEY, cut)?.[KEY] as RecordData[]
        const change = (record: RecordData): RecordData => (gains ? withFields(record, sets) : record)
        const theirs = linesOf((given[KEY] as RecordData[]).map(change), notes)
        const ours = linesOf(rows.map(change), notes)
        expect(ours.map(parsed)).toEqual(theirs.map(parsed))
        expect(ours.join('').length).toBe(theirs.join('').length)
      }),
    )
  })
})

describe('a page', () => {
  const cut: Cut = { reads: { id: true, children: { id: true } }, notes: new Set(['time']) }

  test('is cut only if it is JSON to the last byte', () => {
    const damage = fc.tuple(fc.nat(), fc.nat({ max: 2 }), fc.integer({ min: 0x20, max: 0xff }))
    fc.assert(
      fc.property(page, fc.array(damage, { minLength: 1, maxLength: 3 }), (given, damages) => {
        let bytes = bytesOf(JSON.stringify(given))
        for (const [place, kind, byte] of damages) {
          const at = place % bytes.length
          if (kind === 0) bytes = bytes.subarray(0, at)
          else if (kind === 1) bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from([byte]), bytes.subarray(at)])
          else bytes[at] = byte
          if (bytes.length === 0) return
        }
        const page = cutPage(bytes, KEY, cut)
        if (page === undefined) return
        const whole = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Record<
          string,
          RecordData[]
        >
        expect(linesOf(page[KEY] as RecordData[], new Set()).map(parsed)).toEqual(whole[KEY])
      }),
      tries(2000),
    )
  })

  test.each([
    [
      'with escapes',
      '{"rows":[{"a\\u0062":"\\u00e9\\/\\n\\ud83d\\ude00","id":-1.5e+3}]}',
      '{"a\\u0062":"\\u00e9\\/\\n\\ud83d\\ude00","id":-1.5e+3}',
    ],
    [
      'with numbers that no double holds',
      '{"rows":[{"id":12345678901234567890}],"count":1}',
      '{"id":12345678901234567890}',
    ],
    ['with an empty row', '{"rows":[{}]}', '{}'],
    ['with U+2028', '{"rows":[{"id":"\u2028"}]}', '{"id":"\u2028"}'],
  ])('%s is cut as it is', (_, text, data) => {
    expect(linesOf(cutPage(bytesOf(text), KEY, cut)?.[KEY] as RecordData[], new Set()).map(dataOf)).toEqual([data])
  })

  test.each([
    ['with line breaks', '{"rows":[\n{"id":1}]}'],
    ['with blanks', '{"rows": [{"id":1}]}'],
    ['with rows that are no objects', '{"rows":[1]}'],
    ['whose list comes twice', '{"rows":[],"rows":[{"id":1}]}'],
    ['without the list', '{"row":[]}'],
    ['whose list is null', '{"rows":null}'],
    ['that is a list', '[]'],
    ['that is cut short', '{"rows":[{"id":1}]'],
    ['with something behind it', '{"rows":[{"id":1}]}]'],
    ['with a raw control character', '{"rows":[{"id":"\u0001"}]}'],
    ['with a word that is none', '{"rows":[{"id":nul}]}'],
    ['with a number that is none', '{"rows":[{"id":01}]}'],
    ['with an escape that is none', '{"rows":[{"id":"\\x"}]}'],
    ['with the first half of a character', '{"rows":[{"id":"\\ud83d"}]}'],
    ['with the second half of a character', '{"rows":[{"id":"\\ude00"}]}'],
    ['with half a character and another', '{"rows":[{"id":"\\ud83d\\u0041"}]}'],
    ['with an escape that is cut short', '{"rows":[{"id":"\\ud83d\\u"}]}'],
    ['that is empty', ''],
  ])('%s is left to be parsed', (_, text) => {
    expect(cutPage(bytesOf(text), KEY, cut)).toBeUndefined()
  })

  test('that is no UTF-8 is left to be parsed', () => {
    expect(cutPage(Buffer.from([...bytesOf('{"rows":[{"id":"'), 0xff, ...bytesOf('"}]}')]), KEY, cut)).toBeUndefined()
  })

  test('deeper than any is left to be parsed', () => {
    const deep = `{"rows":[{"id":${'['.repeat(5000)}${']'.repeat(5000)}}]}`
    expect(cutPage(bytesOf(deep), KEY, cut)).toBeUndefined()
  })
})
