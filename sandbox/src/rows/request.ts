import type { Row, Ticket } from '../account/model.ts'
import type { Organization, User } from '../account/people/model.ts'
import type { Store } from '../account/store.ts'
import { LISTED, ticketRow } from './ticket.ts'

const SAME = ['status', 'priority', 'type', 'subject', 'description', 'organization_id', 'via', 'custom_fields']
const PEOPLE = ['requester_id', 'collaborator_ids', 'email_cc_ids', 'is_public', 'due_at']
const TIMES = ['created_at', 'updated_at', 'recipient']
const REST = ['assignee_id', 'ticket_form_id', 'custom_status_id', 'fields']

/** A ticket as its requester sees it. `viewer` is who asks: only the requester may solve it. */
export function requestRow(store: Store, ticket: Ticket, viewer: User | undefined): Row {
  const row = ticketRow(store, ticket, LISTED)
  const take = (keys: readonly string[]) => Object.fromEntries(keys.map((key) => [key, row[key]]))
  return {
    url: `${store.base}/api/v2/requests/${ticket.id}.json`,
    id: ticket.id,
    ...take(SAME),
    ...take(PEOPLE),
    can_be_solved_by_me: canSolve(ticket, viewer),
    ...take(TIMES),
    followup_source_id: ticket.rare?.followUpOf ?? null,
    ...take(REST),
  }
}

/** Whether a user may solve their request: once an agent has it, and before it is solved. */
export function canSolve({ values }: Ticket, viewer: User | undefined): boolean {
  const open = ['open', 'pending', 'hold'].includes(values.status)
  return open && values.assignee_id !== null && viewer?.id === values.requester_id
}

/** A user as end users see others in their requests. */
export function requestUserRow({ id, name, role, organization }: User): Row {
  return { id, name, photo: null, agent: role !== 'end-user', organization_id: organization }
}

/** An organization as end users see it in their requests. */
export function requestOrganizationRow({ id, name }: Organization): Row {
  return { id, name }
}
