import { inKeyOrder } from '../../account/key-order.ts'
import type { Row } from '../../account/model.ts'
import type { Store } from '../../account/store.ts'
import { isoTime } from '../../iso-time.ts'
import type { Random } from '../../random.ts'

const YEAR = 365 * 86_400

/** Declares macros and writes them: for all, for groups, and some that are the first administrator's own. */
export function generateMacros(store: Store, random: Random, latest: number): void {
  const macros = store.table('macros', {
    path: ({ id }) => `/macros/${id}`,
    row: inKeyOrder(
      'url',
      'id',
      'title',
      'active',
      'updated_at',
      'created_at',
      'default',
      'position',
      'description',
      'actions',
      'restriction',
      'raw_title',
    ),
  })
  for (const [nth, [title, actions, more = {}]] of macrosOf(store).entries()) {
    const created = latest - 4 * YEAR + random.between(0, 2 * YEAR)
    macros.add({
      title,
      active: true,
      default: false,
      position: random.chance(0.4) ? 9999 : 10_000 + nth,
      description: null,
      actions,
      restriction: null,
      raw_title: title,
      created_at: isoTime(created),
      updated_at: isoTime(random.chance(0.5) ? created : random.between(created, latest)),
      ...more,
    })
  }
}

type Macro = readonly [title: string, actions: readonly Row[], more?: Row]

function macrosOf(store: Store): readonly Macro[] {
  const admin = [...store.users.values()].find(({ role }) => role === 'admin')
  const groups = [...store.groups.values()].filter(({ deleted }) => !deleted).map(({ id }) => id)
  const fields = [...store.fields.values()]
  const checkbox = fields.find(({ type }) => type === 'checkbox')
  const [form] = store.forms.keys()
  const answer = (value: unknown, field = 'comment_value'): Row => ({ field, value })
  const forGroups = groups.length === 0 ? null : { type: 'Group', id: groups[0], ids: groups.slice(0, 2) }
  return [
    [
      'Customer not responding',
      [
        { field: 'status', value: 'pending' },
        answer(
          "Hello {{ticket.requester.name}}. Our agent {{current_user.name}} has tried to reach you. We haven't heard back.",
        ),
      ],
    ],
    ['Close and redirect to topics', [{ field: 'status', value: 'solved' }, answer(['channel:all', 'Thank you 🙏'])]],
    ['Downgrade and inform', [{ field: 'priority', value: 'low' }, answer('We are looking into it.')]],
    [
      'Take it!',
      [
        { field: 'group_id', value: 'current_groups' },
        { field: 'assignee_id', value: 'current_user' },
      ],
    ],
    [
      'Flow::Side Conversation::Email',
      [{ field: 'side_conversation', value: ['{{ticket.title}}', '<p>Dear …</p>', '', 'text/html'] }],
    ],
    ['售前::需求收集表', [{ field: 'ticket_form_id', value: String(form) }], { restriction: forGroups }],
    [
      'Billing::Refund 💶',
      [{ field: 'current_tags', value: 'refund approved' }, answer('<p>&nbsp;<br></p>', 'comment_value_html')],
    ],
    [
      'Billing::Escalate',
      [
        { field: `custom_fields_${checkbox?.id}`, value: 'true' },
        { field: 'priority', value: 'urgent' },
      ],
      { restriction: forGroups, description: 'Only when nothing else helps.\u2028Really.' },
    ],
    ['My own', [answer(`${'x '.repeat(2000)}`)], { restriction: { type: 'User', id: admin?.id } }],
    ['Old and switched off', [{ field: 'set_tags', value: '' }], { active: false, description: '' }],
  ]
}
