import type { Audit, Row } from '../../account/model.ts'
import { isArchived, type Store } from '../../account/store.ts'
import type { Family, Routes } from '../../http/family.ts'
import type { Asked } from '../../http/pages/links.ts'
import { asksForCursor } from '../../http/pages/list.ts'
import { reversed, sorted } from '../../http/pages/sequence.ts'
import { auditRow } from '../../rows/audit.ts'
import { userRow } from '../../rows/people.ts'
import { LISTED, ticketRow } from '../../rows/ticket.ts'
import { countRow, found, idOf, included, listPage } from '../parameters.ts'
import type { Served } from '../served.ts'
import { liveTicket } from './live-ticket.ts'

/** The audits of one ticket. */
export function auditsOfTicketRoutes({ store }: Served): readonly Family[] {
  const routes: Routes = {
    'GET /tickets/:id/audits': ({ asked, params }) => {
      const one = liveTicket(store, params['id'], 'api/v2/audits/index')
      const audits = filtered(asked, one.audits)
      if (isArchived(store, one)) return { ...rows(store, asked, audits), ...unpaged(asked, audits.length) }
      const ascending = sorted(audits, 'created_at,id', 'di', (audit) => [audit.at, audit.id])
      const descending = asked.query.get('sort_order') === 'desc' || asked.query.get('sort') === '-created_at'
      const { items, envelope } = listPage(asked, descending ? reversed(ascending) : ascending, 'api/v2/audits/index')
      return { ...rows(store, asked, items), ...envelope }
    },
    'GET /tickets/:id/audits/count': ({ params }) =>
      countRow(store, liveTicket(store, params['id'], 'api/v2/audits/count').audits),
    'GET /tickets/:id/audits/:audit_id': ({ asked, params }) => {
      const one = liveTicket(store, params['id'], 'api/v2/audits/show')
      const id = idOf(params['audit_id'], 'api/v2/audits/show')
      const audit = found(one.audits.find((each) => each.id === id))
      const { audits: _, ...sideLoaded } = rows(store, asked, [audit])
      return { audit: auditRow(store, audit), ...sideLoaded }
    },
  }
  // Audits need the global scope: `tickets:read` is refused.
  return [{ who: 'agent', routes }]
}

// The archive's audits come whole. Assumed (fact 341): in the envelope that was asked for. (tap-zendesk asks for pages
// by cursor and reads `meta.has_more` of every ticket.)
function unpaged(asked: Asked, count: number): Row {
  if (!asksForCursor(asked)) return { next_page: null, previous_page: null, count }
  return { meta: { has_more: false, after_cursor: null, before_cursor: null }, links: { prev: null, next: null } }
}

// Assumed (fact 341): an audit stays, whole, if it has an event of one of these types.
function filtered({ query }: Asked, audits: readonly Audit[]): readonly Audit[] {
  const types = [...query.getAll('filter_events[]'), ...query.getAll('filter_events')]
  if (types.length === 0) return audits
  return audits.filter(({ events }) =>
    events.some((event) => types.includes(event.type === 'Other' ? event.kind : event.type)),
  )
}

function rows(store: Store, asked: Asked, audits: readonly Audit[]): Row {
  const include = included(asked)
  const authors = () => [...new Set(audits.map(({ author }) => author))].flatMap((id) => store.users.get(id) ?? [])
  const [first] = audits
  return {
    audits: audits.map((audit) => auditRow(store, audit)),
    ...(include.has('users') ? { users: authors().map((user) => userRow(store, user)) } : {}),
    ...(include.has('tickets') && first !== undefined ? { tickets: [ticketRow(store, first.ticket, LISTED)] } : {}),
  }
}
