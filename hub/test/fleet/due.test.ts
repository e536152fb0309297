// Which accounts an engine should run now.
import { expect, test } from 'vitest'
import { accountDueAt } from '../../src/cli/due-accounts.ts'
import type { AccountSummary } from '../../src/store/accounts.ts'

const HOUR = 3_600_000
const MINUTE = 60_000
const account = (more: Partial<AccountSummary>): AccountSummary => ({
  ...{ id: 'acme', subdomain: 'acme', destination: '', schedule: 'every 6h', isPaused: false, tier: 'regular' },
  ...{ holder: undefined, lastRun: 'r', outcome: 'complete', beganAt: 10 * HOUR, endedAt: 10 * HOUR + MINUTE },
  ...{ completeAt: 10 * HOUR, failures: 0, error: undefined, runs: 1, rows: 0, waited: 0 },
  ...more,
})

test.each([
  ['a new one is due at once', { outcome: undefined, beganAt: undefined, endedAt: undefined }, 0],
  ['by its schedule, from the beginning of the last run', {}, 16 * HOUR],
  ['one that failed is due again soon', { outcome: 'failed', failures: 2 }, 10 * HOUR + 6 * MINUTE],
  ['one that ended so as not to wait goes on', { outcome: 'more' }, 10 * HOUR + MINUTE],
  ['one whose process died goes on', { outcome: 'running', endedAt: undefined }, 10 * HOUR],
  ['a wrong configuration waits for its schedule', { outcome: 'configuration', failures: 1 }, 16 * HOUR],
  ['not while it is synced', { holder: 'worker-1' }, undefined],
  ['not while it is paused', { isPaused: true }, undefined],
  ['not by hand', { schedule: 'manual' }, undefined],
] as const)('%s', (_, more, due) => expect(accountDueAt(account(more))).toBe(due))
