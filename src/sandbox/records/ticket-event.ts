import type { Audit, Row, TicketEvent } from '../account/model.ts'
import type { Store } from '../account/store.ts'
import { mail } from './audit.ts'
import { commentEventRow, eventId } from './comment.ts'
import { isoTime } from './time.ts'
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
    ...(audit.via.merge === undefined
      ? {}
      : { merged_ticket_ids: audit.via.merge.filter((id) => id !== audit.ticket.id) }),
  }
}

/** One event of an audit as the ticket event export gives it. */
export function childEventRow(store: Store, audit: Audit, event: TicketEvent, nth: number, withComments: boolean): Row {
  const id = eventId(audit, nth)
  const via = viaName(audit)
  switch (event.type) {
    case 'Create':
      return { id, via, via_reference_id: null, ...named(event.field, event.value), event_type: 'Create' }
    case 'Change': {
      const { field, value, previous } = event
      const change = { ...named(field, value), ...tagChange(event), event_type: 'Change', previous_value: previous }
      return { id, via, via_reference_id: audit.via.rule?.id ?? null, ...change }
    }
    case 'Notification': {
      const { rule, recipients } = event
      return { id, via: 'Rule', via_reference_id: rule.id, ...mail(audit), recipients, event_type: 'Notification' }
    }
    case 'Cc':
      return { id, via, via_reference_id: null, recipients: event.recipients, event_type: 'Cc' }
    default: {
      const { type } = event
      const present = { comment_present: true, comment_public: event.public, event_type: type }
      if (!withComments) return { id, via, via_reference_id: null, ...present }
      const { id: _, ...comment } = commentEventRow(store, audit, nth, event)
      const at = { created_at: isoTime(audit.at), event_type: type }
      return { id, via: viaRow(store, audit), via_reference_id: null, ...comment, ...at }
    }
  }
}

// Custom fields stand under one key, by their id.
function named(field: string, value: unknown): Row {
  return /^\d+$/.test(field) ? { custom_ticket_fields: { [field]: value } } : { [field]: value }
}

function tagChange({ field, value, previous }: TicketEvent & { type: 'Change' }): Row {
  if (field !== 'tags' || !Array.isArray(value) || !Array.isArray(previous)) return {}
  return {
    added_tags: value.filter((tag) => !previous.includes(tag)),
    removed_tags: previous.filter((tag) => !value.includes(tag)),
  }
}
