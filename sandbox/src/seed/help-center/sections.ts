import { addTranslated, addTranslation, LOCALES } from '../../account/help-center/content.ts'
import type { Row } from '../../account/model.ts'
import type { Entry } from '../../account/table.ts'
import { isoTime } from '../../iso-time.ts'
import type { HelpCenterWriting } from './people.ts'
import { CATEGORIES } from './texts.ts'

/** Writes the categories and sections, some in other languages and some inside another; gives the sections. */
export function generateSections(writing: HelpCenterWriting): Entry[] {
  const { store, random, start, staff } = writing
  const author = random.pick(staff).id
  const common = (name: string, nth: number, locale: string) => ({
    position: random.chance(0.3) ? -nth : nth,
    name,
    description: random.pick([null, '', `About ${name}`, `<b>${name}</b>\u2028&`]),
    locale,
    source_locale: locale,
    outdated: false,
    created_at: isoTime(start + nth * 3600),
  })
  const sections: Entry[] = []
  for (const [nth, [name, names]] of CATEGORIES.entries()) {
    const locale = name.includes('dansk')
      ? 'da'
      : name.includes('製品')
        ? 'ja'
        : name.includes('עזרה')
          ? 'he'
          : LOCALES[0]
    const category = addTranslated(store, 'categories', common(name, nth, locale), author)
    const { created_at } = category
    if (locale !== LOCALES[0] || nth === 0)
      addTranslation(store, 'categories', category, {
        ...translation(nth === 0 ? 'da' : LOCALES[0], `${name} (2)`, author),
        created_at,
      })
    let parent: Entry | undefined
    for (const [at, title] of names.entries()) {
      const nested = at > 0 && random.chance(0.3) ? parent?.id : undefined
      const values = {
        ...common(title, at, locale),
        category_id: category.id,
        sorting: random.pick(['manual', 'manual', 'title', 'creation_asc', 'article_votes']),
        parent_section_id: nested ?? null,
        theme_template: 'section_page',
      }
      parent = addTranslated(store, 'sections', values, author)
      sections.push(parent)
    }
  }
  return sections
}

/** The values of a new translation. `by` is the id of its author. */
export function translation(locale: string, title: string, by: number): Row {
  return { locale, title, created_by_id: by, updated_by_id: by }
}
