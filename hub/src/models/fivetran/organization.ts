import type { Model } from '../model.ts'
import { LIVING, SYNCED, same, times } from './columns.ts'

export const organization: Model = {
  name: 'organization',
  about: 'Organizations that are there.',
  from: ['organizations'],
  query: ({
    present,
  }) => `select ${same('id name details external_id notes url group_id shared_comments shared_tickets')},
    ${times('created_at updated_at')}, ${SYNCED}
    from ${present('organizations')} as t where ${LIVING}`,
}

export const organizationTag: Model = {
  name: 'organization_tag',
  about: 'A row for each tag of an organization.',
  from: ['organizations'],
  query: ({ present, elements, elementText }) => `select t.id as organization_id,
    ${elementText('x.element')} as tag, ${SYNCED}
    from ${present('organizations')} as t, lateral (${elements('t.tags')}) as x where ${LIVING}`,
}

export const domainName: Model = {
  name: 'domain_name',
  about: 'A row for each domain of an organization, with its place from 0.',
  from: ['organizations'],
  query: ({ present, elements, elementText, types }) => `select t.id as organization_id,
    cast(x.place as ${types.integer}) as "index", ${elementText('x.element')} as domain_name, ${SYNCED}
    from ${present('organizations')} as t, lateral (${elements('t.domain_names')}) as x where ${LIVING}`,
}
