import type { Caller } from '../../account/caller.ts'
import type { Row } from '../../account/model.ts'
import { userByEmail, userByExternalId, userByIdentity } from '../../account/people/lookup.ts'
import { IDENTITY_TYPES, type User } from '../../account/people/model.ts'
import { forbiddenPage, Refusal } from '../../http/errors.ts'
import type { Family, Routes } from '../../http/family.ts'
import { created, reply } from '../../http/reply.ts'
import { userRow } from '../../rows/people.ts'
import { found, idOf } from '../parameters.ts'
import type { Served } from '../served.ts'
import { duplicate, idIn, invalid, sentRow, textIn } from './person-attributes.ts'
import { userChanges } from './user-attributes.ts'

/** The writes of users that routes and jobs share: each refuses before it changes anything, and gives the user. */
export type UserWrites = {
  readonly create: (sent: Row, caller: Caller) => User
  readonly update: (user: User, sent: Row, caller: Caller) => User
  /** Changes the user with the external id or with one of the addresses, or creates one. */
  readonly upsert: (sent: Row, caller: Caller) => { readonly user: User; readonly isNew: boolean }
  readonly remove: (user: User, caller: Caller) => User
}

/** The writes of a sandbox's users. */
export function userWrites({ store, mutations }: Served): UserWrites {
  const create: UserWrites['create'] = (sent, caller) => {
    const changes = userChanges(store, sent, caller)
    const more = (Array.isArray(sent['identities']) ? (sent['identities'] as Row[]) : []).map((one) => {
      const type = IDENTITY_TYPES.find((name) => name === one['type'])
      const value = textIn(one, 'value')
      if (type === undefined || value == null) throw invalid('identities', 'Identities: is invalid')
      if (userByIdentity(store, { type, value }) !== undefined)
        throw duplicate('email', `Email: ${value} is already being used by another user`)
      return { type, value, verified: one['verified'] === true }
    })
    const id = mutations.createUser(changes)
    // A verified address needs no mail; as a parameter of the query `skip_verify_email` has no effect.
    if (changes.email && changes.verified !== true && sent['skip_verify_email'] !== true)
      store.mails.push({ kind: 'verification', user: id, at: store.clock.now() })
    for (const one of more) if (userByIdentity(store, one) === undefined) mutations.createIdentity(id, one)
    return found(store.users.get(id))
  }
  const update: UserWrites['update'] = (user, sent, caller) => {
    if (user.deleted) throw invalid('base', 'User: is deleted')
    if (user.shared) throw forbiddenPage()
    mutations.updateUser(user.id, userChanges(store, sent, caller, user), caller.user?.id)
    return user
  }
  return {
    create,
    update,
    upsert: (sent, caller) => {
      const [externalId, email] = [textIn(sent, 'external_id'), textIn(sent, 'email')]
      const known = externalId == null ? undefined : userByExternalId(store, externalId)
      const addressed = email == null ? undefined : userByEmail(store, email)
      if (known !== undefined && addressed !== undefined && known !== addressed)
        throw duplicate('email', `Email: ${email} is already being used by another user`)
      const id = idIn(sent, 'id')
      const named = id == null ? undefined : store.users.get(id)
      const user = known ?? addressed ?? (named?.deleted === false ? named : undefined)
      return user === undefined
        ? { user: create(sent, caller), isNew: true }
        : { user: update(user, sent, caller), isNew: false }
    },
    remove: (user, caller) => {
      // Assumed (fact 330): the words of these refusals.
      if (user === caller.user) throw invalid('base', 'You cannot delete yourself')
      if (user.role !== 'end-user' && caller.user?.role !== 'admin') throw forbiddenPage()
      mutations.deleteUser(user.id)
      return user
    },
  }
}

/** Single writes of users. */
export function userWriteRoutes(served: Served): readonly Family[] {
  const { store, mutations } = served
  const { create, update, upsert, remove } = userWrites(served)
  const row = (user: User) => ({ user: userRow(store, user) })
  const live = (text: string | undefined, action: string): User => {
    const user = store.users.get(idOf(text, `api/v2/users/${action}`))
    return found(user?.deleted === false ? user : undefined)
  }
  const url = ({ id }: User) => `${store.base}/api/v2/users/${id}.json`
  const routes: Routes = {
    'POST /users': ({ body, caller }) => {
      const user = create(sentRow(body, 'user'), caller)
      return created(row(user), url(user))
    },
    'POST /users/create_or_update': ({ body, caller }) => {
      const { user, isNew } = upsert(sentRow(body, 'user'), caller)
      return reply(isNew ? 201 : 200, row(user), { location: url(user) })
    },
    'PUT /users/:id': ({ params, body, caller }) =>
      row(update(live(params['id'], 'update'), sentRow(body, 'user'), caller)),
    'DELETE /users/:id': ({ params, caller }) => row(remove(live(params['id'], 'destroy'), caller)),
    'PUT /users/:id/merge': ({ params, body }) => {
      const loser = live(params['id'], 'merge')
      const sent = sentRow(body, 'user')
      const id = idIn(sent, 'id')
      const email = textIn(sent, 'email')
      const winner = found(id != null ? store.users.get(id) : email == null ? undefined : userByEmail(store, email))
      // Assumed (fact 330): the words.
      if (winner === loser || winner.deleted || loser.role !== 'end-user' || winner.role !== 'end-user')
        throw new Refusal(422, { error: 'RecordInvalid', description: 'Only two different end users can be merged' })
      mutations.mergeUsers(loser.id, winner.id)
      return row(winner)
    },
    // Passwords aren't kept: the calls only check their form.
    'GET /users/:id/password/requirements': ({ params }) => {
      live(params['id'], 'show')
      return { requirements: ['must be at least 5 characters', 'must be different from email address'] }
    },
    'POST /users/:id/password': ({ params, body }) => setPassword(live(params['id'], 'password'), body),
    'PUT /users/:id/password': ({ params, body }) => setPassword(live(params['id'], 'password'), body),
  }
  return [{ who: 'agent', scope: 'users', routes }]
}

function setPassword(_: User, body: Row) {
  const password = textIn(body, 'password') ?? ''
  if (password.length < 5) throw invalid('password', 'Password: must be at least 5 characters', 'ValueTooShort')
  return reply(200, {})
}
