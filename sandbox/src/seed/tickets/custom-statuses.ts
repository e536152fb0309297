import { inKeyOrder } from '../../account/key-order.ts'
import type { Row } from '../../account/model.ts'
import type { Store } from '../../account/store.ts'
import { isoTime } from '../../iso-time.ts'
import type { Random } from '../../random.ts'

/** Declares custom statuses and writes the default one of each category, and two that tickets do not have yet. */
export function generateCustomStatuses(store: Store, random: Random, created: number): void {
  const statuses = store.table('custom_statuses', {
    path: ({ id }) => `/custom_statuses/${id}`,
    row: inKeyOrder(
      'url',
      'id',
      'status_category',
      'agent_label',
      'raw_agent_label',
      'end_user_label',
      'raw_end_user_label',
      'description',
      'raw_description',
      'end_user_description',
      'raw_end_user_description',
      'active',
      'default',
      'created_at',
      'updated_at',
    ),
  })
  for (const [category, id] of store.statuses) {
    const label = category === 'hold' ? 'On-hold' : category.charAt(0).toUpperCase() + category.slice(1)
    const seen = category === 'new' ? 'Open' : label
    const texts = customStatusTexts({
      agent_label: label,
      end_user_label: seen,
      description: `${label} state`,
      end_user_description: `${label} state`,
    })
    statuses.add({ id, status_category: category, ...texts, active: true, default: true, created_at: isoTime(created) })
  }
  const more: readonly [category: string, active: boolean, texts: Row][] = [
    ['pending', true, { agent_label: 'Waiting for parts 🔩', end_user_label: 'In progress' }],
    [
      'open',
      false,
      { agent_label: '升级', end_user_label: '处理中', description: '', end_user_description: 'Escalated' },
    ],
  ]
  for (const [status_category, active, texts] of more) {
    const at = isoTime(created + random.between(86_400, 300 * 86_400))
    statuses.add({ status_category, ...customStatusTexts(texts), active, default: false, created_at: at })
  }
}

/** The texts of a status with their raw values; the end user's label is the agent's if there is none. */
export function customStatusTexts(from: Row): Row {
  const { agent_label, end_user_label = agent_label, description = null, end_user_description = null } = from
  return {
    agent_label,
    raw_agent_label: agent_label,
    end_user_label,
    raw_end_user_label: end_user_label,
    description,
    raw_description: description,
    end_user_description,
    raw_end_user_description: end_user_description,
  }
}
