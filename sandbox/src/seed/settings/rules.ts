import { inKeyOrder } from '../../account/key-order.ts'
import type { Row, Rule } from '../../account/model.ts'
import type { Store } from '../../account/store.ts'
import { isoTime } from '../../iso-time.ts'
import type { Random } from '../../random.ts'

const HEAD = ['url', 'id', 'title', 'active', 'updated_at', 'created_at', 'default'] as const
const YEAR = 365 * 86_400

/** The four rules that histories show, as records. Their ids are those of the store's rules. */
const KNOWN: Readonly<Record<string, Row>> = {
  'Notify requester of update': {
    conditions: conditions([
      ['update_type', 'is', 'Change'],
      ['comment_is_public', 'is', 'not_relevant'],
      ['role', 'is_not', 'end_user'],
    ]),
    actions: [
      mail(
        'requester_and_ccs',
        '[{{ticket.account}}] Re: {{ticket.title}}',
        'Your request ({{ticket.id}}) has been updated.',
      ),
    ],
  },
  'Notify assignee of assignment': {
    conditions: conditions([
      ['assignee_id', 'changed', ''],
      ['assignee_id', 'is_not', 'current_user'],
    ]),
    actions: [
      mail('assignee_id', '[{{ticket.account}}] Assignment: {{ticket.title}}', 'You have been assigned this ticket.'),
    ],
  },
  'Close ticket 4 days after status is set to solved': {
    conditions: conditions([
      ['status', 'is', 'solved'],
      ['SOLVED', 'greater_than', '96'],
    ]),
    actions: [{ field: 'status', value: 'closed' }],
  },
  'Request customer satisfaction rating (system automation)': {
    conditions: conditions([
      ['status', 'less_than', 'closed'],
      ['SOLVED', 'greater_than', '24'],
      ['satisfaction_score', 'is', 'unoffered'],
      ['ticket_is_public', 'is', 'public'],
    ]),
    actions: [
      mail(
        'requester_id',
        'Request #{{ticket.id}}: How would you rate the support you received?',
        '{{satisfaction.rating_section}}',
      ),
      { field: 'satisfaction_score', value: 'offered' },
    ],
  },
}

/** Declares triggers, their categories and automations, and writes them: the rules that tickets' histories show, and more. */
export function generateRules(store: Store, random: Random, latest: number): void {
  const start = latest - 4 * YEAR
  const categories = store.table('trigger_categories', {
    row: inKeyOrder('id', 'name', 'position', 'created_at', 'updated_at'),
  })
  const names = ['Notifications', 'Routing ⇢ L2', '内部流程']
  for (const [nth, name] of names.entries())
    categories.add({ id: String(store.nextId()), name, position: nth + 1, created_at: isoTime(start) })
  const [notifications, routing, internal] = Array.from(categories.all(), ({ id }) => id)

  const triggers = store.table('triggers', {
    path: ({ id }) => `/triggers/${id}`,
    row: inKeyOrder(...HEAD, 'actions', 'conditions', 'description', 'position', 'raw_title', 'category_id'),
  })
  const automations = store.table('automations', {
    path: ({ id }) => `/automations/${id}`,
    row: inKeyOrder(...HEAD, 'actions', 'conditions', 'position', 'raw_title'),
  })
  const times = (): Row => {
    const created = start + random.between(0, YEAR)
    const updated = random.chance(0.4) ? random.between(created, latest) : created
    return { created_at: isoTime(created), updated_at: isoTime(updated) }
  }
  const base = (title: string, position: number): Row => ({
    title,
    active: true,
    default: false,
    position,
    raw_title: title,
    ...times(),
  })
  const known = ({ id, title }: Rule, position: number): Row => ({
    ...base(title, position),
    id,
    default: true,
    ...KNOWN[title],
  })
  for (const [nth, rule] of store.rules.entries()) {
    if (rule.kind === 'automation') automations.add(known(rule, nth - 2))
    else triggers.add({ ...known(rule, nth + 1), description: 'Comes with the account.', category_id: notifications })
  }

  for (const [nth, [title, category_id, changes]] of triggersOf(store, { routing, internal }).entries())
    triggers.add({ ...base(title, nth + 1), description: null, category_id, ...changes })
  automations.add({
    ...base('Pending for five days ⏳', 9999),
    active: false,
    conditions: conditions([
      ['PENDING', 'is', '120'],
      ['ticket_is_public', 'is', 'public'],
    ]),
    actions: [mail('requester_and_ccs', '[{{ticket.account}}] {{ticket.title}}', '提醒您，您的请求（#{{ticket.id}}）')],
  })
}

type Trigger = readonly [title: string, category: unknown, changes: Row]

function triggersOf(store: Store, { routing, internal }: { routing: unknown; internal: unknown }): readonly Trigger[] {
  const [group, second] = [...store.groups.values()].filter(({ deleted }) => !deleted)
  const [, schedule] = [...store.table('schedules').all()]
  const tagger = [...store.fields.values()].find(({ type }) => type === 'tagger')
  return [
    [
      'Refunds ⇢ 💶 team',
      routing,
      {
        conditions: conditions(
          [['status', 'less_than', 'solved']],
          [
            ['current_tags', 'includes', 'refund billing'],
            [`custom_fields_${tagger?.id}`, 'is', 'refund_team'],
          ],
        ),
        actions: [
          { field: 'group_id', value: String(group?.id) },
          { field: 'follower', value: 'current_user' },
        ],
      },
    ],
    [
      'Tier 2 🌙 hours',
      routing,
      {
        conditions: conditions([['group_id', 'is', String(second?.id)]]),
        actions: [{ field: 'set_schedule', value: String(schedule?.id) }],
      },
    ],
    [
      '识别电池损坏',
      internal,
      {
        description: '自燃 <b>!</b>\u2028second line',
        conditions: conditions(
          [],
          [
            ['subject_includes_word', 'includes', '自燃'],
            ['comment_includes_word', 'includes', '自燃'],
          ],
        ),
        actions: [{ field: 'current_tags', value: 'battery 自燃' }],
      },
    ],
    [
      'Old escalation "quoted" \\ backslash',
      routing,
      {
        active: false,
        conditions: conditions([
          ['priority', 'is', 'urgent'],
          ['status', 'value_previous', 'solved'],
        ]),
        actions: [mail('group_id', 'Escalated: {{ticket.title}}', `${'long '.repeat(300)}end`)],
      },
    ],
  ]
}

function conditions(all: readonly (readonly string[])[], any: readonly (readonly string[])[] = []): Row {
  const rows = (list: readonly (readonly string[])[]) =>
    list.map(([field, operator, value]) => ({ field, operator, value }))
  return { all: rows(all), any: rows(any) }
}

function mail(to: string, subject: string, body: string): Row {
  return { field: to === 'group_id' ? 'notification_group' : 'notification_user', value: [to, subject, body] }
}
