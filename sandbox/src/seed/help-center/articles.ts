import { addTranslated, addTranslation, LOCALES } from '../../account/help-center/content.ts'
import { declareHelpCenter } from '../../account/help-center/tables.ts'
import type { Row } from '../../account/model.ts'
import type { Store } from '../../account/store.ts'
import type { Entry } from '../../account/table.ts'
import { isoTime } from '../../iso-time.ts'
import type { Random } from '../../random.ts'
import { generateCommunity } from './community.ts'
import { generateArticleFiles } from './files.ts'
import {
  createWriting,
  editedBy,
  generateSubscriptions,
  generateVotes,
  type HelpCenterWriting,
  secondsOf,
} from './people.ts'
import { generateSections, translation } from './sections.ts'
import { createHelpCenterTexts, type HelpCenterTexts } from './texts.ts'

const YEAR = 365 * 86_400
const LABELS = ['billing', 'faq', 'beta 🧪', '文章推荐', 'how-to', 'Größe', 'deprecated']

/** The number of articles for a number of tickets: some hundreds for a thousand, three thousand for a hundred thousand. */
export function articleCount(tickets: number): number {
  return Math.min(3000, Math.round(12 + 9 * Math.sqrt(tickets)))
}

/** Writes the Help Center and its community; nothing in them is younger than `latest` (epoch seconds, UTC). */
export function generateHelpCenter(
  store: Store,
  random: Random,
  { tickets, latest }: { tickets: number; latest: number },
): void {
  declareHelpCenter(store)
  const writing = createWriting(store, random, latest - 3 * YEAR, latest)
  const texts = createHelpCenterTexts(random)
  const access = generateAccess(writing)
  const sections = generateSections(writing)
  for (const name of LABELS) store.table('labels').add({ name, created_at: isoTime(writing.start) })
  const tags = ['feature request', 'mama_was_a_rolling_stone', '日本語', 'bug'].map((name, nth) => {
    const created_at = `${isoTime(writing.start + nth * 86_400).slice(0, -1)}.649Z`
    return String(store.table('content_tags').add({ name, created_at }).id)
  })
  const count = articleCount(tickets)
  for (let nth = 0; nth < count; nth++) {
    const created = Math.floor(writing.start + ((latest - 7200 - writing.start) * nth) / count)
    const article = generateArticle(writing, texts, { created, section: random.pick(sections), access, tags, nth })
    generateTranslations(writing, texts, article)
    generateComments(writing, texts, article)
    generateArticleFiles(writing, article)
    generateVotes(writing, 'articles', article, 6)
    generateSubscriptions(writing, { content: article, type: 'Article', most: 2 })
  }
  for (const section of sections) generateSubscriptions(writing, { content: section, type: 'Section', most: 2 })
  generateCommunity(writing, texts, { tickets, tags, segments: access.segments })
}

type AccessIds = { readonly segments: readonly number[]; readonly groups: readonly number[] }

function generateAccess({ store, start }: HelpCenterWriting): AccessIds {
  const created_at = isoTime(start)
  const organization = store.organizations.keys().next().value
  const group = store.groups.keys().next().value
  const segment = (values: Row) =>
    Number(
      store.table('user_segments').add({
        ...{ group_ids: [], organization_ids: [], tags: [], or_tags: [], added_user_ids: [] },
        ...{ groups_agents_only: false, built_in: false, created_at },
        ...values,
      }).id,
    )
  const signedIn = segment({ name: 'Signed-in users', user_type: 'signed_in_users', built_in: true })
  const staff = segment({ name: 'Agents and admins', user_type: 'staff', built_in: true })
  const vip = segment({ name: 'VIP ✨', user_type: 'signed_in_users', tags: ['vip'] })
  const company = segment({ name: 'One company', user_type: 'signed_in_users', organization_ids: [organization] })
  const tier = segment({ name: 'サポート', user_type: 'staff', group_ids: [group], groups_agents_only: true })
  const permission = (name: string, built_in: boolean, edit: readonly number[], publish: readonly number[]) =>
    Number(store.table('permission_groups').add({ name, edit, publish, created_at, built_in }).id)
  return {
    segments: [signedIn, staff, vip, company],
    groups: [permission('Admins', true, [], []), permission('Editors & agents', false, [staff], [staff, tier])],
  }
}

type ArticlePlan = {
  readonly created: number
  readonly section: Entry
  readonly access: AccessIds
  readonly tags: readonly string[]
  readonly nth: number
}

function generateArticle(
  { store, random, staff, latest, between }: HelpCenterWriting,
  texts: HelpCenterTexts,
  { created, section, access, tags, nth }: ArticlePlan,
): Entry {
  const locale = String(section['source_locale'])
  const edited = random.chance(0.5) ? isoTime(created) : between(created, latest)
  const author = random.pick(staff).id
  const segment = random.chance(0.2) ? random.pick(access.segments) : null
  const name = texts.title(locale)
  const values = {
    author_id: author,
    comments_disabled: random.chance(0.1),
    draft: random.chance(0.1),
    promoted: random.chance(0.05),
    position: random.chance(0.7) ? 0 : nth % 7,
    section_id: section.id,
    name,
    title: name,
    source_locale: locale,
    locale,
    outdated: random.chance(0.02),
    edited_at: edited,
    user_segment_id: segment,
    permission_group_id: random.pick(access.groups),
    content_tag_ids: random.chance(0.1) ? random.some(tags, 2) : [],
    label_names: random.chance(0.3) ? random.some(LABELS, 2) : [],
    body: texts.body(),
    user_segment_ids: segment === null ? [] : [segment],
    created_at: isoTime(created),
    updated_at: random.chance(0.7) ? edited : between(secondsOf(edited), latest),
  }
  return addTranslated(store, 'articles', values, author)
}

function generateTranslations(
  { store, random, staff, latest, between }: HelpCenterWriting,
  texts: HelpCenterTexts,
  article: Entry,
): void {
  for (const locale of LOCALES) {
    if (locale === article['source_locale'] || random.chance(0.85)) continue
    const created_at = between(secondsOf(article['created_at']), latest)
    const values = translation(locale, texts.title(locale), random.pick(staff).id)
    const more = { body: texts.body(), outdated: random.chance(0.3), draft: random.chance(0.2), created_at }
    addTranslation(store, 'articles', article, { ...values, ...more })
    if (created_at > String(article['updated_at']))
      store.table('articles').change(article.id, { updated_at: created_at })
  }
}

function generateComments(writing: HelpCenterWriting, texts: HelpCenterTexts, article: Entry): void {
  const { store, random, customers, staff, latest, between } = writing
  const count = random.chance(0.5) ? random.between(1, 4) : 0
  for (let nth = 0; nth < count; nth++) {
    const created_at = between(secondsOf(article['created_at']), latest)
    const comment = store.table('article_comments').add({
      body: texts.comment(),
      author_id: random.pick(random.chance(0.8) ? customers : staff).id,
      source_id: article.id,
      source_type: 'Article',
      locale: article['locale'],
      ...editedBy(writing, created_at),
      created_at,
    })
    generateVotes(writing, 'article_comments', comment, random.chance(0.3) ? 3 : 0)
  }
}
