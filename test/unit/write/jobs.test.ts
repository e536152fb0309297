// Jobs by value: what counts as the end of one, and that nothing is waited for without an end.
import { expect, test } from 'vitest'
import type { Call } from '../../../src/model/call.ts'
import type { Clock } from '../../../src/model/clock.ts'
import { createJobs } from '../../../src/write/jobs.ts'

/** An account with one job, of which `shown` says what it is after so many ms; waits take no time. */
function accountWith(shown: (after: number) => object) {
  let now = 0
  const clock: Clock = {
    now: () => now,
    after(milliseconds, act) {
      now += milliseconds
      const timer = setImmediate(act)
      return () => clearImmediate(timer)
    },
  }
  const call: Call = async ({ method }) => ({
    status: 200,
    body: method === 'GET' ? { job_statuses: [{ id: 'j', ...shown(now) }] } : { job_status: { id: 'j' } },
  })
  const jobs = createJobs({ call, clock, signal: new AbortController().signal }, 5)
  return { jobs, minutes: () => now / 60_000 }
}

const bulk = { method: 'POST', path: 'users/create_many', body: { users: [] } } as const

test('a job that comes on is waited for, however long it takes', async () => {
  const { jobs, minutes } = accountWith((after) =>
    after < 5 * 3_600_000
      ? { status: 'working', progress: Math.floor(after / 1_800_000) }
      : { status: 'completed', results: [{ index: 0, success: true }] },
  )
  expect(await jobs.run(bulk, () => undefined)).toMatchObject({ kind: 'ended', results: [{ index: 0 }] })
  expect(minutes()).toBeGreaterThanOrEqual(300)
})

test.each([{ status: 'working', progress: 3 }, { status: 'queued' }, {}, { status: 'paused' }])(
  'a job that says %j for ever ends the wait, and is not taken for one that ended',
  async (job) => {
    const { jobs, minutes } = accountWith(() => job)
    await expect(jobs.run(bulk, () => undefined)).rejects.toThrow(/job j has been .* without progress/)
    await expect(jobs.settled(['j'])).rejects.toThrow(/without progress/)
    expect(minutes()).toBeLessThan(130)
  },
)
