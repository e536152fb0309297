import {
  addTranslated,
  changeTranslation,
  touch,
  translationOf,
  type Voted,
  vote,
} from '../account/help-center/content.ts'
import type { Entry } from '../account/table.ts'
import { isoTime } from '../iso-time.ts'
import { createHelpCenterTexts } from '../seed/help-center/texts.ts'
import { type Kinds, type Kit, on } from './kit.ts'

const FOLLOWED = [
  ['articles', 'Article'],
  ['sections', 'Section'],
  ['topics', 'Topic'],
  ['posts', 'Post'],
] as const

/** Random changes of the Help Center and its community. Votes on comments, which move nothing else, aren't among them. */
export const HELP_CENTER_KINDS: Kinds = {
  createArticle: [
    0.8,
    (kit) =>
      on(kit.entry('articles'), (like) => {
        const [texts, by] = [textsOf(kit), kit.agent()?.id ?? -1]
        const title = texts.title(String(like['source_locale']))
        const { section_id, source_locale, locale, permission_group_id } = like
        const values = {
          ...{ author_id: by, comments_disabled: false, draft: kit.random.chance(0.2), promoted: false, position: 0 },
          ...{ section_id, name: title, title, source_locale, locale, outdated: false, body: texts.body() },
          ...{ edited_at: isoTime(kit.store.clock.now()), user_segment_id: null, user_segment_ids: [] },
          ...{ permission_group_id, content_tag_ids: [], label_names: [] },
        }
        addTranslated(kit.store, 'articles', values, by)
      }),
  ],
  editArticle: [
    1.5,
    (kit) =>
      on(kit.entry('articles'), (article) => {
        const [texts, locale] = [textsOf(kit), article['source_locale']]
        const translation = translationOf(kit.store, 'articles', article, locale)
        const text = { title: texts.title(String(locale)), body: texts.body(), updated_by_id: kit.agent()?.id ?? -1 }
        if (translation !== undefined) changeTranslation(kit.store, 'articles', translation, text)
      }),
  ],
  promoteArticle: [
    0.5,
    ({ account, entry }) =>
      on(entry('articles'), ({ id, promoted }) =>
        account.updateRecord('articles', id, { promoted: promoted !== true }),
      ),
  ],
  deleteArticle: [0.3, ({ account, entry }) => on(entry('articles'), ({ id }) => account.deleteRecord('articles', id))],
  commentOnArticle: [
    1,
    (kit) =>
      on(
        kit.entry('articles', (one) => one['comments_disabled'] !== true),
        (article) => {
          const about = { source_id: article.id, source_type: 'Article', locale: article['locale'] }
          kit.account.createRecord('article_comments', { ...written(kit), ...about })
          touch(kit.store, 'articles', article)
        },
      ),
  ],
  editArticleComment: [0.3, (kit) => edited(kit, 'article_comments', 'articles', 'source_id')],
  deleteArticleComment: [0.2, (kit) => deleted(kit, 'article_comments', 'articles', 'source_id')],
  voteOnArticle: [2, (kit) => voted(kit, 'articles')],
  follow: [
    0.5,
    ({ account, customer, entry, random }) => {
      const [table, content_type] = random.pick(FOLLOWED)
      const [user, content] = [customer(), entry(table)]
      if (user === undefined || content === undefined) return false
      if (entry('subscriptions', (one) => one['content_id'] === content.id && one['user_id'] === user.id)) return false
      const about = { user_id: user.id, content_id: content.id, content_type, locale: content['locale'] ?? null }
      account.createRecord('subscriptions', { ...about, include_comments: false })
      return true
    },
  ],
  createPost: [
    0.8,
    (kit) =>
      on(kit.entry('topics'), (topic) => {
        const { author_id, ...nobody } = written(kit)
        const texts = textsOf(kit)
        kit.account.createRecord('posts', {
          ...{ title: texts.post(), details: texts.body() ?? '', author_id, topic_id: topic.id, status: 'none' },
          ...{ featured: false, pinned: false, closed: false, frozen: false, content_tag_ids: [] },
          ...{ non_author_editor_id: nobody.non_author_editor_id, non_author_updated_at: nobody.non_author_updated_at },
        })
      }),
  ],
  updatePost: [
    0.5,
    ({ account, entry, random }) =>
      on(entry('posts'), ({ id }) =>
        account.updateRecord('posts', id, { status: random.pick(['planned', 'not_planned', 'completed', 'answered']) }),
      ),
  ],
  deletePost: [0.2, ({ account, entry }) => on(entry('posts'), ({ id }) => account.deleteRecord('posts', id))],
  commentOnPost: [
    1,
    (kit) =>
      on(
        kit.entry('posts', (one) => one['closed'] !== true),
        (post) => {
          kit.account.createRecord('post_comments', { ...written(kit), official: false, post_id: post.id })
          touch(kit.store, 'posts', post)
        },
      ),
  ],
  editPostComment: [0.3, (kit) => edited(kit, 'post_comments', 'posts', 'post_id')],
  deletePostComment: [0.2, (kit) => deleted(kit, 'post_comments', 'posts', 'post_id')],
  voteOnPost: [1.5, (kit) => voted(kit, 'posts')],
}

const textsOf = ({ random }: Kit) => createHelpCenterTexts(random)

// The texts of customers.
function written(kit: Kit) {
  const author_id = kit.customer()?.id ?? -1
  return { body: textsOf(kit).comment(), author_id, non_author_editor_id: null, non_author_updated_at: null }
}

function edited(kit: Kit, table: string, parents: string, key: string): boolean {
  return on(kit.entry(table), (comment) => {
    kit.account.updateRecord(table, comment.id, { body: textsOf(kit).comment() })
    touchParent(kit, comment, parents, key)
  })
}

function deleted(kit: Kit, table: string, parents: string, key: string): boolean {
  return on(kit.entry(table), (comment) => {
    kit.account.deleteRecord(table, comment.id)
    touchParent(kit, comment, parents, key)
  })
}

function touchParent({ store }: Kit, comment: Entry, parents: string, key: string): void {
  const parent = store.table(parents).get(comment[key] as number)
  if (parent !== undefined) touch(store, parents, parent)
}

function voted({ store, entry, customer, random }: Kit, table: Voted): boolean {
  const user = customer()
  const item = entry(table)
  if (user === undefined || item === undefined) return false
  vote(store, table, item, { user_id: user.id, value: random.chance(0.75) ? 1 : -1 })
  return true
}
