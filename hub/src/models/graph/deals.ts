import { LIVING, type Model, picked } from '../model.ts'

export const deals: Model = {
  name: 'deals',
  about:
    'Deals, with the contact and the company that they are made with. Zendesk keeps them in Sell, its product for sales teams, which ends on 31 August 2027. source-zendesk reads no data of Sell: this view is there only if another connector has loaded the streams `deals` and `contacts` of Sell into the same schema (`zendesk-hub load`).',
  from: ['users', 'deals', 'contacts'],
  columns: {
    deal_id: 'the id of the deal in Sell',
    name: 'its name',
    value: 'what it is worth',
    currency: 'in which currency',
    stage_id: 'its stage in Sell',
    contact_id: 'the contact',
    company_id:
      'the company of the contact; else the one that has the name of the organization in Sell, of several the smallest id',
    owner_id: 'the user of Sell who has it',
    created_at: 'when it was created',
    updated_at: 'when it last changed',
  },
  query(tables) {
    const { text, integer } = tables.types
    const deal = picked(
      tables,
      'deals',
      {
        ...{ id: 'text', name: 'text', value: 'number', currency: 'text', stage_id: 'integer', owner_id: 'integer' },
        ...{ contact_id: 'text', organization_id: 'text', created_at: 'time', updated_at: 'time' },
      },
      LIVING,
    )
    const wanted = { id: 'text', name: 'text', is_organization: 'boolean', contact_id: 'text' } as const
    const sell = picked(tables, 'contacts', wanted, LIVING)
    const named = `(select lower(trim(name)) as name, min(company_id) as company_id from ${
      tables.has('organizations')
        ? tables.model('companies')
        : `(select cast(null as ${text}) as name, cast(null as ${integer}) as company_id where false) as none`
    } group by 1)`
    return `select d.id as deal_id, d.name, d.value, d.currency, d.stage_id, p.contact_id,
        coalesce(c.company_id, n.company_id) as company_id, d.owner_id, d.created_at, d.updated_at
      from ${deal} as d
      left join ${sell} as s on s.id = d.contact_id
      left join ${tables.model('people')} as p on p.source = 'sell' and p.source_id = s.id
      left join ${tables.model('contacts')} as c on c.contact_id = p.contact_id
      left join ${sell} as o on o.is_organization and o.id = coalesce(d.organization_id, case when s.is_organization then s.id else s.contact_id end)
      left join ${named} as n on n.name = lower(trim(o.name))`
  },
}
