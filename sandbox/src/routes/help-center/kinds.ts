import { TRANSLATED, type Translated, translationOf, votesOn } from '../../account/help-center/content.ts'
import type { Row } from '../../account/model.ts'
import type { User } from '../../account/people/model.ts'
import { childrenOf } from '../../account/record-tree.ts'
import type { Store } from '../../account/store.ts'
import type { Entry } from '../../account/table.ts'
import type { Call } from '../../http/family.ts'
import { userRow } from '../../rows/people.ts'
import { included } from '../parameters.ts'
import { BY_POSITION, byText, type HelpCenterKind, isStaff, timeOrders } from './records.ts'

/** Categories, in the call's language. */
export function categoryKind(store: Store): HelpCenterKind {
  return {
    ...{ table: 'categories', one: 'category', many: 'categories' },
    orders: { position: BY_POSITION, ...timeOrders('created_at', 'updated_at') },
    ...inLanguage(store, 'categories'),
  }
}

/** Sections, in the call's language. */
export function sectionKind(store: Store): HelpCenterKind {
  return {
    ...{ table: 'sections', one: 'section', many: 'sections' },
    orders: { position: BY_POSITION, ...timeOrders('created_at', 'updated_at') },
    ...inLanguage(store, 'sections'),
    sideLoaded: (entries, call) =>
      included(call.asked).has('categories') ? { categories: rowsOf(store, 'categories', entries, 'category_id') } : {},
  }
}

/** Articles, in the call's language; drafts and restricted ones for those who may see them. */
export function articleKind(store: Store): HelpCenterKind {
  const language = inLanguage(store, 'articles')
  return {
    ...{ table: 'articles', one: 'article', many: 'articles' },
    orders: {
      position: BY_POSITION,
      title: byText('title'),
      ...timeOrders('created_at', 'updated_at', 'edited_at'),
    },
    sees: (entry, call) => language.sees(entry, call) && seesArticle(store, entry, call),
    row: (entry, call) => {
      const row = language.row(entry, call)
      if (!included(call.asked).has('translations')) return row
      // Assumed (fact 367): translations stand inside their article, other side-loads next to the list.
      const all = childrenOf(store, 'article_translations', 'source_id', entry.id)
      return { ...row, translations: all.map((one) => store.table('article_translations').row(one)) }
    },
    sideLoaded: (entries, call) => sideLoadedArticles(store, entries, call),
  }
}

/** Comments and votes, by their age. */
export function smallKind(table: string, one: string, many: string): HelpCenterKind {
  return { table, one, many, orders: timeOrders('created_at', 'updated_at') }
}

/** Comments, with their authors as a side-load. */
export function commentKind(store: Store, table: 'article_comments' | 'post_comments'): HelpCenterKind {
  return {
    ...smallKind(table, 'comment', 'comments'),
    sideLoaded: (entries, call) => sideLoadedUsers(store, entries, call),
  }
}

/** Posts of the community. Those in topics that the caller doesn't see are hidden. */
export function postKind(store: Store): HelpCenterKind {
  const number = (key: (entry: Entry) => number) => ({
    shape: 'ii',
    key: (entry: Entry) => [key(entry), Number(entry.id)],
  })
  return {
    ...{ table: 'posts', one: 'post', many: 'posts' },
    orders: {
      ...timeOrders('created_at', 'updated_at'),
      // Assumed (fact 366): `edited_at` and `recent_activity`, which rows don't show, move with `updated_at`.
      edited_at: timeOrders('updated_at')['updated_at'] as NonNullable<HelpCenterKind['orders'][string]>,
      recent_activity: timeOrders('updated_at')['updated_at'] as NonNullable<HelpCenterKind['orders'][string]>,
      votes: number((entry) => votesOn(store, 'posts', entry).vote_sum),
      comments: number((entry) => childrenOf(store, 'post_comments', 'post_id', entry.id).length),
    },
    descending: ['recent_activity', 'votes', 'comments'],
    sees: (entry, call) => {
      const topic = store.table('topics').get(entry['topic_id'] as number)
      return topic !== undefined && seesSegment(store, topic['user_segment_id'], call)
    },
    sideLoaded: (entries, call) => ({
      ...sideLoadedUsers(store, entries, call),
      ...(included(call.asked).has('topics') ? { topics: rowsOf(store, 'topics', entries, 'topic_id') } : {}),
    }),
  }
}

