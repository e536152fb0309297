import { createIndex } from '../../account/ordered-index.ts'
import { perVersion } from '../../account/per-version.ts'
import type { Store } from '../../account/store.ts'
import type { Entry } from '../../account/table.ts'
import type { Handler } from '../../http/family.ts'
import { timeExportPage } from '../../http/pages/export.ts'
import { included } from '../parameters.ts'
import type { Served } from '../served.ts'

/** The most events of a page (fact 225). Assumed (fact 337): of one second, too. */
const MOST_EVENTS = 100

/**
 * `/tickets/side_conversations/events`: the events of all tickets by their time, from `start_time` (epoch seconds) on,
 * that second included. Assumed (fact 337): as in Talk's exports the last page leads to itself, and the newest minute
 * is withheld.
 */
export function sideEventExport(store: Store, { exportPageSize }: Served): Handler {
  const table = store.table('side_conversation_events')
  const conversations = store.table('side_conversations')
  const indexed = perVersion(store, () => {
    const index = createIndex<Entry>(
      ({ created_at }) => Math.floor(Date.parse(String(created_at)) / 1000),
      ({ nth }) => Number(nth),
    )
    index.fill([...table.all()])
    return index
  })
  return ({ asked }) => {
    const { items, next } = timeExportPage({
      asked,
      clock: store.clock,
      index: indexed(),
      largest: Math.min(exportPageSize, MOST_EVENTS),
      mostOfSecond: MOST_EVENTS,
      route: 'api/v2/tickets/side_conversations/events',
    })
    const ids = new Set(items.map((event) => String(event['side_conversation_id'])))
    const side = included(asked).has('side_conversations')
      ? {
          side_conversations: [...ids]
            .flatMap((id) => conversations.get(id) ?? [])
            .map((one) => conversations.row(one)),
        }
      : {}
    return {
      events: items.map((event) => table.row(event)),
      ...side,
      count: items.length,
      end_time: next['end_time'],
      next_page: next['next_page'],
    }
  }
}
