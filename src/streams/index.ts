import type { Stream } from '../stream.ts'
import { groups, organizations, users } from './people.ts'
import { ticketAudits, ticketComments, ticketMetricEvents } from './ticket-events.ts'
import { ticketFields, ticketForms } from './ticket-settings.ts'
import { ticketMetrics, tickets } from './tickets.ts'

/** Every stream, in catalog order. A stream that is not listed here does not exist. */
export const streams: readonly Stream[] = [
  tickets,
  ticketMetrics,
  ticketAudits,
  ticketComments,
  ticketMetricEvents,
  ticketFields,
  ticketForms,
  users,
  organizations,
  groups,
]
