// A record that is cut out of its line becomes the same cells as one that is parsed, whatever stands in it and how it is written.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exactJson } from 'zendesk-connector'
import { cutRecord } from '../src/source/cut-record.ts'
import { cellsOf, type Row } from '../src/table/batch.ts'
import type { Column, ColumnType } from '../src/table/column.ts'
import { textOf } from '../src/table/json-text.ts'

const TYPES: readonly ColumnType[] = ['integer', 'number', 'boolean', 'date', 'time', 'text', 'json']

/** What a record's fields become in a column of each type, and what goes into `_more`. */
const everyCell = (record: Row, fields: readonly string[]) =>
  TYPES.map((type) => {
    const columns = fields.map((field): Column => ({ name: field, field, type }))
    return cellsOf([record], columns)
  })

/** Checks that the line is cut into what parsing makes of it. Returns whether it was cut at all. */
function compared(line: string): boolean {
  const cut = cutRecord(Buffer.from(`before\n${line}\nbehind`), 7)
  if (cut === undefined) return false
  const parsed = exactJson(Buffer.from(line).toString()) as { stream?: unknown; record: Record<string, unknown> }
  const [stream, data] =
    typeof parsed.stream === 'string'
      ? [parsed.stream, parsed.record]
      : [parsed.record['stream'], parsed.record['data']]
  expect(cut.stream).toBe(stream)
  expect(Object.keys(cut.record)).toEqual(Object.keys(data as Row))
  // Half of the fields have a column, so that others go into `_more` with all that they hold.
  const fields = Object.keys(data as Row)
  for (const known of [fields, fields.filter((_, nth) => nth % 2 === 0), []])
    expect(everyCell(cut.record, known)).toEqual(everyCell(data as Row, known))
  return true
}

const singer = (record: string): string => `{"type":"RECORD","stream":"things","record":${record}}`
const airbyte = (data: string): string =>
  `{"type":"RECORD","record":{"namespace":null,"stream":"things","data":${data},"emitted_at":1},"more":[1]}`

/** Numbers as JSON may have them, of any length. */
const numbers = fc.oneof(
  fc.double({ noDefaultInfinity: true, noNaN: true }).map((value) => JSON.stringify(value)),
  fc.integer().map(String),
  fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }).map(String),
  fc.constantFrom('-0', '0', '1.0', '1e2', '1E400', '-1.50', '0.1', '1e21', '123456789012345', '1234567890123456.5'),
)
const strange = fc.constantFrom(
  ...['\\u0000', '\\u00e9', '\\u001F', '\\u001f', '\\u000b', '\\u0008', '\\b', '\\n', '\\/', '\\\\', '\\"'],
  ...['\\ud800', '\\udc00', '\\ud83d\\ude00', '\\\\ud800', '\u2028', '\u007f', 'é', '👍', '12345678901234567', ':'],
)
const plain = fc.string({ unit: 'grapheme', maxLength: 6 }).map((text) => JSON.stringify(text).slice(1, -1))
const texts = fc.array(fc.oneof(plain, strange), { maxLength: 4 }).map((parts) => `"${parts.join('')}"`)
const keys = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('"id"', '"value"', '"a"', '"b"') },
  { weight: 1, arbitrary: fc.constantFrom('"1"', '"__proto__"', '"\\u0061"', '"toJSON"', '"constructor"', '""') },
  { weight: 1, arbitrary: texts },
)
const blank = fc.constantFrom('', '', '', '', '', '', ' ', '\t')
const objectOf = (value: fc.Arbitrary<string>, names = keys): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(names, blank, value), { maxLength: 5 })
    .map((members) => `{${members.map(([key, between, one]) => `${key}:${between}${one}`).join(',')}}`)
const { value: values } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('null', 'true', 'false', '"2024-05-06T07:08:09Z"', '"2024-02-29"'),
    numbers,
    texts,
    objectOf(tie('value')),
    fc.array(tie('value'), { maxLength: 4 }).map((list) => `[${list.join(',')}]`),
  ),
}))

