// Times that an answer names, by a server that names anything: there is always a pause, and always an end.
import { expect, test } from 'vitest'
import { configFor, configured, openSandbox, runHere, streamsOf } from '../support/account.ts'
import { type Answer, openHostile } from './server.ts'

const sandbox = await openSandbox({ tickets: 10 })
const catalog = configured(await streamsOf(configFor(sandbox)), { names: ['groups', 'tags'] })

const refusing =
  (status: number, retryAfter: string | string[], times: number): Answer =>
  (response, nth) =>
    nth <= times && response.appendHeader('retry-after', retryAfter).writeHead(status).end()

async function readBehind(answer: Answer, more: object = {}) {
  const server = await openHostile({ '/api/v2/groups': answer }, sandbox.url)
  const config = { ...configFor(sandbox, more), base_url: server.url }
  const output = await runHere('read', { config, catalog })
  return { ...output, at: server.asked.get('/api/v2/groups')! }
}

/** The pauses between requests, in seconds. */
const pauses = (at: readonly number[]): readonly number[] => at.slice(1).map((time, nth) => (time - at[nth]!) / 1000)

test.each([
  ['no time', 503, '0', [1, 2]],
  ['no time', 429, '0', [1, 2]],
  ['a time that has passed', 503, 'Sat, 01 Jan 2000 00:00:00 GMT', [1, 2]],
  ['two times', 503, '1, 3', [3]],
  ['two times, in headers of their own', 429, ['3', '1'], [3]],
  ['a time, because it is early', 425, '2', [2]],
] as const)(
  '%s, by a %d with %o: at least the pause that there must be, and then all rows',
  async (_, status, named, least) => {
    const { exitCode, records, at } = await readBehind(refusing(status, named as string, least.length))
    expect(exitCode).toBe(0)
    expect(records('groups').length).toBeGreaterThan(0)
    expect(at).toHaveLength(least.length + 1)
    for (const [nth, pause] of pauses(at).entries()) expect(pause).toBeGreaterThanOrEqual(least[nth]! - 0.05)
  },
)

test.each(['3600', '1000000000', 'Tue, 01 Jan 2999 00:00:00 GMT'])(
  'a 503 that names %s, beyond the budget: its stream ends and names it, the others are read',
  async (named) => {
    const { exitCode, errors, statuses, at } = await readBehind(refusing(503, named, 9), { max_retry_minutes: 1 })
    expect(exitCode).toBe(1)
    expect(at).toHaveLength(1)
    expect(errors[0]?.message).toMatch(/groups: HTTP 503\. Zendesk asks to wait \d+ min, which is too long/)
    expect(statuses('groups').at(-1)).toBe('INCOMPLETE')
    expect(statuses('tags').at(-1)).toBe('COMPLETE')
  },
)
