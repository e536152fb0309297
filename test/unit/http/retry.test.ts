import { expect, test } from 'vitest'
import { retryDelay } from '../../../src/http/retry.ts'

const NOW = Date.parse('2026-01-01T00:00:00Z')

test.each([
  ['Retry-After is obeyed in full', { status: 429, retryAfter: '93' }, 93_000],
  ['a limit without Retry-After is waited out for ten seconds', { status: 429 }, 10_000],
  ['Retry-After may be a date', { status: 503, retryAfter: 'Thu, 01 Jan 2026 00:02:00 GMT' }, 120_000],
  ['a limit of the past is over', { status: 429, retryAfter: 'Wed, 31 Dec 2025 00:00:00 GMT' }, 0],
  ['server errors are tried again', { status: 500 }, 375],
  ['collisions are tried again', { status: 409 }, 375],
  ['errors of the network before Zendesk are tried again', { status: 524 }, 375],
  ['broken connections are tried again', { error: new Error('reset') }, 375],
  ['what is not there will not come', { status: 404 }, undefined],
  ['what is forbidden stays so', { status: 403 }, undefined],
  ['a bad request stays bad', { status: 400 }, undefined],
  ['a redirect is not followed', { status: 302 }, undefined],
])('%s', (_, outcome, expected) => {
  expect(retryDelay(outcome, 0, NOW, 0.5)).toBe(expected)
})

test('waits grow, with jitter, up to half a minute', () => {
  expect([0, 1, 2, 10, 100].map((failures) => retryDelay({ status: 500 }, failures, NOW, 1))).toEqual([
    500, 1000, 2000, 30_000, 30_000,
  ])
})
