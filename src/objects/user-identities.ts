import type { WriteObject } from '../model/writing.ts'
import { EVERY } from './modes.ts'

const BELOW = 'users/{user_id}/identities'

export const userIdentities: WriteObject = {
  name: 'user_identities',
  one: 'identity',
  many: 'identities',
  at: { create: BELOW, one: 'users/{user_id}/identities/{id}' },
  keys: [{ columns: ['user_id', 'value'], find: 'below', at: BELOW, modes: EVERY }],
  writable: 'user_id type value verified primary',
  required: ['user_id', 'type', 'value'],
  fixed: ['type'],
  references: { user_external_id: { fills: 'user_id', object: 'users' } },
  bulk: [],
  switches: { primary: 'users/{user_id}/identities/{id}/make_primary' },
  quiet: (body, action, { mails }) => (mails || action !== 'create' ? body : { ...body, skip_verify_email: true }),
}
