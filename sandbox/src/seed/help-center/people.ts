import { VOTED, type Voted } from '../../account/help-center/content.ts'
import type { User } from '../../account/people/model.ts'
import type { Store } from '../../account/store.ts'
import type { Entry } from '../../account/table.ts'
import { isoTime } from '../../iso-time.ts'
import type { Random } from '../../random.ts'

/** The shared tools that write the parts of the Help Center; times are epoch seconds (UTC). */
export type HelpCenterWriting = {
  readonly store: Store
  readonly random: Random
  readonly start: number
  readonly latest: number
  readonly staff: readonly User[]
  readonly customers: readonly User[]
  /** A time between two, as the API writes it. */
  readonly between: (from: number, to: number) => string
}

/** The people and times of a Help Center. Authors may have been deleted since, as in real accounts. */
export function createWriting(store: Store, random: Random, start: number, latest: number): HelpCenterWriting {
  const users = [...store.users.values()].filter(({ permanentlyDeleted }) => !permanentlyDeleted)
  return {
    store,
    random,
    start,
    latest,
    staff: users.filter(({ role }) => role !== 'end-user'),
    customers: users.filter(({ role }) => role === 'end-user'),
    between: (from, to) => isoTime(random.between(Math.min(from, to), to)),
  }
}

/** Epoch seconds of a time as the API writes it. */
export function secondsOf(time: unknown): number {
  return Date.parse(String(time)) / 1000
}

/** Up to `most` votes of different customers on an item; moves its `updated_at` to the last of them. */
export function generateVotes(writing: HelpCenterWriting, table: Voted, item: Entry, most: number): void {
  const { store, random, customers, latest, between } = writing
  const count = random.between(0, most)
  if (count === 0) return
  const from = random.between(0, customers.length - 1)
  let last = String(item['updated_at'])
  for (let nth = 0; nth < Math.min(count, customers.length); nth++) {
    const created = between(secondsOf(item['created_at']), latest)
    store.table(VOTED[table].table).add({
      user_id: customers[(from + nth) % customers.length]?.id,
      value: random.chance(0.75) ? 1 : -1,
      item_id: item.id,
      item_type: VOTED[table].type,
      created_at: created,
    })
    if (created > last) last = created
  }
  store.table(table).change(item.id, { updated_at: last })
}

/** Subscriptions of some people to a record. */
export function generateSubscriptions(
  { store, random, customers, latest, between }: HelpCenterWriting,
  to: { content: Entry; type: 'Article' | 'Section' | 'Topic' | 'Post'; most: number },
): void {
  const { content, type, most } = to
  const people = random.some(customers.slice(0, 20), random.between(0, most))
  for (const { id } of people)
    store.table('subscriptions').add({
      user_id: id,
      content_id: content.id,
      content_type: type,
      locale: content['locale'] ?? null,
      include_comments: type === 'Section' || type === 'Topic' ? random.chance(0.5) : false,
      created_at: between(secondsOf(content['created_at']), latest),
    })
}

/** Who edited a text that isn't theirs, and when; both are null for most texts. */
export function editedBy({ random, staff, latest, between }: HelpCenterWriting, created: string) {
  if (random.chance(0.9)) return { non_author_editor_id: null, non_author_updated_at: null }
  return {
    non_author_editor_id: random.pick(staff).id,
    non_author_updated_at: between(secondsOf(created), latest),
  }
}
