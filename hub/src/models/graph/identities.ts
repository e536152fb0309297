import { LIVING, type Model, picked } from '../model.ts'
import { emailOf, phoneOf, usersIn } from './columns.ts'

export const identities: Model = {
  name: 'identities',
  about: 'Each e-mail address, telephone number and external id, and the user that it leads to.',
  from: ['users'],
  also: { user_identities: 'second addresses and numbers of users' },
  columns: {
    kind: '`email`, `phone` or `external_id`',
    value: 'the address in lower case, the digits of the number, or the id',
    user_id:
      'the user: one that was not deleted before one that was, a first address before a second, the smallest id. A number of several users leads to nobody',
  },
  query(tables) {
    const second = picked(tables, 'user_identities', { user_id: 'integer', type: 'text', value: 'text' }, LIVING)
    const more = `union all select case i.type when 'email' then 'email' else 'phone' end,
        case i.type when 'email' then ${emailOf('i.value')} else ${phoneOf('i.value')} end, i.user_id, 1
        from ${second} as i where i.type in ('email', 'phone_number')`
    return `with people as ${usersIn(tables)}, held as (
        select 'email' as kind, ${emailOf('email')} as value, id as user_id, 0 as rank from people
        union all select 'external_id', external_id, id, 0 from people
        union all select 'phone', ${phoneOf('phone')}, id, 0 from people where shared_phone_number is not true
        ${tables.has('user_identities') ? more : ''}
      ), single as (
        select h.kind, h.value, h.user_id, p.is_living, min(h.rank) as rank
        from held as h join people as p on p.id = h.user_id where h.value <> '' group by 1, 2, 3, 4
      ), ordered as (
        select s.*, row_number() over (partition by kind, value order by is_living desc, rank, user_id) as nth,
          sum(case when is_living then 1 else 0 end) over (partition by kind, value) as living from single as s
      ) select kind, value, user_id from ordered where nth = 1 and (kind <> 'phone' or living < 2)`
  },
}
