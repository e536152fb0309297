import type { Ticket } from '../../account/model.ts'
import { type Store, ticketOf } from '../../account/store.ts'
import { found, idOf } from '../parameters.ts'

/** The ticket of a path. Deleted tickets answer 404 to clients that know their id, as real ones were seen to. */
export function liveTicket(store: Store, id: string | undefined, route: string): Ticket {
  const one = ticketOf(store, idOf(id, route))
  return found(one?.deleted === 0 ? one : undefined)
}
