import type { WriteObject } from '../model/writing.ts'

export const organizationMemberships: WriteObject = {
  name: 'organization_memberships',
  one: 'organization_membership',
  keys: [
    { columns: ['user_id', 'organization_id'], find: 'none', modes: ['append', 'append_dedup'] },
    { columns: ['id'], find: 'none', modes: ['soft_delete'] },
  ],
  writable: 'user_id organization_id default',
  required: ['user_id', 'organization_id'],
  references: {
    user_external_id: { fills: 'user_id', object: 'users' },
    organization_external_id: { fills: 'organization_id', object: 'organizations' },
  },
  bulk: ['create', 'delete'],
  isThere: /already (been taken|a member)/,
}
