import type { Row } from '../../account/model.ts'
import type { User } from '../../account/people/model.ts'
import { identityRow } from '../../rows/identities.ts'
import { groupRow, organizationRow } from '../../rows/people.ts'
import type { Served } from '../served.ts'

/** The side-loads of users, under the names in `include`. */
export function userSideLoads({ store }: Served, users: readonly User[], include: ReadonlySet<string>): Row {
  const rows: Row = {}
  const parents = (ids: Iterable<number | null>) => [...new Set(ids)].filter((id) => id !== null)
  if (include.has('identities'))
    rows['identities'] = users.flatMap((user) => user.identities.map((one) => identityRow(store, user, one)))
  if (include.has('organizations'))
    rows['organizations'] = parents(users.map(({ organization }) => organization)).flatMap((id) => {
      const one = store.organizations.get(id)
      return one === undefined || one.deleted > 0 ? [] : [organizationRow(store, one)]
    })
  if (include.has('groups')) {
    const { groupMemberships } = store.people
    const ids = users.flatMap((user) => groupMemberships.ofUser(user.id).map(({ parent }) => parent))
    rows['groups'] = parents(ids).flatMap((id) => {
      const group = store.groups.get(id)
      return group === undefined ? [] : [groupRow(store, group)]
    })
  }
  if (include.has('roles')) {
    const roles = store.table('custom_roles')
    rows['roles'] = parents(users.map(({ customRole }) => customRole)).flatMap((id) => {
      const role = roles.get(id)
      return role === undefined ? [] : [roles.row(role)]
    })
  }
  // Assumed (fact 363): the names of the abilities, as an administrator has them.
  if (include.has('abilities'))
    rows['abilities'] = users.map((user) => ({
      url: `${store.base}/api/v2/users/${user.id}.json`,
      user_id: user.id,
      can_edit: !user.shared,
      can_edit_password: user.role === 'end-user',
      can_manage_identities_of: !user.shared,
      can_verify_identities: true,
      can_change_role: user.role !== 'admin',
    }))
  if (include.has('open_ticket_count')) {
    const counts: Record<string, number> = Object.fromEntries(users.map(({ id }) => [String(id), 0]))
    for (const { values, deleted } of store.tickets) {
      const key = String(values.requester_id)
      if (deleted === 0 && values.status !== 'solved' && values.status !== 'closed' && key in counts)
        counts[key] = (counts[key] ?? 0) + 1
    }
    rows['open_ticket_count'] = counts
  }
  return rows
}
