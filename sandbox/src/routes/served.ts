import type { Jobs } from '../account/jobs.ts'
import type { Mutations } from '../account/mutations.ts'
import type { Oauth } from '../account/oauth/tokens.ts'
import type { AccountPlan } from '../account/plan.ts'
import type { Store } from '../account/store.ts'
import type { Access } from '../http/authenticate.ts'
import type { Webhooks } from '../webhooks/subscriptions.ts'

/** The parts of the sandbox that routes read and write. */
export type Served = {
  readonly store: Store
  readonly plan: AccountPlan
  readonly jobs: Jobs
  readonly mutations: Mutations
  readonly access: Access
  readonly oauth: Oauth
  readonly webhooks: Webhooks
  readonly exportPageSize: number
  /** Whether the plan's limits hold. */
  readonly isLimited: boolean
}
