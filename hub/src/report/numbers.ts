// The numbers of a report, out of the support metrics; whether their views were made or not.
import { now } from '../clock.ts'
import { inlined } from '../models/make.ts'
import { metrics } from '../models/metrics/metrics.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'

/** What is measured of a number of tickets: times are medians in minutes, rates go from 0 to 1; null where there is nothing. */
export interface Measures {
  readonly tickets: number
  readonly unsolved: number
  readonly solved: number
  readonly reopened: number
  readonly reopen_rate: number | null
  readonly good: number
  readonly bad: number
  readonly satisfaction: number | null
  readonly first_reply_calendar: number | null
  readonly first_reply_business: number | null
  readonly full_resolution_calendar: number | null
  readonly full_resolution_business: number | null
  readonly sla_targets: number
  readonly sla_breached: number
}

export interface NamedMeasures extends Measures {
  readonly dimension: string
  readonly name: string | null
}

export interface WeekMeasures extends Measures {
  /** Its Monday: `2026-11-23`. */
  readonly week: string
}

export interface BacklogDay {
  readonly day: string
  readonly created: number
  readonly solved: number
  readonly backlog: number
}

export interface AgentLoad {
  readonly agent: string | null
  readonly new: number
  readonly open: number
  readonly pending: number
  readonly hold: number
  readonly unsolved: number
  readonly solved_in_30_days: number
}

export interface MetricTargets {
  readonly metric: string
  readonly targets: number
  readonly breached: number
}

export interface Report {
  /** ISO 8601 (UTC). */
  readonly made_at: string
  /** How many days back weeks and days go. */
  readonly days: number
  /** Why there is nothing: which streams were not loaded. Null where there is something. */
  readonly missing: string | null
  /** What it has nothing of, and why. */
  readonly without: readonly string[]
  /** Of all tickets; null where there is none. */
  readonly total: Measures | null
  readonly dimensions: readonly NamedMeasures[]
  readonly weeks: readonly WeekMeasures[]
  readonly backlog: readonly BacklogDay[]
  readonly agents: readonly AgentLoad[]
  readonly targets: readonly MetricTargets[]
}

const MEASURES = [
  ...['tickets', 'unsolved', 'solved', 'reopened', 'reopen_rate', 'good', 'bad', 'satisfaction'],
  ...['first_reply_calendar', 'first_reply_business', 'full_resolution_calendar', 'full_resolution_business'],
  ...['sla_targets', 'sla_breached'],
]

/** Reads the numbers of the last so many days, and of what is there now. Throws a HubError where nothing was loaded yet. */
export async function readReport(warehouse: Warehouse, days: number): Promise<Report> {
  const { definitions, left, without } = await inlined(warehouse, metrics)
  const read = async <Row>(sql: string): Promise<readonly Row[]> =>
    (await warehouse.rows(`${definitions} ${sql}`)) as unknown as readonly Row[]
  const has = (model: string): boolean => !left.some((one) => one.model === model)
  const sum = (column: string): string => `cast(sum(${column}) as ${warehouse.types.integer}) as ${column}`
  const said = [
    ...left.map(({ model, reason }) => `${model}: ${reason}`),
    ...without.map(({ model, what, reason }) => `${what} in ${model}: ${reason}`),
  ]
  const base = { made_at: new Date(now()).toISOString(), days, without: said, total: null }
  if (!has('tickets'))
    return {
      ...base,
      ...{ missing: left.find(({ model }) => model === 'tickets')!.reason, without: [] },
      ...{ dimensions: [], weeks: [], backlog: [], agents: [], targets: [] },
    }
  const since = `cast(timezone('UTC', now()) as date) - ${days}`
  const found = await read<MeasuredRow>(measuresQuery(warehouse, { since, hasTargets: has('sla_targets') }))
  const named = found.flatMap(({ week, ...row }) => (week === null && row.dimension !== 'metric' ? [row] : []))
  return {
    ...base,
    missing: null,
    total: named.find(({ dimension }) => dimension === 'all') ?? null,
    dimensions: named.filter(({ dimension }) => dimension !== 'all'),
    weeks: found.flatMap(({ week, dimension: _, name: __, ...row }) => (week === null ? [] : [{ week, ...row }])),
    targets: found
      .filter(({ dimension }) => dimension === 'metric')
      .map(({ name, sla_targets, sla_breached }) => ({ metric: name!, targets: sla_targets, breached: sla_breached })),
    backlog: await read(
      `select cast(day as varchar) as day, ${['created', 'solved', 'backlog'].map(sum).join(', ')} from backlog_by_day
        where day >= ${since} group by day order by day`,
    ),
    agents: await read(
      `select agent, "new", open, pending, hold, unsolved, solved_in_30_days from agent_load
        where unsolved > 0 or solved_in_30_days > 0 order by unsolved desc, solved_in_30_days desc, agent limit 50`,
    ),
  }
}

interface MeasuredRow extends NamedMeasures {
  readonly week: string | null
}

/**
 * Measures by dimension and by week, and targets by metric as a dimension of their own: in one statement, so that tickets and
 * targets are worked out once.
 */
function measuresQuery({ types }: Warehouse, { since, hasTargets }: { since: string; hasTargets: boolean }): string {
  const none = `cast(null as ${types.text})`
  const counts = { sla_targets: 'count(*)', sla_breached: 'count(breached_at)' }
  const ofTargets = MEASURES.map((measure) => {
    const count = counts[measure as keyof typeof counts]
    return count === undefined ? `null as ${measure}` : `cast(${count} as ${types.integer}) as ${measure}`
  })
  const parts = [
    `select ${none} as week, dimension, name, ${MEASURES.join(', ')} from by_dimension`,
    `select cast(week as varchar) as week, dimension, name, ${MEASURES.join(', ')} from by_week where dimension = 'all' and week >= ${since}`,
    ...(hasTargets
      ? [`select ${none}, 'metric', metric as name, ${ofTargets.join(', ')} from sla_targets group by metric`]
      : []),
  ]
  return `select * from (${parts.join(' union all ')}) as measured order by week, tickets desc, name`
}
