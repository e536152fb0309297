// What a lease does while nobody can ask for it.
import { afterEach, expect, test, vi } from 'vitest'
import { holdLease } from '../../src/fleet/hold-lease.ts'
import { LeaseLost } from '../../src/store/leases.ts'
import type { Store } from '../../src/store/open.ts'

afterEach(() => vi.useRealTimers())

test('a lease that cannot be prolonged ends in its time, also if the clock is set back meanwhile', async () => {
  let isAway = false
  const store = {
    now: 'now',
    rows: async () => {
      if (isAway) throw new Error('The store is away.')
      return [{ fence: 1 }]
    },
  } as unknown as Store
  const options = { holder: 'me', length: 400, signal: new AbortController().signal }
  const held = await holdLease(store, 'acme', options)
  vi.useFakeTimers({ now: Date.now() - 3_600_000, toFake: ['Date'] })
  isAway = true
  const lost = Promise.withResolvers<void>()
  held!.signal.addEventListener('abort', () => lost.resolve())
  await lost.promise
  expect(held!.signal.reason).toBeInstanceOf(LeaseLost)
  isAway = false
  await held!.release()
})
