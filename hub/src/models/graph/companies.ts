import { LIVING, type Model, picked } from '../model.ts'

export const companyDomains: Model = {
  name: 'company_domains',
  about: 'Each mail domain of an organization, and the company that it leads to.',
  from: ['organizations'],
  columns: {
    domain: 'in lower case',
    company_id: 'the organization; of several the oldest one, then the smallest id',
  },
  query(tables) {
    const wanted = { id: 'integer', domain_names: 'json', created_at: 'time' } as const
    return `select distinct on (d.domain) d.domain, d.company_id from (
        select lower(trim(${tables.elementText('x.element')})) as domain, t.id as company_id, t.created_at
        from ${picked(tables, 'organizations', wanted, LIVING)} as t, lateral (${tables.elements('t.domain_names')}) as x
      ) as d where d.domain <> '' order by d.domain, d.created_at, d.company_id`
  },
}

export const companies: Model = {
  name: 'companies',
  about: 'Organizations that are there.',
  from: ['organizations'],
  columns: {
    company_id: 'the id of the organization',
    name: 'its name',
    external_id: 'its id in another system',
    domain_names: 'its mail domains, as JSON',
    tags: 'its tags, as JSON',
    created_at: 'when it was created',
    updated_at: 'when it last changed',
  },
  query(tables) {
    const wanted = { id: 'integer', name: 'text', external_id: 'text', domain_names: 'json', tags: 'json' } as const
    const rows = picked(tables, 'organizations', { ...wanted, created_at: 'time', updated_at: 'time' }, LIVING)
    return `select o.id as company_id, o.name, o.external_id, o.domain_names, o.tags, o.created_at, o.updated_at
      from ${rows} as o`
  },
}
