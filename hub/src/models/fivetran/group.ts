import { type Model, utc } from '../model.ts'

export const group: Model = {
  name: 'group',
  about: 'Groups of agents; those that were deleted are marked.',
  from: ['groups'],
  query: ({ present }) => `select t.id, t.name, t.url, ${utc('t.created_at')} as created_at,
    ${utc('t.updated_at')} as updated_at, coalesce(t.deleted, false) or t._deleted_at is not null as _fivetran_deleted,
    ${utc('t._loaded_at')} as _fivetran_synced
    from ${present('groups')} as t`,
}
