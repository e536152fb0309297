import type { Row } from '../../account/model.ts'
import type { Family, Routes } from '../../http/family.ts'
import { found } from '../parameters.ts'
import type { Served } from '../served.ts'

/** The account's languages. */
export function localeRoutes({ store }: Served): readonly Family[] {
  const table = () => store.table('locales')
  const all = () => [...table().all()]
  const whole = (): Row => {
    const rows = all().map(table().row)
    return { locales: rows, next_page: null, previous_page: null, count: rows.length }
  }
  // Assumed (fact 379): everyone reads the default language.
  const current = () => found(all().find((one) => one['default'] === true))
  const best = (wanted: readonly string[]) => {
    for (const name of wanted.map((one) => one.toLowerCase())) {
      const exact = all().find(({ locale }) => String(locale).toLowerCase() === name)
      const near = all().find(({ locale }) => String(locale).toLowerCase().split('-')[0] === name.split('-')[0])
      if (exact !== undefined || near !== undefined) return exact ?? near
    }
    return undefined
  }
  const detected = (wanted: unknown): Row => {
    const one = best(Array.isArray(wanted) ? wanted.map(String) : []) ?? current()
    return { locale: table().row(one) }
  }
  const routes: Routes = {
    'GET /locales': whole,
    'GET /locales/public': whole,
    'GET /locales/current': () => ({ locale: table().row(current()) }),
    'GET /locales/detect_best_locale': ({ asked }) =>
      detected(
        asked.query.getAll('available_locales[]').concat(asked.query.get('available_locales')?.split(',') ?? []),
      ),
    'PUT /locales/detect_best_locale': ({ body }) => detected(body['available_locales']),
    // By number or by name.
    'GET /locales/:id': ({ params }) => {
      const one = all().find(({ id, locale }) => String(id) === params['id'] || locale === params['id'])
      return { locale: table().row(found(one)) }
    },
  }
  return [
    { who: 'anyone', routes },
    { who: 'agent', routes: { 'GET /locales/agent': whole } },
  ]
}
