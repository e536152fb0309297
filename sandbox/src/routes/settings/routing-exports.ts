import type { Row } from '../../account/model.ts'
import { type RoutingKind, routingTables } from '../../account/routing.ts'
import type { Routes } from '../../http/family.ts'
import { linkTo } from '../../http/pages/links.ts'
import type { Served } from '../served.ts'

/** The incremental exports of skills: creations, changes and deletions, oldest first. */
export function routingExports(served: Served): Routes {
  const { store, exportPageSize } = served
  // Assumed (fact 338): the cursor is opaque; here it is the number of the last event that was given. Nothing begins at
  // the start.
  const page =
    (kind: RoutingKind) =>
    (call: { asked: Parameters<typeof linkTo>[0] }): Row => {
      const { asked } = call
      const cursor = Number.parseInt(asked.query.get('cursor') ?? '0', 36) || 0
      const after = [...routingTables(store).events.all()].filter(
        (one) => one['kind'] === kind && Number(one.id) > cursor,
      )
      const events = after.slice(0, exportPageSize)
      const last = Number(events.at(-1)?.id ?? cursor)
      const lines = events.map(({ line }) => line as Row)
      const end = lines.at(-1)?.['time']
      return {
        [kind]: lines,
        count: lines.length,
        end_time: end === undefined ? store.clock.now() : Math.floor(Date.parse(String(end)) / 1000),
        next_page: linkTo(asked, { cursor: last.toString(36) }),
      }
    }
  return {
    'GET /incremental/routing/attributes': page('attributes'),
    'GET /incremental/routing/attribute_values': page('attribute_values'),
    'GET /incremental/routing/instance_values': page('instance_values'),
  }
}
