import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { retryDelay } from '../../../src/http/retry.ts'
import { httpDate, retryAfterOf } from '../../../src/http/retry-after.ts'

const NOW = Date.parse('2026-01-01T00:00:00Z')
const after = (header: string | string[], more: object = {}) => ({ headers: { 'retry-after': header, ...more } })

test.each([
  ['Retry-After is obeyed in full', { status: 429, ...after('93') }, 93_000],
  ['a limit without Retry-After is waited out for ten seconds', { status: 429 }, 10_000],
  ['Retry-After may be a date', { status: 503, ...after('Thu, 01 Jan 2026 00:02:00 GMT') }, 120_000],
  ['a limit of the past is over, but not at once', { status: 429, ...after('Wed, 31 Dec 2025 00:00:00 GMT') }, 1_000],
  ['no pause is no pause', { status: 503, ...after('0') }, 1_000],
  ['of two values the larger one counts', { status: 429, ...after('8, 6') }, 8_000],
  ['in whatever order', { status: 429, ...after('50, 53') }, 53_000],
  ['and in headers of their own', { status: 503, ...after(['6', '8']) }, 8_000],
  ['and of both kinds', { status: 503, ...after('7, Thu, 01 Jan 2026 00:00:05 GMT') }, 7_000],
  ['what is no time is none', { status: 429, ...after('soon') }, 10_000],
  ['and neither is a negative one', { status: 429, ...after('-5') }, 10_000],
  ['nor a date of another form', { status: 429, ...after('2026-01-01T01:00:00Z') }, 10_000],
  [
    'a date counts from the Date of its answer, as the clocks differ',
    { status: 503, ...after('Thu, 01 Jan 2026 05:00:40 GMT', { date: 'Thu, 01 Jan 2026 05:00:00 GMT' }) },
    40_000,
  ],
  ['server errors are tried again', { status: 500 }, 1_250],
  ['collisions are tried again', { status: 409 }, 1_250],
  ['what came too early is tried again', { status: 425 }, 1_250],
  ['errors of the network before Zendesk are tried again', { status: 524 }, 1_250],
  ['broken connections are tried again', { error: new Error('reset') }, 1_250],
  ['what is too large for now is tried again', { status: 413, ...after('4') }, 4_000],
  ['what is too large stays so', { status: 413 }, undefined],
  ['what is not there will not come', { status: 404 }, undefined],
  ['what is forbidden stays so, whatever it names', { status: 403, ...after('4') }, undefined],
  ['a bad request stays bad', { status: 400 }, undefined],
  ['a redirect is not followed', { status: 302 }, undefined],
])('%s', (_, outcome, expected) => {
  expect(retryDelay(outcome, 0, NOW, 0.5)).toBe(expected)
})

test.each([408, 409, 425, 429, 500, 502, 503, 504, 520])('Retry-After of a %d is obeyed', (status) => {
  expect(retryDelay({ status, ...after('77') }, 0, NOW, 0.5)).toBe(77_000)
})

test('waits grow, with jitter, up to half a minute', () => {
  expect([0, 1, 2, 10, 100].map((failures) => retryDelay({ status: 500 }, failures, NOW, 0))).toEqual([
    1000, 2000, 4000, 30_000, 30_000,
  ])
})

describe('whatever an answer names', () => {
  const date = fc
    .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2090-01-01T00:00:00Z'), noInvalidDate: true })
    .map((one) => one.toUTCString())
  const value = fc.oneof(
    fc.nat().map(String),
    date,
    fc.string(),
    fc.constantFrom('0', '-1', '1e9', 'NaN', 'Infinity', '0x10', '  ', ',', '0, 0'),
  )
  const header = fc.oneof(
    value,
    fc.array(value, { minLength: 1, maxLength: 4 }).map((many) => many.join(', ')),
    fc.array(value),
  )
  const status = fc.constantFrom(408, 409, 413, 425, 429, 500, 502, 503, 504, 520)

  test('a wait is a number, never below a second, and never below the one that we would choose', () => {
    fc.assert(
      fc.property(status, header, fc.nat(60), fc.option(date), (of, named, failures, answeredAt) => {
        const headers = { 'retry-after': named as string | string[], ...(answeredAt !== null && { date: answeredAt }) }
        const wait = retryDelay({ status: of, headers }, failures, NOW, 0)
        if (of === 413 && retryAfterOf(headers, NOW) === undefined) expect(wait).toBeUndefined()
        else expect(wait).toBeGreaterThanOrEqual(Math.min(30_000, 2 ** failures * 1000))
      }),
    )
  })

  test('seconds and dates in any order: the longest of them', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.nat(100_000), date), { minLength: 1, maxLength: 5 }), (many) => {
        const waits = many.map((one) => (typeof one === 'number' ? one * 1000 : Date.parse(one) - NOW))
        expect(retryAfterOf({ 'retry-after': many.join(', ') }, NOW)).toBe(Math.max(0, ...waits))
      }),
    )
  })
})

test.each([
  ['Sun, 06 Nov 1994 08:49:37 GMT', '1994-11-06T08:49:37.000Z'],
  ['Sunday, 06-Nov-94 08:49:37 GMT', '1994-11-06T08:49:37.000Z'],
  ['Sun Nov  6 08:49:37 1994', '1994-11-06T08:49:37.000Z'],
])('%s is a date of HTTP', (text, expected) => {
  expect(new Date(httpDate(text)!).toISOString()).toBe(expected)
})

test.each(['8, 6', '1', '2026-01-01', '06 Nov 1994', 'Sun, 06 Nov 1994 08:49:37 +0100', '', undefined])(
  '%s is no date of HTTP',
  (text) => {
    expect(httpDate(text)).toBeUndefined()
  },
)
