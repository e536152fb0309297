import type { Ticket } from '../../account/model.ts'
import { isArchived, isListed } from '../../account/store.ts'
import { incidentsOf } from '../../account/tickets/incidents.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import { sorted } from '../../http/pages/sequence.ts'
import { userRow } from '../../rows/people.ts'
import { collaborators, usersOf } from '../input/people.ts'
import { found, idOf, listPage } from '../parameters.ts'
import type { Served } from '../served.ts'
import { ticketList, ticketsWhere } from './lists.ts'
import { liveTicket } from './live-ticket.ts'

/** Tickets of users, organizations and problems, and the people around a ticket. */
export function ticketsOfRoutes({ store }: Served): readonly Family[] {
  const ofUser = (name: string, fits: (ticket: Ticket, user: number) => boolean): Routes => ({
    [`GET /users/:user_id/tickets/${name}`]: (call) => {
      const route = `api/v2/tickets/${name}`
      const { id } = found(store.users.get(idOf(call.params['user_id'], route)))
      return ticketsWhere(store, call, (ticket) => fits(ticket, id), route)
    },
  })
  const isProblem = ({ values }: Ticket) => values.type === 'problem' && !['solved', 'closed'].includes(values.status)
  const people = (call: Call, ids: (ticket: Ticket) => ReturnType<typeof usersOf>) => {
    const users = ids(liveTicket(store, call.params['id'], 'api/v2/tickets/users'))
    const ordered = sorted(users, 'id', 'i', (user) => [user.id])
    const { items, envelope } = listPage(call.asked, ordered, 'api/v2/tickets/users')
    return { users: items.map((user) => userRow(store, user)), ...envelope }
  }

  const routes: Routes = {
    ...ofUser('requested', ({ values }, user) => values.requester_id === user),
    ...ofUser('ccd', ({ copied }, user) => copied.includes(user)),
    ...ofUser('followed', ({ rare }, user) => rare?.followers?.includes(user) === true),
    ...ofUser('assigned', ({ values }, user) => values.assignee_id === user),
    'GET /organizations/:organization_id/tickets': (call) => {
      const route = 'api/v2/organizations/tickets'
      const one = store.organizations.get(idOf(call.params['organization_id'], route))
      const { id } = found(one?.deleted === 0 ? one : undefined)
      return ticketsWhere(store, call, ({ values }) => values.organization_id === id, route)
    },
    'GET /problems': (call) => ticketsWhere(store, call, isProblem, 'api/v2/problems/index'),
    'POST /problems/autocomplete': (call) => {
      const text = String(call.body['text'] ?? call.asked.query.get('text') ?? '').toLowerCase()
      const fits = (one: Ticket) => isProblem(one) && one.values.subject.toLowerCase().includes(text)
      return ticketsWhere(store, call, fits, 'api/v2/problems/autocomplete')
    },
    'GET /tickets/:id/incidents': ({ asked, params }) => {
      const { id } = liveTicket(store, params['id'], 'api/v2/tickets/incidents')
      const incidents = incidentsOf(store, id).filter((one) => isListed(store, one))
      const sequence = sorted(incidents, 'nice_id', 'i', (ticket) => [ticket.id])
      return ticketList(store, asked, sequence, 'api/v2/tickets/incidents')
    },
    'GET /tickets/:id/related': ({ params }) => {
      const ticket = liveTicket(store, params['id'], 'api/v2/tickets/related')
      const source = ticket.rare?.followUpOf
      return {
        topic_id: null,
        jira_issue_ids: [],
        followup_source_ids: source === undefined ? [] : [String(source)],
        from_archive: isArchived(store, ticket),
        incidents: incidentsOf(store, ticket.id).length,
      }
    },
    'GET /tickets/:id/collaborators': (call) => people(call, (ticket) => collaborators(store, ticket)),
    'GET /tickets/:id/followers': (call) => people(call, (ticket) => usersOf(store, ticket.rare?.followers ?? [])),
    'GET /tickets/:id/email_ccs': (call) => people(call, (ticket) => usersOf(store, ticket.copied)),
  }
  return [{ who: 'agent', scope: 'tickets', routes }]
}
