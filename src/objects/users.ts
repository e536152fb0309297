import type { WriteObject } from '../model/writing.ts'
import { BY_ID, EVERY } from './modes.ts'

export const users: WriteObject = {
  name: 'users',
  one: 'user',
  keys: [
    { columns: ['external_id'], find: 'show_many', by: 'external_ids', modes: EVERY },
    { columns: ['email'], find: 'none', modes: ['append_dedup'] },
    { columns: ['id'], find: 'show_many', by: 'ids', modes: BY_ID },
  ],
  writable:
    'name email external_id phone alias details notes organization_id role custom_role_id tags time_zone locale_id verified suspended signature ticket_restriction moderator only_private_comments default_group_id user_fields',
  required: ['name'],
  fields: { name: 'user_fields', form: 'keys', from: 'user_fields' },
  references: {
    organization_external_id: { fills: 'organization_id', object: 'organizations' },
    organization_name: { fills: 'organization_id', object: 'organizations', by: 'name' },
  },
  bulk: ['create', 'update', 'upsert', 'delete'],
  buckets: { update: 'create-update-user', upsert: 'create-update-user' },
  sets: ['tags'],
  primary: {
    column: 'email',
    many: 'identities',
    list: 'users/{id}/identities',
    at: 'users/{id}/identities/{of}/make_primary',
  },
  isDeleted: ({ active }) => active === false,
  // Inside of the user: as a query parameter it has no effect.
  quiet: (body, action, { mails }) => (mails || action === 'delete' ? body : { ...body, skip_verify_email: true }),
  refuses: ({ role }, { roles }) =>
    roles || role === undefined || role === null || role === 'end-user'
      ? undefined
      : `The role "${String(role)}" takes a licence, and "raise_roles" is off.`,
}
