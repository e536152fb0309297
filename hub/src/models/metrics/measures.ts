// What is measured of a number of tickets: by what they belong to, and by the week in which they were created.
import type { Model, Tables } from '../model.ts'

/** What tickets may be told apart by, and the column that says it. */
export const DIMENSIONS = {
  all: "'all'",
  brand: 'brand',
  group: 'group_name',
  form: 'form',
  priority: 'priority',
  channel: 'channel',
} as const

const MEASURES = {
  tickets: 'tickets that are there',
  unsolved: 'of these, not solved',
  solved: 'of these, solved or closed',
  reopened: 'of these, opened again at least once',
  reopen_rate: 'share of reopened tickets among those that were solved once, 0 to 1',
  good: 'tickets with a good rating',
  bad: 'tickets with a bad one',
  satisfaction: 'share of the good ones, 0 to 1',
  first_reply_calendar: 'minutes until the first public answer: the median',
  first_reply_business: 'the same within business hours',
  full_resolution_calendar: 'minutes until the last solution: the median',
  full_resolution_business: 'the same within business hours',
  sla_targets: 'targets of SLA policies',
  sla_breached: 'of these, missed',
} as const

const DIMENSION = {
  dimension: `what tells the tickets apart: ${Object.keys(DIMENSIONS)
    .map((name) => `\`${name}\``)
    .join(', ')}`,
  name: 'which one; null where a ticket has none',
}

const FROM = {
  from: ['tickets', 'ticket_metrics'],
  also: { ticket_metric_events: 'targets of SLA policies' },
}

export const byDimension: Model = {
  ...{ name: 'by_dimension', ...FROM },
  about: 'The measures by brand, group, form, priority and channel, and of all tickets.',
  columns: { ...DIMENSION, ...MEASURES },
  query: (tables) => measured(tables, ''),
}

export const byWeek: Model = {
  ...{ name: 'by_week', ...FROM },
  about: 'The same by the week in which tickets were created.',
  columns: { week: 'the Monday, in UTC', ...DIMENSION, ...MEASURES },
  query: (tables) => measured(tables, "cast(date_trunc('week', timezone('UTC', t.created_at)) as date) as week, "),
}

function measured(tables: Tables, week: string): string {
  const { integer, number } = tables.types
  const groups = week === '' ? 'dimension, name' : 'week, dimension, name'
  const count = (where: string): string => `cast(count(case when ${where} then 1 end) as ${integer})`
  const median = (column: string): string => `percentile_cont(0.5) within group (order by ${column}) as ${column}`
  const share = (part: string, whole: string): string => `cast(${part} as ${number}) / nullif(${whole}, 0)`
  const each = Object.entries(DIMENSIONS).map(
    ([name, column]) => `select t.*, '${name}' as dimension, ${column} as name from numbered as t`,
  )
  const hasTargets = tables.has('ticket_metric_events')
  return `with numbered as (
      select ${week}t.*, ${hasTargets ? 's.targets, s.breached' : `0 as targets, 0 as breached`} from ${tables.model('tickets')} as t
      ${
        hasTargets
          ? `left join (select ticket_id, count(*) as targets, count(breached_at) as breached
        from ${tables.model('sla_targets')} group by ticket_id) as s on s.ticket_id = t.ticket_id`
          : ''
      }
    ), apart as (${each.join(' union all ')})
    select ${groups}, cast(count(*) as ${integer}) as tickets, ${count('not is_solved')} as unsolved, ${count('is_solved')} as solved,
      ${count('reopens > 0')} as reopened, ${share(count('reopens > 0'), count('first_resolution_calendar is not null'))} as reopen_rate,
      ${count("satisfaction = 'good'")} as good, ${count("satisfaction = 'bad'")} as bad,
      ${share(count("satisfaction = 'good'"), count('satisfaction is not null'))} as satisfaction,
      ${['first_reply', 'full_resolution'].flatMap((one) => [median(`${one}_calendar`), median(`${one}_business`)]).join(', ')},
      cast(coalesce(sum(targets), 0) as ${integer}) as sla_targets, cast(coalesce(sum(breached), 0) as ${integer}) as sla_breached
    from apart group by ${groups}`
}
