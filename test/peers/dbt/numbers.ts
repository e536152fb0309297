// Which numbers of dbt_zendesk are Zendesk's own, as SQL that DuckDB and PostgreSQL both have. What the two define alike is
// compared, ticket by ticket; the rest is in docs/models.md.

/** A number of the package beside Zendesk's: how many tickets have both, and for how many they agree. */
export interface Comparison {
  readonly name: string
  /** A query with the columns `both` and `equal`. */
  readonly sql: string
}

/** The schemas of the hub's tables, and of what dbt made. */
export interface Places {
  readonly tables: string
  readonly fivetran: string
  readonly built: string
}

/** The package looks at a year of weeks after the start of what it measures. */
const WITHIN_A_YEAR = "t.created_at > coalesce(m.solved_at, t.created_at) - interval '350 days'"
/** Reopened and restored ones are solved several times, and the two choose another time. */
const SOLVED = "t.status in ('solved', 'closed') and m.reopens = 0 and coalesce(d.total_ticket_recoveries, 0) = 0"

const minutesOf = (field: string, kind: string): string =>
  `cast(m.${field}_in_minutes ->> '${kind}' as double precision)`

/** Zendesk counts by the last schedule only, the package by each for its time. */
const oneSchedule = ({ fivetran }: Places): string =>
  `not exists (select 1 from ${fivetran}.ticket_schedule as s where s.ticket_id = t.id and s.created_at > d.created_at)`

/** A reply that was made private later is one for Zendesk, and none for the package. */
const stayedPublic = ({ tables }: Places): string =>
  `not exists (select 1 from ${tables}.ticket_audits as a
    where a.ticket_id = t.id and cast(a.events as varchar) like '%CommentPrivacyChange%')`

/** Each part of a wait is rounded by the package: for a ticket that went back and forth that adds up. */
const ROUNDED = 8

type Metric = readonly [
  name: string,
  field: string,
  theirs: Readonly<Record<string, string>>,
  slack: number,
  where: string,
]
const METRICS: readonly Metric[] = [
  ['first reply', 'reply_time', both('first_reply_time'), 1, 'true'],
  [
    'first resolution',
    'first_resolution_time',
    { calendar: 'first_resolution_calendar_minutes', business: 'first_resolution_business_minutes' },
    1,
    SOLVED,
  ],
  [
    'full resolution',
    'full_resolution_time',
    { calendar: 'final_resolution_calendar_minutes', business: 'full_resolution_business_minutes' },
    1,
    SOLVED,
  ],
  ['wait of the requester', 'requester_wait_time', both('requester_wait_time_in'), ROUNDED, SOLVED],
  ['wait of the agent', 'agent_wait_time', both('agent_wait_time_in'), ROUNDED, SOLVED],
  ['time on hold', 'on_hold_time', both('on_hold_time_in'), ROUNDED, SOLVED],
]

function both(name: string): Readonly<Record<string, string>> {
  return { calendar: `${name}_calendar_minutes`, business: `${name}_business_minutes` }
}

/** Times by the calendar, and in business hours. */
export const times = (places: Places): readonly Comparison[] =>
  ['calendar', 'business'].flatMap((kind) =>
    METRICS.map(([name, field, theirs, slack, where]) => ({
      name: `${name}, ${kind} minutes`,
      sql: `select count(*) as "both", count(case when abs(x.theirs - x.ours) <= ${slack} then 1 end) as "equal"
        from (select d.${theirs[kind]} as theirs, ${minutesOf(field, kind)} as ours
          from ${places.built}.zendesk__ticket_metrics as d
          join ${places.tables}.ticket_metrics as m on m.ticket_id = d.ticket_id
          join ${places.tables}.tickets as t on t.id = d.ticket_id
          where t._deleted_at is null and t.status <> 'deleted' and ${where}
          ${field === 'reply_time' ? `and ${stayedPublic(places)}` : ''}
          ${kind === 'business' ? `and ${oneSchedule(places)} and ${WITHIN_A_YEAR}` : ''}) as x
        where x.theirs is not null and x.ours is not null`,
    })),
  )

const SLA_METRICS: readonly (readonly [name: string, metric: string, instance: string])[] = [
  ['first_reply_time', 'reply_time', 'instance_id = 1'],
  ['next_reply_time', 'reply_time', 'instance_id > 1'],
  ['requester_wait_time', 'requester_wait_time', 'true'],
  ['agent_work_time', 'agent_work_time', 'true'],
]

/**
 * Whether a target was missed. Of tickets that are solved, whose target was given once, with the beginning of what it measures,
 * and never taken back: the package counts from when it was given, goes on after it was taken back, and leaves out the present
 * status of a ticket that is not solved.
 */
export const breaches = (places: Places): readonly Comparison[] =>
  SLA_METRICS.map(([name, metric, instance]) => ({
    name: `missed or not: ${name}`,
    sql: `with events as (select * from ${places.tables}.ticket_metric_events
        where _deleted_at is null and metric = '${metric}' and ${instance}),
      zendesk as (select ticket_id, max(case when type = 'breach' and not coalesce(deleted, false) then 1 else 0 end) as missed
        from events group by ticket_id
        having count(case when type = 'apply_sla' then 1 end) = 1 and count(case when type = 'activate' then 1 end)
          = ${name.endsWith('reply_time') ? 1 : "count(case when type = 'pause' then 1 end) + 1"}
        and min(case when type = 'apply_sla' then time end) = min(case when type = 'activate' then time end)),
      package as (select ticket_id, max(case when is_sla_breach then 1 else 0 end) as missed
        from ${places.built}.zendesk__sla_policies where metric = '${name}' group by ticket_id having count(*) = 1)
      select count(*) as "both", count(case when z.missed = p.missed then 1 end) as "equal"
      from zendesk as z join package as p on p.ticket_id = z.ticket_id
      join ${places.tables}.tickets as t on t.id = z.ticket_id
      join ${places.tables}.ticket_metrics as m on m.ticket_id = z.ticket_id
      join ${places.built}.zendesk__ticket_metrics as d on d.ticket_id = z.ticket_id
      where t._deleted_at is null and ${SOLVED} and ${WITHIN_A_YEAR} and ${oneSchedule(places)}
      ${name.endsWith('reply_time') ? 'and m.replies > 0' : ''}
      and not exists (select 1 from ${places.fivetran}.ticket_field_history as h
        where h.ticket_id = z.ticket_id and h.field_name = '${name}' and h.value is null
        ${name === 'next_reply_time' ? 'and false' : ''})
      ${name === 'requester_wait_time' ? wholePeriods(places) : ''}`,
  }))

/** A status that lasted outside of business hours only is counted whole by the package. */
const wholePeriods = ({ built }: Places): string =>
  `and not exists (select 1 from ${built}_intermediate.int_zendesk__requester_wait_time_business_hours as w
    where w.ticket_id = z.ticket_id and w.schedule_end_time is null)`
