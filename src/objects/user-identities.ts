import { defineObject } from './define.ts'
import { below } from './keys.ts'

const BELOW = 'users/{user_id}/identities'

export const userIdentities = defineObject({
  name: 'user_identities',
  one: 'identity',
  many: 'identities',
  at: { create: BELOW, one: `${BELOW}/{id}` },
  keys: [below(BELOW, 'user_id', 'value')],
  writable: 'user_id type value verified primary',
  required: ['user_id', 'type', 'value'],
  fixed: ['type'],
  references: 'user_external_id:users',
  switches: { primary: `${BELOW}/{id}/make_primary` },
  quiet: (body, action, { mails }) => (mails || action !== 'create' ? body : { ...body, skip_verify_email: true }),
})
