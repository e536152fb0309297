import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pageIn } from '../../../src/http/body.ts'

const rowsIn = (text: string): unknown =>
  pageIn(Buffer.from(`{"groups": [${text}]}`), new URL('https://a.zendesk.com/api/v2/groups'), {
    path: 'groups',
    expects: 'groups',
  })['groups']

test('a whole number keeps its digits, however many there are', () =>
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }), (id) => {
      const [row] = rowsIn(`{"id": ${id}, "text": "1234567890123456789"}`) as readonly Record<string, unknown>[]
      expect(String(row?.['id'])).toBe(String(id))
      expect(row?.['text']).toBe('1234567890123456789')
    }),
    { numRuns: 2_000 },
  ))

test('numbers that a number holds stay numbers; fractions too', () => {
  expect(rowsIn('{"id": 9007199254740991, "ratio": 0.12345678901234567, "big": 90071992547409931}')).toEqual([
    { id: 9_007_199_254_740_991, ratio: 0.123_456_789_012_345_66, big: '90071992547409931' },
  ])
})

test('half of a surrogate pair is replaced beside them, too', () => {
  expect(rowsIn('{"id": 90071992547409931, "name": "\\ud800x"}')).toEqual([
    { id: '90071992547409931', name: '\ufffdx' },
  ])
})
