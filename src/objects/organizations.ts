import { defineObject } from './define.ts'
import { amongAll, shownBy } from './keys.ts'

export const organizations = defineObject({
  name: 'organizations',
  keys: [shownBy('external_id'), shownBy('id'), amongAll('name')],
  writable:
    'name external_id details notes domain_names group_id shared_tickets shared_comments tags:set organization_fields',
  required: ['name'],
  fields: { name: 'organization_fields', form: 'keys', from: 'organization_fields' },
  references: 'group_name:groups',
  bulk: ['create', 'update', 'delete'],
})
