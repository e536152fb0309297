import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRecordWriter } from '../../../src/protocols/shared/record-lines.ts'

const frame = { head: '', tail: '', deletedAt: 'deleted_at', omits: new Set<string>() }
const written = (record: object, onStripped = (_stream: string, _count: number): void => undefined): unknown => {
  const lines = createRecordWriter({ onStripped })({ kind: 'records', stream: 's', records: [{ ...record }] }, frame)
  return JSON.parse(typeof lines === 'string' ? lines : Buffer.from(lines).toString('utf8'))
}

test('U+0000 is taken out of texts and counted; what only looks like it stays', () => {
  let count = 0
  const text = 'a\u0000b\u0000\u0000c \\u0000 \\\u0000 \\\\u0000'
  const counting = (_: string, more: number): void => {
    count += more
  }
  expect(written({ text }, counting)).toEqual({ text: 'abc \\u0000 \\ \\\\u0000' })
  expect(count).toBe(4)
})

test('whatever a text holds, it comes out without U+0000 and otherwise unchanged', () =>
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('\u0000', '\\', 'u0000', '"', '\n', 'é', '😀', 'x'), { maxLength: 12 }),
      (parts) => {
        const text = parts.join('')
        expect(written({ text, of: [{ text }] })).toEqual({
          text: text.replaceAll('\u0000', ''),
          of: [{ text: text.replaceAll('\u0000', '') }],
        })
      },
    ),
    { numRuns: 2000 },
  ))

test('left alone, it stays', () => {
  const lines = createRecordWriter()({ kind: 'records', stream: 's', records: [{ text: 'a\u0000' }] }, frame)
  expect(JSON.parse(String(lines))).toEqual({ text: 'a\u0000' })
})
