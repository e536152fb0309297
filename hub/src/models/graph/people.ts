import { LIVING, type Model, picked, type Tables } from '../model.ts'
import { asText, emailOf, phoneOf, usersIn } from './columns.ts'

export const people: Model = {
  name: 'people',
  about: 'Whoever stands in Zendesk as a person, and the contact that he or she is: several may be one.',
  from: ['users'],
  also: {
    ticket_field_history: 'users that were merged before the first sync',
    side_conversations: 'partners of side conversations who are no users',
    chats: 'visitors of chats',
    contacts: 'contacts of Sell',
  },
  columns: {
    source: '`user`, `side_conversation`, `chat` or `sell`',
    source_id: 'the id of the user, chat or contact of Sell; the address of a partner of side conversations',
    user_id: 'the user, of source `user`',
    name: 'as the source has it',
    email: 'in lower case',
    phone: 'as the source has it',
    contact_id: 'the contact',
    found_by:
      'by what: `id`, of a merged or deleted user `email`, `external_id`, `phone` or `ticket`; of others `email` or `phone`, and `none` where that is no user',
  },
  query(tables) {
    const id = asText(tables, 'u.id')
    return `with users as ${usersIn(tables)}, keys as (select * from ${tables.model('identities')}), merged as (${merged(tables)}), known as (
        select 'user' as source, ${id} as source_id, u.id as user_id, u.name, ${emailOf('u.email')} as email, u.phone,
          ${asText(tables, 'coalesce(m.winner, u.id)')} as contact_id, coalesce(m.found_by, 'id') as found_by
        from users as u left join merged as m on m.loser = u.id
      ), others as (${others(tables)}) select * from known
      union all select o.source, o.source_id, cast(null as ${tables.types.integer}), o.name, o.email, o.phone,
        coalesce(e.contact_id, p.contact_id, 'email:' || o.email, 'phone:' || o.number) as contact_id,
        case when e.contact_id is not null then 'email' when p.contact_id is not null then 'phone' else 'none' end
      from (select o.source, o.source_id, o.name, nullif(${emailOf('o.email')}, '') as email, o.phone,
        nullif(${phoneOf('o.phone')}, '') as number from others as o) as o
      left join keys as i on i.kind = 'email' and i.value = o.email
      left join known as e on e.user_id = i.user_id
      left join keys as j on j.kind = 'phone' and j.value = o.number
      left join known as p on p.user_id = j.user_id
      where o.email is not null or o.number is not null`
  },
}

/**
 * Deleted users, and who they are now. A merge moves addresses and tickets to the winner (facts 158 and 356), and names nobody:
 * the winner has what the loser had, or is the requester of a ticket that the system took from the loser.
 */
function merged(tables: Tables): string {
  const keys = [
    ['email', emailOf('u.email')],
    ['external_id', 'u.external_id'],
    ['phone', phoneOf('u.phone')],
  ].map(
    (
      [kind, value],
      rank,
    ) => `select u.id as loser, i.user_id as winner, i.kind as found_by, ${rank} as rank, 0 as moment
      from users as u join keys as i on i.kind = '${kind}' and i.value = ${value} where not u.is_living`,
  )
  if (tables.has('ticket_field_history') && tables.has('tickets')) keys.push(movedTickets(tables))
  return `select distinct on (c.loser) c.loser, c.winner, c.found_by from (${keys.join(' union all ')}) as c
    join users as w on w.id = c.winner and w.is_living order by c.loser, c.rank, c.moment desc, c.winner`
}

function movedTickets(tables: Tables): string {
  const history = picked(
    tables,
    'ticket_field_history',
    {
      ...{ ticket_id: 'integer', field_name: 'text', previous_value: 'text', user_id: 'integer' },
      updated_at: 'time',
    },
    LIVING,
  )
  const tickets = picked(tables, 'tickets', { id: 'integer', requester_id: 'integer' })
  return `select u.id, t.requester_id, 'ticket', 3, extract(epoch from h.updated_at)
    from users as u join ${history} as h on h.previous_value = ${asText(tables, 'u.id')}
    join ${tickets} as t on t.id = h.ticket_id
    where not u.is_living and h.field_name = 'requester_id' and h.user_id = -1`
}

/** People of other lists, with the same columns each. */
function others(tables: Tables): string {
  const { has, member, elements, types } = tables
  const empty = `select ${['source', 'source_id', 'name', 'email', 'phone'].map((name) => `cast(null as ${types.text}) as ${name}`).join(', ')} where false`
  const queries = [empty]
  if (has('side_conversations')) {
    const email = emailOf(member('x.element', 'email'))
    const talks = picked(tables, 'side_conversations', { id: 'text', participants: 'json' }, LIVING)
    queries.push(`select 'side_conversation', ${email}, max(${member('x.element', 'name')}), ${email}, null
      from ${talks} as t, lateral (${elements('t.participants')}) as x
      where ${member('x.element', 'user_id')} is null group by ${email}`)
  }
  if (has('chats')) {
    const chats = picked(tables, 'chats', { id: 'text', visitor: 'json' }, LIVING)
    const [name, email, phone] = ['name', 'email', 'phone'].map((one) => member('t.visitor', one))
    queries.push(`select 'chat', t.id, ${name}, ${email}, ${phone} from ${chats} as t`)
  }
  if (has('contacts')) {
    const wanted = { id: 'text', name: 'text', email: 'text', phone: 'text', mobile: 'text' } as const
    const sell = picked(tables, 'contacts', { ...wanted, is_organization: 'boolean' }, LIVING)
    queries.push(`select 'sell', t.id, t.name, t.email, coalesce(t.phone, t.mobile)
      from ${sell} as t where t.is_organization is not true`)
  }
  return queries.join(' union all ')
}
