// One workflow for each account, and its id is the account's: there are never two of them.
import { ApplicationFailure, proxyActivities } from '@temporalio/workflow'
import type { Ended, SyncRequest } from './activities.ts'

const { runHub } = proxyActivities<{ runHub(request: SyncRequest): Promise<Ended> }>({
  // A worker that died is noticed after this long; the account's lease has ended by then as well.
  heartbeatTimeout: '10s',
  // A first sync takes days.
  startToCloseTimeout: '30 days',
  retry: {
    initialInterval: '5s',
    backoffCoefficient: 2,
    maximumInterval: '30 minutes',
    nonRetryableErrorTypes: ['Configuration'],
  },
})

/** Syncs an account until there is nothing more to read now. Fails if nothing but a change of its configuration helps. */
export async function syncAccount(request: SyncRequest): Promise<Ended> {
  const ended = await runHub(request)
  if (ended === 'configuration')
    throw ApplicationFailure.nonRetryable(`Account "${request.account}" needs a change.`, 'Configuration')
  return ended
}
