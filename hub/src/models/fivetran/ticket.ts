import { quoted, shortName } from '../../table/names.ts'
import type { Model, Tables } from '../model.ts'
import { LIVING, SYNCED, same, times } from './columns.ts'

const SAME = `id assignee_id requester_id submitter_id organization_id group_id brand_id ticket_form_id problem_id external_id
  type priority subject description recipient url is_public has_incidents allow_channelback forum_topic_id`

/** Members of `via`, by their columns. */
const VIA: Readonly<Record<string, readonly string[]>> = {
  via_channel: ['channel'],
  via_source_from_id: ['source', 'from', 'id'],
  via_source_from_title: ['source', 'from', 'title'],
  via_source_from_address: ['source', 'from', 'address'],
  via_source_rel: ['source', 'rel'],
  via_source_to_address: ['source', 'to', 'address'],
  via_source_to_name: ['source', 'to', 'name'],
}

const SYSTEM = `client ip_address latitude location longitude message_id raw_email_identifier json_email_identifier
  machine_generated ccs`

export const ticket: Model = {
  name: 'ticket',
  about: 'Tickets, with a column for each custom field; deleted ones have the status "deleted".',
  from: ['tickets'],
  async query(tables) {
    const { present, member } = tables
    const joined = [await customFields(tables), system(tables), merged(tables)]
    const via = Object.entries(VIA).map(([name, path]) => `${member('t.via', ...path)} as ${name}`)
    return `select ${same(SAME)}, case when ${LIVING} then t.status else 'deleted' end as status,
      ${times('created_at updated_at due_at')}, ${via.join(', ')}, ${joined.flatMap(({ columns }) => columns).join(', ')},
      t._deleted_at is not null or t.status = 'deleted' as _fivetran_deleted, ${SYNCED}
      from ${present('tickets')} as t ${joined.map(({ join }) => join).join(' ')}`
  },
}

/** Columns that come from somewhere else. */
interface Joined {
  readonly columns: readonly string[]
  readonly join: string
}

/** Each custom field under `custom_` and its title; two of the same title by their ids too. */
async function customFields({ has, present, rows, elements, member, types }: Tables): Promise<Joined> {
  if (!has('ticket_fields')) return { columns: [], join: '' }
  const fields = await rows(
    `select t.id, t.title from ${present('ticket_fields')} as t where t.removable and ${LIVING} order by t.id`,
  )
  if (fields.length === 0) return { columns: [], join: '' }
  const taken = new Set<string>()
  const values = fields.map(({ id, title }) => {
    const plain = `custom_${String(title)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '_')
      .replace(/^_|_$/g, '')}`
    const name = quoted(shortName(taken.has(shortName(plain)) ? `${plain}_${id}` : plain))
    taken.add(shortName(plain))
    return {
      name,
      value: `max(case when ${member('x.element', 'id')} = '${id}' then ${member('x.element', 'value')} end) as ${name}`,
    }
  })
  return {
    columns: values.map(({ name }) => `c.${name}`),
    join: `left join (select t.id, ${values.map(({ value }) => value).join(', ')}
      from ${present('tickets')} as t, lateral (${elements(`cast(t.custom_fields as ${types.json})`)}) as x group by t.id) as c
      on c.id = t.id`,
  }
}

/** From where the ticket was written: of its first audit. */
function system({ has, present, member }: Tables): Joined {
  const names = SYSTEM.trim().split(/\s+/)
  if (!has('ticket_audits'))
    return { columns: names.map((name) => `cast(null as varchar) as system_${name}`), join: '' }
  return {
    columns: names.map((name) => `${member('s.metadata', 'system', name)} as system_${name}`),
    join: `left join (select distinct on (a.ticket_id) a.ticket_id, a.metadata
      from ${present('ticket_audits')} as a order by a.ticket_id, a.created_at, a.id) as s on s.ticket_id = t.id`,
  }
}

/** The tickets that were merged into it. */
function merged({ has, present }: Tables): Joined {
  if (!has('ticket_events')) return { columns: ['cast(null as varchar) as merged_ticket_ids'], join: '' }
  return {
    columns: ['m.merged_ticket_ids'],
    join: `left join (select e.ticket_id, max(cast(e.merged_ticket_ids as varchar)) as merged_ticket_ids
      from ${present('ticket_events')} as e where e.merged_ticket_ids is not null group by e.ticket_id) as m on m.ticket_id = t.id`,
  }
}

export const ticketTag: Model = {
  name: 'ticket_tag',
  about: 'A row for each tag of a ticket that is there.',
  from: ['tickets'],
  query: ({
    present,
    elements,
    elementText,
  }) => `select t.id as ticket_id, ${elementText('x.element')} as tag, ${SYNCED}
    from ${present('tickets')} as t, lateral (${elements('t.tags')}) as x
    where ${LIVING} and t.status <> 'deleted'`,
}
