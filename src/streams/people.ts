import type { Group } from '../generated/groups.ts'
import type { Organization } from '../generated/organizations.ts'
import type { User } from '../generated/users.ts'
import { cursorExport } from '../zendesk/cursor-export.ts'
import { cursorList } from '../zendesk/list.ts'
import { timeExport } from '../zendesk/time-export.ts'
import { defineStream, shownBelow } from './define.ts'

/** Deleted users stay in the export: `active` is false, and later they are permanently deleted. */
export const users = defineStream<User>({
  name: 'users',
  cursorField: 'updated_at',
  walk: cursorExport({
    name: 'user_export',
    path: 'incremental/users/cursor',
    key: 'users',
    bucket: 'incremental-exports-cursor',
    timeField: 'updated_at',
  }),
  deletedAt: (user) =>
    user['active'] === false || user['permanently_deleted'] === true ? (user['updated_at'] as string) : undefined,
  count: 'users/count',
})

export const organizations = defineStream<Organization>({
  name: 'organizations',
  cursorField: 'updated_at',
  walk: timeExport({
    name: 'organization_export',
    path: 'incremental/organizations',
    key: 'organizations',
    bucket: 'incremental-exports',
    timeField: 'updated_at',
    isDisplaced: (organization) => organization['deleted_at'] != null,
  }),
  deletedAt: (organization) => (organization['deleted_at'] as string | null | undefined) ?? undefined,
  count: 'organizations/count',
})

const groupList = cursorList({ name: 'group_list', path: 'groups', key: 'groups', query: { exclude_deleted: false } })

export const groups = defineStream<Group>({
  name: 'groups',
  cursorField: 'updated_at',
  walk: groupList,
  show: shownBelow(groupList),
  deletedAt: (group) => (group['deleted'] === true ? (group['updated_at'] as string) : undefined),
  count: 'groups/count',
})
