// When records are read again, by a clock of the test's own: soon in quiet times, with few requests under load.
import { expect, test } from 'vitest'
import { createTurns, inFullRequests } from '../../src/live/turns.ts'

const WINDOW = 2000
/** Milliseconds between two looks. */
const STEP = 50
const BEGIN = 100_000

/**
 * Events at these times, in milliseconds, of so many tickets by turns, followed when it is theirs: how many requests, and how long each
 * event took.
 */
function followed(events: readonly number[], readsPerMinute = 10, tickets = Number.POSITIVE_INFINITY) {
  let now = BEGIN
  const turns = createTurns(readsPerMinute, () => now)
  const latencies: number[] = []
  let requests = 0
  const waiting: number[] = []
  for (let nth = 0; nth < events.length || waiting.length > 0; now += STEP) {
    while (nth < events.length && events[nth]! <= now) waiting.push(events[nth++]!)
    const [since] = waiting
    if (since === undefined) continue
    if (turns.dueAt({ kind: 'tickets', hints: waiting.length, since }, WINDOW) > now) continue
    const named = waiting.map((at, place) => ({
      kind: 'tickets',
      id: (nth - waiting.length + place) % tickets,
      at,
      isDeletion: false,
    }))
    const some = inFullRequests(named)
    waiting.splice(0, some.length)
    latencies.push(...some.map(({ at }) => now - at))
    requests += Math.ceil(new Set(some.map(({ id }) => id)).size / 100)
    turns.note('tickets')
  }
  const sorted = latencies.toSorted((a, b) => a - b)
  return { requests, median: sorted[Math.floor(sorted.length / 2)]!, longest: sorted.at(-1)! }
}

/** So many events in five minutes, evenly. */
const evenly = (perMinute: number): number[] =>
  Array.from({ length: perMinute * 5 }, (_, nth) => BEGIN + (nth * 60_000) / perMinute)

test('an event in a quiet time waits for the window alone', () => {
  expect(followed([0, 30_000, 60_000].map((at) => BEGIN + at))).toEqual({
    requests: 3,
    median: WINDOW,
    longest: WINDOW,
  })
})

test.each([30, 300, 1000])('%i events a minute cost at most ten requests a minute', (perMinute) => {
  const { requests, longest } = followed(evenly(perMinute))
  expect(requests).toBeLessThanOrEqual(5 * 10 + 1)
  expect(longest).toBeLessThanOrEqual(6000 + STEP)
})

test('more events wait for less time, and for the window at the least', () => {
  expect(followed(evenly(2000)).median).toBeLessThan(1600)
  const { longest, requests } = followed(evenly(20_000))
  expect(longest).toBeLessThan(WINDOW + STEP)
  expect(requests).toBeLessThanOrEqual(1001)
})

test('many events of few tickets do not wait for a hundred tickets', () => {
  const { requests, median, longest } = followed(evenly(2000), 10, 90)
  expect(requests).toBeLessThanOrEqual((5 * 2000) / 100 + 1)
  expect(median).toBeLessThan(1600)
  expect(longest).toBeLessThanOrEqual(6000 + STEP)
})

test('with more reads a minute changes come sooner', () => {
  expect(followed(evenly(1000), 30).median).toBeLessThan(1100)
})

test('a clock that is set back makes no event wait: what came before it is due, and what comes after it has its turn', () => {
  let now = BEGIN + 3_600_000
  const turns = createTurns(10, () => now)
  turns.note('tickets')
  const pending = (since: number) => ({ kind: 'tickets', hints: 1, since })
  const before = pending(now)
  expect(turns.dueAt(before, WINDOW)).toBe(now + 6000)
  now = BEGIN
  expect(turns.dueAt(before, WINDOW)).toBeLessThanOrEqual(now)
  expect(turns.dueAt(pending(now), WINDOW)).toBe(now + WINDOW)
})
