import type { Row } from '../../account/model.ts'
import { organizationByExternalId } from '../../account/people/lookup.ts'
import type { Organization } from '../../account/people/model.ts'
import type { Store } from '../../account/store.ts'
import type { Table } from '../../account/table.ts'
import { recordNotFound } from '../../http/errors.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import { sorted } from '../../http/pages/sequence.ts'
import { created, noContent, reply } from '../../http/reply.ts'
import { organizationRow } from '../../rows/people.ts'
import { found, idOf, listPage } from '../parameters.ts'
import type { Served } from '../served.ts'
import { jobLine } from '../settings/job-lines.ts'
import { startJob } from '../settings/job-statuses.ts'
import { organizationChanges } from './organization-attributes.ts'
import { idIn, invalid, namesIn, sentRow, sentRows, textIn } from './person-attributes.ts'

/** Writes of organizations, single and in bulk, and merges. */
export function organizationWriteRoutes(served: Served): readonly Family[] {
  const { store, mutations } = served
  const routes: Routes = {
    'POST /organizations': ({ body }) => {
      const answer = row(store, create(served, sentRow(body, 'organization')))
      return created(answer, answer.organization['url'])
    },
    'POST /organizations/create_or_update': ({ body }) => {
      const sent = sentRow(body, 'organization')
      const [id, externalId] = [idIn(sent, 'id'), textIn(sent, 'external_id')]
      const byId = id == null ? undefined : live(store.organizations.get(id))
      const known = byId ?? (externalId == null ? undefined : organizationByExternalId(store, externalId))
      const answer = row(store, known === undefined ? create(served, sent) : update(served, known, sent))
      return reply(known === undefined ? 201 : 200, answer, { location: String(answer.organization['url']) })
    },
    'PUT /organizations/:id': (call) =>
      row(store, update(served, one(store, call, 'update'), sentRow(call.body, 'organization'))),
    'DELETE /organizations/:id': (call) => {
      mutations.deleteOrganization(one(store, call, 'destroy').id, call.caller.user?.id)
      return noContent()
    },
    ...bulkWrites(served),
    ...mergeRoutes(served),
  }
  return [{ who: 'agent', scope: 'organizations', routes }]
}

const live = (one: Organization | undefined) => (one?.deleted === 0 ? one : undefined)

const one = (store: Store, { params }: Call, action: string) =>
  found(live(store.organizations.get(idOf(params['id'], `api/v2/organizations/${action}`))))

const row = (store: Store, organization: Organization) => ({ organization: organizationRow(store, organization) })

function create({ store, mutations }: Served, sent: Row) {
  const id = mutations.createOrganization(organizationChanges(store, sent))
  return found(store.organizations.get(id))
}

function update({ store, mutations }: Served, organization: Organization, sent: Row) {
  mutations.updateOrganization(organization.id, organizationChanges(store, sent, organization))
  return organization
}

function named(store: Store, { asked }: Call) {
  const { by, values } = namesIn(asked)
  return values.map((value) =>
    live(by === 'ids' ? store.organizations.get(Number(value)) : organizationByExternalId(store, value)),
  )
}

function mergeRow(merges: Table, id: string) {
  const { url, id: own, loser_id, winner_id, status } = merges.row(found(merges.get(id)))
  return { id: own, loser_id, winner_id, status, url }
}

function bulkWrites(served: Served): Routes {
  const { store, mutations } = served
  return {
    'POST /organizations/create_many': ({ body }) =>
      startJob(served, {
        type: 'Bulk Create Organization',
        items: sentRows(body, 'organizations'),
        messageOf: (index) => `Creating organization #${index + 1}`,
        act: (sent, index) =>
          jobLine('OrganizationCreateFailed', { index }, () => ({ id: create(served, sent).id, status: 'Created' })),
      }),
    'PUT /organizations/update_many': (call) => {
      const all = sentRow(call.body, 'organization')
      const items: readonly (readonly [Organization | undefined, Row])[] = Array.isArray(call.body['organizations'])
        ? sentRows(call.body, 'organizations').map((sent) => {
            const [id, externalId] = [idIn(sent, 'id'), textIn(sent, 'external_id')]
            const known = id != null ? store.organizations.get(id) : organizationByExternalId(store, externalId ?? '')
            return [live(known), sent]
          })
        : named(store, call).map((known) => [known, all])
      return startJob(served, {
        type: 'Bulk Update Organization',
        items,
        messageOf: (index) => `Updating organization #${index + 1}`,
        act: ([known, sent], index) =>
          jobLine('OrganizationUpdateFailed', { index, id: known?.id, action: 'update' }, () => {
            const { id } = update(served, found(live(known)), sent)
            return { action: 'update', id, status: 'Updated', success: true }
          }),
      })
    },
    'DELETE /organizations/destroy_many': (call) =>
      startJob(served, {
        type: 'Bulk Delete Organization',
        items: named(store, call),
        messageOf: (index) => `Deleting organization #${index + 1}`,
        act: (known, index) =>
          jobLine('OrganizationDestroyFailed', { index, id: known?.id, action: 'delete' }, () => {
            if (live(known) === undefined || known === undefined) throw recordNotFound()
            mutations.deleteOrganization(known.id, call.caller.user?.id)
            return { action: 'delete', id: known.id, status: 'Deleted', success: true }
          }),
      }),
  }
}

function mergeRoutes({ store, mutations }: Served): Routes {
  const merges = store.table('organization_merges', { ids: 'ulid', path: ({ id }) => `/organization_merges/${id}` })
  return {
    'POST /organizations/:id/merge': (call) => {
      const loser = one(store, call, 'merge')
      const id = idIn(sentRow(call.body, 'organization_merge'), 'winner_id')
      const winner = found(id == null ? undefined : live(store.organizations.get(id)))
      if (winner === loser) throw invalid('winner_id', 'Winner: cannot be the same organization')
      const merge = merges.add({ loser_id: loser.id, winner_id: winner.id, status: 'new' })
      // Assumed (fact 347): how long a merge takes.
      store.agenda.at(store.clock.nowMs() + 2000, () => {
        const possible = live(winner) !== undefined && live(loser) !== undefined
        if (possible) mutations.mergeOrganizations(loser.id, winner.id, call.caller.user?.id)
        merges.change(merge.id, { status: possible ? 'complete' : 'error' })
      })
      return { organization_merge: mergeRow(merges, String(merge.id)) }
    },
    'GET /organization_merges/:id': ({ params }) => ({ organization_merge: mergeRow(merges, params['id'] ?? '') }),
    'GET /organizations/:id/merges': ({ params, asked }) => {
      const id = idOf(params['id'], 'api/v2/organization_merges/index')
      const own = [...merges.all()].filter((merge) => merge['winner_id'] === id || merge['loser_id'] === id)
      const sequence = sorted(own, 'id', 's', (merge) => [String(merge.id)])
      const { items, envelope } = listPage(asked, sequence, 'api/v2/organization_merges/index')
      return { organization_merges: items.map((merge) => mergeRow(merges, String(merge.id))), ...envelope }
    },
  }
}
