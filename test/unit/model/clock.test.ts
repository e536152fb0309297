import { afterEach, expect, test, vi } from 'vitest'
import { systemClock } from '../../../src/model/clock.ts'

afterEach(() => void vi.useRealTimers())

test('a machine whose clock is set back or ahead does not move it', () => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout'] })
  const before = systemClock.now()
  vi.setSystemTime(before - 3_600_000)
  expect(systemClock.now()).toBeGreaterThanOrEqual(before)
  vi.setSystemTime(before + 3_600_000)
  expect(systemClock.now()).toBeLessThan(before + 60_000)
})

test('it tells the time of this machine, in ms', () => {
  expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(60_000)
})
