import type { Clock } from '../../clock.ts'
import { createPast, type Past } from '../past.ts'
import { createMemberships, type Memberships } from './memberships.ts'

/** Finds users and organizations by their names and addresses, and memberships. Names are in small letters. */
export type PeopleIndex = {
  /** Users by identity (`identityKey`): every identity belongs to one user. */
  readonly identities: Map<string, number>
  /** Ids of the deleted identities. */
  readonly deletedIdentities: Set<number>
  readonly userExternalIds: Map<string, number>
  readonly organizationNames: Map<string, number>
  readonly organizationExternalIds: Map<string, number>
  readonly domains: Map<string, number>
  readonly organizationMemberships: Memberships
  readonly groupMemberships: Memberships
  /** Changed records as the search index still shows them. */
  readonly past: Past
  /** Whether users may be created in bulk; Zendesk's support switches it on. */
  userImports: boolean
}

/** An index of nobody. */
export function createPeopleIndex(clock: Clock): PeopleIndex {
  return {
    identities: new Map(),
    deletedIdentities: new Set(),
    userExternalIds: new Map(),
    organizationNames: new Map(),
    organizationExternalIds: new Map(),
    domains: new Map(),
    organizationMemberships: createMemberships(),
    groupMemberships: createMemberships(),
    past: createPast(clock),
    userImports: true,
  }
}
