import { LIVING, type Model, picked, type Tables } from '../model.ts'

const DIMENSIONS = 'brand, group_name, form'
const SAME = `c.brand is not distinct from a.brand and c.group_name is not distinct from a.group_name
  and c.form is not distinct from a.form`

export const backlogByDay: Model = {
  name: 'backlog_by_day',
  about:
    'A row for each day, brand, group and form from their first ticket on, as tickets have these today: what came, what was solved, and what was left at the end of the day.',
  from: ['tickets', 'ticket_metrics'],
  also: { ticket_field_history: 'days on which tickets were opened again' },
  columns: {
    day: 'the day, in UTC',
    brand: 'the name of the brand',
    group_name: 'the name of the group',
    form: 'the name of the form',
    created: 'tickets that were created',
    solved: 'how often a ticket was solved',
    reopened: 'how often a solved ticket was opened again',
    backlog: 'tickets that were not solved at the end of the day',
  },
  query(tables) {
    const { integer } = tables.types
    const sum = (what: string): string => `cast(coalesce(sum(${what}), 0) as ${integer})`
    return `with recursive steps as (${stepsOf(tables)}), dated as (
        select cast(timezone('UTC', s.happened_at) as date) as day, ${DIMENSIONS}, s.step, s.is_first
        from steps as s join ${tables.model('tickets')} as t on t.ticket_id = s.ticket_id
      ), changes as (
        select day, ${DIMENSIONS}, ${sum('case when is_first then 1 end')} as created, ${sum('case when step < 0 then 1 end')} as solved,
          ${sum('case when step > 0 and not is_first then 1 end')} as reopened, ${sum('step')} as step
        from dated group by day, ${DIMENSIONS}
      ), span as (
        select min(day) as day, greatest(max(day), cast(timezone('UTC', now()) as date)) as last from changes
      ), days as (
        select day, last from span where day is not null union all select day + 1, last from days where day < last
      ), areas as (select min(day) as since, ${DIMENSIONS} from changes group by ${DIMENSIONS})
      select d.day, a.brand, a.group_name, a.form, coalesce(c.created, 0) as created, coalesce(c.solved, 0) as solved,
        coalesce(c.reopened, 0) as reopened,
        cast(sum(coalesce(c.step, 0)) over (partition by a.brand, a.group_name, a.form order by d.day) as ${integer}) as backlog
      from days as d join areas as a on d.day >= a.since
      left join changes as c on c.day = d.day and ${SAME}`
  },
}

/**
 * When a ticket joined the backlog (1) and left it (-1). By its history, if that leads to the status that the ticket has: one
 * that was read from a start date on may lack its beginning. Else by its creation and its last solution.
 */
function stepsOf(tables: Tables): string {
  const present = tables.model('tickets')
  const brief = `select t.ticket_id, t.created_at as happened_at, 1 as step, true as is_first from TICKETS
    union all select t.ticket_id, coalesce(t.solved_at, t.created_at), -1, false from TICKETS and t.is_solved`
  if (!tables.has('ticket_field_history')) return brief.replaceAll('TICKETS', `${present} as t where true`)
  const wanted = { id: 'integer', ticket_id: 'integer', field_name: 'text', value: 'text' } as const
  const history = picked(
    tables,
    'ticket_field_history',
    { ...wanted, event_type: 'text', previous_value: 'text', updated_at: 'time' },
    LIVING,
  )
  const isOpen = (status: string): string => `case when ${status} in ('solved', 'closed', 'deleted') then 0 else 1 end`
  const told = `select h.ticket_id, h.updated_at as happened_at, h.event_type = 'Create' as is_first,
      ${isOpen('h.value')} - case when h.event_type = 'Create' then 0 else ${isOpen('h.previous_value')} end as step
      from ${history} as h where h.field_name = 'status'`
  const rest = brief.replaceAll(
    'TICKETS',
    `${present} as t where not exists (select 1 from whole where whole.ticket_id = t.ticket_id)`,
  )
  return `with told as (${told}), whole as (
      select t.ticket_id from ${present} as t join told on told.ticket_id = t.ticket_id group by t.ticket_id, t.is_solved
      having sum(told.step) = case when t.is_solved then 0 else 1 end and sum(case when told.is_first then 1 else 0 end) = 1
    ) select ticket_id, happened_at, step, is_first from told
    where ticket_id in (select ticket_id from whole) and (step <> 0 or is_first) union all ${rest}`
}
