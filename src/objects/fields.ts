import type { WriteObject } from '../model/writing.ts'
import { defineObject } from './define.ts'
import { amongAll, byId } from './keys.ts'

/** Custom fields. Their options are objects of their own: a list that lacks one would delete it. */
const fieldsOf = (name: string, key: string): WriteObject =>
  defineObject({
    name,
    keys: [amongAll(key), byId],
    writable: 'title key type description position active tag regexp_for_validation custom_field_options',
    required: key === 'key' ? ['key', 'title', 'type'] : ['title', 'type'],
    fixed: ['key', 'type', 'tag', 'custom_field_options'],
    refuses: (_, { fields }, action) =>
      fields || action !== 'create' ? undefined : 'No field is created: "create_fields" is off.',
  })

export const ticketFields = fieldsOf('ticket_fields', 'title')
export const userFields = fieldsOf('user_fields', 'key')
export const organizationFields = fieldsOf('organization_fields', 'key')
