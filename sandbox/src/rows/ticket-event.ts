import { eventId } from '../account/ids.ts'
import type { Audit, Row, TicketEvent } from '../account/model.ts'
import type { Store } from '../account/store.ts'
import { isoTime } from '../iso-time.ts'
import { mail, slaValue } from './audit.ts'
import { commentEventRow } from './comment.ts'
import { viaName, viaRow } from './via.ts'

/** An audit as the ticket event export gives it, with whole comments (`include=comment_events`) or without. */
export function ticketEventRow(store: Store, audit: Audit, withComments: boolean): Row {
  return {
    child_events: audit.events.map((event, nth) => childEventRow(store, audit, event, nth, withComments)),
    id: audit.id,
    ticket_id: audit.ticket.id,
    timestamp: audit.at,
    created_at: isoTime(audit.at),
    updater_id: audit.author,
    via: viaName(audit),
    system: audit.origin,
    metadata: {},
    event_type: 'Audit',
    merged_ticket_ids: audit.via.merge?.filter((id) => id !== audit.ticket.id),
  }
}

/** One event of an audit as the ticket event export gives it. */
export function childEventRow(store: Store, audit: Audit, event: TicketEvent, nth: number, withComments: boolean): Row {
  const id = eventId(audit, nth)
  const via = viaName(audit)
  switch (event.type) {
    case 'Create': {
      const row = named({ id, via, via_reference_id: null }, event)
      row['event_type'] = 'Create'
      return row
    }
    case 'Change': {
      const row = named({ id, via, via_reference_id: audit.via.rule?.id ?? null }, event)
      tellTags(row, event)
      row['event_type'] = 'Change'
      row['previous_value'] = event.previous
      return row
    }
    case 'Notification': {
      const { rule, recipients } = event
      const { subject, body } = mail(audit)
      return { id, via: 'Rule', via_reference_id: rule.id, subject, body, recipients, event_type: 'Notification' }
    }
    case 'Cc':
      return { id, via, via_reference_id: null, recipients: event.recipients, event_type: 'Cc' }
    case 'Sla': {
      const { field, value, previous, policy } = event
      const row: Row = { id, via: 'Rule', via_reference_id: policy.id, [field]: slaValue(value) }
      return { ...row, event_type: 'Change', previous_value: slaValue(previous) }
    }
    case 'Other':
      return { id, via, via_reference_id: null, ...event.values, event_type: event.kind }
    default: {
      const { type } = event
      const present = { comment_present: true, comment_public: event.public, event_type: type }
      if (!withComments) return { id, via, via_reference_id: null, ...present }
      const head = { id, via: viaRow(store, audit), via_reference_id: null }
      const at = { created_at: isoTime(audit.at), event_type: type }
      return Object.assign(head, commentEventRow(store, audit, nth, event), at)
    }
  }
}

// Custom fields stand under one key, by their id.
function named(row: Row, { field, value }: { field: string; value: unknown }): Row {
  if (/^\d/.test(field)) row['custom_ticket_fields'] = { [field]: value }
  else row[field] = value
  return row
}

function tellTags(row: Row, { field, value, previous }: TicketEvent & { type: 'Change' }): void {
  if (field !== 'tags' || !Array.isArray(value) || !Array.isArray(previous)) return
  row['added_tags'] = value.filter((tag) => !previous.includes(tag))
  row['removed_tags'] = previous.filter((tag) => !value.includes(tag))
}
