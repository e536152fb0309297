import { expect, test } from 'vitest'
import { createReach } from '../../../../src/http/files/reach.ts'

const BUDGET = 600_000

function reachAt(budget = BUDGET) {
  const time = { now: 1_000_000 }
  const reach = createReach(budget, { now: () => time.now, after: () => () => undefined })
  return { reach, time }
}

test('a thousand files of a host that nobody reaches cost one budget, and it is said once', () => {
  const { reach, time } = reachAt()
  const began = time.now
  let said = 0
  for (let file = 0; file < 1000; file++) {
    if (!reach.mayAsk('storage')) continue
    for (let wait = 1000; ; wait = Math.min(30_000, wait * 2)) {
      const next = reach.failed('storage', wait)
      if (next === 'first') said++
      if (next !== 'again') break
      time.now += wait
    }
  }
  expect(said).toBe(1)
  expect(time.now - began).toBeLessThanOrEqual(BUDGET)
})

test('ten minutes later one file finds out whether it is back; then all are asked for again', () => {
  const { reach, time } = reachAt(0)
  expect(reach.failed('storage', 1000)).toBe('first')
  expect(reach.mayAsk('storage')).toBe(false)
  expect(reach.mayAsk('elsewhere')).toBe(true)
  time.now += 10 * 60_000
  expect([reach.mayAsk('storage'), reach.mayAsk('storage')]).toEqual([true, false])
  expect(reach.failed('storage', 1000)).toBe('out')
  time.now += 10 * 60_000
  expect(reach.mayAsk('storage')).toBe(true)
  reach.came('storage', false)
  expect(reach.mayAsk('storage')).toBe(true)
})

test('a file that fails alone does not put its host out of reach', () => {
  const { reach, time } = reachAt(5_000)
  expect(reach.failed('storage', 4_000)).toBe('again')
  time.now += 4_000
  reach.came('storage', false)
  expect(reach.failed('storage', 4_000)).toBe('first')
  expect(reach.mayAsk('storage')).toBe(true)
})

test('a host that another attempt reached has its budget again', () => {
  const { reach, time } = reachAt(5_000)
  for (let blip = 0; blip < 100; blip++) {
    expect(reach.failed('storage', 4_000)).toBe('again')
    time.now += 4_000
    reach.came('storage', true)
    time.now += 60_000
  }
})
