import type { Row } from '../../account/model.ts'
import { userByIdentity } from '../../account/people/lookup.ts'
import { IDENTITY_TYPES, type Identity, type User } from '../../account/people/model.ts'
import type { Store } from '../../account/store.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import { sorted } from '../../http/pages/sequence.ts'
import { created, noContent, reply } from '../../http/reply.ts'
import { identityRow } from '../../rows/identities.ts'
import { found, idOf, listPage } from '../parameters.ts'
import type { Served } from '../served.ts'
import { duplicate, flagIn, invalid, sentRow, textIn } from './person-attributes.ts'

/** The ways in which a user is known. Agents may call for everyone, end users for themselves. */
export function identityRoutes({ store, mutations }: Served): readonly Family[] {
  const routes: Routes = {
    'GET /users/:user_id/identities': (call) => {
      const user = userOf(store, call)
      const types = [...call.asked.query.getAll('type'), ...call.asked.query.getAll('type[]')]
      const wanted = user.identities.filter(({ type }) => types.length === 0 || types.includes(type))
      const sequence = sorted(wanted, 'id', 'i', ({ id }) => [id])
      const { items, envelope } = listPage(call.asked, sequence, 'api/v2/identities/index')
      return { identities: items.map((each) => identityRow(store, user, each)), ...envelope }
    },
    'GET /users/:user_id/identities/:id': (call) => row(store, ...one(store, call)),
    'POST /users/:user_id/identities': (call) => {
      const user = userOf(store, call)
      const sent = sentRow(call.body, 'identity')
      const type = IDENTITY_TYPES.find((name) => name === sent['type'])
      if (type === undefined) throw invalid('type', 'Type: is invalid')
      const value = textIn(sent, 'value')?.trim() ?? ''
      if (value === '') throw invalid('value', 'Value: cannot be blank', 'BlankValue')
      free(store, type, value)
      const { verified, primary } = { verified: flagIn(sent, 'verified'), primary: flagIn(sent, 'primary') }
      const id = mutations.createIdentity(user.id, {
        type,
        value,
        verified: verified === true,
        primary: primary === true,
      })
      if (type === 'email' && verified !== true && sent['skip_verify_email'] !== true)
        store.mails.push({ kind: 'verification', user: user.id, at: store.clock.now() })
      const answer = row(store, user, found(user.identities.find((each) => each.id === id)))
      return created(answer, answer.identity['url'])
    },
    'PUT /users/:user_id/identities/:id': (call) => {
      const [user, identity] = one(store, call)
      const sent = sentRow(call.body, 'identity')
      const [value, verified] = [textIn(sent, 'value')?.trim(), flagIn(sent, 'verified')]
      if (value) free(store, identity.type, value, user)
      const changes = { ...(value ? { value } : {}), ...(verified === undefined ? {} : { verified }) }
      mutations.updateIdentity(user.id, identity.id, changes)
      return row(store, user, identity)
    },
    'PUT /users/:user_id/identities/:id/make_primary': (call) => {
      const [user, identity] = one(store, call)
      mutations.makeIdentityPrimary(user.id, identity.id)
      return whole(all(store, user), user.identities.length)
    },
    'PUT /users/:user_id/identities/:id/verify': (call) => {
      const [user, identity] = one(store, call)
      mutations.updateIdentity(user.id, identity.id, { verified: true })
      return row(store, user, identity)
    },
    // No mail leaves the sandbox.
    'PUT /users/:user_id/identities/:id/request_verification': (call) => {
      one(store, call)
      return reply(200, {})
    },
    'DELETE /users/:user_id/identities/:id': (call) => {
      const [user, identity] = one(store, call)
      mutations.deleteIdentity(user.id, identity.id)
      return noContent()
    },
  }
  return [{ who: 'end-user', scope: 'users', routes }]
}

function userOf(store: Store, { params, caller }: Call): User {
  const user = store.users.get(idOf(params['user_id'], 'api/v2/identities/index'))
  const own = caller.user?.role !== 'end-user' || caller.user === user
  return found(user?.deleted === false && own ? user : undefined)
}

function one(store: Store, call: Call): readonly [User, Identity] {
  const user = userOf(store, call)
  const id = idOf(call.params['id'], 'api/v2/identities/show')
  return [user, found(user.identities.find((identity) => identity.id === id))]
}

const row = (store: Store, user: User, identity: Identity) => ({ identity: identityRow(store, user, identity) })

const all = (store: Store, user: User) => ({
  identities: user.identities.map((each) => identityRow(store, user, each)),
})

function free(store: Store, type: Identity['type'], value: string, user?: User) {
  if (type === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value))
    throw invalid('value', `Email: ${value} is not properly formatted`, 'InvalidFormat')
  const owner = userByIdentity(store, { type, value })
  if (owner !== undefined && owner !== user)
    throw duplicate('value', `Value: ${value} is already being used by another user`)
}

const whole = (rows: Row, count: number) => ({ ...rows, next_page: null, previous_page: null, count })
