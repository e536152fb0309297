import type { Random } from '../random.ts'

// How likely each mutation is, as parts of their sum.
const MIX: readonly [kind: string, weight: number][] = [
  ['createTicket', 16],
  ['updateTicket', 30],
  ['addComment', 20],
  ['systemUpdate', 6],
  ['deleteTicket', 4],
  ['restoreTicket', 2],
  ['permanentlyDeleteTicket', 1],
  ['mergeTickets', 2],
  ['closeTicket', 3],
  ['createUser', 5],
  ['updateUser', 6],
  ['deleteUser', 1.5],
  ['permanentlyDeleteUser', 0.7],
  ['createOrganization', 2],
  ['updateOrganization', 3],
  ['deleteOrganization', 0.7],
  ['createGroup', 0.4],
  ['updateGroup', 0.6],
  ['deleteGroup', 0.2],
  ['createTicketField', 0.3],
  ['updateTicketField', 0.6],
  ['deleteTicketField', 0.2],
  ['createTicketForm', 0.3],
  ['updateTicketForm', 0.5],
  ['deleteTicketForm', 0.2],
]
const TOTAL = MIX.reduce((sum, [, weight]) => sum + weight, 0)

/** The name of one mutation, by its likelihood. */
export function pickKind(random: Random): string {
  let left = random.next() * TOTAL
  for (const [kind, weight] of MIX) {
    left -= weight
    if (left < 0) return kind
  }
  return 'updateTicket'
}
