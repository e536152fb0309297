import { addTranslated, knowLabels, removeContent } from '../../account/help-center/content.ts'
import type { Row } from '../../account/model.ts'
import { childrenOf } from '../../account/record-tree.ts'
import type { Store } from '../../account/store.ts'
import type { Entry } from '../../account/table.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import { created, noContent } from '../../http/reply.ts'
import { isoTime } from '../../iso-time.ts'
import { found, idOf } from '../parameters.ts'
import type { Served } from '../served.ts'
import { incrementalArticles } from './incremental.ts'
import { articleKind } from './kinds.ts'
import {
  attributes,
  demandRecord,
  demandText,
  entryIn,
  type HelpCenterKind,
  helpCenterPaths,
  listed,
  sentIn,
  shown,
  signedIn,
  withFeature,
} from './records.ts'
import { changeSource, localeOf } from './structure.ts'

const WRITABLE = [
  ...['author_id', 'comments_disabled', 'promoted', 'position', 'section_id', 'user_segment_id', 'user_segment_ids'],
  ...['permission_group_id', 'content_tag_ids', 'label_names'],
]

/** Articles of the Help Center. */
export function helpCenterArticleRoutes(served: Served): readonly Family[] {
  const kind = articleKind(served.store)

  const incremental: Routes = { 'GET /incremental/articles': (call) => incrementalArticles(served, call) }
  const guarded = (routes: Routes) => withFeature(served, 'help_center', routes)
  return [
    { who: 'anyone', scope: 'hc', routes: helpCenterPaths(guarded(readRoutes(served, kind))) },
    { who: 'agent', scope: 'hc', routes: helpCenterPaths(guarded(writeRoutes(served, kind))) },
    { who: 'agent', scope: 'hc', routes: { ...helpCenterPaths(guarded(incremental)), ...guarded(incremental) } },
  ]
}

const parent = (store: Store, table: string, call: Call, parameter: string) =>
  entryIn(store.table(table), call, parameter)

function readRoutes(served: Served, kind: HelpCenterKind): Routes {
  const { store } = served
  const articles = store.table('articles')
  const list = (entries: Iterable<Entry>, call: Call) => listed(served, kind, withLabels(entries, call), call)
  return {
    'GET /articles': (call) => list(articles.all(), call),
    'GET /articles/:id': (call) => shown(served, kind, entryIn(articles, call), call),
    'GET /sections/:section_id/articles': (call) =>
      list(childrenOf(store, 'articles', 'section_id', parent(store, 'sections', call, 'section_id').id), call),
    'GET /categories/:category_id/articles': (call) => {
      const { id } = parent(store, 'categories', call, 'category_id')
      const sections = childrenOf(store, 'sections', 'category_id', id)
      return list(
        sections.flatMap((section) => childrenOf(store, 'articles', 'section_id', section.id)),
        call,
      )
    },
    'GET /users/:user_id/articles': (call) => {
      const user = found(store.users.get(idOf(call.params['user_id'], 'api/v2/help_center/users/articles')))
      return list(childrenOf(store, 'articles', 'author_id', user.id), call)
    },
  }
}

function writeRoutes(served: Served, kind: HelpCenterKind): Routes {
  const { store } = served
  const articles = store.table('articles')
  return {
    'POST /sections/:section_id/articles': (call) => {
      const section = parent(store, 'sections', call, 'section_id')
      const sent = sentIn(call, 'article')
      demandText(sent, 'title')
      demandLinks(served, sent)
      const { title, body = null, draft = false, position = 0, promoted = false, comments_disabled = false } = sent
      const by = signedIn(call).id
      const locale = localeOf(call, sent)
      const [group] = store.table('permission_groups').all()
      const entry = addTranslated(
        store,
        'articles',
        {
          ...{ author_id: by, comments_disabled, draft, promoted, position, section_id: section.id },
          ...{ name: title, title, source_locale: locale, locale, outdated: false, body },
          ...{ user_segment_id: null, permission_group_id: group?.id, content_tag_ids: [], label_names: [] },
          ...{ user_segment_ids: [], edited_at: isoTime(store.clock.now()) },
          ...attributes(sent, WRITABLE),
          ...segments(sent),
          section_id: section.id,
        },
        by,
      )
      knowLabels(store, entry['label_names'] as string[])
      if (call.body['notify_subscribers'] !== false && draft !== true) mailSubscribers(store, section)
      const row = shown(served, kind, entry, call)
      return created(row, (row['article'] as Row)['url'])
    },
    'PUT /articles/:id': (call) => {
      const entry = entryIn(articles, call)
      const sent = sentIn(call, 'article')
      demandLinks(served, sent)
      // Title, body and draft belong to the translations: they are ignored here, as Zendesk ignores them.
      articles.change(entry.id, { ...attributes(sent, WRITABLE), ...segments(sent) })
      knowLabels(store, entry['label_names'] as string[])
      return shown(served, kind, entry, call)
    },
    'PUT /articles/:id/source_locale': (call) => changeSource(served, 'articles', entryIn(articles, call), call),
    'DELETE /articles/:id': (call) => {
      removeContent(store, 'articles', entryIn(articles, call))
      return noContent()
    },
    'POST /articles/:id/bulk_attachments': (call) => {
      const article = entryIn(articles, call)
      const ids = call.body['attachment_ids']
      const files = store.table('article_attachments')
      const entries = (Array.isArray(ids) ? ids : []).map((id) => found(files.get(Number(id))))
      for (const file of entries) files.change(file.id, { article_id: article.id })
      // Assumed (fact 368): the answer is empty.
      return {}
    },
  }
}

// Whoever follows the section gets a mail of its new articles.
function mailSubscribers(store: Store, section: Entry): void {
  for (const { user_id } of childrenOf(store, 'subscriptions', 'content_id', section.id))
    store.mails.push({ kind: 'article', user: Number(user_id), at: store.clock.now() })
}

// All the labels must be there.
function withLabels(entries: Iterable<Entry>, { asked }: Call): Iterable<Entry> {
  const text = asked.query.get('label_names')
  if (text === null || text === '') return entries
  const names = text.split(',').map((name) => name.trim().toLowerCase())
  return [...entries].filter(({ label_names }) => {
    const known = (label_names as string[]).map((name) => name.toLowerCase())
    return names.every((name) => known.includes(name))
  })
}

// One segment is written under either name, and shown under both.
function segments({ user_segment_id: one, user_segment_ids: several }: Row): Row {
  if (Array.isArray(several)) return { user_segment_ids: several, user_segment_id: several[0] ?? null }
  if (one === undefined) return {}
  return { user_segment_id: one, user_segment_ids: one === null ? [] : [one] }
}

function demandLinks(served: Served, sent: Row): void {
  const { section_id, user_segment_id, permission_group_id } = sent
  if (section_id !== undefined) demandRecord(served, 'sections', 'section_id', section_id)
  if (user_segment_id !== undefined && user_segment_id !== null)
    demandRecord(served, 'user_segments', 'user_segment_id', user_segment_id)
  if (permission_group_id !== undefined)
    demandRecord(served, 'permission_groups', 'permission_group_id', permission_group_id)
}
