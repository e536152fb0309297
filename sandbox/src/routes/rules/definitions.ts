import type { Row } from '../../account/model.ts'
import { staffOf } from '../../account/people/lookup.ts'
import { SINCE_EVENT, SINCE_STATUS } from '../../account/rules/conditions.ts'
import type { Store } from '../../account/store.ts'

/** The fields of conditions that depend on time: hours since something. */
export const timeFields: ReadonlySet<string> = new Set([...SINCE_STATUS, ...SINCE_EVENT])

const choice = (value: string, title: string): Row => ({ value, title, enabled: true })
const STATUSES = ['new', 'open', 'pending', 'hold', 'solved', 'closed'].map((status) =>
  choice(status, status === 'hold' ? 'On-hold' : status.charAt(0).toUpperCase() + status.slice(1)),
)
const PRIORITIES = ['low', 'normal', 'high', 'urgent'].map((level) =>
  choice(level, level.charAt(0).toUpperCase() + level.slice(1)),
)
const TYPES = ['question', 'incident', 'problem', 'task'].map((type) =>
  choice(type, type.charAt(0).toUpperCase() + type.slice(1)),
)
const RANKED = ['is', 'is_not', 'less_than', 'greater_than']
const EXACT = ['is', 'is_not']
const TITLES: Readonly<Record<string, string>> = {
  is: 'Is',
  is_not: 'Is not',
  less_than: 'Less than',
  greater_than: 'Greater than',
  includes: 'Contains at least one of the following',
  not_includes: 'Contains none of the following',
  present: 'Present',
  not_present: 'Not present',
}

/** The possible conditions: `definitions` of rules. */
export function conditionDefinitions(store: Store): Row[] {
  const groups = [...store.groups.values()].filter(({ deleted }) => !deleted)
  const custom = [...store.fields.values()].filter(({ removable, active }) => removable && active)
  const definition = (subject: string, title: string, operators: readonly string[], values?: readonly Row[]): Row => ({
    title,
    subject,
    type: values === undefined ? 'text' : 'list',
    group: 'ticket',
    nullable: values !== undefined && subject !== 'status',
    repeatable: false,
    operators: operators.map((value) => ({
      value,
      title: TITLES[value],
      terminal: value === 'present' || value === 'not_present',
    })),
    ...(values === undefined ? {} : { values }),
  })
  return [
    definition('status', 'Status category', RANKED, STATUSES),
    definition('type', 'Type', EXACT, TYPES),
    definition('priority', 'Priority', RANKED, PRIORITIES),
    definition(
      'group_id',
      'Group',
      EXACT,
      groups.map(({ id, name }) => choice(String(id), name)),
    ),
    definition('assignee_id', 'Assignee', EXACT, staff(store)),
    definition('brand_id', 'Brand', EXACT, brands(store)),
    definition('ticket_form_id', 'Form', EXACT, forms(store)),
    definition('current_tags', 'Tags', ['includes', 'not_includes']),
    definition('subject_includes_word', 'Subject text', ['includes', 'not_includes', 'is', 'is_not']),
    ...[...timeFields].map((field) => definition(field, `Hours since ${field.toLowerCase()}`, RANKED)),
    ...custom.map(({ id, title, options }) =>
      definition(
        `custom_fields_${id}`,
        title,
        [...EXACT, 'present', 'not_present'],
        options.length > 0 ? options.map(({ name, value }) => choice(value, name)) : undefined,
      ),
    ),
  ]
}

/** The possible actions: `definitions` of rules. */
export function actionDefinitions(store: Store): Row[] {
  const groups = [...store.groups.values()].filter(({ deleted }) => !deleted)
  const definition = (subject: string, title: string, group: string, values?: readonly Row[]): Row => ({
    title,
    subject,
    type: values === undefined ? 'text' : 'list',
    group,
    nullable: false,
    repeatable: false,
    ...(values === undefined ? {} : { values }),
  })
  return [
    definition('status', 'Status category', 'ticket', STATUSES.slice(1, 5)),
    definition('priority', 'Priority', 'ticket', PRIORITIES),
    definition('type', 'Type', 'ticket', TYPES),
    definition(
      'group_id',
      'Group',
      'ticket',
      groups.map(({ id, name }) => choice(String(id), name)),
    ),
    definition('assignee_id', 'Assignee', 'ticket', staff(store)),
    definition('brand_id', 'Brand', 'ticket', brands(store)),
    definition('ticket_form_id', 'Form', 'ticket', forms(store)),
    definition('set_tags', 'Set tags', 'ticket'),
    definition('current_tags', 'Add tags', 'ticket'),
    definition('remove_tags', 'Remove tags', 'ticket'),
    definition('notification_user', 'User email', 'notification', [
      choice('requester_id', '(requester)'),
      choice('assignee_id', '(assignee)'),
      choice('requester_and_ccs', '(requester and CCs)'),
    ]),
    definition('notification_group', 'Group email', 'notification', [choice('group_id', '(assigned group)')]),
  ]
}

function staff(store: Store): Row[] {
  const people = staffOf(store)
  return [choice('current_user', '(current user)'), ...people.map(({ id, name }) => choice(String(id), name))]
}

function brands(store: Store): Row[] {
  const all = [...store.table('brands').all()].filter(({ is_deleted }) => is_deleted !== true)
  return all.map(({ id, name }) => choice(String(id), String(name)))
}

function forms(store: Store): Row[] {
  return [...store.forms.values()].map(({ id, name }) => choice(String(id), name))
}
