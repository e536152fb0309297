import type { Row } from '../../account/model.ts'
import type { Store } from '../../account/store.ts'
import { isoTime } from '../../iso-time.ts'
import type { Random } from '../../random.ts'
import { type Output, viewRow } from '../../rows/view.ts'

const YEAR = 365 * 86_400

/** Declares views and writes those that accounts come with, and some of their own. */
export function generateViews(store: Store, random: Random, latest: number): void {
  const views = store.table('views', { path: ({ id }) => `/views/${id}`, row: (entry) => viewRow(store, entry) })
  const admin = [...store.users.values()].find(({ role }) => role === 'admin')
  const [group] = [...store.groups.values()].filter(({ deleted }) => !deleted)
  const tagger = [...store.fields.values()].find(({ type }) => type === 'tagger')
  const columns = ['custom_status_id', 'subject', 'requester', 'created', 'type', 'priority']
  const sorted = (sort_by: string | null, group_by: string | null = null, sort_order = 'desc'): Output => ({
    columns,
    group_by,
    group_order: group_by === null ? null : 'asc',
    sort_by,
    sort_order: sort_by === null ? null : sort_order,
  })
  const open = ['status', 'less_than', 'solved']
  const list: readonly [title: string, all: readonly (readonly unknown[])[], output: Output, more?: Row][] = [
    ['Your unsolved tickets', [open, ['assignee_id', 'is', 'current_user']], sorted('nice_id', 'status')],
    ['Unassigned tickets', [open, ['assignee_id', 'is', '']], sorted('created', null, 'asc')],
    ['All unsolved tickets', [open], sorted('nice_id', 'status')],
    [
      'Recently updated tickets',
      [
        ['updated_at', 'less_than', '24'],
        ['status', 'less_than', 'closed'],
      ],
      sorted('updated'),
    ],
    ['Pending tickets', [['status', 'is', 'pending']], sorted('nice_id', 'updated')],
    ['Recently solved tickets', [['status', 'is', 'solved']], sorted('updated')],
    [
      'Refunds & <b>billing</b> 💶',
      [
        ['status', 'less_than', 'closed'],
        ['current_tags', 'includes', 'refund billing'],
      ],
      { ...sorted('priority'), columns: [...columns, String(tagger?.id)] },
      { restriction: { type: 'Group', id: group?.id, ids: [group?.id] } },
    ],
    [
      '我的',
      [open, [`custom_fields_${tagger?.id}`, 'present', null]],
      sorted(null),
      { restriction: { type: 'User', id: admin?.id } },
    ],
    ['Switched off', [['type', 'is', 'task']], sorted('due_date'), { active: false, description: '' }],
  ]
  for (const [nth, [title, all, output, more = {}]] of list.entries()) {
    const created = latest - 4 * YEAR + random.between(0, YEAR)
    const system = nth < 6
    views.add({
      title,
      active: true,
      default: false,
      position: system ? nth : 9999 + nth,
      description: null,
      output,
      conditions: { all: all.map(([field, operator, value]) => ({ field, operator, value })), any: [] },
      restriction: null,
      // Views that come with the account have names that follow the reader's language.
      raw_title: system ? `{{zd.${title.toLowerCase().replaceAll(' ', '_')}}}` : title,
      created_at: isoTime(created),
      updated_at: isoTime(random.chance(0.5) ? created : random.between(created, latest)),
      ...more,
    })
  }
}
