// What is drawn once and kept is what would have been drawn again, and so are all numbers after it.
import { expect, test } from 'vitest'
import { createRandom, type Random } from '../src/random.ts'
import { drawnOnce } from '../src/seed/drawn-once.ts'

const draw = (random: Random): readonly number[] => Array.from({ length: 5 }, random.next)

test('from the same place it draws once; what follows is the same as if it had drawn again', () => {
  let draws = 0
  const once = drawnOnce((random) => {
    draws++
    return draw(random)
  })
  for (const seed of [1, 2, 1, 2, 1]) {
    const [one, other] = [createRandom(seed), createRandom(seed)]
    expect([once(one), one.next(), once(one), one.next()]).toEqual([
      draw(other),
      other.next(),
      draw(other),
      other.next(),
    ])
  }
  expect(draws).toBe(4)
})

test('of many places it keeps the last ones', () => {
  const drawn: number[] = []
  const once = drawnOnce((random) => drawn.push(random.next()))
  for (const seed of Array.from({ length: 50 }, (_, nth) => nth)) once(createRandom(seed))
  once(createRandom(49))
  expect(drawn).toHaveLength(50)
  once(createRandom(0))
  expect(drawn).toHaveLength(51)
})
