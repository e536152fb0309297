import { metricEventRef } from '../account/ids.ts'
import type { Row, Ticket } from '../account/model.ts'
import type { Store } from '../account/store.ts'
import { metricEventsOf } from '../account/tickets/metric-events.ts'
import { metricEventRow } from './metrics.ts'

/**
 * A ticket's metric events that have been written by now, by metric: `{}` if there is none. A breach that was averted is
 * there no more (fact 152).
 */
export function metricEventsByMetric(store: Store, ticket: Ticket): Record<string, Row[]> {
  const rows: Record<string, Row[]> = {}
  for (const [nth, event] of metricEventsOf(ticket).entries()) {
    if (event.visible > store.clock.now() || (event.deleted && event.type === 'breach')) continue
    const row = metricEventRow(metricEventRef(ticket, nth), ticket.id, event)
    rows[event.metric] = [...(rows[event.metric] ?? []), row]
  }
  return rows
}

/**
 * The policies that a ticket is under: its side-load `slas`. Assumed (fact 363): the keys, after
 * Zendesk's documentation of the side-load.
 */
export function slaRow(ticket: Ticket): Row {
  const events = metricEventsOf(ticket)
  const isFulfilled = (metric: string, instance: number): boolean =>
    events.some((one) => one.type === 'fulfill' && one.metric === metric && one.instance === instance)
  const policies = events.flatMap(({ type, metric, instance, time, deleted }) =>
    type === 'breach' && !deleted
      ? [
          {
            breach_at: new Date(time * 1000).toISOString(),
            stage: isFulfilled(metric, instance) ? 'achieved' : 'active',
            metric: targetName(metric, instance),
          },
        ]
      : [],
  )
  return { policy_metrics: policies }
}

/** What policies call the metric. */
function targetName(metric: string, instance: number): string {
  if (metric === 'reply_time') return instance === 1 ? 'first_reply_time' : 'next_reply_time'
  return metric === 'resolution_time' ? 'total_resolution_time' : metric
}

const DATES = [
  'assignee_updated_at',
  'requester_updated_at',
  'status_updated_at',
  'initially_assigned_at',
  'assigned_at',
  'solved_at',
  'latest_comment_added_at',
]

/** The side-load `dates`: the times of a ticket's metric set. */
export function datesRow(metricSet: Row): Row {
  return Object.fromEntries(DATES.map((key) => [key, metricSet[key] ?? null]))
}
