import type { WriteObject } from '../model/writing.ts'
import { quietTicket } from './quiet-ticket.ts'

const ALL = ['append', 'update', 'append_dedup', 'soft_delete'] as const

export const tickets: WriteObject = {
  name: 'tickets',
  one: 'ticket',
  keys: [
    { columns: ['external_id'], find: 'list', by: 'external_id', modes: ALL },
    { columns: ['id'], find: 'show_many', by: 'ids', modes: ['update', 'soft_delete'] },
  ],
  writable:
    'subject comment description status custom_status_id priority type external_id requester_id submitter_id assignee_id organization_id group_id brand_id ticket_form_id problem_id due_at recipient tags collaborator_ids custom_fields',
  required: ['comment'],
  fields: { name: 'custom_fields', form: 'list', from: 'ticket_fields' },
  references: {
    requester_external_id: { fills: 'requester_id', object: 'users' },
    assignee_external_id: { fills: 'assignee_id', object: 'users' },
    organization_external_id: { fills: 'organization_id', object: 'organizations' },
  },
  bulk: ['create', 'update', 'delete'],
  buckets: { update: 'tickets-update' },
  hasTags: true,
  tagDeltas: true,
  comment: 'comment',
  isIdempotent: true,
  safeUpdates: true,
  quiet: quietTicket,
}
