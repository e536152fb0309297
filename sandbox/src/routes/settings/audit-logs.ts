import { logAudit } from '../../account/audit-log.ts'
import type { Entry } from '../../account/table.ts'
import { Refusal } from '../../http/errors.ts'
import type { Call, Family } from '../../http/family.ts'
import { reply } from '../../http/reply.ts'
import { type Order, resourceRoutes } from '../resource.ts'
import type { Served } from '../served.ts'

const time = (entry: Entry) => Math.floor(Date.parse(String(entry['created_at'])) / 1000)
const newest: Order = { name: '-created_at,-id', shape: 'di', key: (entry) => [time(entry), Number(entry.id)] }

/** The audit log, newest first, for administrators. */
export function auditLogRoutes(served: Served): readonly Family[] {
  const { store } = served
  const routes = resourceRoutes(served, {
    path: '/audit_logs',
    one: 'audit_log',
    many: 'audit_logs',
    table: 'audit_logs',
    operations: ['list', 'show'],
    orders: { newest, created_at: { ...newest, name: 'created_at,id' } },
    where: (entry, call) => call.params['id'] !== undefined || filtered(entry, call),
  })
  return [
    { who: 'admin', feature: 'audit_logs', routes },
    {
      who: 'admin',
      feature: 'audit_logs',
      routes: {
        // The file comes by mail, so nothing more is to be seen of it than its own line in the log.
        'POST /audit_logs/export': ({ caller }) => {
          const actor = caller.user?.id ?? -1
          const source = { sourceType: 'audit_log', sourceId: actor, sourceLabel: 'Audit log' }
          logAudit(store, { actor, action: 'exported', ...source })
          return reply(202)
        },
      },
    },
  ]
}

function filtered(entry: Entry, { asked: { query } }: Call): boolean {
  for (const name of ['source_type', 'source_id', 'actor_id', 'ip_address', 'action']) {
    const wanted = query.get(`filter[${name}]`)
    if (wanted !== null && String(entry[name]) !== wanted) return false
  }
  const times = query.getAll('filter[created_at][]').map((text) => Date.parse(text) / 1000)
  if (times.length === 0) return true
  // Assumed (fact 344): the words of this refusal, and that both ends are in.
  const [from, to] = times
  if (times.length !== 2 || from === undefined || to === undefined || Number.isNaN(from + to))
    throw new Refusal(400, {
      error: { title: 'Invalid attribute', message: 'filter[created_at] must have a start time and an end time' },
    })
  return time(entry) >= from && time(entry) <= to
}
