import type { AuditLog } from '../../generated/audit_logs.ts'
import type { Group } from '../../generated/groups.ts'
import type { Organization } from '../../generated/organizations.ts'
import type { UserIdentity } from '../../generated/user_identities.ts'
import type { User } from '../../generated/users.ts'
import type { TombstoneList } from '../../model/stream.ts'
import { epochOf, isoOf } from '../../model/time.ts'
import { belowParent } from '../../zendesk/walks/below-parent.ts'
import { changedList } from '../../zendesk/walks/changed-list.ts'
import { cursorExport } from '../../zendesk/walks/cursor-export.ts'
import { withRecords } from '../../zendesk/walks/export-position.ts'
import { datedList, FAR_AHEAD } from '../../zendesk/walks/incremental-list.ts'
import { cursorList } from '../../zendesk/walks/list.ts'
import { rowsOf } from '../../zendesk/walks/rows.ts'
import { timeExport } from '../../zendesk/walks/time-export.ts'
import { defineFallback, defineSideLoad, defineStream, type FallbackDeclaration, shownUnder } from '../define.ts'

const userExport = cursorExport({
  name: 'user_export',
  path: 'incremental/users/cursor',
  key: 'users',
  bucket: 'incremental-exports-cursor',
  timeField: 'updated_at',
  sideLoaded: { identities: 'user_id' },
})

/** A user, with its identities if they are side-loaded. */
interface UserRow extends User {
  readonly identities?: readonly UserIdentity[]
}

/** https://developer.zendesk.com/api-reference/ticketing/users/users/#list-users */
const userList = changedList({
  name: 'user_list',
  path: 'users',
  timeField: 'updated_at',
  sideLoaded: { identities: 'user_id' },
})

/** Deleted users, permanently deleted ones too. They come in order of their ids only; their last change is their deletion (fact 156). */
const deletedUsers: TombstoneList<User> = {
  walk: cursorList({ path: 'deleted_users', query: { sort: 'id' } }),
  idOf: ({ id }) => id,
  timeOf: ({ updated_at }) => epochOf(updated_at) ?? 0,
}

/** Requests a hundred users at the most. Assumed (fact 303), as for tickets: deleted ones are shown too, or left out. */
const usersShown: Pick<FallbackDeclaration, 'show' | 'rowsShown'> = {
  show: (ids) => ({ path: 'users/show_many', query: { ids: ids.join(',') }, expects: 'users' }),
  rowsShown: (page) => withRecords(rowsOf(page, 'users'), page, 'identities', 'user_id'),
}

/** Deleted users stay in the export: `active` is false, and later they are permanently deleted. */
export const users = defineStream<User>()({
  name: 'users',
  priority: 1,
  isSelectedByDefault: true,
  cursorField: 'updated_at',
  walk: userExport,
  reads: { active: true, permanently_deleted: true, updated_at: true },
  deletedAt: (user) => (user.active === false || user.permanently_deleted === true ? user.updated_at : undefined),
  fallback: defineFallback<UserRow>({
    walk: userList,
    asExported: (users) => users.map(({ identities: _, ...user }) => ({ ...user, permanently_deleted: false })),
    tombstones: deletedUsers,
    tombstoneOf: (id, time) => ({ id, updated_at: isoOf(time), active: false }),
    ...usersShown,
  }),
  count: 'users/count',
})

/**
 * Identities come in a list of their own beside the list of users. A deleted user has none.
 * https://developer.zendesk.com/api-reference/ticketing/users/user_identities/#list-identities
 */
const identitiesOfUsers = defineSideLoad<UserRow>()({
  key: 'identities',
  include: 'identities',
  isMissing: ({ identities, active }) => identities === undefined && active !== false,
  reads: { id: true, active: true, identities: true },
  instead: {
    path: 'users/{id}/identities',
    parentOf: ({ id }) => id,
    walk: (user_id) => belowParent(cursorList({ path: `users/${user_id}/identities` }), { user_id }),
    fill: (user, identities, isWhole) => (isWhole ? { ...user, identities } : undefined),
    show: (id) => ({ path: `users/${id}` }),
    // A deleted user is still shown (fact 157).
    isDeleted: ({ active }) => active === false,
  },
})

/**
 * All identities of each user that changed. A deleted identity is missing among them, and what a user had before is not
 * remembered: its deletion is not emitted, and a full refresh corrects it.
 */
export const userIdentities = defineStream<UserIdentity, UserRow>()({
  name: 'user_identities',
  cursorField: 'updated_at',
  walk: userExport,
  include: { include: 'identities' },
  sideLoads: [identitiesOfUsers],
  at: ['identities'],
  reads: {},
  fallback: defineFallback<UserRow>({
    walk: userList,
    include: { include: 'identities' },
    sideLoads: [identitiesOfUsers],
    ...usersShown,
  }),
})

/**
 * There is no list of deleted organizations, but the audit log reports them, if the account has one.
 * https://developer.zendesk.com/api-reference/ticketing/account-configuration/audit_logs/
 */
const deletedOrganizations: TombstoneList<AuditLog> = {
  walk: {
    ...datedList({
      name: 'deleted_organizations',
      path: 'audit_logs',
      query: { sort: 'created_at', 'filter[source_type]': 'organization', 'filter[action]': 'destroy' },
      since: (time) => ({ 'filter[created_at][]': [isoOf(time), FAR_AHEAD] }),
      orderField: 'created_at',
      timeField: 'created_at',
    }),
    timeOf: ({ created_at }) => epochOf(created_at),
  },
  idOf: ({ source_id }) => Number(source_id),
  timeOf: ({ created_at }) => epochOf(created_at) ?? 0,
}

export const organizations = defineStream<Organization>()({
  name: 'organizations',
  priority: 1,
  isSelectedByDefault: true,
  cursorField: 'updated_at',
  walk: timeExport({
    name: 'organization_export',
    path: 'incremental/organizations',
    key: 'organizations',
    bucket: 'incremental-exports',
    timeField: 'updated_at',
    reads: { deleted_at: true },
    isDisplaced: (organization) => organization.deleted_at != null,
  }),
  reads: { deleted_at: true },
  deletedAt: ({ deleted_at }) => deleted_at,
  fallback: defineFallback<Organization>({
    walk: changedList({ name: 'organization_list', path: 'organizations', timeField: 'updated_at' }),
    asExported: (organizations) => organizations.map((organization) => ({ ...organization, deleted_at: null })),
    tombstones: deletedOrganizations,
    tombstoneOf: (id, time) => ({ id, updated_at: isoOf(time), deleted_at: isoOf(time) }),
    // Without an audit log nothing else reports deletions.
    inventory: {
      name: 'organizations',
      walk: cursorList({ name: 'all_organizations', path: 'organizations', query: { sort: 'id' } }),
      isOpen: () => false,
      timeOf: ({ updated_at }) => epochOf(updated_at) ?? 0,
      content: (organization) => organization,
    },
    show: (ids) => ({ path: 'organizations/show_many', query: { ids: ids.join(',') }, expects: 'organizations' }),
    rowsShown: (page) => rowsOf(page, 'organizations'),
  }),
  count: 'organizations/count',
})

const groupList = cursorList({ path: 'groups', query: { exclude_deleted: false } })

export const groups = defineStream<Group>()({
  name: 'groups',
  isSelectedByDefault: true,
  cursorField: 'updated_at',
  walk: groupList,
  show: shownUnder(groupList),
  deletedAt: (group) => (group.deleted === true ? group.updated_at : undefined),
  count: 'groups/count',
})
