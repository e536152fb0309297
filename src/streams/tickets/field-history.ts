import type { TicketFieldChange } from '../../generated/ticket_field_history.ts'
import type { Has, RecordData } from '../../model/stream.ts'
import { defineStream } from '../define.ts'
import { entriesOfEvents, type TicketEventRow } from './comment-events.ts'
import { ofTicket, ticketEventExport } from './events.ts'
import { eventsFromAudits } from './events-from-audits.ts'

/** The members of an entry besides the field that was set or changed. */
const NO_FIELDS = new Set([
  'id',
  'via',
  'via_reference_id',
  'event_type',
  'previous_value',
  'added_tags',
  'removed_tags',
])

/** The fields that an entry sets or changes: under their own names, custom fields by their ids under one key. */
const fieldsOf = (entry: object): readonly (readonly [name: string, value: unknown])[] =>
  Object.entries(entry).flatMap(([key, value]) => {
    if (key === 'custom_ticket_fields') return Object.entries(value as object)
    return NO_FIELDS.has(key) ? [] : [[key, value] as const]
  })

const textOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value)

/** A record for each field of each update. Entries seen so far hold one field; the key allows for more. */
export const ticketFieldHistory = defineStream<TicketFieldChange, TicketEventRow>()({
  name: 'ticket_field_history',
  primaryKey: ['id', 'field_name'],
  cursorField: 'updated_at',
  walk: ticketEventExport,
  sideLoads: [entriesOfEvents],
  parent: ofTicket,
  reads: { id: true, ticket_id: true, created_at: true, updater_id: true, child_events: true },
  records: changesIn,
  fallback: eventsFromAudits,
})

type Change = Has<TicketEventRow, 'id' | 'ticket_id' | 'created_at' | 'updater_id' | 'child_events'>

function changesIn(events: readonly Change[]): readonly RecordData[] {
  return events.flatMap((event) =>
    (event.child_events ?? [])
      .filter(({ event_type }) => event_type === 'Create' || event_type === 'Change')
      .flatMap((entry) =>
        fieldsOf(entry).map(([field_name, value]) => ({
          id: entry.id,
          field_name,
          ticket_id: event.ticket_id,
          value: textOf(value),
          previous_value: textOf(entry.previous_value),
          event_type: entry.event_type,
          updated_at: event.created_at,
          user_id: event.updater_id,
          audit_id: event.id,
          via: textOf(entry.via),
          via_reference_id: entry.via_reference_id,
        })),
      ),
  )
}
