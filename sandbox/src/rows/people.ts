import type { Row } from '../account/model.ts'
import { LOCALES, ZONES } from '../account/people/locales.ts'
import type { Group, Organization, User } from '../account/people/model.ts'
import { fieldValues } from '../account/people/person-fields.ts'
import type { Store } from '../account/store.ts'
import { isoTime, isoTimeOrNull } from '../iso-time.ts'
import { fileRow } from './file.ts'

/** A user as an agent sees it; exports add `permanently_deleted` (`exportedUserRow`). */
export function userRow(store: Store, user: User): Row {
  return { ...agentsRow(store, user), suspension_details: null }
}

/** A user as the exports give it. */
export function exportedUserRow(store: Store, user: User): Row {
  return { ...agentsRow(store, user), permanently_deleted: user.permanentlyDeleted, suspension_details: null }
}

/** A user as end users see it: themselves, that is. */
export function profileRow(store: Store, user: User): Row {
  const [zone, iana] = ZONES[user.zone] ?? ZONES[0]
  const [localeId, locale] = LOCALES[user.locale] ?? LOCALES[0]
  return {
    id: user.id,
    url: `${store.base}/api/v2/users/${user.id}.json`,
    name: user.name,
    email: user.email,
    created_at: isoTime(user.created),
    updated_at: isoTime(user.updated),
    time_zone: zone,
    iana_time_zone: iana,
    phone: user.phone,
    shared_phone_number: user.phone === null ? null : user.sharedPhone,
    photo: user.photo ? photoRow(store, user) : null,
    locale_id: localeId,
    locale,
    organization_id: user.organization,
    role: user.role,
    verified: user.verified,
  }
}

/** A deleted user as `/deleted_users` gives it. */
export function deletedUserRow(store: Store, user: User): Row {
  const { verified: _, iana_time_zone: __, ...profile } = profileRow(store, user)
  return { ...profile, url: `${store.base}/api/v2/deleted_users/${user.id}.json`, active: false }
}

function agentsRow(store: Store, user: User): Row {
  const endUser = user.role === 'end-user'
  return {
    ...profileRow(store, user),
    external_id: user.externalId,
    tags: user.tags,
    alias: user.alias,
    active: !user.deleted,
    shared: user.shared,
    shared_agent: false,
    last_login_at: isoTimeOrNull(user.lastLogin),
    two_factor_auth_enabled: endUser ? null : false,
    signature: user.signature,
    details: user.details,
    notes: user.notes,
    role_type: user.roleType,
    custom_role_id: user.customRole,
    is_billing_admin: endUser ? null : false,
    moderator: !endUser && user.roleType !== 1,
    ticket_restriction: user.restriction,
    only_private_comments: user.roleType === 1,
    restricted_agent: endUser || user.restriction !== null,
    suspended: user.suspended,
    default_group_id: user.group,
    report_csv: user.role === 'admin',
    user_fields: fieldValues(store, 'user_fields', user.fields),
  }
}

/** An organization; exports add `deleted_at` (`exportedOrganizationRow`). */
export function organizationRow(store: Store, organization: Organization): Row {
  return {
    url: `${store.base}/api/v2/organizations/${organization.id}.json`,
    id: organization.id,
    name: organization.name,
    shared_tickets: organization.sharedTickets,
    shared_comments: organization.sharedComments,
    external_id: organization.externalId,
    created_at: isoTime(organization.created),
    updated_at: isoTime(organization.updated),
    domain_names: organization.domains,
    details: organization.details,
    notes: organization.notes,
    group_id: organization.group,
    tags: organization.tags,
    organization_fields: fieldValues(store, 'organization_fields', organization.fields),
  }
}

/** An organization as the export gives it. */
export function exportedOrganizationRow(store: Store, organization: Organization): Row {
  return { ...organizationRow(store, organization), deleted_at: isoTimeOrNull(organization.deleted) }
}

/** A group. */
export function groupRow(store: Store, group: Group): Row {
  return {
    url: `${store.base}/api/v2/groups/${group.id}.json`,
    id: group.id,
    is_public: group.isPublic,
    name: group.name,
    description: group.description,
    default: group.default,
    deleted: group.deleted,
    created_at: isoTime(group.created),
    updated_at: isoTime(group.updated),
  }
}

function photoRow(store: Store, user: User): Row {
  const file = (id: number, name: string, side: number): Row => {
    const url = `${store.base}/system/photos/${user.id + 1}/${name}`
    return fileRow(store, id, { name, url, type: 'image/png', size: side * 68, width: side, height: side })
  }
  return { ...file(user.id + 1, 'photo.png', 80), thumbnails: [file(user.id + 2, 'photo_thumb.png', 32)] }
}
