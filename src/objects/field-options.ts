import type { WriteObject } from '../model/writing.ts'
import { EVERY } from './modes.ts'

/** The choices of fields that are lists. One that is left out of a field that is written whole is lost, with its values. */
const optionsOf = (fields: string, by: string): WriteObject => ({
  name: `${fields.slice(0, -1)}_options`,
  one: 'custom_field_option',
  many: 'custom_field_options',
  at: { create: `${fields}/{field_id}/options`, one: `${fields}/{field_id}/options/{id}` },
  keys: [{ columns: ['field_id', 'value'], find: 'below', at: `${fields}/{field_id}/options`, modes: EVERY }],
  writable: 'field_id:integer name value position:integer',
  required: ['field_id', 'name', 'value'],
  references: { [`field_${by}`]: { fills: 'field_id', object: fields, by } },
  bulk: [],
  methods: { update: 'POST' },
  refuses: (_, { options }, action) =>
    options || action === 'update' ? undefined : 'No option of a field is created: "create_options" is off.',
})

export const ticketFieldOptions = optionsOf('ticket_fields', 'title')
export const userFieldOptions = optionsOf('user_fields', 'key')

/** Zendesk documents no endpoint for these: the field is written whole, with all of its options. */
export const organizationFieldOptions: WriteObject = {
  ...optionsOf('organization_fields', 'key'),
  keys: [{ columns: ['field_id', 'value'], find: 'below', at: 'organization_fields/{field_id}', modes: EVERY }],
  writable: 'field_id:integer name value',
  inside: { at: 'organization_fields/{field_id}', one: 'organization_field', list: 'custom_field_options' },
}
