import type { WriteObject } from '../model/writing.ts'
import { BY_ID, EVERY } from './modes.ts'

/** Custom fields. Their options are objects of their own: a list that lacks one would delete it. */
const fieldsOf = (name: string, key: string): WriteObject => ({
  name,
  one: name.slice(0, -1),
  keys: [
    { columns: [key], find: 'whole', modes: EVERY },
    { columns: ['id'], find: 'one', modes: BY_ID },
  ],
  writable: 'title key type description position active tag regexp_for_validation custom_field_options',
  required: key === 'key' ? ['key', 'title', 'type'] : ['title', 'type'],
  fixed: ['key', 'type', 'tag', 'custom_field_options'],
  bulk: [],
  refuses: (_, { fields }, action) =>
    fields || action !== 'create' ? undefined : 'No field is created: "create_fields" is off.',
})

export const ticketFields = fieldsOf('ticket_fields', 'title')
export const userFields = fieldsOf('user_fields', 'key')
export const organizationFields = fieldsOf('organization_fields', 'key')
