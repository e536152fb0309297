import { metricSetTicket } from '../../account/ids.ts'
import type { Ticket } from '../../account/model.ts'
import { isListed, ticketOf } from '../../account/store.ts'
import type { Family, Routes } from '../../http/family.ts'
import { byTime, only } from '../../http/pages/sequence.ts'
import { metricEventsByMetric } from '../../rows/metric-events.ts'
import { metricSetRow } from '../../rows/metrics.ts'
import { found, idOf, listPage } from '../parameters.ts'
import { idsIn } from '../resource.ts'
import type { Served } from '../served.ts'
import { liveTicket } from './live-ticket.ts'

/** The metrics of tickets. */
export function ticketMetricRoutes({ store }: Served): readonly Family[] {
  const listed = only(byTime(store.order.ticketsByCreation, '-created_at,id', true), (one) => isListed(store, one))
  const ofSet = (id: number): Ticket | undefined => {
    const ticket = ticketOf(store, metricSetTicket(id) ?? 0)
    return ticket?.deleted === 0 ? ticket : undefined
  }
  const routes: Routes = {
    'GET /tickets/:id/metrics': ({ params }) => ({
      ticket_metric: metricSetRow(store, liveTicket(store, params['id'], 'api/v2/ticket_metrics/show')),
    }),
    'GET /tickets/:id/metric_events': ({ params }) =>
      metricEventsByMetric(store, liveTicket(store, params['id'], 'api/v2/ticket_metric_events/show')),
    'GET /ticket_metrics': ({ asked }) => {
      const { items, envelope } = listPage(asked, listed, 'api/v2/ticket_metrics/index')
      return { ticket_metrics: items.map((one) => metricSetRow(store, one)), ...envelope }
    },
    'GET /ticket_metrics/show_many': ({ asked }) => {
      const tickets = [...idsIn(asked)].flatMap((id) => ofSet(Number(id)) ?? [])
      const rows = tickets.map((one) => metricSetRow(store, one))
      return { ticket_metrics: rows, next_page: null, previous_page: null, count: rows.length }
    },
    'GET /ticket_metrics/:id': ({ params }) => ({
      ticket_metric: metricSetRow(store, found(ofSet(idOf(params['id'], 'api/v2/ticket_metrics/show')))),
    }),
  }
  return [{ who: 'agent', scope: 'tickets', routes }]
}
