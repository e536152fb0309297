import { LIVING, type Model, picked, type Tables } from '../model.ts'

/** Zendesk's measurements that are a time, by our names: each is there in calendar and in business minutes. */
export const TIMES = {
  first_reply: 'reply_time_in_minutes',
  first_resolution: 'first_resolution_time_in_minutes',
  full_resolution: 'full_resolution_time_in_minutes',
  agent_wait: 'agent_wait_time_in_minutes',
  requester_wait: 'requester_wait_time_in_minutes',
  on_hold: 'on_hold_time_in_minutes',
} as const

const SAID: Readonly<Record<keyof typeof TIMES, string>> = {
  first_reply: 'until the first public answer of an agent',
  first_resolution: 'until it was solved for the first time',
  full_resolution: 'until it was solved for the last time',
  agent_wait: 'for which agents waited for the requester',
  requester_wait: 'for which the requester waited',
  on_hold: 'on hold',
}

const NAMED = [
  ['brands', 'brand', 'brand_id'],
  ['groups', 'group_name', 'group_id'],
  ['ticket_forms', 'form', 'ticket_form_id'],
  ['users', 'assignee', 'assignee_id'],
] as const

export const tickets: Model = {
  name: 'tickets',
  about: "A row for each ticket that is there, with Zendesk's own measurements of it.",
  from: ['tickets', 'ticket_metrics'],
  also: {
    brands: 'names of brands',
    groups: 'names of groups',
    ticket_forms: 'names of forms',
    users: 'names of agents',
  },
  columns: {
    ticket_id: 'the ticket',
    created_at: 'when it was created',
    solved_at: 'when it was last solved; null while it is not',
    status: 'its status, or the category of its custom status',
    is_solved: 'whether it is solved or closed',
    priority: 'its priority',
    channel: 'by which way it came',
    brand_id: 'its brand',
    brand: 'the name of that',
    group_id: 'its group',
    group_name: 'the name of that',
    ticket_form_id: 'its form',
    form: 'the name of that',
    assignee_id: 'the agent who has it',
    assignee: 'the name of that',
    organization_id: 'the organization of its requester',
    replies: 'how many public answers agents gave',
    reopens: 'how often it was opened again after it had been solved',
    satisfaction: 'its rating: `good` or `bad`; null where there is none',
    ...Object.fromEntries(
      Object.entries(SAID).flatMap(([name, what]) => [
        [`${name}_calendar`, `minutes ${what}`],
        [`${name}_business`, 'the same within business hours'],
      ]),
    ),
  },
  query(tables) {
    const { member, types } = tables
    const measured = Object.entries(TIMES).flatMap(([name, column]) =>
      ['calendar', 'business'].map(
        (hours) => `cast(${member(`m.${column}`, hours)} as ${types.number}) as ${name}_${hours}`,
      ),
    )
    const names = NAMED.map(([stream, name]) =>
      tables.has(stream) ? `${name}s.name as ${name}` : nothing(tables, name),
    )
    const joins = NAMED.filter(([stream]) => tables.has(stream)).map(
      ([stream, name, id]) =>
        `left join ${picked(tables, stream, { id: 'integer', name: 'text' })} as ${name}s on ${name}s.id = t.${id}`,
    )
    const [brand, group, form, assignee] = names
    const rating = member('t.satisfaction_rating', 'score')
    return `select t.id as ticket_id, t.created_at, m.solved_at, t.status, t.status in ('solved', 'closed') as is_solved,
        t.priority, ${member('t.via', 'channel')} as channel, t.brand_id, ${brand}, t.group_id, ${group}, t.ticket_form_id, ${form},
        t.assignee_id, ${assignee}, t.organization_id, m.replies, m.reopens,
        case when ${rating} in ('good', 'bad') then ${rating} end as satisfaction, ${measured.join(', ')}
      from ${living(tables)} as t
      left join ${metricSets(tables)} as m on m.ticket_id = t.id ${joins.join(' ')}`
  },
}

const nothing = ({ types }: Tables, name: string): string => `cast(null as ${types.text}) as ${name}`

const living = (tables: Tables): string =>
  picked(
    tables,
    'tickets',
    {
      ...{ id: 'integer', created_at: 'time', status: 'text', priority: 'text', via: 'json', brand_id: 'integer' },
      ...{ group_id: 'integer', ticket_form_id: 'integer', assignee_id: 'integer', organization_id: 'integer' },
      satisfaction_rating: 'json',
    },
    `${LIVING} and t.status is distinct from 'deleted'`,
  )

const metricSets = (tables: Tables): string =>
  picked(
    tables,
    'ticket_metrics',
    {
      ...{ ticket_id: 'integer', solved_at: 'time', replies: 'integer', reopens: 'integer' },
      ...Object.fromEntries(Object.values(TIMES).map((column) => [column, 'json' as const])),
    },
    LIVING,
  )
