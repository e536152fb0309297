import type { AccountAttribute } from '../../generated/account_attributes.ts'
import type { AttributeDefinition } from '../../generated/attribute_definitions.ts'
import type { AttributeValue } from '../../generated/attribute_values.ts'
import type { GroupSlaPolicy } from '../../generated/group_sla_policies.ts'
import type { Queue } from '../../generated/queues.ts'
import type { ScheduleHoliday } from '../../generated/schedule_holidays.ts'
import type { Schedule } from '../../generated/schedules.ts'
import type { SlaPolicy } from '../../generated/sla_policies.ts'
import { belowParent } from '../../zendesk/walks/below-parent.ts'
import { numberedList, oneAnswer } from '../../zendesk/walks/list.ts'
import { areRows, isRow } from '../../zendesk/walks/rows.ts'
import { defineStream, defineSubstream } from '../define.ts'

export const slaPolicies = defineStream<SlaPolicy>()({
  name: 'sla_policies',
  needs: 'Suite Growth, Support Professional, or above',
  cursorField: 'updated_at',
  walk: numberedList({ path: 'slas/policies', key: 'sla_policies' }),
})

/** The agreements between groups (fact 266), in pages by number like those with customers. */
export const groupSlaPolicies = defineStream<GroupSlaPolicy>()({
  name: 'group_sla_policies',
  needs: 'Suite or Support Enterprise, or above',
  cursorField: 'updated_at',
  walk: numberedList({ path: 'group_slas/policies', key: 'group_sla_policies' }),
})

const scheduleList = numberedList({ path: 'business_hours/schedules' })

export const schedules = defineStream<Schedule>()({
  name: 'schedules',
  needs: 'Suite Growth, Support Professional, or above',
  cursorField: 'updated_at',
  walk: scheduleList,
})

/** Zendesk does not say when a holiday was changed. */
export const scheduleHolidays = defineSubstream<ScheduleHoliday, Schedule>({
  name: 'schedule_holidays',
  needs: 'Suite Growth, Support Professional, or above',
  walk: scheduleList,
  childList: ({ id }) => numberedList({ path: `business_hours/schedules/${id}/holidays` }),
  records: (holidays, schedule) => holidays.map((holiday) => ({ ...holiday, schedule_id: schedule.id })),
})

const attributeList = numberedList({ path: 'routing/attributes' })

/** The kinds of skills of skills-based routing. */
export const accountAttributes = defineStream<AccountAttribute>()({
  name: 'account_attributes',
  needs: 'Suite Professional, Support Enterprise, or above',
  cursorField: 'updated_at',
  walk: attributeList,
})

/** The skills of each kind, in one answer; they change without their kind. */
export const attributeValues = defineSubstream<AttributeValue, AccountAttribute>({
  name: 'attribute_values',
  needs: 'Suite Professional, Support Enterprise, or above',
  cursorField: 'updated_at',
  walk: attributeList,
  childList: ({ id }) =>
    belowParent(numberedList({ path: `routing/attributes/${id}/values`, key: 'attribute_values' }), {
      attribute_id: id,
    }),
})

/** The subjects of conditions in skills-based routing; a subject can occur under both kinds of conditions. */
export const attributeDefinitions = defineStream<AttributeDefinition>()({
  name: 'attribute_definitions',
  needs: 'Suite Professional, Support Enterprise, or above',
  primaryKey: [],
  walk: oneAnswer('routing/attributes/definitions', ({ definitions }) => {
    if (!isRow(definitions)) return undefined
    const { conditions_all: all, conditions_any: any } = definitions
    if (!areRows(all) || !areRows(any)) return undefined
    return [...all.map((row) => ({ ...row, condition: 'all' })), ...any.map((row) => ({ ...row, condition: 'any' }))]
  }),
})

/** The active queues of omnichannel routing, in one answer (fact 267). One that is switched off leaves the list. */
export const queues = defineStream<Queue>()({
  name: 'queues',
  needs: 'An administrator, and omnichannel routing: Suite Professional, or above',
  cursorField: 'updated_at',
  walk: numberedList({ path: 'queues' }),
})
