import type { WriteObject } from '../model/writing.ts'

const BELOW = 'users/{user_id}/organization_memberships'

export const organizationMemberships: WriteObject = {
  name: 'organization_memberships',
  one: 'organization_membership',
  keys: [
    { columns: ['user_id', 'organization_id'], find: 'none', at: BELOW, modes: ['append', 'append_dedup'] },
    { columns: ['user_id', 'organization_id'], find: 'below', at: BELOW, modes: ['update', 'soft_delete'] },
    { columns: ['id'], find: 'none', modes: ['soft_delete'] },
  ],
  writable: 'user_id:integer organization_id:integer default:boolean',
  required: ['user_id', 'organization_id'],
  references: {
    user_external_id: { fills: 'user_id', object: 'users' },
    organization_external_id: { fills: 'organization_id', object: 'organizations' },
    organization_name: { fills: 'organization_id', object: 'organizations', by: 'name' },
  },
  bulk: ['create', 'delete'],
  switches: { default: 'users/{user_id}/organization_memberships/{id}/make_default' },
  isThere: /already (been taken|a member)/,
}
