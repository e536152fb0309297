import { createActivities, type TicketActivity } from '../../account/tickets/activities.ts'
import { invalidPagination } from '../../http/errors.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import type { Asked } from '../../http/pages/links.ts'
import { asksForCursor } from '../../http/pages/list.ts'
import { reversed, type Sequence, sorted } from '../../http/pages/sequence.ts'
import { activityRow } from '../../rows/activity.ts'
import { userRow } from '../../rows/people.ts'
import { usersOf } from '../input/people.ts'
import { secondsOf } from '../input/values.ts'
import { countRow, found, idOf, listPage } from '../parameters.ts'
import { idsIn } from '../resource.ts'
import type { Served } from '../served.ts'

/** The caller's activities of the last 30 days. */
export function activityRoutes({ store }: Served): readonly Family[] {
  const activities = createActivities(store)
  const own = ({ caller, asked }: Call) => {
    const since = secondsOf(asked.query.get('since'))
    const all = activities(caller.user?.id ?? -1)
    return since === undefined ? all : all.filter(({ audit }) => audit.at >= since)
  }
  const sideLoaded = (items: readonly TicketActivity[]) => {
    const rows = (ids: readonly number[]) => usersOf(store, new Set(ids)).map((user) => userRow(store, user))
    return { actors: rows(items.map(({ audit }) => audit.author)), users: rows(items.map(({ user }) => user)) }
  }
  const rows = (items: readonly TicketActivity[]) => items.map((one) => activityRow(store, one))
  const routes: Routes = {
    'GET /activities': (call) => {
      const { items, envelope } = listPage(call.asked, inAskedOrder(call.asked, own(call)), 'api/v2/activities/index')
      return { activities: rows(items), ...sideLoaded(items), ...envelope }
    },
    'GET /activities/count': (call) => countRow(store, own(call)),
    'GET /activities/show_many': (call) => {
      const ids = idsIn(call.asked)
      const items = own(call).filter(({ id }) => ids.has(String(id)))
      return {
        activities: rows(items),
        ...sideLoaded(items),
        next_page: null,
        previous_page: null,
        count: items.length,
      }
    },
    'GET /activities/:id': (call) => {
      const id = idOf(call.params['id'], 'api/v2/activities/show')
      return { activity: activityRow(store, found(own(call).find((one) => one.id === id))) }
    },
  }
  return [{ who: 'agent', routes }]
}

// Newest first (`-created_at,id`, fact 76), unless the other way is asked for.
function inAskedOrder(asked: Asked, items: readonly TicketActivity[]): Sequence<TicketActivity> {
  const { query } = asked
  const newestFirst = sorted(items, '-created_at,id', 'di', ({ audit, id }) => [audit.at, id])
  if (!asksForCursor(asked)) return query.get('sort_order') === 'asc' ? reversed(newestFirst) : newestFirst
  const sort = query.get('sort') ?? ''
  if (!['', 'created_at', '-created_at'].includes(sort)) throw invalidPagination('sort is not valid')
  return sort === 'created_at' ? sorted(items, 'created_at,id', 'di', ({ audit, id }) => [audit.at, id]) : newestFirst
}
