import type { Store } from '../store.ts'
import { type GroupMutations, groupMutations } from './change-groups.ts'
import { type IdentityMutations, identityMutations } from './change-identities.ts'
import { type MembershipMutations, membershipMutations } from './change-memberships.ts'
import { type OrganizationMutations, organizationMutations } from './change-organizations.ts'
import { type UserMutations, userMutations } from './change-users.ts'
import { type MergeMutations, mergeMutations } from './merge.ts'

/** The mutations of users, organizations, groups, identities and memberships. */
export type PeopleMutations = UserMutations &
  IdentityMutations &
  OrganizationMutations &
  GroupMutations &
  MembershipMutations &
  MergeMutations & {
    /** Whether users may be created in bulk; Zendesk's support switches it on. */
    readonly setUserImports: (on: boolean) => void
    /** How many seconds a change takes to show in search. */
    readonly setSearchLag: (seconds: number) => void
  }

/** The mutations of a store's people. */
export function peopleMutations(store: Store): PeopleMutations {
  return {
    ...userMutations(store),
    ...identityMutations(store),
    ...organizationMutations(store),
    ...groupMutations(store),
    ...membershipMutations(store),
    ...mergeMutations(store),
    setUserImports: (on) => {
      store.people.userImports = on
    },
    setSearchLag: (seconds) => {
      store.people.past.lag = seconds
    },
  }
}
