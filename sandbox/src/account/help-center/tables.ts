import { inKeyOrder } from '../key-order.ts'
import type { Row } from '../model.ts'
import { childrenOf } from '../record-tree.ts'
import type { Store } from '../store.ts'
import type { Entry } from '../table.ts'
import { LOCALES, TRANSLATED, type Translated, type Voted, votesOn } from './content.ts'

const NAMED = ['id', 'url', 'html_url']
const TIMES = ['created_at', 'updated_at']
const LANGUAGE = ['name', 'description', 'locale', 'source_locale', 'outdated']
const EDITED = ['non_author_editor_id', 'non_author_updated_at']
const KEYS = {
  categories: [...NAMED, 'position', ...TIMES, ...LANGUAGE],
  sections: [
    ...[...NAMED, 'category_id', 'position', 'sorting', ...TIMES, ...LANGUAGE],
    ...['parent_section_id', 'theme_template'],
  ],
  articles: [
    ...[...NAMED, 'author_id', 'comments_disabled', 'draft', 'promoted', 'position', 'vote_sum', 'vote_count'],
    ...['section_id', ...TIMES, 'name', 'title', 'source_locale', 'locale', 'outdated', 'outdated_locales'],
    ...['edited_at', 'user_segment_id', 'permission_group_id', 'content_tag_ids', 'label_names', 'body'],
    ...['user_segment_ids'],
  ],
  translations: [
    ...[...NAMED, 'source_id', 'source_type', 'locale', 'title', 'body', 'outdated', 'draft', 'hidden', ...TIMES],
    ...['updated_by_id', 'created_by_id'],
  ],
  article_comments: [
    ...['id', 'url', 'body', 'author_id', 'source_id', 'source_type', 'html_url', 'locale', ...TIMES],
    ...['vote_sum', 'vote_count', ...EDITED],
  ],
  votes: ['id', 'url', 'user_id', 'value', 'item_id', 'item_type', ...TIMES],
  article_attachments: [
    ...['id', 'url', 'article_id', 'display_file_name', 'file_name', 'locale', 'content_url', 'relative_path'],
    ...['content_type', 'size', 'inline', ...TIMES],
  ],
  labels: ['id', 'url', 'name', ...TIMES],
  user_segments: [
    ...['id', 'name', 'user_type', 'group_ids', 'organization_ids', 'tags', 'or_tags', 'added_user_ids'],
    ...['groups_agents_only', ...TIMES, 'built_in'],
  ],
  permission_groups: ['id', 'name', 'edit', 'publish', ...TIMES, 'built_in'],
  subscriptions: ['id', 'url', 'user_id', 'content_id', 'content_type', 'locale', 'include_comments', ...TIMES],
  content_tags: ['id', 'name', ...TIMES],
  topics: [
    ...[...NAMED, 'name', 'description', 'position', 'follower_count', 'community_id', ...TIMES],
    ...['manageable_by', 'user_segment_id'],
  ],
  posts: [
    ...['id', 'title', 'details', 'author_id', 'vote_sum', 'vote_count', 'comment_count', 'follower_count', 'topic_id'],
    ...['html_url', ...TIMES, 'url', 'featured', 'pinned', 'closed', 'frozen', 'status', ...EDITED, 'content_tag_ids'],
  ],
  post_comments: [
    ...['id', 'body', 'author_id', 'vote_sum', 'vote_count', 'official', 'html_url', ...TIMES, 'url', 'post_id'],
    ...EDITED,
  ],
} as const