/** Topics of the community, a hundred on a page. */
export function topicKind(store: Store): HelpCenterKind {
  return {
    ...{ table: 'topics', one: 'topic', many: 'topics', perPage: 100 },
    // Without `sort_by` cursors hold creation time and id.
    orders: { ...timeOrders('created_at', 'updated_at'), position: BY_POSITION },
    sees: (entry, call) => seesSegment(store, entry['user_segment_id'], call),
  }
}

/** Whether a caller belongs to a user segment; no segment means everybody. Staff see all. */
export function seesSegment(store: Store, segment: unknown, call: Call): boolean {
  if (segment === null || segment === undefined || isStaff(call)) return true
  const found = store.table('user_segments').get(segment as number)
  return found !== undefined && call.caller.user !== undefined && belongs(call.caller.user, found)
}

/** Whether a user belongs to a user segment. */
export function belongs(user: User, segment: Entry): boolean {
  const { user_type, tags, or_tags, organization_ids, group_ids, added_user_ids } = segment as Entry & Segment
  if (added_user_ids.includes(user.id)) return true
  if (user_type === 'staff') {
    if (user.role === 'end-user') return false
    return group_ids.length === 0 || (user.group !== null && group_ids.includes(user.group))
  }
  if (!tags.every((tag) => user.tags.includes(tag))) return false
  if (or_tags.length > 0 && !or_tags.some((tag) => user.tags.includes(tag))) return false
  return organization_ids.length === 0 || (user.organization !== null && organization_ids.includes(user.organization))
}

type Segment = {
  readonly user_type: string
  readonly tags: readonly string[]
  readonly or_tags: readonly string[]
  readonly organization_ids: readonly number[]
  readonly group_ids: readonly number[]
  readonly added_user_ids: readonly number[]
}

// Without a language in the path a record comes in its source language.
function inLanguage(store: Store, table: Translated) {
  const asked = (entry: Entry, call: Call) =>
    call.params['locale'] === undefined || call.params['locale'] === entry['source_locale']
      ? undefined
      : call.params['locale']
  const { title, body } = TRANSLATED[table]
  return {
    sees: (entry: Entry, call: Call): boolean => {
      const locale = asked(entry, call)
      const translation = locale === undefined ? entry : translationOf(store, table, entry, locale)
      return translation !== undefined && (translation['draft'] !== true || isStaff(call))
    },
    row: (entry: Entry, call: Call): Row => {
      const locale = asked(entry, call)
      const translation = locale === undefined ? undefined : translationOf(store, table, entry, locale)
      if (translation === undefined) return store.table(table).row(entry)
      const draft = table === 'articles' ? { draft: translation['draft'] } : {}
      const names = Object.fromEntries(title.map((name) => [name, translation['title']]))
      const shown = { ...names, ...draft, [body]: translation['body'], locale, outdated: translation['outdated'] }
      return store.table(table).row({ ...entry, ...shown })
    },
  }
}

function seesArticle(store: Store, entry: Entry, call: Call): boolean {
  return seesSegment(store, entry['user_segment_id'], call)
}

function sideLoadedArticles(store: Store, entries: readonly Entry[], call: Call): Row {
  const names = included(call.asked)
  const sections = entries.flatMap(({ section_id }) => store.table('sections').get(section_id as number) ?? [])
  return {
    ...sideLoadedUsers(store, entries, call),
    ...(names.has('sections') ? { sections: rowsOf(store, 'sections', entries, 'section_id') } : {}),
    ...(names.has('categories') ? { categories: rowsOf(store, 'categories', sections, 'category_id') } : {}),
  }
}

function sideLoadedUsers(store: Store, entries: readonly Entry[], call: Call): Row {
  if (!included(call.asked).has('users')) return {}
  const ids = new Set(entries.map(({ author_id }) => author_id as number))
  const users = [...ids].flatMap((id) => store.users.get(id) ?? [])
  return { users: users.map((user) => userRow(store, user)) }
}

function rowsOf(store: Store, table: string, entries: readonly Entry[], key: string): Row[] {
  const ids = new Set(entries.map((entry) => entry[key] as number))
  return [...ids].flatMap((id) => {
    const entry = store.table(table).get(id)
    return entry === undefined ? [] : [store.table(table).row(entry)]
  })
}
