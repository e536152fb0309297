import { organizationByName, userByEmail } from '../account/people/lookup.ts'
import type { Setting, Test } from './compile.ts'
import type { Term } from './query.ts'
import { sameText, wordTest } from './text.ts'

/** A test of an id of a user: by id, `me`, `none`, address or name. */
export function userTest({ value }: Term, { store, caller }: Setting): Test<number | null> {
  if (value === 'none') return (id) => id === null
  if (value === 'me') return (id) => id !== null && id === caller.user?.id
  if (/^\d+$/.test(value)) return (id) => id === Number(value)
  if (value.includes('@')) {
    const user = userByEmail(store, value)
    return (id) => user !== undefined && id === user.id
  }
  const name = wordTest(value)
  const ids = new Set<number | null>()
  for (const user of store.users.values()) if (!user.deleted && name(user.name)) ids.add(user.id)
  return (id) => ids.has(id)
}

/** A test of an id of an organization: by id, `none` or name. */
export function organizationTest({ value }: Term, { store }: Setting): Test<number | null> {
  if (value === 'none') return (id) => id === null
  if (/^\d+$/.test(value)) return (id) => id === Number(value)
  const exact = organizationByName(store, value)
  if (exact !== undefined) return (id) => id === exact.id
  const name = wordTest(value)
  const ids = new Set<number | null>()
  for (const one of store.organizations.values()) if (one.deleted === 0 && name(one.name)) ids.add(one.id)
  return (id) => ids.has(id)
}

/** A test of an id of a group, a brand, a form …: by id, `none` or name. */
export function namedTest(
  { value }: Term,
  records: Iterable<{ readonly id: unknown; readonly name?: unknown }>,
): Test<number | null> {
  if (value === 'none') return (id) => id === null
  if (/^\d+$/.test(value)) return (id) => id === Number(value)
  const word = wordTest(value)
  const ids = new Set<unknown>()
  for (const { id, name } of records) if (sameText(name, value) || word(String(name ?? ''))) ids.add(id)
  return (id) => ids.has(id)
}
