import { perVersion } from '../../account/per-version.ts'
import { type TagCount, tagCounts } from '../../account/tickets/tag-counts.ts'
import type { Family, Routes } from '../../http/family.ts'
import { sorted } from '../../http/pages/sequence.ts'
import { countRow, listPage } from '../parameters.ts'
import type { Served } from '../served.ts'

/** The account's tags with their counts, the most used first. */
export function tagRoutes({ store }: Served): readonly Family[] {
  const counts = perVersion(store, () => tagCounts(store))
  const all = () => sorted<TagCount>(counts(), '-score,id', 'ii', ({ count, id }) => [count, id])
  const routes: Routes = {
    'GET /tags': ({ asked }) => {
      const { items, envelope } = listPage(asked, all(), 'api/v2/tags/index')
      return { tags: items.map(({ name, count }) => ({ name, count })), ...envelope }
    },
    'GET /tags/count': () => countRow(store, counts()),
    // Assumed (fact 348): two letters are needed; fewer find nothing.
    'GET /autocomplete/tags': ({ asked }) => {
      const text = (asked.query.get('name') ?? '').toLowerCase()
      const names = text.length < 2 ? [] : counts().map(({ name }) => name)
      const tags = names.filter((name) => name.toLowerCase().startsWith(text))
      return { tags, next_page: null, previous_page: null, count: tags.length }
    },
  }
  return [{ who: 'agent', routes }]
}
