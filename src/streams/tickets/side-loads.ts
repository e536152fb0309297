import type { TicketMetric } from '../../generated/ticket_metrics.ts'
import type { Ticket } from '../../generated/tickets.ts'
import { withFields } from '../../model/raw-record.ts'
import type { Has, Instead, Page, RecordData, SideLoad, Walk } from '../../model/stream.ts'
import { belowParent } from '../../zendesk/walks/below-parent.ts'
import { oneAnswer } from '../../zendesk/walks/list.ts'
import { rowOf, rowsOf } from '../../zendesk/walks/rows.ts'
import { defineSideLoad } from '../define.ts'

/** A record that a ticket refers to: the field that names it, and the stream whose columns it has. */
interface Referred {
  readonly by: string
  readonly like: string
}

/**
 * Side-loads that stand beside the tickets, each record once: the columns that they become in a ticket.
 * https://developer.zendesk.com/documentation/ticketing/using-the-zendesk-api/side_loading/
 */
const BESIDE: Readonly<Record<string, Readonly<Record<string, Referred>>>> = {
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

const KINDS = Object.entries(BESIDE)

/** The columns of a side-load that stands beside the tickets; undefined: Zendesk puts it into the tickets itself. */
export const columnsBeside = (include: string): Readonly<Record<string, Referred>> | undefined => BESIDE[include]

/** The walk of tickets, each with what its page has beside them: one record, or a list where the ticket names several. */
export const withSideLoads = (walk: Walk): Walk => ({
  ...walk,
  advance(page, position) {
    const { rows, ...rest } = walk.advance(page, position)
    return { ...rest, rows: embedded(rows, page) }
  },
})

/** Tickets, each with what their page has beside them. */
export function embedded(tickets: readonly RecordData[], page: Page): readonly RecordData[] {
  const here = KINDS.filter(([kind]) => page[kind] !== undefined)
  if (here.length === 0) return tickets
  const found = here.flatMap(([kind, columns]) => {
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
    // A ticket that was cut out of its page still is: what is set here is not in its text.
    return { ...ticket, ...values }
  })
}

const isDeleted = ({ status }: RecordData): boolean => status === 'deleted'

/** A ticket is shown by its id; one that was deleted is not. */
export const showTicket: Instead['show'] = (id) => ({ path: `tickets/${id}` })

/** A ticket of the export, its metric set in it where that is asked for; a deleted one has none. */
export interface TicketRow extends Ticket {
  readonly metric_set?: TicketMetric | null
}

/** A ticket of the list, or of search: with the metric sets that stand beside it, where they are asked for. */
export interface ListedTicket extends Ticket {
  readonly metric_sets?: readonly TicketMetric[]
}

/** https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_metrics/#show-ticket-metrics */
const metricsOfTicket = <Row extends RecordData>(fill: (ticket: Row, metrics: RecordData) => RecordData) => ({
  path: 'tickets/{id}/metrics',
  parentOf: ({ id }: Has<Ticket, 'id'>) => id,
  walk: (id: number) =>
    belowParent(
      oneAnswer(`tickets/${id}/metrics`, (page) => [rowOf(page, 'ticket_metric')]),
      { ticket_id: id },
    ),
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

/** The list has the metric sets beside the tickets (fact 127). */
export const listedMetrics = defineSideLoad<ListedTicket>()({
  key: METRICS,
  include: METRICS,
  isMissing: ({ metric_sets }) => metric_sets === undefined,
  instead: metricsOfTicket((ticket, metrics) => ({ ...ticket, [METRICS]: [metrics] })),
})

/** What Zendesk puts into the tickets: by what asks for it, the key, and the tickets that need not have it. */
const INSIDE: Readonly<Record<string, Omit<SideLoad, 'include'>>> = {
  comment_count: inside('comment_count', { isExempt: isDeleted }),
  incident_counts: inside('incident_count', {
    isExempt: (ticket) => isDeleted(ticket) || ticket['type'] !== 'problem',
  }),
  dates: inside('dates', { isExempt: isDeleted }),
  // Documented of one ticket only (fact 128).
  slas: { ...inside('slas', { isExempt: isDeleted }), isOptional: true },
}

function inside(key: string, { isExempt }: { readonly isExempt: (ticket: RecordData) => boolean }) {
  return {
    key,
    isMissing: (ticket: RecordData) => ticket[key] === undefined && !isExempt(ticket),
    reads: { [key]: true, status: true, type: true },
  } as const
}

/** A record that stands beside the tickets is missing where a ticket names it and its list is not there at all. */
function beside(key: string, columns: Readonly<Record<string, Referred>>): Omit<SideLoad, 'include'> {
  const refers = (id: unknown): boolean => (Array.isArray(id) ? id.length > 0 : id !== null && id !== undefined)
  const all = Object.entries(columns)
  return {
    key,
    isMissing: (ticket) => all.some(([name, { by }]) => ticket[name] === undefined && refers(ticket[by])),
    reads: Object.fromEntries(all.map(([, { by }]) => [by, true as const])),
  }
}

/** What tickets of the export, and of the list, must have where `include` asks for these side-loads. */
export function sideLoadsOf(includes: readonly string[]): Readonly<Record<'exported' | 'listed', readonly SideLoad[]>> {
  const of = (metrics: SideLoad): readonly SideLoad[] =>
    includes.map((include) => {
      if (include === METRICS) return metrics
      const columns = columnsBeside(include)
      const load = columns ? beside(include, columns) : INSIDE[include]
      if (!load) throw new Error(`No ticket has the side-load ${include}.`)
      return { ...load, include }
    })
  return { exported: of(exportedMetrics), listed: of(listedMetrics) }
}