describe('a record that is cut is the one that is parsed', () => {
  test('whatever it holds', () => {
    let cut = 0
    fc.assert(
      fc.property(objectOf(values), fc.constantFrom(singer, airbyte), (record, framed) => {
        if (compared(framed(record))) cut++
      }),
      { numRuns: 3000 },
    )
    // Else nothing was compared.
    expect(cut).toBeGreaterThan(500)
  })

  test('whatever is put between, left out or doubled in its line', () => {
    fc.assert(
      fc.property(objectOf(values), fc.nat(), fc.string({ maxLength: 3 }), fc.nat(3), (record, place, more, less) => {
        const line = singer(record)
        const at = place % line.length
        const broken = line.slice(0, at) + more.replaceAll('\n', '') + line.slice(at + less)
        let isJson = true
        try {
          JSON.parse(broken)
        } catch {
          isJson = false
        }
        if (isJson) compared(broken)
        else expect(cutRecord(Buffer.from(broken), 0)).toBeUndefined()
      }),
      { numRuns: 3000 },
    )
  })
})

test.each([
  ['{"a":[1,{"id":1,"value":"é"}]}', true],
  ['{"a":{"b":"\\n\\"\\\\\\u001f"}}', true],
  ['{"a":{"b":1.5,"c":-3,"d":[]}}', true],
  ['{"a":{"b":1,"b":2}}', false],
  ['{"a":{"1":1}}', false],
  ['{"a":{"__proto__":1}}', false],
  ['{"a":[1.0]}', false],
  ['{"a":[-0]}', false],
  ['{"a":[12345678901234567]}', false],
  ['{"a":["\\u00e9"]}', false],
  ['{"a":["\\ud800"]}', false],
])('%s: its object stays a text: %s', (record, isKept) => {
  const cut = cutRecord(Buffer.from(singer(record)), 0)
  expect(textOf(cut!.record['a']) !== undefined).toBe(isKept)
  expect(compared(singer(record))).toBe(true)
})

const FIELDS = `[${Array.from({ length: 5 }, (_, nth) => `{"id":4600000018${nth},"value":"opt"}`).join(',')}]`
test.each([
  ['the same', FIELDS, true],
  ['another one', FIELDS.replace('182', '199'), true],
  ['one with a word in it that is none', FIELDS.replace('"opt"', '"op\\"'), false],
  ['a longer one', FIELDS.replace(/\]$/, ',{"id":1,"value":"opt"}]'), true],
  ['one that ends within', FIELDS.slice(0, -3), false],
])('a long list, and behind it %s', (_, again, isValid) => {
  const record = `{"custom_fields":${FIELDS},"tags":[],"fields":${again}}`
  for (const framed of [singer(record), airbyte(record)]) expect(compared(framed)).toBe(isValid)
  const cut = cutRecord(Buffer.from(singer(record)), 0)
  if (isValid) expect(textOf(cut!.record['fields'])).toBe(again)
  // It may be the last that there is.
  const ended = `{"type":"RECORD","stream":"things","record":{"custom_fields":${FIELDS},"fields":${again}`
  for (let end = ended.length - 70; end <= ended.length; end++)
    expect(cutRecord(Buffer.from(ended.slice(0, end)), 0)).toBeUndefined()
})

test.each([
  '{"type":"RECORD","stream":"a","record":{"id":1,"id":2}}',
  '{"type":"RECORD","stream":"a","stream":"b","record":{}}',
  '{"type":"RECORD","record":{"stream":"a","data":{}},"record":{}}',
  '{"type":"RECORD","record":{"stream":"a","data":{}},"stream":"b"}',
  '{"type":"RECORD","str\\u0065am":"a","record":{"stream":"b","data":{}}}',
  '{"type":"RECORD","stream":"","record":{}}',
  '{"type":"STATE","type":"RECORD","stream":"a","record":{}}',
  '{"type":"RECORD","stream":"a","record":{"__proto__":{}}}',
  '{"type":"RECORD","stream":"a","record":{}}}',
  '{"type":"RECORD","stream":"a","record":null}',
  '{"type": "RECORD","stream":"a","record":{}}',
])('%s is left to be parsed', (line) => {
  expect(cutRecord(Buffer.from(line), 0)).toBeUndefined()
})
