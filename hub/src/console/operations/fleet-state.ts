// How an account of a fleet fares, in one word.
import { lateAt } from '../../schedule/due.ts'
import type { AccountSummary } from '../../store/accounts.ts'

/** `failed`: its last run did, or its process was lost; `late`: older than its schedule promises. */
export const ACCOUNT_STATES = ['failed', 'late', 'new', 'running', 'paused', 'fresh'] as const

export type AccountState = (typeof ACCOUNT_STATES)[number]

type Faring = Pick<
  AccountSummary,
  'isPaused' | 'holder' | 'outcome' | 'failures' | 'completeAt' | 'schedule' | 'endedAt'
>

/** `now` in milliseconds since 1970. */
export function accountState(account: Faring, now: number): AccountState {
  const { isPaused, holder, outcome, failures, completeAt, schedule } = account
  if (isPaused) return 'paused'
  if (holder !== undefined) return 'running'
  // Nobody holds an account whose run never ended: its process is dead.
  if (failures > 0 || outcome === 'configuration' || outcome === 'lost' || outcome === 'running') return 'failed'
  if (completeAt === undefined) return 'new'
  return now > lateAt(schedule, completeAt) ? 'late' : 'fresh'
}
