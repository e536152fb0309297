import type { Group } from '../generated/groups.ts'
import type { Organization } from '../generated/organizations.ts'
import type { UserIdentity } from '../generated/user_identities.ts'
import type { User } from '../generated/users.ts'
import type { RecordData } from '../stream.ts'
import { cursorExport } from '../zendesk/cursor-export.ts'
import { cursorList } from '../zendesk/list.ts'
import { timeExport } from '../zendesk/time-export.ts'
import { defineStream, shownBelow } from './define.ts'

const userExport = cursorExport({
  name: 'user_export',
  path: 'incremental/users/cursor',
  key: 'users',
  bucket: 'incremental-exports-cursor',
  timeField: 'updated_at',
  beside: { identities: 'user_id' },
})

/** Deleted users stay in the export: `active` is false, and later they are permanently deleted. */
export const users = defineStream<User>({
  name: 'users',
  cursorField: 'updated_at',
  walk: userExport,
  reads: { active: true, permanently_deleted: true },
  strips: ['identities'],
  deletedAt: (user) =>
    user['active'] === false || user['permanently_deleted'] === true ? (user['updated_at'] as string) : undefined,
  count: 'users/count',
})

/**
 * All identities of each user that changed. One that was deleted is only missing among them, and what a user had before
 * is not remembered: its deletion is not told, and a full refresh corrects it.
 */
export const userIdentities = defineStream<UserIdentity>({
  name: 'user_identities',
  cursorField: 'updated_at',
  walk: userExport,
  include: { include: 'identities' },
  reads: {},
  records: (rows) => rows.flatMap((user) => user['identities'] as readonly RecordData[]),
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
    reads: { deleted_at: true },
    isDisplaced: (organization) => organization['deleted_at'] != null,
  }),
  reads: {},
  deletedAt: (organization) => (organization['deleted_at'] as string | null | undefined) ?? undefined,
  count: 'organizations/count',
})

const groupList = cursorList({ path: 'groups', query: { exclude_deleted: false } })

export const groups = defineStream<Group>({
  name: 'groups',
  cursorField: 'updated_at',
  walk: groupList,
  show: shownBelow(groupList),
  deletedAt: (group) => (group['deleted'] === true ? (group['updated_at'] as string) : undefined),
  count: 'groups/count',
})
