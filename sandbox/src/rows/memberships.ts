import type { Row } from '../account/model.ts'
import type { Membership } from '../account/people/memberships.ts'
import type { Store } from '../account/store.ts'
import { isoTime } from '../iso-time.ts'

/** That a user belongs to an organization; `default` is true or null. */
export function organizationMembershipRow(store: Store, one: Membership): Row {
  const organization = store.organizations.get(one.parent)
  return {
    url: `${store.base}/api/v2/organization_memberships/${one.id}.json`,
    id: one.id,
    user_id: one.user,
    organization_id: one.parent,
    default: one.default ? true : null,
    created_at: isoTime(one.created),
    organization_name: organization?.name ?? null,
    updated_at: isoTime(one.updated),
    view_tickets: organization?.sharedTickets ?? false,
  }
}

/** That an agent belongs to a group. */
export function groupMembershipRow(store: Store, one: Membership): Row {
  return {
    url: `${store.base}/api/v2/group_memberships/${one.id}.json`,
    id: one.id,
    user_id: one.user,
    group_id: one.parent,
    default: one.default,
    created_at: isoTime(one.created),
    updated_at: isoTime(one.updated),
  }
}
