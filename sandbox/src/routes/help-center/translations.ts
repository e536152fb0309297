import {
  addTranslation,
  changeTranslation,
  LOCALES,
  TRANSLATED,
  type Translated,
  touch,
  translationOf,
} from '../../account/help-center/content.ts'
import type { Row } from '../../account/model.ts'
import { childrenOf } from '../../account/record-tree.ts'
import { recordInvalid } from '../../http/errors.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import { created, noContent } from '../../http/reply.ts'
import { found, idOf } from '../parameters.ts'
import type { Served } from '../served.ts'
import {
  attributes,
  demandText,
  entryIn,
  helpCenterPaths,
  isStaff,
  listed,
  sentIn,
  signedIn,
  timeOrders,
  withFeature,
} from './records.ts'
import { localeOf } from './structure.ts'

const WRITABLE = ['title', 'body', 'draft', 'outdated', 'hidden']

/** Translations of articles, sections and categories, and the Help Center's languages. */
export function helpCenterTranslationRoutes(served: Served): readonly Family[] {
  const { store } = served
  const read: Routes = {
    'GET /locales': () => ({ locales: LOCALES, default_locale: LOCALES[0] }),
    ...Object.assign({}, ...KINDS.map((kind) => readRoutes(served, kind))),
  }
  const write: Routes = {
    ...Object.assign({}, ...KINDS.map((kind) => writeRoutes(served, kind))),
    'DELETE /translations/:id': (call: Call) => {
      const id = idOf(call.params['id'], 'api/v2/help_center/translations/destroy')
      const kind = found(KINDS.find((one) => store.table(TRANSLATED[one].table).get(id) !== undefined))
      const translation = found(store.table(TRANSLATED[kind].table).get(id))
      const source = store.table(kind).get(translation['source_id'] as number)
      // Assumed (fact 330): the words of this refusal.
      if (source?.['source_locale'] === translation['locale'])
        throw recordInvalid({ base: [{ description: 'Cannot delete the source translation', error: 'InvalidValue' }] })
      store.table(TRANSLATED[kind].table).remove(id)
      if (source !== undefined) touch(store, kind, source)
      return noContent()
    },
  }
  const guarded = (routes: Routes) => helpCenterPaths(withFeature(served, 'help_center', routes))
  return [
    { who: 'anyone', scope: 'hc', routes: guarded(read) },
    { who: 'agent', scope: 'hc', routes: guarded(write) },
  ]
}

const KINDS = Object.keys(TRANSLATED) as Translated[]

function readRoutes(served: Served, kind: Translated): Routes {
  const { store } = served
  const { table } = TRANSLATED[kind]
  const translations = (call: Call) => {
    const { id } = entryIn(store.table(kind), call, 'source_id')
    return childrenOf(store, table, 'source_id', id).filter(({ draft }) => draft !== true || isStaff(call))
  }
  return {
    [`GET /${kind}/:source_id/translations`]: (call) => {
      const { query } = call.asked
      const locales = query.get('locales')?.split(',')
      const wanted = translations(call).filter(
        (one) =>
          locales?.includes(String(one['locale'])) !== false &&
          ['outdated', 'draft'].every((name) => !query.has(name) || query.get(name) === String(one[name])),
      )
      const many = { table, one: 'translation', many: 'translations', orders: timeOrders('created_at', 'updated_at') }
      return listed(served, many, wanted, call)
    },
    [`GET /${kind}/:source_id/translations/missing`]: (call) => {
      const there = new Set(translations(call).map(({ locale }) => locale))
      return { locales: LOCALES.filter((locale) => !there.has(locale)) }
    },
    [`GET /${kind}/:source_id/translations/:translation_locale`]: (call) => {
      const locale = call.params['translation_locale']?.toLowerCase()
      const one = found(translations(call).find((translation) => translation['locale'] === locale))
      return { translation: store.table(table).row(one) }
    },
  }
}

function writeRoutes({ store }: Served, kind: Translated): Routes {
  const { table } = TRANSLATED[kind]
  const source = (call: Call) => entryIn(store.table(kind), call, 'source_id')
  return {
    [`POST /${kind}/:source_id/translations`]: (call) => {
      const entry = source(call)
      const sent = sentIn(call, 'translation')
      demandText(sent, 'title')
      const locale = localeOf(call, sent)
      if (translationOf(store, kind, entry, locale) !== undefined)
        throw recordInvalid({ locale: [{ description: 'Locale: has already been taken', error: 'DuplicateValue' }] })
      const by = signedIn(call).id
      const values = { ...attributes(sent, WRITABLE), locale, created_by_id: by, updated_by_id: by }
      const row = store.table(table).row(addTranslation(store, kind, entry, values))
      touch(store, kind, entry)
      return created({ translation: row }, row['url'])
    },
    [`PUT /${kind}/:source_id/translations/:translation_locale`]: (call): Row => {
      const translation = found(
        translationOf(store, kind, source(call), call.params['translation_locale']?.toLowerCase()),
      )
      const sent = sentIn(call, 'translation')
      if (sent['title'] !== undefined) demandText(sent, 'title')
      const values = { ...attributes(sent, WRITABLE), updated_by_id: signedIn(call).id }
      changeTranslation(store, kind, translation, values)
      return { translation: store.table(table).row(translation) }
    },
  }
}
