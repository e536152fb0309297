import type { WriteObject } from '../model/writing.ts'
import { BY_ID, EVERY } from './modes.ts'

export const organizations: WriteObject = {
  name: 'organizations',
  one: 'organization',
  keys: [
    { columns: ['external_id'], find: 'show_many', by: 'external_ids', modes: EVERY },
    { columns: ['id'], find: 'show_many', by: 'ids', modes: BY_ID },
    // The list of all is read once: dear for accounts with many.
    { columns: ['name'], find: 'whole', modes: EVERY },
  ],
  writable:
    'name external_id details notes domain_names group_id shared_tickets shared_comments tags organization_fields',
  required: ['name'],
  fields: { name: 'organization_fields', form: 'keys', from: 'organization_fields' },
  references: { group_name: { fills: 'group_id', object: 'groups', by: 'name' } },
  bulk: ['create', 'update', 'delete'],
  sets: ['tags'],
}
