import type { WriteObject } from '../model/writing.ts'
import { defineObject } from './define.ts'
import { below } from './keys.ts'

/** The choices of fields that are lists. One that is left out of a field that is written whole is lost, with its values. */
const optionsOf = (fields: string, by: string): WriteObject =>
  defineObject({
    name: `${fields.slice(0, -1)}_options`,
    many: 'custom_field_options',
    at: { create: `${fields}/{field_id}/options`, one: `${fields}/{field_id}/options/{id}` },
    keys: [below(`${fields}/{field_id}/options`, 'field_id', 'value')],
    writable: 'field_id:integer name value position:integer',
    required: ['field_id', 'name', 'value'],
    references: `field_${by}:${fields}`,
    methods: { update: 'POST' },
    refuses: (_, { options }, action) =>
      options || action === 'update' ? undefined : 'No option of a field is created: "create_options" is off.',
  })

export const ticketFieldOptions = optionsOf('ticket_fields', 'title')
export const userFieldOptions = optionsOf('user_fields', 'key')

/** Zendesk documents no endpoint for these: the field is written whole, with all of its options. */
export const organizationFieldOptions: WriteObject = {
  ...optionsOf('organization_fields', 'key'),
  keys: [below('organization_fields/{field_id}', 'field_id', 'value')],
  writable: 'field_id:integer name value',
  inside: { at: 'organization_fields/{field_id}', one: 'organization_field', list: 'custom_field_options' },
}
