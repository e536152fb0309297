import type { DeletedTicket } from '../../generated/deleted_tickets.ts'
import type { TicketMetric } from '../../generated/ticket_metrics.ts'
import type { Ticket } from '../../generated/tickets.ts'
import type { Archive, Has, Inventory, ParentDeletion, RecordData, TombstoneList } from '../../model/stream.ts'
import { epochOf, isoOf } from '../../model/time.ts'
import { changedList } from '../../zendesk/walks/changed-list.ts'
import { cursorExport } from '../../zendesk/walks/cursor-export.ts'
import { withRecords } from '../../zendesk/walks/export-position.ts'
import { cursorList } from '../../zendesk/walks/list.ts'
import { rowsOf } from '../../zendesk/walks/rows.ts'
import { archiveSearch } from '../../zendesk/walks/search-export.ts'
import { defineFallback, defineStream, type FallbackDeclaration } from '../define.ts'
import {
  embedded,
  exportedMetrics,
  type ListedTicket,
  listedMetrics,
  type TicketRow,
  withSideLoads,
} from './side-loads.ts'

/** `tickets/count` knows the list only, which lacks the archive; search finds archived tickets too (facts 108, 122). */
const ALL_TICKETS = 'search/count?query=type:ticket'

/**
 * The ticket export, ordered by `generated_timestamp`: that moves with every change, `updated_at` only with changes that
 * make a ticket event. Deleted tickets stay in the export, with the status `deleted`.
 * https://developer.zendesk.com/api-reference/ticketing/ticket-management/incremental_exports/#incremental-ticket-export-cursor-based
 */
export const ticketExport = withSideLoads(
  cursorExport({
    name: 'ticket_export',
    path: 'incremental/tickets/cursor',
    key: 'tickets',
    bucket: 'incremental-exports',
    configured: ['support_type_scope'],
    timeField: 'generated_timestamp',
    extras: ['metric_set'],
  }),
)

/** A deleted ticket's `updated_at` is the time of its deletion (fact 119). */
export const ticketDeletedAt = ({ status, updated_at }: Has<Ticket, 'status' | 'updated_at'>): string | undefined =>
  status === 'deleted' ? (updated_at ?? undefined) : undefined

/** For streams of tickets' children: the deletion that a row of the ticket export reports. */
export const ticketDeletion = {
  reads: { id: true, status: true, updated_at: true, created_at: true },
  deletionOf(ticket: Has<Ticket, 'id' | 'status' | 'updated_at' | 'created_at'>): ParentDeletion | undefined {
    const deletedAt = ticketDeletedAt(ticket)
    return deletedAt === undefined
      ? undefined
      : { id: ticket.id, deletedAt, createdAt: epochOf(ticket.created_at) ?? 0 }
  },
} as const

/**
 * Live tickets in order of `updated_at`, which does not move if a system changes a ticket without an event. Closed tickets
 * leave the list for the archive 120 days after their last change, or sooner in large accounts and sandboxes.
 * https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/#list-tickets
 */
const ticketList = withSideLoads(
  changedList({
    name: 'ticket_list',
    path: 'tickets',
    timeField: 'updated_at',
    sideLoaded: { metric_sets: 'ticket_id' },
  }),
)

const archivedTickets: Archive<Ticket> = {
  ...archiveSearch('ticket', 'status:closed'),
  finds: ({ status }) => status === 'closed',
}

/**
 * Tickets deleted in the last 30 days, in order of their deletion; archived ones are not among them.
 * https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/#list-deleted-tickets
 */
const deletedTickets: TombstoneList<DeletedTicket> = {
  walk: changedList({ path: 'deleted_tickets', sort: 'deleted_at', timeField: 'deleted_at' }),
  idOf: ({ id }) => id,
  timeOf: ({ deleted_at }) => epochOf(deleted_at) ?? 0,
}

/** A ticket's own columns, except for those that follow from others. */
const ownColumns = ({ metric_sets: _, generated_timestamp: __, fields: ___, ...ticket }: ListedTicket): RecordData =>
  ticket

