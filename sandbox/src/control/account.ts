import type { JobBehavior, Jobs } from '../account/jobs.ts'
import type { Firing, Mail } from '../account/mails.ts'
import type { Mutations } from '../account/mutations.ts'
import { type AccountPlan, changePlan, type PlanChanges } from '../account/plan.ts'
import type { Store } from '../account/store.ts'
import type { Id } from '../account/table.ts'
import { type Activity, changeAtRandom } from '../activity/random-changes.ts'
import type { Access } from '../http/authenticate.ts'
import type { Disturbances } from '../webhooks/disturbances.ts'
import { STREAMS, type Truth, type TruthStream, truthOf } from './truth.ts'

/** The account from the inside, for tests: mutations, and the truth to compare with. */
export type Account = Mutations & {
  /** Now on the account's clock, in epoch seconds (UTC). */
  readonly now: () => number
  /** Moves the clock forward by a number of seconds, and runs the events that become due. */
  readonly advance: (seconds: number) => void
  /** How jobs behave from now on: how long they take, whether their results are shuffled, and whether some get lost. */
  readonly setJobs: (how: JobBehavior) => void
  /** The mails that Zendesk would have sent to users: of verification, with public comments, and of articles. */
  readonly mails: () => readonly Mail[]
  /** The writes to tickets after which triggers ran, with the triggers whose conditions were met. */
  readonly firings: () => readonly Firing[]
  /** The names that `truth` takes. */
  readonly streams: () => readonly string[]
  /** The truth of a stream or of a table. */
  readonly truth: { (stream: TruthStream): Truth; (table: string): Truth<Id> }
  readonly changeAtRandom: (count: number, seed?: number) => Activity
  readonly setPlan: (changes: PlanChanges) => void
  readonly setApiTokenAccess: (on: boolean) => void
  /** Whether e-mail and password work; they don't, unless this switches them on. */
  readonly setPasswordAccess: (on: boolean) => void
  /** Ends one OAuth token, given by its text or its id, with its refresh token. */
  readonly revokeToken: (token: string | number) => void
  /** Lets one OAuth access token expire; its refresh token still works. */
  readonly expireToken: (token: string | number) => void
  /** From now on no credentials of before work. */
  readonly revokeTokens: () => void
  /** Closes the Incremental Export API with this status; undefined opens it again. */
  readonly setExports: (closed: 403 | 404 | 410 | undefined) => void
  /** From now on, deliveries of webhooks are disturbed so, and in no other way. */
  readonly disturbDeliveries: (disturbances: Disturbances) => void
}

/** The account of a store. */
export function createAccount(
  store: Store,
  {
    mutations,
    access,
    plan,
    jobs,
    setExports,
    disturbDeliveries,
    truths,
  }: {
    mutations: Mutations
    access: Access
    plan: AccountPlan
    jobs: Jobs
    setExports: Account['setExports']
    disturbDeliveries: Account['disturbDeliveries']
    /** The truths of lists that neither the store nor a table holds, by name. */
    truths: Readonly<Record<string, () => Truth<Id>>>
  },
): Account {
  return {
    ...mutations,
    setJobs: jobs.behave,
    mails: () => store.mails,
    firings: () => store.firings,
    now: store.clock.now,
    advance: (seconds) => {
      store.clock.advance(seconds)
      store.agenda.run()
      store.version++
    },
    streams: () => [...STREAMS, ...Object.keys(truths), ...store.tables.keys()],
    truth: (stream: string) => {
      store.agenda.run()
      const truth = truths[stream]?.() ?? truthOf(store, stream)
      if (truth === undefined) throw new Error(`There is no truth of ${stream}.`)
      return truth as Truth
    },
    changeAtRandom: (count, seed = 1) => changeAtRandom(store, mutations, count, seed),
    setPlan: (changes) => changePlan(plan, changes),
    setApiTokenAccess: access.setApiTokenAccess,
    setPasswordAccess: access.setPasswordAccess,
    revokeToken: access.revokeToken,
    expireToken: access.expireToken,
    revokeTokens: access.revokeTokens,
    setExports,
    disturbDeliveries,
  }
}
