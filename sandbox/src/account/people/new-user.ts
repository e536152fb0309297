import type { Random } from '../../random.ts'
import type { Value } from '../model.ts'
import { ZONES } from './locales.ts'
import type { Identity, IdentityType, User } from './model.ts'

const NO_FIELDS: Readonly<Record<string, Value>> = {}
const NO_TAGS: readonly string[] = []
const NO_IDENTITIES: readonly Identity[] = []

/** A user with nothing but a name and, if given, an address (which becomes an identity by `newIdentity`). */
export function newUser(
  {
    id,
    created,
    name,
    email,
    role,
  }: { id: number; created: number; name: string; email: string | null; role: User['role'] },
  random?: Random,
): User {
  const blank = () => (random?.chance(0.5) === true ? '' : null)
  const endUser = role === 'end-user'
  return {
    id,
    created,
    sender: { name, address: email ?? 'unknown@example.org' },
    name,
    email,
    updated: created,
    role,
    roleType: endUser ? null : role === 'admin' ? 4 : 0,
    customRole: null,
    restriction: endUser ? 'requested' : null,
    organization: null,
    group: null,
    phone: null,
    sharedPhone: false,
    externalId: null,
    tags: NO_TAGS,
    alias: blank(),
    details: blank(),
    notes: blank(),
    signature: null,
    verified: true,
    suspended: false,
    deleted: false,
    permanentlyDeleted: false,
    lastLogin: 0,
    photo: false,
    zone: random?.between(0, ZONES.length - 1) ?? 0,
    locale: 0,
    shared: false,
    fields: NO_FIELDS,
    identities: NO_IDENTITIES,
  }
}

/** An identity of a user, not verified and not primary; `created` in epoch seconds. */
export function newIdentity(from: { id: number; type: IdentityType; value: string; created: number }): Identity {
  const { id, type, value, created } = from
  return {
    id,
    type,
    created,
    value,
    updated: created,
    verified: 0,
    primary: false,
    undeliverable: 0,
    state: 'deliverable',
  }
}

/** Deletes a user permanently. */
export function forget(user: User): void {
  user.permanentlyDeleted = true
  user.name = 'Permanently Deleted User'
  user.email = null
  user.phone = null
  user.sharedPhone = false
  user.externalId = null
  user.organization = null
  user.tags = NO_TAGS
  user.alias = ''
  user.details = ''
  user.notes = ''
  user.photo = false
  user.fields = NO_FIELDS
}
