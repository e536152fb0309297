import type { Group } from '../../account/people/model.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import type { Asked } from '../../http/pages/links.ts'
import { type Sequence, sorted } from '../../http/pages/sequence.ts'
import { created, noContent } from '../../http/reply.ts'
import { groupRow } from '../../rows/people.ts'
import { countRow, flag, found, idOf, listPage } from '../parameters.ts'
import { idsIn } from '../resource.ts'
import type { Served } from '../served.ts'
import { defined, flagIn, invalid, sentRow, textIn } from './person-attributes.ts'

/** Groups. */
export function groupRoutes({ store, mutations }: Served): readonly Family[] {
  const { groupMemberships } = store.people
  // Assumed (fact 379): `exclude_deleted` is false by default, so that deleted groups are listed with `deleted: true`.
  const all = (asked: Asked) =>
    [...store.groups.values()].filter((group) => !group.deleted || !flag(asked, 'exclude_deleted'))
  const live = () => [...store.groups.values()].filter((group) => !group.deleted)
  const ofUser = ({ params }: Call) => {
    const user = found(store.users.get(idOf(params['id'], 'api/v2/groups/index')))
    return groupMemberships.ofUser(user.id).flatMap(({ parent }) => store.groups.get(parent) ?? [])
  }
  const page = (asked: Asked, groups: readonly Group[]) => {
    const { items, envelope } = listPage(asked, byName(groups), 'api/v2/groups/index')
    return { groups: items.map((group) => groupRow(store, group)), ...envelope }
  }
  const changes = (call: Call, group?: Group) => {
    const sent = sentRow(call.body, 'group')
    const name = textIn(sent, 'name')?.trim()
    if ((Object.hasOwn(sent, 'name') || group === undefined) && !name)
      throw invalid('name', 'Name: cannot be blank', 'BlankValue')
    const [description, isPublic] = [textIn(sent, 'description') ?? undefined, flagIn(sent, 'is_public')]
    return defined({ name, description, isPublic })
  }
  const one = ({ params }: Call, action: string): Group =>
    found(store.groups.get(idOf(params['id'], `api/v2/groups/${action}`)))
  const routes: Routes = {
    'GET /groups': ({ asked }) => page(asked, all(asked)),
    // Deleted groups are listed and not counted (fact 293).
    'GET /groups/count': () => countRow(store, live()),
    'GET /groups/assignable': ({ asked }) => page(asked, live()),
    'GET /groups/show_many': ({ asked }) => {
      const ids = idsIn(asked)
      return page(
        asked,
        [...store.groups.values()].filter(({ id }) => ids.has(String(id))),
      )
    },
    'GET /users/:id/groups': (call) => page(call.asked, ofUser(call)),
    'GET /users/:id/groups/count': (call) => countRow(store, ofUser(call)),
    'GET /groups/:id': (call) => ({ group: groupRow(store, one(call, 'show')) }),
    'POST /groups': (call) => {
      const row = groupRow(store, found(store.groups.get(mutations.createGroup(changes(call)))))
      return created({ group: row }, row['url'])
    },
    'PUT /groups/:id': (call) => {
      const group = one(call, 'update')
      mutations.updateGroup(found(group.deleted ? undefined : group).id, changes(call, group))
      return { group: groupRow(store, group) }
    },
    'DELETE /groups/:id': (call) => {
      const group = one(call, 'destroy')
      found(group.deleted ? undefined : group)
      // Assumed (fact 330): the words.
      if (group.default) throw invalid('base', 'The default group cannot be deleted')
      mutations.deleteGroup(group.id)
      return noContent()
    },
  }
  return [{ who: 'agent', writers: 'admin', routes }]
}

function byName(groups: readonly Group[]): Sequence<Group> {
  return sorted(groups, 'name,id', 'si', (group) => [group.name, group.id])
}
