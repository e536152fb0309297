import type { TicketMetric } from '../../generated/ticket_metrics.ts'
import type { Ticket } from '../../generated/tickets.ts'
import { withFields } from '../../model/raw-record.ts'
import type { Has, Instead, Page, RecordData, SideLoad, Walk } from '../../model/stream.ts'
import { belowParent } from '../../zendesk/walks/below-parent.ts'
import { oneRow } from '../../zendesk/walks/list.ts'
import { rowsOf } from '../../zendesk/walks/rows.ts'
import { defineSideLoad } from '../define.ts'

/** A record that a ticket refers to: the field with its id, and the stream whose columns it has. */
interface Referred {
  readonly by: string
  readonly like: string
}

/**
 * Side-loads that come in a list of their own beside that of the tickets: the columns that they become in a ticket.
 * https://developer.zendesk.com/documentation/ticketing/using-the-zendesk-api/side_loading/
 */
const IN_OWN_LISTS: Readonly<Record<string, Readonly<Record<string, Referred>>>> = {
  users: {
    requester: { by: 'requester_id', like: 'users' },
    submitter: { by: 'submitter_id', like: 'users' },
    assignee: { by: 'assignee_id', like: 'users' },
  },
  groups: { group: { by: 'group_id', like: 'groups' } },
  organizations: { organization: { by: 'organization_id', like: 'organizations' } },
  ticket_forms: { ticket_form: { by: 'ticket_form_id', like: 'ticket_forms' } },
  brands: { brand: { by: 'brand_id', like: 'brands' } },
  custom_statuses: { custom_status: { by: 'custom_status_id', like: 'custom_statuses' } },
  sharing_agreements: { sharing_agreements: { by: 'sharing_agreement_ids', like: 'sharing_agreements' } },
}

const KINDS = Object.entries(IN_OWN_LISTS)

/** The columns of a side-load in a list of its own; undefined for one that Zendesk puts into the tickets itself. */
export const columnsInOwnList = (include: string): Readonly<Record<string, Referred>> | undefined =>
  IN_OWN_LISTS[include]

/** The walk, with the side-loads of each page put into its tickets: one record, or a list if the ticket refers to several. */
export const withSideLoads = (walk: Walk): Walk => ({
  ...walk,
  advance(page, position) {
    const { rows, ...rest } = walk.advance(page, position)
    return { ...rest, rows: embedded(rows, page) }
  },
})

/** The tickets of a page, with the page's side-loads put into them. */
export function embedded(tickets: readonly RecordData[], page: Page): readonly RecordData[] {
  const present = KINDS.filter(([kind]) => page[kind] !== undefined)
  if (present.length === 0) return tickets
  const found = present.flatMap(([kind, columns]) => {
    const records = new Map(rowsOf(page, kind).map((record) => [record['id'], record]))
    const one = (id: unknown): RecordData | null => records.get(id) ?? null
    return Object.entries(columns).map(([name, { by }]) => [name, by, one] as const)
  })
  return tickets.map((ticket) => {
    const values: Record<string, unknown> = {}
    for (const [name, by, one] of found) {
      const id = ticket[by]
      values[name] = Array.isArray(id) ? id.map(one) : one(id)
    }
    // A slice stays one: what is added here is not in its text.
    return { ...ticket, ...values }
  })
}

const isDeleted = ({ status }: RecordData): boolean => status === 'deleted'

/** Requests one ticket; Zendesk does not show deleted ones. */
export const showTicket: Instead['show'] = (id) => ({ path: `tickets/${id}` })

/** A ticket of the export, with its metric set if that is side-loaded; a deleted ticket has none. */
export interface TicketRow extends Ticket {
  readonly metric_set?: TicketMetric | null
}

/** A ticket of the list, or of search, with its metric sets if they are side-loaded. */
export interface ListedTicket extends Ticket {
  readonly metric_sets?: readonly TicketMetric[]
}

/** https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_metrics/#show-ticket-metrics */
const metricsOfTicket = <Row extends RecordData>(fill: (ticket: Row, metrics: RecordData) => RecordData) => ({
  path: 'tickets/{id}/metrics',
  parentOf: ({ id }: Has<Ticket, 'id'>) => id,
  walk: (id: number) => belowParent(oneRow(`tickets/${id}/metrics`, 'ticket_metric'), { ticket_id: id }),
  fill: (ticket: Row, [metrics]: readonly RecordData[]) => metrics && fill(ticket, metrics),
  show: showTicket,
})

const METRICS = 'metric_sets'

/** The export puts a metric set into each ticket that is not deleted (fact 127). */
export const exportedMetrics = defineSideLoad<TicketRow>()({
  key: 'metric_set',
  include: METRICS,
  isMissing: ({ metric_set, status }) => metric_set === undefined && status !== 'deleted',
  reads: { id: true, metric_set: {}, status: true },
  instead: metricsOfTicket((ticket, metric_set) => withFields(ticket, { metric_set })),
})

/** The list has metric sets in a list of their own (fact 127). */
export const listedMetrics = defineSideLoad<ListedTicket>()({
  key: METRICS,
  include: METRICS,
  isMissing: ({ metric_sets }) => metric_sets === undefined,
  instead: metricsOfTicket((ticket, metrics) => ({ ...ticket, [METRICS]: [metrics] })),
})

/** Side-loads that Zendesk puts into the tickets, by the value of `include`: their key, and which tickets may lack them. */
const INSIDE: Readonly<Record<string, Omit<SideLoad, 'include'>>> = {
  comment_count: inside('comment_count', { isExempt: isDeleted }),
  incident_counts: inside('incident_count', {
    isExempt: (ticket) => isDeleted(ticket) || ticket['type'] !== 'problem',
  }),
  dates: inside('dates', { isExempt: isDeleted }),
  // Documented only for the endpoint of a single ticket (fact 128).
  slas: { ...inside('slas', { isExempt: isDeleted }), isOptional: true },
}

function inside(key: string, { isExempt }: { readonly isExempt: (ticket: RecordData) => boolean }) {
  return {
    key,
    isMissing: (ticket: RecordData) => ticket[key] === undefined && !isExempt(ticket),
    reads: { [key]: true, status: true, type: true },
  } as const
}

/** A side-load in a list of its own. It is missing if a ticket refers to a record and the page has no such list at all. */
function inOwnList(key: string, columns: Readonly<Record<string, Referred>>): Omit<SideLoad, 'include'> {
  const refers = (id: unknown): boolean => (Array.isArray(id) ? id.length > 0 : id !== null && id !== undefined)
  const all = Object.entries(columns)
  return {
    key,
    isMissing: (ticket) => all.some(([name, { by }]) => ticket[name] === undefined && refers(ticket[by])),
    reads: Object.fromEntries(all.map(([, { by }]) => [by, true as const])),
  }
}

/** The side-loads that tickets of the export, and of the list, must have if `include` asks for these. */
export function sideLoadsOf(includes: readonly string[]): Readonly<Record<'exported' | 'listed', readonly SideLoad[]>> {
  const of = (metrics: SideLoad): readonly SideLoad[] =>
    includes.map((include) => {
      if (include === METRICS) return metrics
      const columns = columnsInOwnList(include)
      const load = columns ? inOwnList(include, columns) : INSIDE[include]
      if (!load) throw new Error(`No ticket has the side-load ${include}.`)
      return { ...load, include }
    })
  return { exported: of(exportedMetrics), listed: of(listedMetrics) }
}
