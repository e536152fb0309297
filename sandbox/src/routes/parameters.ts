import type { Row } from '../account/model.ts'
import type { Store } from '../account/store.ts'
import { invalidAttribute, recordNotFound } from '../http/errors.ts'
import type { Asked } from '../http/pages/links.ts'
import { asksForCursor, cursorPage, offsetPage, type Page } from '../http/pages/list.ts'
import type { Sequence } from '../http/pages/sequence.ts'
import { isoTime } from '../iso-time.ts'

/** The id in a path; a 400 if it is no number. `route` is Zendesk's name of the endpoint. */
export function idOf(text: string | undefined, route: string): number {
  const id = text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined
  if (id === undefined) throw invalidAttribute('id', route)
  return id
}

/** A record that must be there. */
export function found<T>(record: T | undefined): T {
  if (record === undefined) throw recordNotFound()
  return record
}

/** A list in the pagination that was asked for: by cursor when `page[size]` is there, else by number. */
export function listPage<T>(asked: Asked, sequence: Sequence<T>, route: string): Page<T> {
  return asksForCursor(asked) ? cursorPage(asked, sequence, undefined, route) : offsetPage(asked, sequence, route)
}

/** `/…/count`: how many there are, and when they were counted (in `+00:00` style, unlike other times). */
export function countRow(store: Store, items: Iterable<unknown>): Row {
  let value = 0
  for (const _ of items) value++
  return { count: { value, refreshed_at: isoTime(store.clock.now()).replace('Z', '+00:00') } }
}

/** The names in `include`, but for those that a fault passes over. */
export function included({ query, ignored }: Asked): ReadonlySet<string> {
  return namesIn(query.get('include') ?? '', ignored)
}

/** Names between commas, but for those that are passed over (`*` for all). */
export function namesIn(list: string, ignored: ReadonlySet<string> = new Set()): ReadonlySet<string> {
  const names = list.split(',').map((name) => name.trim())
  return new Set(names.filter((name) => !ignored.has(name) && !ignored.has('*')))
}

/** A parameter that is true or false. */
export function flag({ query }: Asked, name: string): boolean {
  return query.get(name) === 'true' || query.get(name) === '1'
}
