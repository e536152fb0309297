import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fingerprintOf } from '../../../../src/model/fingerprint.ts'
import type { EmittedRows } from '../../../../src/model/stream.ts'
import { packById, packSeen, unpackById, unpackSeen } from '../../../../src/sync/state/packed.ts'

const fingerprint = fc.stringMatching(/^[A-Za-z0-9_-]{8}$/)
const ids = fc.oneof(fc.integer({ min: 0, max: 1e14 }).map(String), fc.uuid())
const rows = (most: number): fc.Arbitrary<EmittedRows> =>
  fc.dictionary(
    fc.integer({ min: 0, max: 2_000_000_000 }).map(String),
    fc.dictionary(ids, fingerprint, { maxKeys: most, size: 'max' }),
    { maxKeys: 30, size: 'max' },
  )

const shortened = (seen: EmittedRows, length: number): EmittedRows =>
  Object.fromEntries(
    Object.entries(seen).map(([second, forms]) => [
      second,
      Object.fromEntries(Object.entries(forms).map(([id, form]) => [id, form.slice(0, length)])),
    ]),
  )
const countOf = (seen: EmittedRows): number => Object.values(seen).flatMap(Object.keys).length

test('emitted rows come out of a state as they went in, many or few; of more than a hundred the beginnings of fingerprints', () =>
  fc.assert(
    fc.property(rows(40), (seen) => {
      const read = unpackSeen(JSON.parse(JSON.stringify(packSeen(seen))))
      expect(read).toEqual(countOf(seen) > 100 ? shortened(seen, 5) : seen)
      expect(unpackSeen(packSeen(read!))).toEqual(read)
    }),
    { numRuns: 100 },
  ))

test('ids that read as the same number stay apart', () => {
  const others = Array.from({ length: 30 }, (_, nth) => [`${100 + nth}`, 'aaaaaaaa'])
  const seen = { 1800000000: { 7: 'bbbbbbbb', '07': 'cccccccc', '7e0': 'dddddddd', ...Object.fromEntries(others) } }
  expect(unpackSeen(packSeen(seen))).toEqual(seen)
})

test('few stand there as they are; many take less than half of the room', () => {
  const seenOf = (count: number): EmittedRows => {
    const seconds: Record<string, Record<string, string>> = {}
    for (let nth = 0; nth < count; nth++) {
      const second = String(1_800_000_000 + Math.floor(nth / 10))
      const form = fingerprintOf([nth])
      seconds[second] = { ...seconds[second], [String(31_000_002_842_629 + nth * 5)]: form }
    }
    return seconds
  }
  expect(packSeen(seenOf(20))).toEqual(seenOf(20))
  expect(String(packSeen(seenOf(300))).length).toBeLessThan(2_000)
  expect(String(packSeen(seenOf(1_000))).length).toBeLessThan(6_500)
  const packed = packSeen(seenOf(20_000))
  expect(typeof packed).toBe('string')
  expect(String(packed).length).toBeLessThan(JSON.stringify(seenOf(20_000)).length / 2)
  expect(unpackSeen(packed)).toEqual(shortened(seenOf(20_000), 5))
})

test('what is cut or altered is no state', () => {
  for (const wrong of ['', 'abc', 'AAAA', 5, null, [], { 1: 2 }, { 1: { a: 1 } }])
    expect(unpackSeen(wrong)).toBeUndefined()
})

const times = fc.integer({ min: -8.64e12, max: 8.64e12 })

test('times by id come out of a state as they went in, null too', () =>
  fc.assert(
    fc.property(
      fc.oneof(
        fc.dictionary(fc.maxSafeNat().map(String), fc.option(times)),
        fc.dictionary(fc.maxSafeNat().map(String), fc.tuple(times, times)),
      ),
      (all) => {
        expect(unpackById(packById(all))).toEqual(all)
      },
    ),
  ))

test('times by id that are cut or altered are none', () => {
  const packed = packById(
    Object.fromEntries(Array.from({ length: 50 }, (_, nth) => [1_000 + nth, 1_800_000_000 + nth * 77])),
  )
  expect(packed.length).toBeLessThan(250)
  expect(unpackById(packed.slice(0, packed.length / 2))).toBeUndefined()
  expect(unpackById('no state')).toBeUndefined()
})
