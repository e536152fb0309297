import { metricEventRef } from '../../account/ids.ts'
import { sortedBy } from '../../account/ordered-index.ts'
import type { Store } from '../../account/store.ts'
import { workOutMetricEvents } from '../../account/tickets/metric-events.ts'
import type { Random } from '../../random.ts'
import type { People } from '../people/users.ts'
import type { Plan } from './endings.ts'
import { createHistories } from './history.ts'
import { createTexts } from './texts.ts'

const DAY = 86_400
const SPAN = 3 * 365 * DAY
const BLOCK_SOLVED = 44 * DAY
const BLOCK_CLOSED = 40 * DAY

/**
 * Writes `count` tickets with their histories, created over the three years before `latest` (epoch seconds), more of
 * them lately. A block of them is solved in one second and closed in another by bulk changes, so that more rows share a
 * second than an export's page holds (from 2,000 tickets on).
 */
export function generateTickets(
  store: Store,
  random: Random,
  { count, latest, people }: { count: number; latest: number; people: People },
): void {
  const plan: Plan = { latest, blockSolved: latest - BLOCK_SOLVED, blockClosed: latest - BLOCK_CLOSED }
  const write = createHistories(store, random, people, createTexts(random), plan)
  const created = Array.from({ length: count }, (_, nth) => creation(nth / count, latest))
  const before = created.filter((at) => at < plan.blockSolved - DAY).length
  let block = count >= 2000 ? Math.max(1150, Math.ceil(count * 0.02)) : Math.floor(count * 0.12)
  for (const [nth, at] of created.entries()) {
    const inBlock = nth < before && random.next() < block / (before - nth)
    if (inBlock) block--
    write(at, inBlock)
  }
  number(store)
}

// Growing numbers of tickets: a third of them in the last 120 days.
function creation(part: number, latest: number): number {
  return Math.floor(latest - 3600 - SPAN * (1 - part) ** 2)
}

// Ids follow time across tickets, as in an account that grew; then the orders are filled in one go.
function number(store: Store): void {
  const { order, tickets } = store
  // Copies are as long as their items.
  for (const ticket of tickets) ticket.audits = ticket.audits.slice()
  const audits = sortedBy(
    tickets.flatMap((ticket) => ticket.audits),
    (audit) => audit.at,
  )
  for (const audit of audits) audit.id = store.nextId()
  order.audits.fill(audits)
  order.ticketsById.fill(tickets)
  order.ticketsByGenerated.fill(tickets)
  order.ticketsByUpdated.fill(tickets)
  order.ticketsByCreation.fill(tickets)
  fillMetricEvents(store)
}

function fillMetricEvents({ order, tickets }: Store): void {
  const refs: number[] = []
  const written: number[] = []
  for (const ticket of tickets)
    for (const [nth, event] of workOutMetricEvents(ticket).entries()) {
      refs.push(metricEventRef(ticket, nth))
      written.push(event.written)
    }
  order.metricEvents.fill(refs, written)
}
