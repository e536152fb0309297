import type { WriteObject } from '../model/writing.ts'
import { defineObject } from './define.ts'

/** Users in groups or organizations: a pair is there once, and Zendesk refuses a second one. */
function membershipsIn(parent: 'group' | 'organization', references: string): WriteObject {
  const [name, columns] = [`${parent}_memberships`, ['user_id', `${parent}_id`]]
  const at = `users/{user_id}/${name}`
  return defineObject({
    name,
    keys: [
      { columns, find: 'none', at, modes: ['append', 'append_dedup'] },
      { columns, find: 'below', at, modes: ['update', 'soft_delete'] },
      { columns: ['id'], find: 'none', modes: ['soft_delete'] },
    ],
    writable: `user_id:integer ${parent}_id:integer default:boolean`,
    required: columns,
    references: `user_external_id:users ${references}`,
    bulk: ['create', 'delete'],
    switches: { default: `${at}/{id}/make_default` },
    isThere: /already (been taken|a member|exists)/,
  })
}

export const groupMemberships = membershipsIn('group', 'group_name:groups')
export const organizationMemberships = membershipsIn(
  'organization',
  'organization_external_id:organizations organization_name:organizations',
)
