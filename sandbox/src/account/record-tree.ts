import type { Store } from './store.ts'
import type { Entry } from './table.ts'

type Grouping = { readonly version: number; readonly groups: ReadonlyMap<unknown, readonly Entry[]> }

const NONE: readonly Entry[] = []
const groupings = new WeakMap<Store, Map<string, Grouping>>()

/**
 * A table's records with this value under a key, in the order of their creation. All records are grouped when the first
 * of them is asked for, and again after the store has changed, so that a list asked once per parent costs next to nothing.
 */
export function childrenOf(store: Store, table: string, key: string, value: unknown): readonly Entry[] {
  let known = groupings.get(store)
  if (known === undefined) {
    known = new Map()
    groupings.set(store, known)
  }
  const name = `${table} ${key}`
  const kept = known.get(name)
  if (kept?.version === store.version) return kept.groups.get(value) ?? NONE
  const groups = new Map<unknown, Entry[]>()
  for (const entry of store.table(table).all()) {
    const group = groups.get(entry[key])
    if (group === undefined) groups.set(entry[key], [entry])
    else group.push(entry)
  }
  known.set(name, { version: store.version, groups })
  return groups.get(value) ?? NONE
}

/** The children that are deleted with a record: their tables, and the key under which they name the record. */
export type Kinship = Readonly<Record<string, readonly (readonly [table: string, key: string])[]>>

/** Removes a record and all that hangs on it. */
export function removeTree(store: Store, kinship: Kinship, table: string, entry: Entry): void {
  // Copied, since each removal groups anew.
  for (const [child, key] of kinship[table] ?? [])
    for (const one of [...childrenOf(store, child, key, entry.id)]) removeTree(store, kinship, child, one)
  if (store.table(table).get(entry.id) !== undefined) store.table(table).remove(entry.id)
}
