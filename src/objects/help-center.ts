import type { Allowed, WriteObject } from '../model/writing.ts'
import { BY_ID, EVERY } from './modes.ts'

/** The keys of what has no external id: its name, or its id. Two of one name are ambiguous. */
const named = (column: string): WriteObject['keys'] => [
  { columns: [column], find: 'whole', modes: EVERY },
  { columns: ['id'], find: 'one', modes: BY_ID },
]

/** Names and descriptions belong to the translation in its own language: elsewhere Zendesk ignores changes of them. */
const translationOf = (path: string, columns: Readonly<Record<string, string>>) => ({
  columns,
  at: `${path}/{id}/translations/{locale}`,
})

/** Those who follow a section get a mail of each article, unless this stands beside it. */
const withoutMails = (_: unknown, { subscribers }: Allowed) => ({ notify_subscribers: subscribers })

export const categories: WriteObject = {
  name: 'categories',
  one: 'category',
  path: 'help_center/categories',
  keys: named('name'),
  writable: 'name description locale position',
  required: ['name', 'locale'],
  unread: ['locale'],
  bulk: [],
  translation: translationOf('help_center/categories', { name: 'title', description: 'body' }),
}

export const sections: WriteObject = {
  name: 'sections',
  one: 'section',
  path: 'help_center/sections',
  at: { create: 'help_center/categories/{category_id}/sections' },
  keys: [...named('name'), { columns: ['category_id', 'name'], find: 'whole', modes: EVERY }],
  writable: 'name description locale category_id parent_section_id position sorting theme_template',
  required: ['name', 'category_id', 'locale'],
  references: { category_name: { fills: 'category_id', object: 'categories', by: 'name' } },
  unread: ['locale'],
  bulk: [],
  translation: translationOf('help_center/sections', { name: 'title', description: 'body' }),
}

export const articles: WriteObject = {
  name: 'articles',
  one: 'article',
  path: 'help_center/articles',
  at: { create: 'help_center/sections/{section_id}/articles' },
  keys: [...named('title'), { columns: ['section_id', 'title'], find: 'whole', modes: EVERY }],
  writable:
    'title body draft locale section_id author_id position promoted comments_disabled label_names content_tag_ids permission_group_id user_segment_id',
  required: ['title', 'locale', 'section_id', 'permission_group_id', 'user_segment_id?'],
  references: { section_name: { fills: 'section_id', object: 'sections', by: 'name' } },
  unread: ['locale'],
  bulk: [],
  sets: ['label_names'],
  translation: translationOf('help_center/articles', { title: 'title', body: 'body', draft: 'draft' }),
  beside: withoutMails,
}

const translationsOf = (source: string, by: string): WriteObject => {
  const [one, path] = [source === 'categories' ? 'category' : source.slice(0, -1), `help_center/${source}`]
  const below = `${path}/{source_id}/translations`
  return {
    name: `${one}_translations`,
    one: 'translation',
    many: 'translations',
    at: { create: below, one: `${below}/{locale}` },
    keys: [{ columns: ['source_id', 'locale'], find: 'below', at: below, modes: ['append', 'update', 'append_dedup'] }],
    writable: 'source_id locale title body draft outdated hidden',
    required: ['source_id', 'locale', 'title'],
    references: { [`source_${by}`]: { fills: 'source_id', object: source, by } },
    bulk: [],
    ...(source === 'articles' && { beside: withoutMails }),
  }
}

export const articleTranslations = translationsOf('articles', 'title')
export const sectionTranslations = translationsOf('sections', 'name')
export const categoryTranslations = translationsOf('categories', 'name')
