// The support report of a connection: the numbers of `zendesk-hub report`.
import { readReport } from '../../report/numbers.ts'
import { looking } from './data.ts'
import {
  listOf,
  NAME,
  type Operation,
  objectOf,
  orNull,
  reference,
  type Schema,
  TIME,
  text,
  whole,
} from './operation.ts'
import { connectionOf } from './streams.ts'

const rate = (description: string): Schema => ({ type: ['number', 'null'], minimum: 0, maximum: 1, description })
const median = (description: string): Schema => ({ type: ['number', 'null'], description })

const MEASURES = {
  tickets: whole(),
  unsolved: whole(),
  solved: whole(),
  reopened: whole({ description: 'Tickets that were opened again.' }),
  reopen_rate: rate('Of those that were solved once.'),
  good: whole({ description: 'Good ratings.' }),
  bad: whole(),
  satisfaction: rate('Good ratings among all.'),
  first_reply_calendar: median('Minutes, the median.'),
  first_reply_business: median('The same within business hours.'),
  full_resolution_calendar: median('Minutes, the median.'),
  full_resolution_business: median('The same within business hours.'),
  sla_targets: whole(),
  sla_breached: whole(),
}
const DAY = text({ format: 'date' })
const NAMED = { dimension: text(), name: orNull(text()), ...MEASURES }

export const REPORT: Schema = objectOf({
  made_at: TIME,
  days: whole({ description: 'How far back weeks and days go.' }),
  missing: orNull(text({ description: 'Why there is nothing to show.' })),
  without: listOf(text({ description: 'What there is nothing of, and why.' })),
  total: { anyOf: [objectOf(NAMED), { type: 'null' }] },
  dimensions: listOf(objectOf(NAMED)),
  weeks: listOf(objectOf({ week: DAY, ...MEASURES })),
  backlog: listOf(objectOf({ day: DAY, created: whole(), solved: whole(), backlog: whole() })),
  agents: listOf(
    objectOf({
      agent: orNull(text()),
      ...{ new: whole(), open: whole(), pending: whole(), hold: whole(), unsolved: whole() },
      solved_in_30_days: whole(),
    }),
  ),
  targets: listOf(objectOf({ metric: text(), targets: whole(), breached: whole() })),
})

export const report: readonly Operation[] = [
  {
    ...{
      id: 'readReport',
      method: 'get',
      path: '/connections/{name}/report',
      tag: 'Data',
      role: 'viewer',
      status: 200,
    },
    summary:
      'How support does: backlog, replies, resolutions, reopened tickets, satisfaction, SLA targets, load of agents.',
    params: NAME,
    query: { days: whole({ minimum: 1, maximum: 3660, default: 365 }) },
    answer: reference('Report'),
    refusals: {
      404: 'There is no such connection.',
      409: 'Its warehouse cannot be looked at now.',
      422: 'Nothing was loaded yet.',
    },
    run: (hub, { params, query }) =>
      looking(hub, connectionOf(hub, params['name']), (warehouse) =>
        readReport(warehouse, Number(query['days'] ?? 365)),
      ),
  },
]
