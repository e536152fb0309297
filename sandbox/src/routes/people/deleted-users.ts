import type { User } from '../../account/people/model.ts'
import { invalidPagination } from '../../http/errors.ts'
import type { Family, Routes } from '../../http/family.ts'
import { asksForCursor } from '../../http/pages/list.ts'
import { byId, only, reversed } from '../../http/pages/sequence.ts'
import { isoTime } from '../../iso-time.ts'
import { deletedUserRow, profileRow } from '../../rows/people.ts'
import { countRow, found, idOf, listPage } from '../parameters.ts'
import type { Served } from '../served.ts'
import { sentRow } from './person-attributes.ts'
import { userChanges } from './user-attributes.ts'

/** Deleted users, the state of the deletion of their data, and the profiles that end users see of themselves. */
export function deletedUserRoutes({ store, mutations }: Served): readonly Family[] {
  const deleted = only(byId(store.order.usersById), (user) => user.deleted)
  const one = (text: string | undefined): User => {
    const user = store.users.get(idOf(text, 'api/v2/deleted_users/show'))
    return found(user?.deleted === true ? user : undefined)
  }
  const routes: Routes = {
    'GET /deleted_users': ({ asked }) => {
      const sort = asksForCursor(asked) ? (asked.query.get('sort') ?? 'id') : 'id'
      if (sort !== 'id' && sort !== '-id') throw invalidPagination('sort is not valid')
      const sequence = sort === 'id' ? deleted : reversed(deleted)
      const { items, envelope } = listPage(asked, sequence, 'api/v2/deleted_users/index')
      return { deleted_users: items.map((user) => deletedUserRow(store, user)), ...envelope }
    },
    'GET /deleted_users/count': () => countRow(store, deleted.walk(undefined, 1)),
    'GET /deleted_users/:id': ({ params }) => ({ deleted_user: deletedUserRow(store, one(params['id'])) }),
    'DELETE /deleted_users/:id': ({ params }) => {
      const user = one(params['id'])
      if (!user.permanentlyDeleted) mutations.permanentlyDeleteUser(user.id)
      return { deleted_user: deletedUserRow(store, user) }
    },
    // Assumed (fact 357): the applications, and that each finishes at once.
    'GET /users/:id/compliance_deletion_statuses': ({ params, asked }) => {
      const user = found(store.users.get(idOf(params['id'], 'api/v2/compliance_deletion_statuses/index')))
      found(user.permanentlyDeleted ? user : undefined)
      const wanted = asked.query.get('application')
      const applications = ['all', 'support', 'explore'].filter((name) => wanted === null || name === wanted)
      const statuses = applications.flatMap((application) =>
        ['request_deletion', 'started', 'complete'].map((action) => ({
          action,
          application,
          account_subdomain: 'sandbox',
          executer_id: null,
          user_id: user.id,
          created_at: isoTime(user.updated),
        })),
      )
      return { compliance_deletion_statuses: statuses, next_page: null, previous_page: null, count: statuses.length }
    },
  }
  const endUsers: Routes = {
    'GET /end_users/:id': ({ params, caller }) => {
      const user = found(store.users.get(idOf(params['id'], 'api/v2/end_users/show')))
      found(caller.user?.role !== 'end-user' || caller.user === user ? user : undefined)
      return { user: profileRow(store, user) }
    },
    'PUT /end_users/:id': ({ params, caller, body }) => {
      const user = found(store.users.get(idOf(params['id'], 'api/v2/end_users/update')))
      found(!user.deleted && (caller.user?.role !== 'end-user' || caller.user === user) ? user : undefined)
      const { name, phone, zone, locale } = userChanges(store, sentRow(body, 'user'), caller, user)
      const changes = { name, phone, zone, locale }
      mutations.updateUser(
        user.id,
        Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)),
      )
      return { user: profileRow(store, user) }
    },
  }
  return [
    { who: 'agent', writers: 'admin', scope: 'users', routes },
    { who: 'end-user', scope: 'users', routes: endUsers },
  ]
}
