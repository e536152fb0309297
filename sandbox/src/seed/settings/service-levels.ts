import { inKeyOrder } from '../../account/key-order.ts'
import type { Row } from '../../account/model.ts'
import type { Store } from '../../account/store.ts'
import { isoTime } from '../../iso-time.ts'
import type { Random } from '../../random.ts'

const WEEK: readonly Row[] = [1, 2, 3, 4, 5].map((day) => ({
  start_time: day * 1440 + 540,
  end_time: day * 1440 + 1020,
}))

const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const
/** Minutes of each metric, from the lowest priority on. */
const GOALS: readonly (readonly [metric: string, minutes: readonly number[]])[] = [
  ['first_reply_time', [1440, 480, 240, 60]],
  ['next_reply_time', [1440, 480, 240, 60]],
  ['requester_wait_time', [5760, 2880]],
  ['agent_work_time', [2880, 1440]],
]

const POLICY = ['title', 'description', 'position', 'filter', 'policy_metrics', 'created_at', 'updated_at']

/** The workweek of a new schedule: Monday to Friday, nine to five, in minutes from Sunday 00:00. */
export function defaultWeek(): readonly Row[] {
  return WEEK
}

/** Declares and writes SLA policies, group SLA policies, schedules and their holidays. People must exist already. */
export function generateServiceLevels(store: Store, random: Random, created: number): void {
  const at = () => isoTime(created + random.between(0, 300 * 86_400))
  writePolicies(store, at)
  writeGroupPolicies(store, at)
  writeSchedules(store, created, at)
}

const condition = (field: string, operator: string, value: unknown): Row => ({ field, operator, value })

function writePolicies(store: Store, at: () => string): void {
  const [organization] = [...store.organizations.values()].filter(({ deleted }) => deleted === 0)
  const policies = store.table('sla_policies', {
    path: ({ id }) => `/slas/policies/${id}`,
    row: inKeyOrder('url', 'id', ...POLICY),
  })
  policies.add({
    title: 'Urgent tickets',
    description: '',
    position: 1,
    filter: { all: [condition('organization_id', 'is', organization?.id)], any: [] },
    policy_metrics: [
      policyMetric({ priority: 'urgent', metric: 'first_reply_time', target: 60, business_hours: false }),
      policyMetric({ priority: 'high', metric: 'requester_wait_time', target: 240, business_hours: true }),
    ],
    created_at: at(),
  })
  policies.add({
    title: 'Incidents 🚨 <all>',
    description: 'Für dringende Fälle\u2028zehn Minuten',
    position: 2,
    filter: { all: [condition('ticket_type_id', 'is', '2')], any: [condition('current_tags', 'includes', 'vip')] },
    policy_metrics: PRIORITIES.map((priority, nth) =>
      policyMetric({
        priority,
        metric: 'total_resolution_time',
        target: 7200 - nth * 1680,
        business_hours: nth === 0,
      }),
    ),
    created_at: at(),
  })

  policies.add({
    title: 'Everybody',
    description: '',
    position: 3,
    filter: { all: [condition('brand_id', 'is', String(store.brand))], any: [] },
    // The less urgent ones are counted in business hours.
    policy_metrics: GOALS.flatMap(([metric, targets]) =>
      targets.map((target, nth) =>
        policyMetric({
          priority: PRIORITIES[nth],
          metric,
          target,
          business_hours: nth < 2 && metric !== 'agent_work_time',
        }),
      ),
    ),
    created_at: at(),
  })
}

function writeGroupPolicies(store: Store, at: () => string): void {
  const groups = [...store.groups.values()].filter(({ deleted }) => !deleted).map(({ id }) => id)
  const groupPolicies = store.table('group_sla_policies', {
    ids: 'ulid',
    path: ({ id }) => `/group_slas/policies/${id}`,
    row: inKeyOrder('id', 'url', ...POLICY),
  })
  groupPolicies.add({
    title: 'Tier 2 takes over',
    description: '',
    position: 1,
    filter: { all: [condition('group_id', 'includes', groups.slice(0, 2))] },
    policy_metrics: [
      groupPolicyMetric({ priority: 'urgent', metric: 'group_ownership_time', target: 60, business_hours: false }),
    ],
    created_at: at(),
  })
}

function writeSchedules(store: Store, created: number, at: () => string): void {
  const schedules = store.table('schedules', {
    row: inKeyOrder('id', 'name', 'time_zone', 'created_at', 'updated_at', 'intervals'),
  })
  const holidays = store.table('schedule_holidays', { row: inKeyOrder('id', 'name', 'start_date', 'end_date') })
  const list: readonly [name: string, time_zone: string, intervals: readonly Row[]][] = [
    ['Office hours', 'Copenhagen', WEEK],
    ['Tier 2 🌙', 'Pacific Time (US & Canada)', [...WEEK, { start_time: 9180, end_time: 9420 }]],
    ['24×7', 'New Caledonia', [{ start_time: 0, end_time: 10_080 }]],
  ]
  for (const [nth, [name, time_zone, intervals]] of list.entries()) {
    // The first one is the oldest, as in an account that grew.
    const schedule = schedules.add({ name, time_zone, intervals, created_at: isoTime(created + nth * 86_400) })
    if (nth === 2) continue
    for (const [holiday, start_date, end_date] of [
      ['Jul 🎄', '2025-12-24', '2025-12-26'],
      ['Schalttag', '2028-02-29', '2028-02-29'],
    ])
      holidays.add({ name: holiday, start_date, end_date, schedule_id: schedule.id, created_at: at() })
  }
}

/** A policy's metric with its target in minutes and in seconds. */
export function policyMetric({ priority, metric, target, business_hours, target_in_seconds }: Row): Row {
  const minutes = target ?? Math.ceil(Number(target_in_seconds) / 60)
  return {
    priority,
    metric,
    target: minutes,
    business_hours: business_hours === true,
    target_in_seconds: target_in_seconds ?? Number(minutes) * 60,
  }
}

/** The same of a group policy, which has minutes only. */
export function groupPolicyMetric(sent: Row): Row {
  const { target_in_seconds: _, ...metric } = policyMetric(sent)
  return metric
}
