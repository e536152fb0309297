import type { WriteObject } from '../model/writing.ts'
import { BY_ID, EVERY } from './modes.ts'
import { quietTicket } from './quiet-ticket.ts'

export const tickets: WriteObject = {
  name: 'tickets',
  one: 'ticket',
  keys: [
    { columns: ['external_id'], find: 'list', by: 'external_id', modes: EVERY },
    { columns: ['id'], find: 'show_many', by: 'ids', modes: BY_ID },
  ],
  writable:
    'subject comment description status custom_status_id priority type external_id requester_id submitter_id assignee_id organization_id group_id brand_id ticket_form_id problem_id due_at recipient tags collaborator_ids custom_fields',
  required: ['comment'],
  fields: { name: 'custom_fields', form: 'list', from: 'ticket_fields' },
  references: {
    requester_external_id: { fills: 'requester_id', object: 'users' },
    assignee_external_id: { fills: 'assignee_id', object: 'users' },
    organization_external_id: { fills: 'organization_id', object: 'organizations' },
    group_name: { fills: 'group_id', object: 'groups', by: 'name' },
  },
  bulk: ['create', 'update', 'delete'],
  buckets: { update: 'tickets-update' },
  sets: ['tags'],
  tagDeltas: true,
  comment: 'comment',
  isIdempotent: true,
  safeUpdates: true,
  quiet: quietTicket,
}
