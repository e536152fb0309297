import type { Row, Ticket, TicketValues, Value } from '../../account/model.ts'
import type { NewComment } from '../../account/tickets/new-comment.ts'
import type { Served } from '../served.ts'
import { sentComment } from './comment.ts'
import { sentCustomFields, whichField } from './custom-fields.ts'
import { createFaults, type InputFaults } from './faults.ts'
import { type SentCopies, type Someone, sentCopies, sentRequester } from './people.ts'
import { isRow, sentValues } from './values.ts'

/** A ticket that was sent, checked, in the form that a write needs. Nothing has been changed yet. */
export type SentTicket = SentCopies & {
  readonly changes: Partial<TicketValues>
  readonly custom: ReadonlyMap<number, Value>
  readonly comment?: NewComment
  readonly requester?: Someone
  readonly metadata?: Row
}

/** Reads a change of a ticket, or a new one without `ticket`; throws the 422 that names all that is wrong. */
export function readTicket(served: Served, sent: Row, ticket?: Ticket): SentTicket {
  const { store } = served
  const faults = createFaults()
  const changes = sentValues(store, sent, faults)
  const custom = sentCustomFields(store, sent, faults)
  const comment = sentComment(store, sent['comment'], faults, ticket?.isPublic ?? true)
  const requester = sentRequester(store, sent, faults)
  const given = sent['metadata']
  const metadata = isRow(given) ? (isRow(given['custom']) ? given['custom'] : given) : undefined
  const values = settle(served, changes, ticket)
  if (values.status === 'solved') demandToSolve(served, { ...ticket?.values, ...values }, custom, faults, ticket)
  faults.check()
  return {
    changes: values,
    custom,
    ...sentCopies(store, sent, ticket),
    ...(comment === undefined ? {} : { comment }),
    ...(requester === undefined ? {} : { requester }),
    ...(metadata === undefined ? {} : { metadata }),
  }
}

// An agent brings their group, and a new ticket that gets an agent is open.
function settle({ store }: Served, changes: Partial<TicketValues>, ticket?: Ticket): Partial<TicketValues> {
  const { assignee_id: assignee, group_id: group, status } = changes
  if (assignee === undefined || assignee === null) return changes
  const own = store.users.get(assignee)?.group ?? null
  const before = ticket?.values.group_id ?? null
  return {
    ...changes,
    ...(group === undefined && own !== null && before === null ? { group_id: own } : {}),
    ...(status === undefined && (ticket?.values.status ?? 'new') === 'new' ? { status: 'open' } : {}),
  }
}

function demandToSolve(
  { store }: Served,
  values: Partial<TicketValues>,
  custom: ReadonlyMap<number, Value>,
  faults: InputFaults,
  ticket?: Ticket,
): void {
  const missing = (title: string, field: { id: number; type: string }) =>
    faults.add('base', `${title}: is required when solving a ticket`, undefined, whichField(field))
  for (const field of store.fields.values()) {
    if (field.type === 'assignee' && (values.assignee_id ?? null) === null) missing('Assignee', field)
    if (!field.removable || !field.required || !field.active) continue
    const before = ticket?.custom[ticket.fieldSet.ids.indexOf(field.id)] ?? null
    if ((custom.has(field.id) ? custom.get(field.id) : before) === null) missing(field.title, field)
  }
}

const KNOWN = new Set(
  `additional_collaborators additional_tags allow_attachments allow_channelback assignee_email assignee_id
  attribute_value_ids brand_id collaborator_ids collaborators comment comments created_at custom_fields
  custom_status_id description due_at email_cc_ids email_ccs external_id fields follower_ids followers
  forum_topic_id group_id id macro_id macro_ids metadata organization_id priority problem_id raw_subject recipient
  remove_tags requester requester_id safe_update satisfaction_rating sharing_agreement_ids solved_at status subject
  submitter_id tags ticket_form_id type updated_at updated_stamp url via via_followup_source_id via_id`.split(/\s+/),
)

/** The header that names the ignored keys; no header if there are none. Assumed (fact 371): its words. */
export function warning(sent: Row): Readonly<Record<string, string>> {
  const ignored = Object.keys(sent).filter((key) => !KNOWN.has(key))
  if (ignored.length === 0) return {}
  const names = JSON.stringify(ignored.map((key) => key.replaceAll(/[^\x20-\x7e]/g, '?')))
  return { 'x-zendesk-api-warn': `Removed restricted keys ${names} from parameters according to whitelist` }
}
