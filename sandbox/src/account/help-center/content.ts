import { isoTime } from '../../iso-time.ts'
import type { Row } from '../model.ts'
import { childrenOf, type Kinship, removeTree } from '../record-tree.ts'
import type { Store } from '../store.ts'
import type { Entry } from '../table.ts'

/** The Help Center's languages; the first is its default. */
export const LOCALES = ['en-us', 'da', 'ja', 'he'] as const

/** By table of records with translations: the translations' table, and the record's names of their texts. */
export const TRANSLATED = {
  categories: { table: 'category_translations', type: 'Category', title: ['name'], body: 'description' },
  sections: { table: 'section_translations', type: 'Section', title: ['name'], body: 'description' },
  articles: { table: 'article_translations', type: 'Article', title: ['name', 'title'], body: 'body' },
} as const

/** A table whose records have translations. */
export type Translated = keyof typeof TRANSLATED

/** Tables of records that can be voted on: the votes' table and their `item_type`. */
export const VOTED = {
  articles: { table: 'article_votes', type: 'Article' },
  article_comments: { table: 'article_comment_votes', type: 'Comment' },
  posts: { table: 'post_votes', type: 'Post' },
  post_comments: { table: 'post_comment_votes', type: 'PostComment' },
} as const

/** A table whose records can be voted on. */
export type Voted = keyof typeof VOTED

const KINSHIP: Kinship = {
  categories: [
    ['sections', 'category_id'],
    ['category_translations', 'source_id'],
  ],
  sections: [
    ['sections', 'parent_section_id'],
    ['articles', 'section_id'],
    ['section_translations', 'source_id'],
    ['subscriptions', 'content_id'],
  ],
  articles: [
    ['article_translations', 'source_id'],
    ['article_comments', 'source_id'],
    ['article_votes', 'item_id'],
    ['article_attachments', 'article_id'],
    ['subscriptions', 'content_id'],
  ],
  article_comments: [['article_comment_votes', 'item_id']],
  topics: [
    ['posts', 'topic_id'],
    ['subscriptions', 'content_id'],
  ],
  posts: [
    ['post_comments', 'post_id'],
    ['post_votes', 'item_id'],
    ['subscriptions', 'content_id'],
  ],
  post_comments: [['post_comment_votes', 'item_id']],
}

/** Deletes a record of the Help Center with all that hangs on it (an article's deletion is Zendesk's archiving). */
export function removeContent(store: Store, table: string, entry: Entry): void {
  removeTree(store, KINSHIP, table, entry)
}

/** Adds a record with its translation into its source language. `by` is the id of who does it. */
export function addTranslated(store: Store, table: Translated, values: Row, by: number): Entry {
  const entry = store.table(table).add(values)
  const { type, body } = TRANSLATED[table]
  addTranslation(store, table, entry, {
    locale: entry['source_locale'],
    title: entry['name'],
    body: entry[body],
    draft: entry['draft'] ?? false,
    source_type: type,
    created_by_id: by,
    updated_by_id: by,
    created_at: entry['created_at'],
    updated_at: entry['updated_at'],
  })
  return entry
}

/** Adds a translation of a record. */
export function addTranslation(store: Store, table: Translated, source: Entry, values: Row): Entry {
  return store.table(TRANSLATED[table].table).add({
    source_id: source.id,
    source_type: TRANSLATED[table].type,
    body: null,
    outdated: false,
    draft: false,
    hidden: false,
    ...values,
  })
}

/** Changes a translation, and its source if that shows the translation. */
export function changeTranslation(store: Store, table: Translated, translation: Entry, values: Row): void {
  const { table: translations, title, body } = TRANSLATED[table]
  store.table(translations).change(translation.id, values)
  const source = store.table(table).get(translation['source_id'] as number)
  if (source === undefined) return
  if (source['source_locale'] !== translation['locale']) {
    touch(store, table, source)
    return
  }
  const shown = Object.fromEntries(title.map((name) => [name, translation['title']]))
  const article =
    table === 'articles'
      ? { draft: translation['draft'], outdated: translation['outdated'], edited_at: isoTime(store.clock.now()) }
      : {}
  store.table(table).change(source.id, { ...shown, [body]: translation['body'], ...article })
}

/** The translation of a record into a language. */
export function translationOf(store: Store, table: Translated, source: Entry, locale: unknown): Entry | undefined {
  return childrenOf(store, TRANSLATED[table].table, 'source_id', source.id).find((one) => one['locale'] === locale)
}

/** Votes 1 or -1 for a user on an item, whose earlier vote changes. Gives the vote and whether it is new. */
export function vote(store: Store, table: Voted, item: Entry, values: { user_id: number; value: 1 | -1 }) {
  const { table: votes, type } = VOTED[table]
  const earlier = childrenOf(store, votes, 'item_id', item.id).find((one) => one['user_id'] === values.user_id)
  const cast =
    earlier === undefined
      ? store.table(votes).add({ ...values, item_id: item.id, item_type: type })
      : store.table(votes).change(earlier.id, { value: values.value })
  touch(store, table, item)
  return { vote: cast, isNew: earlier === undefined }
}

/**
 * Moves a record's `updated_at`. Assumed (fact 366): whatever its row shows does so, counts of votes and comments too.
 */
export function touch(store: Store, table: string, entry: Entry): void {
  store.table(table).change(entry.id, {})
}

/** `vote_sum` and `vote_count` of an item. */
export function votesOn(store: Store, table: Voted, item: Entry): { vote_sum: number; vote_count: number } {
  const votes = childrenOf(store, VOTED[table].table, 'item_id', item.id)
  return { vote_sum: votes.reduce((sum, one) => sum + Number(one['value']), 0), vote_count: votes.length }
}

/** Adds the labels that are not yet there. */
export function knowLabels(store: Store, names: readonly string[]): void {
  const labels = store.table('labels')
  const known = new Set(Array.from(labels.all(), ({ name }) => name))
  for (const name of names) if (!known.has(name)) labels.add({ name })
}
