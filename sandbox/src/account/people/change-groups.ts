import { logAudit } from '../audit-log.ts'
import type { Store } from '../store.ts'
import { dissolve } from './change-memberships.ts'
import type { Group } from './model.ts'

/** Changes of a group. */
export type GroupChanges = { readonly name?: string; readonly description?: string; readonly isPublic?: boolean }

/** The mutations of groups. They throw if there is none. */
export type GroupMutations = {
  /** Gives the id. */
  readonly createGroup: (group?: GroupChanges) => number
  readonly updateGroup: (id: number, changes: GroupChanges) => void
  /** Its agents lose it. Assumed (fact 354): tickets keep its id. */
  readonly deleteGroup: (id: number) => void
}

/** The mutations of a store's groups. */
export function groupMutations(store: Store): GroupMutations {
  const { clock, people } = store
  const known = (id: number): Group => {
    const group = store.groups.get(id)
    if (group === undefined) throw new Error(`There is no record ${id}.`)
    return group
  }
  return {
    createGroup: (given = {}) => {
      const id = store.nextId()
      const [created, updated] = [clock.now(), clock.now()]
      const own = { name: `Group ${id}`, description: '', isPublic: true, ...given }
      const group: Group = { id, created, updated, ...own, default: false, deleted: false }
      store.groups.set(id, group)
      people.past.appeared(group)
      return id
    },
    updateGroup: (id, changes) => {
      const group = known(id)
      people.past.changing(group)
      Object.assign(group, changes, { updated: clock.now() })
    },
    deleteGroup: (id) => {
      const group = known(id)
      const source = { sourceType: 'group', sourceId: id, sourceLabel: `Group: ${group.name}` }
      logAudit(store, { actor: -1, action: 'destroy', ...source })
      people.past.changing(group)
      dissolve(store, 'group', id)
      Object.assign(group, { deleted: true, updated: clock.now() })
    },
  }
}
