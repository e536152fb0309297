import type { Model } from '../model.ts'
import { SYNCED, same, times } from './columns.ts'

export const group: Model = {
  name: 'group',
  about: 'Groups of agents; those that were deleted are marked.',
  from: ['groups'],
  query: ({ present }) => `select ${same('id name url')}, ${times('created_at updated_at')},
    coalesce(t.deleted, false) or t._deleted_at is not null as _fivetran_deleted, ${SYNCED}
    from ${present('groups')} as t`,
}
