import type { Model } from '../model.ts'
import { asText, usersIn } from './columns.ts'

export const contacts: Model = {
  name: 'contacts',
  about:
    'A row for each person: users, and partners of side conversations, visitors of chats and contacts of Sell who are no users. Users that were merged into one another are one row, that of the user who is left.',
  from: ['users'],
  also: { organizations: 'companies' },
  columns: {
    contact_id: 'the id of the user as text; `email:` or `phone:` and the address or number of somebody who is no user',
    user_id: 'the user, if it is one',
    name: 'its name',
    email: 'its first e-mail address, in lower case',
    phone: 'its telephone number',
    external_id: 'its id in another system',
    role: '`end-user`, `agent` or `admin`; null for somebody who is no user',
    company_id: 'its organization; else the one that its mail domain leads to',
    company_found_by: '`organization` or `domain`',
    people: 'how many rows of `people` it is',
    is_deleted: 'whether it was deleted, and not merged into another',
    created_at: 'when the user was created',
    updated_at: 'when the user last changed',
  },
  query(tables) {
    const { text, integer, time } = tables.types
    const hasCompanies = tables.has('organizations')
    const domain = "split_part(p.email, '@', 2)"
    const company = hasCompanies
      ? `coalesce(o.company_id, d.company_id) as company_id,
        case when o.company_id is not null then 'organization' when d.company_id is not null then 'domain' end as company_found_by`
      : `cast(null as ${integer}) as company_id, cast(null as ${text}) as company_found_by`
    return `with users as ${usersIn(tables)}, people as (select * from ${tables.model('people')}), counted as (
        select contact_id, count(*) as people from people group by contact_id
      ), persons as (
        select ${asText(tables, 'u.id')} as contact_id, u.id as user_id, p.name, p.email, p.phone, u.external_id, u.role,
          u.organization_id, not u.is_living as is_deleted, u.created_at, u.updated_at
        from users as u join people as p on p.user_id = u.id and p.found_by = 'id'
        union all select * from (select distinct on (p.contact_id) p.contact_id, cast(null as ${integer}) as user_id, p.name, p.email,
          p.phone, cast(null as ${text}) as external_id, cast(null as ${text}) as role, cast(null as ${integer}) as organization_id,
          false as is_deleted, cast(null as ${time}) as created_at, cast(null as ${time}) as updated_at
          from people as p where p.found_by = 'none' order by p.contact_id, p.source, p.source_id) as others
      ) select p.contact_id, p.user_id, p.name, p.email, p.phone, p.external_id, p.role, ${company}, c.people, p.is_deleted,
        p.created_at, p.updated_at
      from persons as p join counted as c on c.contact_id = p.contact_id
      ${
        hasCompanies
          ? `left join ${tables.model('companies')} as o on o.company_id = p.organization_id
      left join ${tables.model('company_domains')} as d on d.domain = ${domain}`
          : ''
      }`
  },
}
