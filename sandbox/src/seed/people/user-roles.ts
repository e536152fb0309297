import type { Store } from '../../account/store.ts'

/** Gives the staff the account's custom roles, by their type; without custom roles nobody has one. */
export function giveCustomRoles(store: Store): void {
  const roles = Map.groupBy(store.table('custom_roles').all(), ({ role_type }) => role_type)
  let nth = 0
  for (const user of store.users.values()) {
    const fitting = user.roleType === null ? [] : (roles.get(user.roleType) ?? [])
    const role = fitting[nth++ % Math.max(1, fitting.length)]
    user.customRole = typeof role?.id === 'number' ? role.id : null
  }
}
