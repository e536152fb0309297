import type { Row, Value } from '../account/model.ts'
import { ZONES } from '../account/people/locales.ts'
import type { Identity, Organization, User } from '../account/people/model.ts'
import { isoTime } from '../iso-time.ts'
import { idText } from './event-details.ts'

/** An event by its name after the kind: `name_changed`. */
export type PersonEvent = [type: string, event: Row]
/** A user as compared, with copies of the parts that change in place. */
export type Person = {
  readonly user: User
  readonly identities: readonly Identity[]
  readonly groups: readonly string[]
  readonly organizations: readonly string[]
}

// Assumed (fact 377): the shapes of the events of users, except `current` and `previous`.
const USER_CHANGES: Readonly<Record<string, (user: User) => unknown>> = {
  active_changed: (user) => !user.deleted,
  alias_changed: (user) => user.alias ?? '',
  custom_role_changed: (user) => idText(user.customRole),
  default_group_changed: (user) => idText(user.group),
  details_changed: (user) => user.details ?? '',
  external_id_changed: (user) => user.externalId ?? '',
  last_login_changed: (user) => (user.lastLogin === 0 ? '' : isoTime(user.lastLogin)),
  name_changed: (user) => user.name,
  notes_changed: (user) => user.notes ?? '',
  only_private_comments_changed: ({ roleType }) => roleType === 1,
  photo_changed: (user) => user.photo,
  role_changed: (user) => user.role,
  suspended_changed: (user) => user.suspended,
  time_zone_changed: ({ zone }) => ZONES[zone]?.[0] ?? '',
}
const ORGANIZATION_CHANGES: Readonly<Record<string, (organization: Organization) => unknown>> = {
  external_id_changed: ({ externalId }) => externalId ?? '',
  name_changed: ({ name }) => name,
}

/** The events of a user. */
export function userEvents(before: Person, now: Person): PersonEvent[] {
  if (now.user.permanentlyDeleted)
    return before.user.permanentlyDeleted
      ? []
      : [...(before.user.deleted ? [] : [changed('active_changed', false, true)]), ['deleted', {}]]
  const { mergedInto } = now.user
  const isMerged = mergedInto !== undefined && before.user.mergedInto === undefined
  return [
    ...(isMerged ? [['merged', { target_user_id: String(mergedInto) }] as PersonEvent] : []),
    ...changes(USER_CHANGES, before.user, now.user),
    ...tagEvents(before.user.tags, now.user.tags),
    ...fieldEvents(before.user.fields, now.user.fields),
    ...identityEvents(before.identities, now.identities),
    ...membershipEvents('group', before.groups, now.groups),
    ...membershipEvents('organization', before.organizations, now.organizations),
  ]
}

/** The events of an organization. */
export function organizationEvents(before: Organization, now: Organization): PersonEvent[] {
  if (now.deleted > 0) return before.deleted > 0 ? [] : [['deleted', {}]]
  return [
    ...changes(ORGANIZATION_CHANGES, before, now),
    ...tagEvents(before.tags, now.tags),
    ...fieldEvents(before.fields, now.fields),
  ]
}

function changes<T>(kinds: Readonly<Record<string, (record: T) => unknown>>, before: T, now: T): PersonEvent[] {
  return Object.entries(kinds).flatMap(([type, value]) =>
    value(before) === value(now) ? [] : [changed(type, value(now), value(before))],
  )
}

function changed(type: string, current: unknown, previous: unknown): PersonEvent {
  return [type, { current, previous }]
}

function tagEvents(before: readonly string[], now: readonly string[]): PersonEvent[] {
  if (before.join(' ') === now.join(' ')) return []
  const added = now.filter((tag) => !before.includes(tag))
  const removed = before.filter((tag) => !now.includes(tag))
  return [['tags_changed', { added: { tags: added }, removed: { tags: removed } }]]
}

function fieldEvents(before: Readonly<Record<string, Value>>, now: Readonly<Record<string, Value>>): PersonEvent[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])]
  return keys.flatMap((key): PersonEvent[] => {
    const [value, previous] = [now[key] ?? null, before[key] ?? null]
    if (JSON.stringify(value) === JSON.stringify(previous)) return []
    return [
      ['custom_field_changed', { current: { value }, previous: { value: previous }, custom_field: { title: key } }],
    ]
  })
}

function identityEvents(before: readonly Identity[], now: readonly Identity[]): PersonEvent[] {
  const identityDetail = ({ id, type, value, primary }: Identity) => ({ id: String(id), type, value, primary })
  const old = new Map(before.map((one) => [one.id, one]))
  const fresh = new Set(now.map((one) => one.id))
  return [
    ...now.flatMap((one): PersonEvent[] => {
      const previous = old.get(one.id)
      if (previous === undefined) return [['identity_created', { identity: identityDetail(one) }]]
      const [current, earlier] = [identityDetail(one), identityDetail(previous)]
      return JSON.stringify(current) === JSON.stringify(earlier) ? [] : [changed('identity_changed', current, earlier)]
    }),
    ...before
      .filter((one) => !fresh.has(one.id))
      .map((one): PersonEvent => ['identity_deleted', { identity: identityDetail(one) }]),
  ]
}

function membershipEvents(
  kind: 'group' | 'organization',
  before: readonly string[],
  now: readonly string[],
): PersonEvent[] {
  const events = (ids: readonly string[], what: string) =>
    ids.map((one): PersonEvent => [`${kind}_membership_${what}`, { [kind]: { id: one } }])
  return [
    ...events(
      now.filter((one) => !before.includes(one)),
      'created',
    ),
    ...events(
      before.filter((one) => !now.includes(one)),
      'deleted',
    ),
  ]
}
