import type { CustomRole } from '../../generated/custom_roles.ts'
import type { DeletedUser } from '../../generated/deleted_users.ts'
import type { GroupMembership } from '../../generated/group_memberships.ts'
import type { OrganizationField } from '../../generated/organization_fields.ts'
import type { OrganizationMembership } from '../../generated/organization_memberships.ts'
import type { OrganizationSubscription } from '../../generated/organization_subscriptions.ts'
import type { UserField } from '../../generated/user_fields.ts'
import { cursorList, numberedList } from '../../zendesk/walks/list.ts'
import { defineStream, shownUnder } from '../define.ts'

const userFieldList = cursorList({ path: 'user_fields' })
export const userFields = defineStream<UserField>()({
  name: 'user_fields',
  isSelectedByDefault: true,
  cursorField: 'updated_at',
  walk: userFieldList,
  show: shownUnder(userFieldList),
})

const organizationFieldList = cursorList({ path: 'organization_fields' })
export const organizationFields = defineStream<OrganizationField>()({
  name: 'organization_fields',
  isSelectedByDefault: true,
  cursorField: 'updated_at',
  walk: organizationFieldList,
  show: shownUnder(organizationFieldList),
})

export const customRoles = defineStream<CustomRole>()({
  name: 'custom_roles',
  needs: 'Suite or Support Enterprise, or above',
  cursorField: 'updated_at',
  walk: numberedList({ path: 'custom_roles' }),
})

// Both lists come in order of their ids, so that no row is overlooked: a missing row was deleted.

export const organizationMemberships = defineStream<OrganizationMembership>()({
  name: 'organization_memberships',
  isSelectedByDefault: true,
  cursorField: 'updated_at',
  walk: cursorList({ path: 'organization_memberships' }),
})

export const groupMemberships = defineStream<GroupMembership>()({
  name: 'group_memberships',
  isSelectedByDefault: true,
  cursorField: 'updated_at',
  walk: cursorList({ path: 'group_memberships' }),
})

/** A subscription never changes: it is made and removed (fact 273). */
export const organizationSubscriptions = defineStream<OrganizationSubscription>()({
  name: 'organization_subscriptions',
  cursorField: 'created_at',
  walk: cursorList({ path: 'organization_subscriptions' }),
})

/** The thin profiles of those who were deleted; `users` has them too, in full, as deleted (fact 274). */
export const deletedUsers = defineStream<DeletedUser>()({
  name: 'deleted_users',
  cursorField: 'updated_at',
  walk: cursorList({ path: 'deleted_users' }),
})
