import type { Row } from '../../account/model.ts'
import type { Store } from '../../account/store.ts'
import type { Entry } from '../../account/table.ts'
import type { Call } from '../../http/family.ts'
import { included } from '../parameters.ts'

const PERIODS: Readonly<Record<string, number>> = {
  usage_1h: 3600,
  usage_24h: 86_400,
  usage_7d: 7 * 86_400,
  usage_30d: 30 * 86_400,
}

/** The members that `include` adds to a rule: permissions, and how often it acted lately (mails or writes). */
export function sideLoadedUsage(store: Store, { id }: Entry, call: Call): Row {
  const row: Row = {}
  for (const name of included(call.asked)) {
    const period = PERIODS[name]
    if (period !== undefined) row[name] = timesUsed(store, Number(id), store.clock.now() - period)
    if (name === 'permissions') {
      const admin = call.caller.user?.role === 'admin'
      row['permissions'] = { can_edit: admin, can_delete: admin }
    }
    if (name === 'app_installation') row['app_installation'] = null
  }
  return row
}

function timesUsed(store: Store, rule: number, since: number): number {
  let times = 0
  for (const { via, events } of store.order.audits.from(since, 0)) {
    if (via.rule?.id === rule) times++
    times += events.filter((event) => event.type === 'Notification' && event.rule.id === rule).length
  }
  return times
}
