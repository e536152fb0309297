import type { Row } from '../../account/model.ts'
import { createIndex } from '../../account/ordered-index.ts'
import { perVersion } from '../../account/per-version.ts'
import type { Entry } from '../../account/table.ts'
import type { Routes } from '../../http/family.ts'
import { timeExportPage } from '../../http/pages/export.ts'
import { type Asked, linkTo } from '../../http/pages/links.ts'
import type { Served } from '../served.ts'

/**
 * The exports of calls and their legs, by the time of their last change, under both of their addresses. `limit` takes the
 * place of `per_page`. There is no end of the stream: the last page repeats its last second and its `end_time`.
 */
export function talkExportRoutes(served: Served): Routes {
  const routes: Routes = {}
  for (const [name, table] of [
    ['calls', 'calls'],
    ['legs', 'call_legs'],
  ] as const) {
    const page = exportOf(served, { name, table, base: 'channels/voice/stats/incremental' })
    for (const path of ['/stats/incremental', '/incremental'])
      Object.assign(routes, { [`GET ${path}/${name}`]: ({ asked }: { asked: Asked }) => page(asked) })
  }
  return routes
}

/** The pages of an export of this form: `name` of the rows in it, their table, and the path before the name. */
export function exportOf(
  { store, exportPageSize }: Served,
  { name, table: tableName, base }: { readonly name: string; readonly table: string; readonly base: string },
): (asked: Asked) => Row {
  const table = store.table(tableName)
  const indexed = perVersion(store, () => {
    const index = createIndex<Entry>(
      ({ updated_at }) => Date.parse(String(updated_at)) / 1000,
      ({ id }) => Number(id),
    )
    index.fill([...table.all()])
    return index
  })
  return (asked) => {
    const query = new URLSearchParams(asked.query)
    const limit = query.get('limit')
    if (limit !== null) query.set('per_page', limit)
    const { items, next } = timeExportPage({
      asked: { ...asked, query },
      clock: store.clock,
      index: indexed(),
      largest: exportPageSize,
      route: `api/v2/${base}/${name}`,
    })
    const end = Number(next['end_time'])
    return {
      [name]: items.map((entry) => table.row(entry)),
      next_page: linkTo(asked, { start_time: String(end) }),
      count: items.length,
      end_time: end,
    }
  }
}
