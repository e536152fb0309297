import fc from 'fast-check'
import { expect, test } from 'vitest'
import { epochOf } from '../../../src/model/time.ts'

/** What JavaScript makes of a text. */
const parsed = (text: string): number | undefined => {
  const seconds = Math.floor(Date.parse(text) / 1000)
  return Number.isNaN(seconds) ? undefined : seconds
}

const date = fc.oneof(
  fc
    .date({ min: new Date('0000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    .map((one) => one.toISOString().slice(0, 10)),
  fc.constantFrom(
    '2024-02-29',
    '2023-02-29',
    '2024-03-01',
    '1969-12-31',
    '0000-01-01',
    '2025-13-01',
    '2025-00-01',
    '2025-01-00',
  ),
  fc.constantFrom('11/20/2025', '20x5-01-01'),
)
const two = fc
  .oneof(fc.integer({ min: 0, max: 61 }), fc.constantFrom(24, 59, 60))
  .map((n) => String(n).padStart(2, '0'))
const part = fc.oneof({ weight: 9, arbitrary: two }, fc.constantFrom('1x', '/0', '0:', ' 1', '-1'))
const time = fc.tuple(date, part, part, part, fc.constantFrom('Z', 'Z', 'Z', '.5Z', '+02:00'))

test('times are what JavaScript makes of their texts', () => {
  fc.assert(
    fc.property(time, ([day, hours, minutes, seconds, end]) => {
      const text = `${day}T${hours}:${minutes}:${seconds}${end}`
      expect(epochOf(text)).toBe(parsed(text))
    }),
    { numRuns: 5000 },
  )
})

test('a number, or a text of digits, is a time already; a text without a zone is UTC', () => {
  const given = [1_763_650_000.7, '1763650000', '2025-11-20T14:46:40', '2025-11-20T14:46:40Z']
  expect(given.map(epochOf)).toEqual([1_763_650_000, 1_763_650_000, 1_763_650_000, 1_763_650_000])
  expect(['', 'yesterday', null, 1e300].map(epochOf)).toEqual([undefined, undefined, undefined, undefined])
})
