import type { WriteObject } from '../model/writing.ts'

const BELOW = 'users/{user_id}/group_memberships'

export const groupMemberships: WriteObject = {
  name: 'group_memberships',
  one: 'group_membership',
  keys: [
    { columns: ['user_id', 'group_id'], find: 'none', at: BELOW, modes: ['append', 'append_dedup'] },
    { columns: ['user_id', 'group_id'], find: 'below', at: BELOW, modes: ['update', 'soft_delete'] },
    { columns: ['id'], find: 'none', modes: ['soft_delete'] },
  ],
  writable: 'user_id:integer group_id:integer default:boolean',
  required: ['user_id', 'group_id'],
  references: {
    user_external_id: { fills: 'user_id', object: 'users' },
    group_name: { fills: 'group_id', object: 'groups', by: 'name' },
  },
  bulk: ['create', 'delete'],
  switches: { default: 'users/{user_id}/group_memberships/{id}/make_default' },
  isThere: /already (been taken|a member|exists)/,
}
