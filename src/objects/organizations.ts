import type { WriteObject } from '../model/writing.ts'

const ALL = ['append', 'update', 'append_dedup', 'soft_delete'] as const

export const organizations: WriteObject = {
  name: 'organizations',
  one: 'organization',
  keys: [
    { columns: ['external_id'], find: 'show_many', by: 'external_ids', modes: ALL },
    { columns: ['id'], find: 'show_many', by: 'ids', modes: ['update', 'soft_delete'] },
  ],
  writable:
    'name external_id details notes domain_names group_id shared_tickets shared_comments tags organization_fields',
  required: ['name'],
  fields: { name: 'organization_fields', form: 'keys', from: 'organization_fields' },
  bulk: ['create', 'update', 'delete'],
  hasTags: true,
}
