import type { TicketMetric } from '../generated/ticket_metrics.ts'
import type { Ticket } from '../generated/tickets.ts'
import { withFields } from '../raw.ts'
import type { Deletion, RecordData } from '../stream.ts'
import { cursorExport } from '../zendesk/cursor-export.ts'
import { defineStream } from './define.ts'

/**
 * The ticket export, ordered by `generated_timestamp`: it moves with every change, `updated_at` only with those that
 * make a ticket event. Deleted tickets stay in it, with status `deleted`.
 * https://developer.zendesk.com/api-reference/ticketing/ticket-management/incremental_exports/#incremental-ticket-export-cursor-based
 */
export const ticketExport = cursorExport({
  name: 'ticket_export',
  path: 'incremental/tickets/cursor',
  key: 'tickets',
  bucket: 'incremental-exports',
  configured: ['support_type_scope'],
  timeField: 'generated_timestamp',
  reads: { id: true, status: true, created_at: true, updated_at: true },
})

/** A deleted ticket's `updated_at` is the time of its deletion (probed, zendesk-without-exports 1.4). */
export const ticketDeletedAt = (ticket: RecordData): string | undefined =>
  ticket['status'] === 'deleted' ? (ticket['updated_at'] as string) : undefined

export const tickets = defineStream<Ticket>({
  name: 'tickets',
  cursorField: 'generated_timestamp',
  walk: ticketExport,
  reads: {},
  strips: ['metric_set'],
  deletedAt: ticketDeletedAt,
  count: 'tickets/count',
})

/**
 * The metric set that rides along with each ticket. Its key is the ticket's id: a deleted ticket comes without its
 * metric set, so that the set's own id could not be told.
 */
export const ticketMetrics = defineStream<TicketMetric>({
  name: 'ticket_metrics',
  primaryKey: ['ticket_id'],
  cursorField: '_ab_updated_at',
  walk: ticketExport,
  include: { include: 'metric_sets' },
  reads: { metric_set: {} },
  readsCreated: { metric_set: { created_at: true } },
  sets: ['ticket_id', '_ab_updated_at'],
  records: (rows) => rows.flatMap(metricOf),
  deletions: (rows) => rows.flatMap(metricDeletionOf),
  count: 'tickets/count',
})

const metricOf = ({ id, generated_timestamp, metric_set }: RecordData): RecordData[] =>
  metric_set ? [withFields(metric_set as RecordData, { ticket_id: id, _ab_updated_at: generated_timestamp })] : []

function metricDeletionOf(ticket: RecordData): Deletion[] {
  const deletedAt = ticketDeletedAt(ticket)
  if (deletedAt === undefined) return []
  return [{ record: { ticket_id: ticket['id'], _ab_updated_at: ticket['generated_timestamp'] }, deletedAt }]
}