/** Declares the Help Center's tables. Counts in rows follow from the children, so that the two always agree. */
export function declareHelpCenter(store: Store): void {
  const api = `${store.base}/api/v2/help_center`
  const declare = (name: string, keys: readonly string[], more: (entry: Entry) => Row = () => ({})) => {
    const inOrder = inKeyOrder(...keys)
    store.table(name, { row: (entry) => inOrder({ ...entry, ...more(entry) }) })
  }
  const paths = (kind: string) => (entry: Entry) => {
    const { id, locale, name } = entry
    const slug = slugOf(String(name))
    // Articles whose titles are not all ASCII have been seen without a slug, topics and posts with an escaped one.
    const page = slug === '' || (kind === 'articles' && slug.includes('%')) ? id : `${id}-${slug}`
    return { url: `${api}/${locale}/${kind}/${id}.json`, html_url: `${store.base}/hc/${locale}/${kind}/${page}` }
  }
  declare('categories', KEYS.categories, paths('categories'))
  declare('sections', KEYS.sections, paths('sections'))
  declare('articles', KEYS.articles, (entry) => ({
    ...paths('articles')(entry),
    ...votesOn(store, 'articles', entry),
    outdated_locales: childrenOf(store, 'article_translations', 'source_id', entry.id)
      .filter(({ outdated }) => outdated === true)
      .map(({ locale }) => locale),
  }))
  for (const kind of Object.keys(TRANSLATED) as Translated[])
    declare(TRANSLATED[kind].table, KEYS.translations, ({ source_id, locale }) => ({
      url: `${api}/${kind}/${source_id}/translations/${locale}.json`,
      html_url: `${store.base}/hc/${locale}/${kind}/${source_id}`,
    }))
  declare('article_comments', KEYS.article_comments, (entry) => ({
    url: `${api}/${entry['locale']}/articles/${entry['source_id']}/comments/${entry.id}.json`,
    html_url: `${store.base}/hc/${entry['locale']}/articles/${entry['source_id']}/comments/${entry.id}`,
    ...votesOn(store, 'article_comments', entry),
  }))
  for (const votes of ['article_votes', 'article_comment_votes', 'post_votes', 'post_comment_votes'])
    declare(votes, KEYS.votes, ({ id }) => ({ url: `${api}/votes/${id}.json` }))
  declare('article_attachments', KEYS.article_attachments, ({ id }) => ({
    url: `${api}/articles/attachments/${id}`,
    content_url: `${store.base}/hc/article_attachments/${id}`,
    relative_path: `/hc/article_attachments/${id}`,
  }))
  declare('labels', KEYS.labels, ({ id }) => ({ url: `${api}/articles/labels/${id}.json` }))
  declare('user_segments', KEYS.user_segments)
  declare('permission_groups', KEYS.permission_groups)
  declare('subscriptions', KEYS.subscriptions, (entry) => ({ url: subscriptionUrl(api, entry) }))
  store.table('content_tags', { ids: 'ulid', row: inKeyOrder(...KEYS.content_tags) })
  declareCommunity(store, api)
}

function declareCommunity(store: Store, api: string): void {
  const [home] = LOCALES
  const followers = ({ id }: Entry) => childrenOf(store, 'subscriptions', 'content_id', id).length
  const postName = (id: unknown) => `${id}-${slugOf(String(store.table('posts').get(id as number)?.['title'] ?? ''))}`
  const counted = (table: Voted, entry: Entry) => votesOn(store, table, entry)
  store.table('topics', {
    row: (entry) =>
      inKeyOrder(...KEYS.topics)({
        ...entry,
        url: `${api}/community/topics/${entry.id}.json`,
        html_url: `${store.base}/hc/${home}/community/topics/${entry.id}-${slugOf(String(entry['name']))}`,
        follower_count: followers(entry),
      }),
  })
  store.table('posts', {
    row: (entry) =>
      inKeyOrder(...KEYS.posts)({
        ...entry,
        ...counted('posts', entry),
        comment_count: childrenOf(store, 'post_comments', 'post_id', entry.id).length,
        follower_count: followers(entry),
        html_url: `${store.base}/hc/${home}/community/posts/${postName(entry.id)}`,
        url: `${api}/community/posts/${postName(entry.id)}.json`,
      }),
  })
  store.table('post_comments', {
    row: (entry) => {
      const name = postName(entry['post_id'])
      return inKeyOrder(...KEYS.post_comments)({
        ...entry,
        ...counted('post_comments', entry),
        html_url: `${store.base}/hc/${home}/community/posts/${name}/comments/${entry.id}`,
        url: `${api}/community/posts/${name}/comments/${entry.id}.json`,
      })
    },
  })
}

function subscriptionUrl(api: string, { id, content_id, content_type }: Entry): string {
  const kind = { Article: 'articles', Section: 'sections', Topic: 'community/topics', Post: 'community/posts' }
  return `${api}/${kind[content_type as keyof typeof kind]}/${content_id}/subscriptions/${id}.json`
}

/** A title as addresses carry it: words joined by dashes, letters beyond ASCII escaped, no ASCII marks at the end. */
export function slugOf(title: string): string {
  const dashed = title.replace(/[^\p{L}\p{N}\p{M}]+/gu, (marks) => (/^[ -~]+$/.test(marks) ? ' ' : '-'))
  return encodeURIComponent(dashed.trim().replaceAll(' ', '-').toWellFormed())
}
