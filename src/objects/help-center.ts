import type { Allowed, WriteObject } from '../model/writing.ts'
import { defineObject } from './define.ts'
import { amongAll, below, byId } from './keys.ts'

/** Names and descriptions belong to the translation in its own language: elsewhere Zendesk ignores changes of them. */
const translationOf = (path: string, columns: Readonly<Record<string, string>>) => ({
  columns,
  at: `${path}/{id}/translations/{locale}`,
})

/** Those who follow a section get a mail of each article, unless this stands beside it. */
const withoutMails = (_: unknown, { subscribers }: Allowed) => ({ notify_subscribers: subscribers })

// None has an external id: two of one name are ambiguous.

export const categories = defineObject({
  name: 'categories',
  one: 'category',
  path: 'help_center/categories',
  keys: [amongAll('name'), byId],
  writable: 'name description locale position',
  required: ['name', 'locale'],
  unread: ['locale'],
  translation: translationOf('help_center/categories', { name: 'title', description: 'body' }),
})

export const sections = defineObject({
  name: 'sections',
  path: 'help_center/sections',
  at: { create: 'help_center/categories/{category_id}/sections' },
  keys: [amongAll('name'), byId, amongAll('category_id', 'name')],
  writable: 'name description locale category_id parent_section_id position sorting theme_template',
  required: ['name', 'category_id', 'locale'],
  references: 'category_name:categories',
  unread: ['locale'],
  translation: translationOf('help_center/sections', { name: 'title', description: 'body' }),
})

export const articles = defineObject({
  name: 'articles',
  path: 'help_center/articles',
  at: { create: 'help_center/sections/{section_id}/articles' },
  keys: [amongAll('title'), byId, amongAll('section_id', 'title')],
  writable:
    'title body draft locale section_id author_id position promoted comments_disabled label_names:set content_tag_ids permission_group_id user_segment_id',
  required: ['title', 'locale', 'section_id', 'permission_group_id', 'user_segment_id?'],
  references: 'section_name:sections',
  unread: ['locale'],
  translation: translationOf('help_center/articles', { title: 'title', body: 'body', draft: 'draft' }),
  beside: withoutMails,
})

const translationsOf = (source: string, by: string): WriteObject => {
  const [one, path] = [source === 'categories' ? 'category' : source.slice(0, -1), `help_center/${source}`]
  const at = `${path}/{source_id}/translations`
  return defineObject({
    name: `${one}_translations`,
    many: 'translations',
    at: { create: at, one: `${at}/{locale}`, delete: 'help_center/translations/{id}' },
    keys: [below(at, 'source_id', 'locale')],
    writable: 'source_id locale title body draft outdated hidden',
    required: ['source_id', 'locale', 'title'],
    references: `source_${by}:${source}`,
    ...(source === 'articles' && { beside: withoutMails }),
  })
}

export const articleTranslations = translationsOf('articles', 'title')
export const sectionTranslations = translationsOf('sections', 'name')
export const categoryTranslations = translationsOf('categories', 'name')
