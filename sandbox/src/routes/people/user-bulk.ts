import type { Row } from '../../account/model.ts'
import { userByExternalId } from '../../account/people/lookup.ts'
import type { User } from '../../account/people/model.ts'
import type { Store } from '../../account/store.ts'
import { Refusal, recordNotFound } from '../../http/errors.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import { found } from '../parameters.ts'
import type { Served } from '../served.ts'
import { jobLine } from '../settings/job-lines.ts'
import { startJob } from '../settings/job-statuses.ts'
import { idIn, namesIn, sentRow, textIn } from './person-attributes.ts'
import { userWrites } from './user-writes.ts'

/** Bulk writes of users: each answers with a job. */
export function userBulkRoutes(served: Served): readonly Family[] {
  const { store } = served
  const { create, upsert } = userWrites(served)
  const routes: Routes = {
    'POST /users/create_many': (call) =>
      startJob(served, {
        type: 'Bulk Create User',
        items: imports(store, call),
        messageOf: (index) => `Creating user #${index + 1}`,
        act: (sent, index) => jobLine('UserCreateFailed', { index }, () => line(create(sent, call.caller), 'Created')),
      }),
    'POST /users/create_or_update_many': (call) =>
      startJob(served, {
        type: 'Bulk Create User',
        items: imports(store, call),
        messageOf: (index) => `Creating user #${index + 1}`,
        act: (sent, index) =>
          jobLine('UserCreateFailed', { index }, () => {
            const { user, isNew } = upsert(sent, call.caller)
            return line(user, isNew ? 'Created' : 'Updated')
          }),
      }),
    ...changeRoutes(served),
  }
  return [{ who: 'agent', scope: 'users', routes }]
}

function imports(store: Store, { body }: Call): readonly Row[] {
  // Assumed (fact 330): the words.
  if (!store.people.userImports)
    throw new Refusal(403, {
      error: 'Forbidden',
      description: 'Bulk imports of users are not enabled for this account',
    })
  return usersIn(body)
}

function named(store: Store, { asked }: Call): readonly (User | undefined)[] {
  const { by, values } = namesIn(asked)
  return values.map((value) => {
    const user = by === 'ids' ? store.users.get(Number(value)) : userByExternalId(store, value)
    return user?.deleted === false ? user : undefined
  })
}

const line = (user: User, status: string): Row => ({
  id: user.id,
  status,
  ...(user.email === null ? {} : { email: user.email }),
  ...(user.externalId === null ? {} : { external_id: user.externalId }),
})

function changeRoutes(served: Served): Routes {
  const { store } = served
  const { update, remove } = userWrites(served)
  return {
    'PUT /users/update_many': (call) => {
      const one = sentRow(call.body, 'user')
      const bulk = Array.isArray(call.body['users'])
      const items: readonly (readonly [User | undefined, Row])[] = bulk
        ? usersIn(call.body).map((sent) => {
            const [id, externalId] = [idIn(sent, 'id'), textIn(sent, 'external_id')]
            const user = id != null ? store.users.get(id) : userByExternalId(store, externalId ?? '')
            return [user?.deleted === false ? user : undefined, sent]
          })
        : named(store, call).map((user) => [user, one])
      return startJob(served, {
        type: 'Bulk Update User',
        items,
        messageOf: (index) => `Updating user #${index + 1}`,
        act: ([user, sent], index) =>
          jobLine('UserUpdateFailed', { index, id: user?.id, action: 'update' }, () => {
            const { id } = update(found(user), sent, call.caller)
            return { action: 'update', id, status: 'Updated', success: true }
          }),
      })
    },
    'DELETE /users/destroy_many': (call) =>
      startJob(served, {
        type: 'Bulk Update User',
        items: named(store, call),
        messageOf: (index) => `Deleting user #${index + 1}`,
        act: (user, index) =>
          jobLine('UserDestroyFailed', { index, id: user?.id, action: 'delete' }, () => {
            if (user === undefined || user.deleted) throw recordNotFound()
            return { action: 'delete', id: remove(user, call.caller).id, status: 'Deleted', success: true }
          }),
      }),
    // Sessions aren't kept, so that there is nothing to end.
    'POST /users/logout_many': (call) =>
      startJob(served, {
        type: 'Bulk Update User',
        items: named(store, call),
        messageOf: (index) => `Logging out user #${index + 1}`,
        act: (user, index) =>
          jobLine('UserUpdateFailed', { index, action: 'update' }, () => ({
            action: 'update',
            id: found(user).id,
            status: 'Updated',
            success: true,
          })),
      }),
  }
}

function usersIn(body: Row): readonly Row[] {
  const users = Array.isArray(body['users']) ? (body['users'] as Row[]) : []
  if (users.length > 100)
    throw new Refusal(400, { error: 'TooManyValues', description: 'Maximum 100 users may be created per call' })
  return users
}
