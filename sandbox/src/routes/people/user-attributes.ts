import type { Caller } from '../../account/caller.ts'
import type { Row } from '../../account/model.ts'
import type { UserChanges } from '../../account/people/change-users.ts'
import { LOCALES, ZONES } from '../../account/people/locales.ts'
import { organizationByName, userByEmail, userByExternalId } from '../../account/people/lookup.ts'
import type { User } from '../../account/people/model.ts'
import type { Store } from '../../account/store.ts'
import { defined, duplicate, flagIn, idIn, invalid, listIn, mergedFields, textIn } from './person-attributes.ts'

const ROLES = ['end-user', 'agent', 'admin'] as const
const RESTRICTIONS = ['organization', 'groups', 'assigned', 'requested', null] as const

/** The changes that were sent for a user (or for a new one); throws if they break the rules, ignores unknown ones. */
export function userChanges(store: Store, sent: Row, caller: Caller, user?: User): UserChanges {
  const name = textIn(sent, 'name')
  if ((name !== undefined || user === undefined) && (name ?? '').trim() === '')
    throw invalid('name', 'Name: is too short (minimum one character)', 'ValueTooShort')
  const email = textIn(sent, 'email')?.trim()
  if (email !== undefined && email !== '') {
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
      throw invalid('email', `Email: ${email} is not properly formatted`, 'InvalidFormat')
    const owner = userByEmail(store, email)
    if (owner !== undefined && owner !== user)
      throw duplicate('email', `Email: ${email} is already being used by another user`)
  }
  const externalId = textIn(sent, 'external_id')
  const other = externalId == null ? undefined : userByExternalId(store, externalId)
  if (other !== undefined && other !== user) throw duplicate('external_id', 'External has already been taken')
  const phone = textIn(sent, 'phone')
  // Assumed (fact 330): the words.
  if (phone != null && phone !== '' && !/^\+[1-9]\d{5,14}$/.test(phone.replaceAll(/[\s()-]/g, '')))
    throw invalid('phone', 'Phone Number: is not in E.164 format', 'InvalidFormat')
  const zone = textIn(sent, 'time_zone') ?? textIn(sent, 'iana_time_zone')
  const locale = idIn(sent, 'locale_id') ?? textIn(sent, 'locale')
  const restriction = RESTRICTIONS.find((one) => one === sent['ticket_restriction'])
  return defined({
    name: name ?? undefined,
    email: email === '' || email === undefined ? (user === undefined ? null : undefined) : email,
    phone: phone === '' ? null : phone?.replaceAll(/[\s()-]/g, ''),
    ...roleIn(store, sent, caller),
    restriction,
    externalId: externalId === '' ? null : externalId,
    organization: organizationIn(store, sent),
    tags: listIn(sent, 'tags'),
    alias: textIn(sent, 'alias'),
    details: textIn(sent, 'details'),
    notes: textIn(sent, 'notes'),
    signature: textIn(sent, 'signature'),
    // Without a word of it a new user isn't verified.
    verified: flagIn(sent, 'verified') ?? (user === undefined ? false : undefined),
    suspended: flagIn(sent, 'suspended'),
    zone: position(ZONES, zone),
    locale: position(LOCALES, locale),
    fields: mergedFields(store, 'user_fields', sent, user?.fields),
  }) as UserChanges
}

// Assumed (fact 358): who isn't an administrator can't give another role than that of an end user; it is ignored.
function roleIn(store: Store, sent: Row, caller: Caller): UserChanges {
  const customRole = idIn(sent, 'custom_role_id')
  const given = textIn(sent, 'role')
  if (given === undefined && customRole == null) return {}
  const role = given == null ? 'agent' : ROLES.find((one) => one === given)
  if (role === undefined) throw invalid('role', 'Role: is not a valid role')
  if (caller.user?.role !== 'admin') return {}
  if (role === 'end-user') return { role, roleType: null, customRole: null, restriction: 'requested', group: null }
  const roles = store.table('custom_roles')
  const custom = customRole == null ? undefined : roles.get(customRole)
  if (customRole != null && custom === undefined) throw invalid('custom_role_id', 'Custom role: is invalid')
  const roleType = role === 'admin' ? 4 : Number(custom?.['role_type'] ?? 0)
  const own = [...roles.all()].find((one) => one['role_type'] === roleType)?.id
  const id = custom?.id ?? own
  return { role, roleType, customRole: typeof id === 'number' ? id : null, restriction: null }
}

// An organization is named by its id, or by the name that it has already.
function organizationIn(store: Store, sent: Row): number | null | undefined {
  const id = idIn(sent, 'organization_id')
  const named = sent['organization']
  const name = typeof named === 'object' && named !== null ? textIn(named as Row, 'name') : undefined
  if (id === undefined && name == null) return id
  if (id === null) return null
  const one = id === undefined ? organizationByName(store, name ?? '') : store.organizations.get(id)
  if (one === undefined || one.deleted > 0) throw invalid('organization', 'Organization: is invalid')
  return one.id
}

function position(items: readonly (readonly unknown[])[], wanted: unknown): number | undefined {
  const at = wanted == null ? -1 : items.findIndex((item) => item.includes(wanted))
  return at === -1 ? undefined : at
}
