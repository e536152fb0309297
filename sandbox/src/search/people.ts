import type { Value } from '../account/model.ts'
import { userByEmail } from '../account/people/lookup.ts'
import type { Group, Organization, User } from '../account/people/model.ts'
import { type PersonFields, personFieldTable } from '../account/people/person-fields.ts'
import { compareNumber, type Filters, flagFilter, type Setting, type Test, tagFilter, timeFilter } from './compile.ts'
import { compareTime, spanOf } from './dates.ts'
import type { Term } from './query.ts'
import { namedTest, organizationTest } from './references.ts'
import { sameText, valueTest, wordTest } from './text.ts'

type Fielded = { readonly fields: Readonly<Record<string, Value>> }

const common = <
  T extends { readonly id: number; readonly created: number; readonly updated: number; name: string },
>() =>
  ({
    id:
      ({ value }: Term) =>
      ({ id }: T) =>
        id === Number(value),
    created: timeFilter<T>((one) => one.created),
    created_at: timeFilter<T>((one) => one.created),
    updated: timeFilter<T>((one) => one.updated),
    updated_at: timeFilter<T>((one) => one.updated),
    name: textFilter<T>((one) => one.name),
  }) as const

/** The filters of users. */
export const USER_FILTERS: Filters<User> = {
  fields: {
    ...common<User>(),
    email: ({ value }, { store }) => {
      if (value === 'none') return ({ email }) => email === null
      const owner = userByEmail(store, value)
      // An address finds its user whichever of the identities it is; a part of one finds all that have it.
      if (owner !== undefined) return ({ id }) => id === owner.id
      const has = wordTest(value)
      return ({ identities }) => identities.some((one) => one.type === 'email' && has(one.value))
    },
    role:
      ({ value }) =>
      ({ role }) =>
        sameText(role, value),
    phone: ({ value }) => {
      if (value === 'none') return ({ phone }) => phone === null
      const digits = value.replaceAll(/[^\d+]/g, '')
      return ({ phone }) => digits !== '' && (phone?.includes(digits) ?? false)
    },
    notes: textFilter((user) => user.notes),
    details: textFilter((user) => user.details),
    alias: textFilter((user) => user.alias),
    tags: tagFilter((user) => user.tags),
    external_id:
      ({ value }) =>
      ({ externalId }) =>
        value === 'none' ? externalId === null : sameText(externalId, value),
    organization: (term, setting) => {
      const test = organizationTest(term, setting)
      const { organizationMemberships } = setting.store.people
      return ({ id, organization }) =>
        test(organization) || organizationMemberships.ofUser(id).some(({ parent }) => test(parent))
    },
    group: (term, { store }) => {
      const test = namedTest(term, store.groups.values())
      return ({ id }) => store.people.groupMemberships.ofUser(id).some(({ parent }) => test(parent))
    },
    is_suspended: flagFilter((user) => user.suspended),
    is_verified: flagFilter((user) => user.verified),
    is_active: flagFilter((user) => !user.deleted),
  },
  others: (term, setting) => fieldFilter(term, setting, 'user_fields'),
  text: ({ value }) => {
    const has = wordTest(value)
    return ({ name, alias, notes, details, externalId, phone, identities }) =>
      [name, alias, notes, details, externalId, phone].some(has) || identities.some((one) => has(one.value))
  },
}

/** The filters of organizations. */
export const ORGANIZATION_FILTERS: Filters<Organization> = {
  fields: {
    ...common<Organization>(),
    notes: textFilter((one) => one.notes),
    details: textFilter((one) => one.details),
    tags: tagFilter((one) => one.tags),
    external_id:
      ({ value }) =>
      ({ externalId }) =>
        value === 'none' ? externalId === null : sameText(externalId, value),
    domain_names:
      ({ value }) =>
      ({ domains }) =>
        domains.some((one) => sameText(one, value)),
    group: (term, { store }) => {
      const test = namedTest(term, store.groups.values())
      return ({ group }) => test(group)
    },
  },
  others: (term, setting) => fieldFilter(term, setting, 'organization_fields'),
  text: ({ value }) => {
    const has = wordTest(value)
    return ({ name, notes, details, externalId, domains }) =>
      [name, notes, details, externalId].some(has) || domains.some(has)
  },
}

/** The filters of groups. */
export const GROUP_FILTERS: Filters<Group> = {
  fields: common<Group>(),
  others: () => undefined,
  text: ({ value }) => {
    const has = wordTest(value)
    return ({ name, description }) => has(name) || has(description)
  },
}

function textFilter<T>(text: (item: T) => string | null) {
  return ({ value }: Term): Test<T> => {
    if (value === 'none') return (item) => text(item) === null || text(item) === ''
    const has = wordTest(value)
    return (item) => has(text(item))
  }
}

function fieldFilter<T extends Fielded>({ field = '', value, operator }: Term, { store }: Setting, name: PersonFields) {
  const known = [...personFieldTable(store, name).all()].find(({ key }) => sameText(key, field))
  if (known === undefined) return undefined
  const key = String(known['key'])
  if (known['type'] === 'date') {
    const span = spanOf(value, store.clock.now())
    if (span !== undefined)
      return ({ fields }: T) => {
        const own = fields[key]
        return own != null && compareTime(Date.parse(String(own)) / 1000, operator, span)
      }
  }
  if (operator !== ':')
    return ({ fields }: T) => fields[key] != null && compareNumber(Number(fields[key]), operator, Number(value))
  const test = valueTest(value)
  return ({ fields }: T) => test(fields[key] ?? (known['type'] === 'checkbox' ? false : null))
}
