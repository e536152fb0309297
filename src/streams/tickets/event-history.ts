import type { TicketAttachment } from '../../generated/ticket_attachments.ts'
import type { TicketEvent } from '../../generated/ticket_events.ts'
import type { TicketFieldChange } from '../../generated/ticket_field_history.ts'
import { withFields } from '../../model/raw-record.ts'
import type { RecordData } from '../../model/stream.ts'
import { defineStream } from '../define.ts'
import { attachedFile } from '../files.ts'
import { childrenOf, commentsIn, commentsOfEvents, entriesOfEvents, isComment, withComments } from './comment-events.ts'
import { ofTicket, ticketEventExport } from './events-and-audits.ts'
import { eventsByList } from './events-from-audits.ts'

/** The events as they come, their comments in full. */
export const ticketEvents = defineStream<TicketEvent>({
  name: 'ticket_events',
  cursorField: 'timestamp',
  walk: ticketEventExport,
  include: withComments,
  sideLoads: [commentsOfEvents],
  parent: ofTicket,
  reads: {},
  fallback: eventsByList((events) => events),
})

/** What stands in an entry beside the field that was set or changed. */
const BESIDE = new Set(['id', 'via', 'via_reference_id', 'event_type', 'previous_value', 'added_tags', 'removed_tags'])

/** The fields that an entry sets or changes: under their own names, custom fields by their ids under one key. */
const fieldsOf = (entry: RecordData): readonly (readonly [name: string, value: unknown])[] =>
  Object.entries(entry).flatMap(([key, value]) => {
    if (key === 'custom_ticket_fields') return Object.entries(value as object)
    return BESIDE.has(key) ? [] : [[key, value] as const]
  })

const textOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value)

/** A row for each field of each update. An entry holds one field, as far as was seen; the key would stand more. */
export const ticketFieldHistory = defineStream<TicketFieldChange>({
  name: 'ticket_field_history',
  primaryKey: ['id', 'field_name'],
  cursorField: 'updated_at',
  walk: ticketEventExport,
  sideLoads: [entriesOfEvents],
  parent: ofTicket,
  reads: { updater_id: true, child_events: true },
  records: changesIn,
  fallback: eventsByList(changesIn),
})

function changesIn(rows: readonly RecordData[]): readonly RecordData[] {
  return rows.flatMap((event) =>
    childrenOf(event)
      .filter(({ event_type }) => event_type === 'Create' || event_type === 'Change')
      .flatMap((entry) =>
        fieldsOf(entry).map(([field_name, value]) => ({
          id: entry['id'],
          field_name,
          ticket_id: event['ticket_id'],
          value: textOf(value),
          previous_value: textOf(entry['previous_value']),
          event_type: entry['event_type'],
          updated_at: event['created_at'],
          user_id: event['updater_id'],
          audit_id: event['id'],
          via: textOf(entry['via']),
          via_reference_id: entry['via_reference_id'],
        })),
      ),
  )
}

/** The files of the comments. Whether one file can belong to two comments is not known, so that the key names both. */
export const ticketAttachments = defineStream<TicketAttachment>({
  name: 'ticket_attachments',
  primaryKey: ['id', 'comment_id'],
  cursorField: 'created_at',
  walk: ticketEventExport,
  include: withComments,
  sideLoads: [commentsOfEvents],
  parent: ofTicket,
  at: ['child_events', 'attachments'],
  reads: { child_events: { id: true, event_type: true, created_at: true, attachments: {} } },
  picks: { child_events: isComment },
  file: attachedFile,
  sets: ['comment_id', 'ticket_id', 'created_at'],
  records: filesIn,
  fallback: eventsByList(filesIn),
})

function filesIn(rows: readonly RecordData[]): readonly RecordData[] {
  return rows.flatMap((event) =>
    commentsIn(event).flatMap((comment) =>
      ((comment['attachments'] ?? []) as readonly RecordData[]).map((file) =>
        withFields(file, {
          comment_id: comment['id'],
          ticket_id: event['ticket_id'],
          created_at: comment['created_at'] ?? event['created_at'],
        }),
      ),
    ),
  )
}
