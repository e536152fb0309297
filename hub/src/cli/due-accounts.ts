// Which accounts of a fleet an engine should run now.
import { BY_HAND, dueAt } from '../schedule/due.ts'
import type { AccountSummary } from '../store/accounts.ts'

/**
 * When this account is due, in milliseconds since 1970: in the past if it is. Undefined while it is synced, paused, or synced by
 * hand only. A run that ended early goes on at once; one that failed is tried again after 1, 5 and 15 minutes.
 */
export function accountDueAt(account: AccountSummary): number | undefined {
  const { isPaused, holder, schedule, outcome, beganAt, endedAt = 0 } = account
  if (isPaused || holder !== undefined || schedule === BY_HAND) return undefined
  if (outcome === 'more' || outcome === 'stopped' || outcome === 'lost') return endedAt
  // Nobody holds an account whose run never ended: its process is dead.
  if (outcome === 'running') return beganAt
  // Only a change of the configuration helps.
  const failures = outcome === 'configuration' ? 0 : account.failures
  return dueAt(schedule, { begunAt: beganAt, failures, endedAt })
}