/** The fallback of a stream of tickets, with what all of them have in common. */
export const ticketsFallback = <Child extends object = ListedTicket>(
  declared: Partial<FallbackDeclaration<ListedTicket, Child>>,
): FallbackDeclaration =>
  defineFallback<ListedTicket, Child>({
    walk: ticketList,
    archive: archivedTickets,
    tombstones: deletedTickets,
    // Assumed (fact 303): it shows archived tickets, like the endpoint of a single ticket.
    show: (ids) => ({ path: 'tickets/show_many', query: { ids: ids.join(',') }, expects: 'tickets' }),
    rowsShown: (page) => embedded(withRecords(rowsOf(page, 'tickets'), page, 'metric_sets', 'ticket_id'), page),
    ...declared,
  })

/** No list shows that an archived ticket was deleted, or that a system changed a live one. */
const ticketInventory: Inventory<ListedTicket> = {
  name: 'tickets',
  walk: cursorList({ name: 'all_tickets', path: 'tickets', query: { sort: 'id' } }),
  isOpen: ({ status }) => status !== 'closed',
  timeOf: ({ updated_at }) => epochOf(updated_at) ?? 0,
  content: ownColumns,
  contentOmits: ['metric_sets'],
  isDense: true,
}

export const tickets = defineStream<Ticket>()({
  name: 'tickets',
  priority: 1,
  isSelectedByDefault: true,
  cursorField: 'generated_timestamp',
  walk: ticketExport,
  reads: { status: true, updated_at: true },
  deletedAt: ticketDeletedAt,
  fallback: ticketsFallback({
    isReordered: true,
    asExported: (tickets) => tickets.map(asExported),
    tombstoneOf: (id, time) => ({ id, generated_timestamp: time, status: 'deleted', updated_at: isoOf(time) }),
    inventory: ticketInventory,
  }),
  count: ALL_TICKETS,
})

/** A ticket of the list, or of search, in the shape of the export. */
function asExported({ metric_sets, ...ticket }: ListedTicket): RecordData {
  const { generated_timestamp = epochOf(ticket.updated_at), fields = ticket.custom_fields } = ticket
  const [metric_set = null] = metric_sets ?? []
  return { ...ticket, generated_timestamp, fields, ...(metric_sets !== undefined && { metric_set }) }
}

/**
 * The metric set that is side-loaded with each ticket. Its key is the ticket's id: a deleted ticket comes without its metric
 * set, so that the set's own id is not known.
 */
export const ticketMetrics = defineStream<TicketMetric, TicketRow>()({
  name: 'ticket_metrics',
  isSelectedByDefault: true,
  primaryKey: ['ticket_id'],
  cursorField: '_ab_updated_at',
  walk: ticketExport,
  include: { include: 'metric_sets' },
  sideLoads: [exportedMetrics],
  at: ['metric_set'],
  reads: { id: true, status: true, updated_at: true, generated_timestamp: true, metric_set: {} },
  adds: {
    ticket_id: (_, ticket) => ticket.id,
    _ab_updated_at: (_, ticket) => ticket.generated_timestamp,
  },
  deletions: (tickets) =>
    tickets.flatMap((ticket) => {
      const deletedAt = ticketDeletedAt(ticket)
      const record = { ticket_id: ticket.id, _ab_updated_at: ticket.generated_timestamp }
      return deletedAt === undefined ? [] : [{ record, deletedAt }]
    }),
  fallback: ticketsFallback({
    isReordered: true,
    include: { include: 'metric_sets' },
    sideLoads: [listedMetrics],
    records: (tickets) => tickets.flatMap(metricsOf),
    tombstoneOf: (ticket_id, _ab_updated_at) => ({ ticket_id, _ab_updated_at }),
    inventory: ticketInventory,
  }),
  count: ALL_TICKETS,
})

const metricsOf = ({ id, updated_at, metric_sets = [] }: ListedTicket): RecordData[] =>
  metric_sets.map((set) => ({ ...set, ticket_id: id, _ab_updated_at: epochOf(updated_at) }))
