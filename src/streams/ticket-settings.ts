import type { TicketField } from '../generated/ticket_fields.ts'
import type { TicketForm } from '../generated/ticket_forms.ts'
import { cursorList, numberedList } from '../zendesk/list.ts'
import { defineStream, shownBelow } from './define.ts'

const ticketFieldList = cursorList({ name: 'ticket_field_list', path: 'ticket_fields', key: 'ticket_fields' })

export const ticketFields = defineStream<TicketField>({
  name: 'ticket_fields',
  cursorField: 'updated_at',
  walk: ticketFieldList,
  show: shownBelow(ticketFieldList),
  count: 'ticket_fields/count',
})

const ticketFormList = numberedList({ name: 'ticket_form_list', path: 'ticket_forms', key: 'ticket_forms' })

export const ticketForms = defineStream<TicketForm>({
  name: 'ticket_forms',
  cursorField: 'updated_at',
  walk: ticketFormList,
  show: shownBelow(ticketFormList),
  deletedAt: (form) => (form['deleted_at'] as string | null | undefined) ?? undefined,
})
