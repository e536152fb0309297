import type { Ticket, TicketValues, Value } from '../account/model.ts'
import type { Store } from '../account/store.ts'

/**
 * A ticket as the search index knows it: as it was before the changes of the last minute (the lag), undefined if it was
 * created since. The changes are taken back by its audits.
 */
export function indexedTicket(store: Store, ticket: Ticket): Ticket | undefined {
  const known = store.clock.now() - store.people.past.lag
  if (ticket.updated <= known) return ticket
  if (ticket.created > known) return undefined
  const audits = ticket.audits.filter(({ at }) => at <= known)
  const values: Record<string, unknown> = { ...ticket.values }
  const custom: Value[] = [...ticket.custom]
  for (const { at, events } of ticket.audits.toReversed()) {
    if (at <= known) break
    for (const event of events.toReversed()) {
      if (event.type !== 'Change') continue
      const field = ticket.fieldSet.ids.indexOf(Number(event.field))
      if (field === -1) values[event.field] = event.previous
      else custom[field] = event.previous
    }
  }
  const updated = audits.at(-1)?.at ?? ticket.created
  return { ...ticket, audits, updated, custom, values: values as TicketValues }
}
