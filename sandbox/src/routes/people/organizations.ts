import { organizationByExternalId, organizationByName } from '../../account/people/lookup.ts'
import type { Organization } from '../../account/people/model.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import type { Asked } from '../../http/pages/links.ts'
import { offsetPage } from '../../http/pages/list.ts'
import { byPosition, only, type Sequence, sorted } from '../../http/pages/sequence.ts'
import { organizationRow } from '../../rows/people.ts'
import { find } from '../../search/run.ts'
import { countRow, found, idOf, listPage } from '../parameters.ts'
import type { Served } from '../served.ts'
import { namesIn } from './person-attributes.ts'
import { inOrder } from './users.ts'

/** Reads of organizations. */
export function organizationRoutes(served: Served): readonly Family[] {
  const { store } = served
  const { order, people } = store
  const rows = (items: readonly Organization[]) => ({ organizations: items.map((one) => organizationRow(store, one)) })
  const page = (asked: Asked, sequence: Sequence<Organization>) => {
    const { items, envelope } = listPage(asked, sequence, 'api/v2/organizations/index')
    return { ...rows(items), ...envelope }
  }
  const all = (asked: Asked) =>
    only(inOrder(asked, order.organizationsById, order.organizationsByUpdated), (one) => one.deleted === 0)
  const ofUser = ({ params }: Call) => {
    const user = found(store.users.get(idOf(params['id'], 'api/v2/organizations/index')))
    const joined = people.organizationMemberships.ofUser(user.id)
    const organizations = joined.flatMap(({ parent }) => store.organizations.get(parent) ?? [])
    return sorted(organizations, 'id', 'i', ({ id }) => [id])
  }
  const found100 = (asked: Asked, items: readonly Organization[]) => {
    const { items: shown, envelope } = offsetPage(asked, byPosition(items), 'api/v2/organizations/search')
    return { ...rows(shown), ...envelope }
  }
  const one = ({ params }: Call, action: string): Organization => {
    const organization = store.organizations.get(idOf(params['id'], `api/v2/organizations/${action}`))
    return found(organization?.deleted === 0 ? organization : undefined)
  }
  const routes: Routes = {
    'GET /organizations': ({ asked }) => page(asked, all(asked)),
    'GET /organizations/count': ({ asked }) => countRow(store, all(asked).walk(undefined, 1)),
    'GET /users/:id/organizations': (call) => page(call.asked, ofUser(call)),
    'GET /users/:id/organizations/count': (call) => countRow(store, ofUser(call).walk(undefined, 1)),
    'GET /organizations/show_many': ({ asked }) => {
      const { by, values } = namesIn(asked)
      const items = values.flatMap((value) => {
        const known = by === 'ids' ? store.organizations.get(Number(value)) : organizationByExternalId(store, value)
        return known?.deleted === 0 ? [known] : []
      })
      return { ...rows(items), next_page: null, previous_page: null, count: items.length }
    },
    'GET /organizations/search': ({ asked }) => {
      const [externalId, name] = [asked.query.get('external_id'), asked.query.get('name')]
      const known =
        externalId === null ? organizationByName(store, name ?? '') : organizationByExternalId(store, externalId)
      return found100(asked, known === undefined ? [] : [known])
    },
    'GET /organizations/autocomplete': ({ asked, caller }) => {
      const name = (asked.query.get('name') ?? '').trim()
      const terms = [{ field: 'name', operator: ':', value: `${name}*`, negated: false }] as const
      // Assumed (fact 348): fewer than two characters find nothing.
      const hits = name.length < 2 ? [] : [...find('organization', terms, { store, caller })]
      return found100(
        asked,
        hits.flatMap((hit) => (hit.kind === 'organization' ? [hit.record] : [])),
      )
    },
    'GET /organizations/:id': (call) => ({ organization: organizationRow(store, one(call, 'show')) }),
    'GET /organizations/:id/related': (call) => {
      const { id } = one(call, 'related')
      let tickets = 0
      for (const { values, deleted } of store.tickets) if (deleted === 0 && values.organization_id === id) tickets++
      const users = people.organizationMemberships.ofParent(id).length
      return { organization_related: { users_count: users, tickets_count: tickets } }
    },
  }
  return [{ who: 'agent', scope: 'organizations', routes }]
}
