import type { TicketValues } from '../model.ts'
import type { Store } from '../store.ts'
import { SYSTEM_ORIGIN } from '../tickets/origin.ts'
import { indexTicket, writeAudit } from '../tickets/write.ts'
import { followIdentities, rewriteUser } from './change-identities.ts'
import { joinOrganization, leaveAll } from './change-memberships.ts'
import { removeOrganization } from './change-organizations.ts'
import type { Organization, User } from './model.ts'

/** The mutations that make one record of two. They throw if one is missing, or if both are the same. */
export type MergeMutations = {
  /** The loser is a deleted user then; identities, memberships and tickets are the winner's. */
  readonly mergeUsers: (loser: number, winner: number) => void
  /** The loser is deleted then, by `actor` (Zendesk); members, tickets and domains are the winner's. */
  readonly mergeOrganizations: (loser: number, winner: number, actor?: number) => void
}

/** The mutations of a store that merge people. */
export function mergeMutations(store: Store): MergeMutations {
  const user = (id: number): User => {
    const one = store.users.get(id)
    if (one === undefined || one.deleted) throw new Error(`There is no user ${id}.`)
    return one
  }
  const organization = (id: number): Organization => {
    const one = store.organizations.get(id)
    if (one === undefined || one.deleted > 0) throw new Error(`There is no organization ${id}.`)
    return one
  }
  const different = (loser: number, winner: number) => {
    if (loser === winner) throw new Error(`${loser} can't be merged into itself.`)
  }
  return {
    mergeUsers: (loserId, winnerId) => {
      different(loserId, winnerId)
      const [loser, winner] = [user(loserId), user(winnerId)]
      const { organizationMemberships } = store.people
      const joined = organizationMemberships.ofUser(loserId).map(({ parent }) => parent)
      const { identities } = loser
      rewriteUser(store, loser, () => {
        leaveAll(store, loser)
        Object.assign(loser, { deleted: true, mergedInto: winnerId, identities: [], email: null, phone: null })
      })
      rewriteUser(store, winner, () => {
        for (const one of identities) if (winner.identities.some(({ type }) => type === one.type)) one.primary = false
        winner.identities = [...winner.identities, ...identities]
        followIdentities(winner)
        const known = new Set(organizationMemberships.ofUser(winnerId).map(({ parent }) => parent))
        for (const id of joined) if (!known.has(id)) joinOrganization(store, winner, id, false)
      })
      moveTickets(store, 'requester_id', loserId, winnerId)
    },
    mergeOrganizations: (loserId, winnerId, actor) => {
      different(loserId, winnerId)
      const [loser, winner] = [organization(loserId), organization(winnerId)]
      const { organizationMemberships } = store.people
      const members = organizationMemberships.ofParent(loserId).map((one) => one.user)
      const { domains } = loser
      removeOrganization(store, loser, actor)
      winner.domains = [...new Set([...winner.domains, ...domains])]
      winner.updated = store.clock.now()
      for (const domain of domains) store.people.domains.set(domain.toLowerCase(), winnerId)
      store.order.organizationsByUpdated.place(winner)
      store.order.organizationsByExport.place(winner)
      const known = new Set(organizationMemberships.ofParent(winnerId).map((one) => one.user))
      for (const id of members) {
        const member = store.users.get(id)
        if (member !== undefined && !known.has(id)) joinOrganization(store, member, winnerId, false)
      }
      moveTickets(store, 'organization_id', loserId, winnerId)
    },
  }
}

// Assumed (fact 356): Zendesk records the move in each ticket's audits, closed tickets included.
function moveTickets(store: Store, field: keyof TicketValues, from: number, to: number): void {
  const write = { at: store.clock.now(), author: -1, via: { channel: 'system' }, origin: SYSTEM_ORIGIN }
  for (const ticket of store.tickets) {
    if (ticket.values[field] !== from || ticket.scrubbed) continue
    writeAudit(store, ticket, { ...write, changes: { [field]: to } })
    indexTicket(store, ticket)
  }
}
