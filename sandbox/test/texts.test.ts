// What people write in the sandbox, made at random: no text ends in the middle of a character.
import { expect, test } from 'vitest'
import { createRandom } from '../src/random.ts'
import { createHelpCenterTexts } from '../src/seed/help-center/texts.ts'

test('texts of the Help Center are whole characters, long ones too', () => {
  const bodies = Array.from({ length: 20 }, (_, seed) => createHelpCenterTexts(createRandom(seed))).flatMap((texts) =>
    Array.from({ length: 600 }, texts.body),
  )
  const long = bodies.flatMap((body) => (body !== null && body.length >= 60_000 ? [body] : []))
  expect(long.length).toBeGreaterThan(10)
  expect(new Set(long.map((body) => [...body].length))).toEqual(new Set([60_000]))
  expect(bodies.filter((body) => body !== null && !body.isWellFormed())).toEqual([])
})
