import type { CustomTicketStatus } from '../../generated/custom_statuses.ts'
import type { Tag } from '../../generated/tags.ts'
import type { TicketField } from '../../generated/ticket_fields.ts'
import type { TicketFormConditionAgent } from '../../generated/ticket_form_conditions_agent.ts'
import type { TicketFormConditionEndUser } from '../../generated/ticket_form_conditions_end_user.ts'
import type { TicketForm } from '../../generated/ticket_forms.ts'
import { ConnectorError } from '../../model/errors.ts'
import type { Has, RecordData } from '../../model/stream.ts'
import { cursorList, numberedList } from '../../zendesk/walks/list.ts'
import { defineStream, shownUnder } from '../define.ts'

const ticketFieldList = cursorList({ path: 'ticket_fields' })

export const ticketFields = defineStream<TicketField>()({
  name: 'ticket_fields',
  isSelectedByDefault: true,
  cursorField: 'updated_at',
  walk: ticketFieldList,
  show: shownUnder(ticketFieldList),
  count: 'ticket_fields/count',
})

const ticketFormList = numberedList({ path: 'ticket_forms' })

export const ticketForms = defineStream<TicketForm>()({
  name: 'ticket_forms',
  isSelectedByDefault: true,
  needs: 'Suite Growth, Support Enterprise, or above',
  cursorField: 'updated_at',
  walk: ticketFormList,
  show: shownUnder(ticketFormList),
  deletedAt: ({ deleted_at }) => deleted_at,
})

/** The fields that forms show under a condition: a record for each form, condition and field. */
const conditionsIn =
  (column: keyof TicketForm & `${string}_conditions`) =>
  (forms: readonly Has<TicketForm, keyof TicketForm>[]): readonly RecordData[] =>
    forms
      .filter(({ deleted_at }) => deleted_at == null)
      .flatMap((form) =>
        listIn(form[column], column).flatMap(({ child_fields, value, ...parent }) =>
          listIn(child_fields, 'child_fields').map(({ id, ...child }) => ({
            ticket_form_id: form.id,
            ...parent,
            value: typeof value === 'string' ? value : JSON.stringify(value ?? null),
            child_field_id: id,
            ...child,
            updated_at: form.updated_at,
          })),
        ),
      )

/** The list under this key of a form. Throws a ConnectorError if there is none: that is not a form without conditions. */
function listIn<Row>(list: readonly Row[] | null | undefined, key: string): readonly NonNullable<Row>[] {
  if (Array.isArray(list)) return list
  throw new ConnectorError(
    `${ticketFormList.path}: Zendesk answered without the list "${key}", which the conditions of forms are in.`,
    'system_error',
  )
}

export const ticketFormConditionsAgent = defineStream<TicketFormConditionAgent, TicketForm>()({
  name: 'ticket_form_conditions_agent',
  needs: 'Suite Growth, Support Enterprise, or above',
  primaryKey: ['ticket_form_id', 'parent_field_id', 'value', 'child_field_id'],
  cursorField: 'updated_at',
  walk: ticketFormList,
  records: conditionsIn('agent_conditions'),
})

export const ticketFormConditionsEndUser = defineStream<TicketFormConditionEndUser, TicketForm>()({
  name: 'ticket_form_conditions_end_user',
  needs: 'Suite Growth, Support Enterprise, or above',
  primaryKey: ['ticket_form_id', 'parent_field_id', 'value', 'child_field_id'],
  cursorField: 'updated_at',
  walk: ticketFormList,
  records: conditionsIn('end_user_conditions'),
})

/** Statuses are deactivated, never deleted. */
export const customStatuses = defineStream<CustomTicketStatus>()({
  name: 'custom_statuses',
  cursorField: 'updated_at',
  walk: numberedList({ path: 'custom_statuses' }),
})

/** The 20,000 tags that were used most in the last 60 days. Zendesk does not say when a tag was used. */
export const tags = defineStream<Tag>()({
  name: 'tags',
  isSelectedByDefault: true,
  primaryKey: ['name'],
  walk: cursorList({ path: 'tags' }),
  count: 'tags/count',
})
