import { customObjectFields } from '../account/custom-objects/objects.ts'
import type { Row } from '../account/model.ts'
import type { Id } from '../account/table.ts'
import { createEngagements } from '../account/tickets/engagements.ts'
import type { Call, Family, Handler } from '../http/family.ts'
import type { Served } from '../routes/served.ts'
import { jobRow } from '../routes/settings/job-statuses.ts'
import { attemptRows, keptInvocations } from '../routes/webhooks/invocations.ts'
import { engagementRow } from '../rows/engagement.ts'
import answeredLists from './answered-lists.json' with { type: 'json' }
import type { Truth } from './truth.ts'

/** The truth of lists that no table holds, by name: their present answer to an administrator. */
export function listTruths(
  { store, jobs }: Served,
  families: readonly Family[],
): Readonly<Record<string, () => Truth<Id>>> {
  const handlerOf = (whole: string): Handler | undefined => {
    for (const { base = '/api/v2', routes } of families)
      if (whole.startsWith(`GET ${base}/`)) {
        const handler = routes[`GET ${whole.slice(`GET ${base}`.length)}`]
        if (handler !== undefined) return handler
      }
    return undefined
  }
  const call = { asked: { query: new URLSearchParams() }, params: {} } as unknown as Call
  const engagements = createEngagements(store)
  const answer = (path: string): Row => handlerOf(`GET /api/v2/${path}`)?.(call) as Row
  const by = (rows: readonly Row[], key?: string): Truth<Id> => ({
    live: new Map(rows.map((row, nth) => [key === undefined ? nth : (row[key] as Id), row])),
    deleted: new Set(),
  })
  const list = (path: string, name: string, key: string) => () => by(answer(path)[name] as Row[], key)
  const single = (path: string, name: string) => () => by([answer(path)[name] as Row])
  return {
    attribute_definitions: () => {
      const { conditions_all, conditions_any } = answer('routing/attributes/definitions')['definitions'] as Row
      const of = (condition: string, rows: unknown) => (rows as Row[]).map((row) => ({ ...row, condition }))
      return by([...of('all', conditions_all), ...of('any', conditions_any)])
    },
    job_statuses: () =>
      by(
        jobs.latest().map((job) => jobRow(store, job)),
        'id',
      ),
    ...Object.fromEntries(answeredLists.map(({ stream, path, key }) => [stream, list(path, key, 'id')])),
    engagements: () => by(engagements().map(engagementRow), 'engagement_id'),
    // What their parents' paths say, and no row of theirs.
    custom_object_fields: () => {
      const fields = customObjectFields(store)
      const rows = Array.from(fields.all(), (one): Row => ({ ...fields.row(one), custom_object_key: one['object'] }))
      return {
        live: new Map(rows.map((row) => [`${row['custom_object_key']} ${row['key']}`, row])),
        deleted: new Set(),
      }
    },
    webhook_invocations: () =>
      by(
        keptInvocations(store).map((one) => ({
          ...store.table('webhook_invocations').row(one),
          webhook_id: one['webhook_id'],
        })),
        'id',
      ),
    webhook_invocation_attempts: () =>
      by(
        keptInvocations(store).flatMap((one) =>
          attemptRows(one).map((row) => ({ ...row, webhook_id: one['webhook_id'] })),
        ),
        'id',
      ),
    talk_addresses: () => by(Array.from(store.table('addresses').all(), store.table('addresses').row), 'id'),
    account_overview: single('channels/voice/stats/account_overview', 'account_overview'),
    agents_overview: single('channels/voice/stats/agents_overview', 'agents_overview'),
    talk_settings: single('channels/voice/settings', 'settings'),
    agents_activity: list('channels/voice/stats/agents_activity', 'agents_activity', 'agent_id'),
    current_queue_activity: single('channels/voice/stats/current_queue_activity', 'current_queue_activity'),
  }
}
