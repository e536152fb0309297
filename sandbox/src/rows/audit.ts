import { eventId } from '../account/ids.ts'
import type { Audit, Row, SlaEvent, SlaPolicy, TicketEvent, Value } from '../account/model.ts'
import type { Store } from '../account/store.ts'
import { isoTime } from '../iso-time.ts'
import { commentEventRow, metadataRow } from './comment.ts'
import { ruleRow, viaRow } from './via.ts'

/** An audit as `/tickets/{id}/audits` and `/ticket_audits` give it. */
export function auditRow(store: Store, audit: Audit): Row {
  return {
    id: audit.id,
    ticket_id: audit.ticket.id,
    created_at: isoTime(audit.at),
    author_id: audit.author,
    metadata: metadataRow(audit),
    events: audit.events.map((event, nth) => eventRow(store, audit, event, nth)),
    via: viaRow(store, audit),
  }
}

function eventRow(store: Store, audit: Audit, event: TicketEvent, nth: number): Row {
  const id = eventId(audit, nth)
  switch (event.type) {
    case 'Create':
      return { id, type: 'Create', value: auditValue(event.value), field_name: event.field }
    case 'Change': {
      const { value, previous, field } = event
      return { id, type: 'Change', value: auditValue(value), field_name: field, previous_value: auditValue(previous) }
    }
    case 'Notification': {
      const via = { channel: 'rule', source: { from: ruleRow(event.rule), to: {}, rel: 'trigger' } }
      return { id, type: 'Notification', via, ...mail(audit), recipients: event.recipients }
    }
    case 'Cc':
      return { id, type: 'Cc', recipients: event.recipients, via: viaRow(store, audit) }
    case 'Sla': {
      // Seen so by others (fact 284).
      const { field, value, previous, policy } = event
      const via = { channel: 'rule', source: { from: slaSource(policy), to: {}, rel: 'sla_target_change' } }
      return { id, type: 'Change', value: slaValue(value), field_name: field, previous_value: slaValue(previous), via }
    }
    case 'Other':
      return { id, type: event.kind, ...event.values, via: viaRow(store, audit) }
    default:
      return commentEventRow(store, audit, nth, event)
  }
}

/** A target as audits show it; the title of a policy stays as it is. */
export const slaValue = (value: SlaEvent['value']): unknown =>
  value === null || typeof value === 'string'
    ? value
    : { minutes: value.minutes, in_business_hours: value.isInBusinessHours }

const slaSource = ({ id, title }: SlaPolicy): Row => ({ deleted: false, title, id })

/** Subject and body of the mails of triggers: templates, as Zendesk stores them. */
export function mail(audit: Audit): Row {
  const subject = `[{{ticket.account}}] Re: {{ticket.title}}`
  const body = `Your request (${audit.ticket.id}) has been updated.\n\n{{ticket.comments_formatted}}`
  return { subject, body }
}

// In audits every number is text, and lists stay lists.
function auditValue(value: Value): Value {
  return typeof value === 'number' ? String(value) : value
}
