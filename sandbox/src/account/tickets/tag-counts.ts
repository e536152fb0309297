import { createHash } from 'node:crypto'
import type { Store } from '../store.ts'

/** A tag and how many records have it. `id` only breaks ties. */
export type TagCount = { readonly name: string; readonly count: number; readonly id: number }

const LATELY = 60 * 86_400
/** Only the most used tags are listed, this many (fact 136). */
const LISTED = 20_000

/** The tags of tickets, users and organizations that changed in the last 60 days, the most used first. */
export function tagCounts(store: Store): TagCount[] {
  const since = store.clock.now() - LATELY
  const counts = new Map<string, number>()
  const count = (tags: readonly string[]) => {
    for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  }
  for (const one of store.tickets) if (one.deleted === 0 && one.updated >= since) count(one.values.tags)
  for (const one of store.users.values()) if (!one.deleted && one.updated >= since) count(one.tags)
  for (const one of store.organizations.values()) if (one.deleted === 0 && one.updated >= since) count(one.tags)
  const all = Array.from(counts, ([name, value]) => ({ name, count: value, id: tagId(name) }))
  return all.sort((one, other) => other.count - one.count || one.id - other.id).slice(0, LISTED)
}

function tagId(name: string): number {
  return createHash('sha256').update(name).digest().readUIntBE(0, 6)
}
