import { defineObject } from './define.ts'
import { listedBy, shownBy } from './keys.ts'
import { quietTicket } from './quiet-ticket.ts'

export const TICKET_COLUMNS =
  'subject comment description status custom_status_id priority type external_id requester_id submitter_id assignee_id organization_id group_id brand_id ticket_form_id problem_id due_at recipient tags:set collaborator_ids custom_fields'
export const TICKET_REFERENCES =
  'requester_external_id:users assignee_external_id:users organization_external_id:organizations group_name:groups'

export const tickets = defineObject({
  name: 'tickets',
  keys: [listedBy('external_id'), shownBy('id')],
  writable: TICKET_COLUMNS,
  required: ['comment'],
  fields: { name: 'custom_fields', form: 'list', from: 'ticket_fields' },
  references: TICKET_REFERENCES,
  bulk: ['create', 'update', 'delete'],
  buckets: { update: 'tickets-update' },
  can: ['idempotency_key', 'safe_update', 'tag_deltas'],
  comment: 'comment',
  quiet: quietTicket,
})
