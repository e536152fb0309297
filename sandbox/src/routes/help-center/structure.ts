import {
  addTranslated,
  LOCALES,
  removeContent,
  TRANSLATED,
  type Translated,
} from '../../account/help-center/content.ts'
import type { Row } from '../../account/model.ts'
import { childrenOf } from '../../account/record-tree.ts'
import type { Entry } from '../../account/table.ts'
import { recordInvalid } from '../../http/errors.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import { created, noContent, type Reply } from '../../http/reply.ts'
import type { Served } from '../served.ts'
import { categoryKind, sectionKind } from './kinds.ts'
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

/** Categories and sections of the Help Center. */
export function helpCenterStructureRoutes(served: Served): readonly Family[] {
  const { store } = served
  const categories = categoryKind(store)
  const sections = sectionKind(store)
  const category = (call: Call, parameter = 'id') => entryIn(store.table('categories'), call, parameter)
  const section = (call: Call, parameter = 'id') => entryIn(store.table('sections'), call, parameter)

  const routes: Routes = {
    'GET /categories': (call) => listed(served, categories, store.table('categories').all(), call),
    'GET /categories/:id': (call) => shown(served, categories, category(call), call),
    'POST /categories': (call) => add(served, 'categories', categories, call, {}),
    'PUT /categories/:id': (call) => change(served, 'categories', categories, call),
    'PUT /categories/:id/source_locale': (call) => changeSource(served, 'categories', category(call), call),
    'DELETE /categories/:id': (call) => {
      removeContent(store, 'categories', category(call))
      return noContent()
    },
    'GET /sections': (call) => listed(served, sections, store.table('sections').all(), call),
    'GET /categories/:category_id/sections': (call) => {
      const { id } = category(call, 'category_id')
      return listed(served, sections, childrenOf(store, 'sections', 'category_id', id), call)
    },
    // Assumed (fact 368): sections inside a section are listed as those of a category are.
    'GET /sections/:section_id/sections': (call) => {
      const { id } = section(call, 'section_id')
      return listed(served, sections, childrenOf(store, 'sections', 'parent_section_id', id), call)
    },
    'GET /sections/:id': (call) => shown(served, sections, section(call), call),
    'POST /categories/:category_id/sections': (call) =>
      add(served, 'sections', sections, call, { category_id: category(call, 'category_id').id }),
    'PUT /sections/:id': (call) => change(served, 'sections', sections, call),
    'PUT /sections/:id/source_locale': (call) => changeSource(served, 'sections', section(call), call),
    'DELETE /sections/:id': (call) => {
      removeContent(store, 'sections', section(call))
      return noContent()
    },
    // The rights of sections before user segments came, which some clients still ask for.
    'GET /sections/:id/access_policy': (call) => ({ access_policy: policyOf(section(call)) }),
    'PUT /sections/:id/access_policy': (call) => {
      const entry = section(call)
      const policy = { ...policyOf(entry), ...attributes(sentIn(call, 'access_policy'), Object.keys(POLICY)) }
      store.table('sections').change(entry.id, { access_policy: policy })
      return { access_policy: policy }
    },
  }
  const paths = helpCenterPaths(withFeature(served, 'help_center', routes))
  return [{ who: 'anyone', writers: 'admin', scope: 'hc', routes: paths }]
}

const POLICY: Row = {
  viewable_by: 'everybody',
  manageable_by: 'managers',
  restricted_to_group_ids: [],
  restricted_to_organization_ids: [],
  required_tags: [],
}

function policyOf(section: Entry): Row {
  return (section['access_policy'] as Row | undefined) ?? POLICY
}

const WRITABLE: Readonly<Record<'categories' | 'sections', readonly string[]>> = {
  categories: ['position'],
  sections: ['position', 'sorting', 'theme_template', 'category_id', 'parent_section_id'],
}

function add(served: Served, table: 'categories' | 'sections', kind: HelpCenterKind, call: Call, parent: Row): Reply {
  const sent = sentIn(call, kind.one)
  demandText(sent, 'name')
  const locale = localeOf(call, sent)
  const { sorting = 'manual', theme_template = 'section_page', parent_section_id = null } = sent
  if (parent_section_id !== null) demandRecord(served, 'sections', 'parent_section_id', parent_section_id)
  const values = {
    position: typeof sent['position'] === 'number' ? sent['position'] : 0,
    name: sent['name'],
    description: sent['description'] ?? '',
    locale,
    source_locale: locale,
    outdated: false,
    ...(table === 'sections' ? { sorting, theme_template, parent_section_id } : {}),
    ...parent,
  }
  const entry = addTranslated(served.store, table, values, signedIn(call).id)
  const row = shown(served, kind, entry, call)
  return created(row, (row[kind.one] as Row)['url'])
}

// Texts are changed through translations; here they are ignored, as Zendesk ignores them.
function change(served: Served, table: 'categories' | 'sections', kind: HelpCenterKind, call: Call): Row {
  const entry = entryIn(served.store.table(table), call)
  const values = attributes(sentIn(call, kind.one), WRITABLE[table])
  const { category_id, parent_section_id } = values
  if (category_id !== undefined) demandRecord(served, 'categories', 'category_id', category_id)
  if (parent_section_id !== undefined && parent_section_id !== null)
    demandRecord(served, 'sections', 'parent_section_id', parent_section_id)
  served.store.table(table).change(entry.id, values)
  return shown(served, kind, entry, call)
}

/** `PUT …/source_locale`: shows a record in another of its languages by default. */
export function changeSource({ store }: Served, table: Translated, source: Entry, call: Call): Row {
  const { table: translations, title, body, type } = TRANSLATED[table]
  const locale = call.body[`${type.toLowerCase()}_locale`]
  const all = childrenOf(store, translations, 'source_id', source.id)
  const translation = all.find((one) => one['locale'] === locale)
  if (translation === undefined)
    throw recordInvalid({ source_locale: [{ description: 'Source locale: is invalid', error: 'InvalidValue' }] })
  const names = Object.fromEntries(title.map((name) => [name, translation['title']]))
  const draft = table === 'articles' ? { draft: translation['draft'] } : {}
  const values = { source_locale: locale, locale, outdated: translation['outdated'], ...draft }
  store.table(table).change(source.id, { ...names, [body]: translation['body'], ...values })
  return { [type.toLowerCase()]: store.table(table).row(source) }
}

/** The language of a new record: as sent, else that of the path, else the default. */
export function localeOf(call: Call, sent: Row): string {
  const locale = String(sent['locale'] ?? call.params['locale'] ?? LOCALES[0]).toLowerCase()
  if (!(LOCALES as readonly string[]).includes(locale))
    throw recordInvalid({ locale: [{ description: 'Locale: is invalid', error: 'InvalidValue' }] })
  return locale
}
