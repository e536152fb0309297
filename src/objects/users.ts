import type { RecordData } from '../model/page.ts'
import type { Allowed, WriteAction } from '../model/writing.ts'
import { defineObject } from './define.ts'
import { shownBy } from './keys.ts'

export const users = defineObject({
  name: 'users',
  keys: [shownBy('external_id'), { columns: ['email'], find: 'none', modes: ['append_dedup'] }, shownBy('id')],
  writable:
    'name email external_id phone alias details notes organization_id role custom_role_id tags:set time_zone locale_id verified suspended signature ticket_restriction moderator only_private_comments default_group_id user_fields',
  required: ['name'],
  fields: { name: 'user_fields', form: 'keys', from: 'user_fields' },
  references: 'organization_external_id:organizations organization_name:organizations',
  bulk: ['create', 'update', 'upsert', 'delete'],
  buckets: { update: 'create-update-user', upsert: 'create-update-user' },
  primary: { column: 'email', many: 'identities', list: 'users/{id}/identities' },
  isDeleted: ({ active }) => active === false,
  quiet: withoutVerification,
  refuses: raisedRole,
})

/** Nobody is asked to verify an address. It stands inside of the user: as a query parameter it has no effect. */
function withoutVerification(body: RecordData, action: WriteAction, { mails }: Allowed): RecordData {
  return mails || action === 'delete' ? body : { ...body, skip_verify_email: true }
}

/** Agents and administrators take licences. */
function raisedRole({ role }: RecordData, { roles }: Allowed): string | undefined {
  if (roles || role === undefined || role === null || role === 'end-user') return undefined
  return `The role "${String(role)}" takes a licence, and "raise_roles" is off.`
}
