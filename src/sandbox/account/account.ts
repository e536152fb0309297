import type { Access } from '../http/authenticate.ts'
import type { AccountPlan } from '../routes/route.ts'
import { type Activity, changeAtRandom } from './activity.ts'
import { type PeopleMutations, peopleMutations } from './change-people.ts'
import { type SettingsMutations, settingsMutations } from './change-settings.ts'
import { scrub, type TicketMutations, ticketMutations } from './change-tickets.ts'
import type { Store } from './store.ts'
import { type Truth, type TruthStream, truthOf } from './truth.ts'

/** The account from the inside: what tests change, and the truth to compare with. */
export type Account = TicketMutations &
  PeopleMutations &
  SettingsMutations & {
    /** Now on the account's clock, in epoch seconds (UTC). */
    readonly now: () => number
    /** Moves the clock forward by so many seconds; tickets deleted 30 days ago are scrubbed then. */
    readonly advance: (seconds: number) => void
    readonly truth: (stream: TruthStream) => Truth
    readonly changeAtRandom: (count: number, seed?: number) => Activity
    readonly setPlan: (plan: Partial<AccountPlan>) => void
    readonly setApiTokenAccess: (on: boolean) => void
    /** From now on no credentials of before work. */
    readonly revokeTokens: () => void
    /** Closes the Incremental Export API with this status; undefined opens it again. */
    readonly setExports: (closed: 403 | 404 | 410 | undefined) => void
  }

const RESTORABLE = 30 * 86_400

/** The account of a store. */
export function createAccount(
  store: Store,
  { access, plan, setExports }: { access: Access; plan: AccountPlan; setExports: Account['setExports'] },
): Account {
  const mutations = { ...ticketMutations(store), ...peopleMutations(store), ...settingsMutations(store) }
  return {
    ...mutations,
    now: store.clock.now,
    advance: (seconds) => {
      store.clock.advance(seconds)
      const until = store.clock.now() - RESTORABLE
      for (const ticket of store.tickets)
        if (ticket.deleted > 0 && ticket.deleted <= until && !ticket.scrubbed) scrub(store, ticket)
    },
    truth: (stream) => truthOf(store, stream),
    changeAtRandom: (count, seed = 1) => changeAtRandom(store, mutations, count, seed),
    setPlan: (changes) => {
      Object.assign(plan, changes)
    },
    setApiTokenAccess: access.setApiTokenAccess,
    revokeTokens: access.revokeTokens,
    setExports,
  }
}
