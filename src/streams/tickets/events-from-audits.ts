// Ticket events, made of the audits of a ticket: with the same ids, and the same entries in the same order as in the export.
// Their shape follows recorded answers of both endpoints (facts 139 and 141).

import type { TicketAudit } from '../../generated/ticket_audits.ts'
import { ConnectorError } from '../../model/errors.ts'
import type { DatedChildren, RecordData, Walk } from '../../model/stream.ts'
import { epochOf } from '../../model/time.ts'
import { belowParent } from '../../zendesk/walks/below-parent.ts'
import { LOOKBACK } from '../../zendesk/walks/changed-list.ts'
import { cursorList } from '../../zendesk/walks/list.ts'
import type { FallbackDeclaration } from '../define.ts'
import { ticketsFallback } from './tickets.ts'

/** An audit of a ticket. */
export interface AuditRow extends Omit<TicketAudit, 'via' | 'events'> {
  readonly via?: Via | null
  readonly events: readonly AuditEvent[]
}

/** An event of an audit; its other fields depend on its type. */
interface AuditEvent extends RecordData {
  readonly id?: unknown
  readonly type?: string
  readonly field_name?: unknown
  readonly value?: unknown
  readonly previous_value?: unknown
  readonly via?: Via
}

/**
 * A ticket's audits, newest first; those of an archived ticket come in one answer.
 * https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_audits/#list-audits-for-a-ticket
 */
export const auditsOfTicket: DatedChildren<AuditRow> = {
  due: 'byTime',
  name: 'audits_of_ticket',
  walk: ({ id }): Walk =>
    withEvents(
      belowParent(
        cursorList({
          name: 'audits_of_ticket',
          path: `tickets/${id}/audits`,
          key: 'audits',
          query: { sort: '-created_at' },
        }),
        { ticket_id: id },
      ),
    ),
  timeOf: ({ created_at }) => epochOf(created_at) ?? 0,
  lag: LOOKBACK,
  // Assumed (fact 310), as for ticket events: the previous status was "deleted".
  isRestoration: ({ events }) =>
    events.some(({ field_name, previous_value }) => field_name === 'status' && previous_value === 'deleted'),
}

/** The walk, which throws a ConnectorError for an audit without the list of its events: it is not one without events. */
const withEvents = (walk: Walk): Walk => ({
  ...walk,
  advance(page, position) {
    const step = walk.advance(page, position)
    if (step.rows.every(({ events }) => Array.isArray(events))) return step
    throw new ConnectorError(`${walk.path}: Zendesk answered without "events" of an audit.`, 'system_error')
  },
})

/** The fallback of a stream of audits. */
export const auditsFallback = (
  declared: Pick<FallbackDeclaration<object, AuditRow>, 'records' | 'asExported'>,
): FallbackDeclaration => ticketsFallback<AuditRow>({ children: auditsOfTicket, ...declared })

/** The fallback of a stream of ticket events: the events are made of audits. */
export const eventsFromAudits = auditsFallback({ asExported: (audits) => audits.map(eventOf) })

/** The names of channels in the export. Assumed (fact 308): other channels have the same name in both. */
const CHANNELS: Readonly<Record<string, string>> = {
  web: 'Web form',
  email: 'Mail',
  api: 'Web service',
  rule: 'Rule',
  mobile: 'Mobile',
  voice: 'Phone call (incoming)',
}

interface Via {
  readonly channel?: string
  readonly source?: { readonly from?: { readonly id?: unknown; readonly ticket_ids?: readonly unknown[] } }
}

/** An audit in the shape of the ticket event export, with whole comments. */
export function eventOf(audit: AuditRow) {
  const { id, ticket_id, created_at, author_id, metadata, events } = audit
  const via = audit.via ?? {}
  const merged = via.source?.from?.ticket_ids?.filter((one) => one !== ticket_id)
  return {
    child_events: events.map((event) => entryOf(event, audit, via)),
    id,
    ticket_id,
    timestamp: epochOf(created_at),
    created_at,
    updater_id: author_id,
    via: nameOf(via),
    system: metadata?.system,
    metadata: {},
    event_type: 'Audit',
    ...(merged && { merged_ticket_ids: merged }),
  }
}

const nameOf = ({ channel }: Via): string | undefined =>
  channel === undefined ? undefined : (CHANNELS[channel] ?? channel)

function entryOf({ id, type, ...rest }: AuditEvent, audit: AuditRow, via: Via): RecordData {
  if (type === 'Create' || type === 'Change') return changeOf({ id, type, ...rest }, via)
  if (type === 'Comment' || type === 'VoiceComment')
    return { id, via, via_reference_id: null, type, ...rest, created_at: audit.created_at, event_type: type }
  const { via: own = via, ...values } = rest
  const reference = type === 'Notification' ? (own.source?.from?.id ?? null) : null
  return { id, via: nameOf(own), via_reference_id: reference, ...values, event_type: type }
}

/** In the export, a field has its own name, custom fields are under one key by their ids, and tags have what was added and removed. */
function changeOf(event: AuditEvent, via: Via): RecordData {
  const { id, type, field_name, value, previous_value, via: own = via } = event
  const name = String(field_name)
  const typed = typedValue(name, value)
  const before = typedValue(name, previous_value)
  return {
    id,
    via: nameOf(own),
    via_reference_id: type === 'Change' ? (own.source?.from?.id ?? null) : null,
    ...(/^\d/.test(name) ? { custom_ticket_fields: { [name]: typed } } : { [name]: typed }),
    ...(name === 'tags' && type === 'Change' && tagsBetween(before, typed)),
    event_type: type,
    ...(type === 'Change' && { previous_value: before }),
  }
}

/** The value as in the export: audits have numbers as text, in the export ids are numbers. */
const typedValue = (name: string, value: unknown): unknown =>
  name.endsWith('_id') && name !== 'external_id' && typeof value === 'string' && /^\d{1,15}$/.test(value)
    ? Number(value)
    : value

function tagsBetween(before: unknown, after: unknown): RecordData {
  if (!Array.isArray(before) || !Array.isArray(after)) return {}
  return {
    added_tags: after.filter((tag) => !before.includes(tag)),
    removed_tags: before.filter((tag) => !after.includes(tag)),
  }
}
