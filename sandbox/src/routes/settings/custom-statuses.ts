import type { Row } from '../../account/model.ts'
import type { Entry } from '../../account/table.ts'
import { recordInvalid } from '../../http/errors.ts'
import type { Family } from '../../http/family.ts'
import { customStatusTexts } from '../../seed/tickets/custom-statuses.ts'
import { found } from '../parameters.ts'
import { resourceRoutes } from '../resource.ts'
import type { Served } from '../served.ts'

const CATEGORIES = new Set(['new', 'open', 'pending', 'hold', 'solved'])
const TEXTS = ['agent_label', 'end_user_label', 'description', 'end_user_description']

/** Custom ticket statuses, which come all at once. They are switched off, never deleted. */
export function customStatusRoutes(served: Served): readonly Family[] {
  const { store } = served
  const statuses = () => store.table('custom_statuses')
  const checked = (sent: Row, entry?: Entry): Row => {
    const label = sent['agent_label'] ?? entry?.['agent_label']
    if (typeof label !== 'string' || label.trim() === '')
      throw recordInvalid({ agent_label: [{ description: 'Agent label: cannot be blank', error: 'BlankValue' }] })
    const kept = Object.fromEntries(
      TEXTS.flatMap((key) => (key in sent ? [[key, sent[key]]] : entry ? [[key, entry[key]]] : [])),
    )
    const active = 'active' in sent ? { active: sent['active'] } : {}
    if (entry?.['default'] === true && sent['active'] === false)
      throw recordInvalid({ base: [{ description: 'A default status cannot be deactivated', error: 'InvalidValue' }] })
    return { ...customStatusTexts(kept), ...active }
  }
  const routes = {
    ...resourceRoutes(served, {
      path: '/custom_statuses',
      one: 'custom_status',
      many: 'custom_statuses',
      table: 'custom_statuses',
      operations: ['show', 'create', 'update'],
      audit: { type: 'custom_status', label: ({ agent_label }) => `Ticket status: ${agent_label}` },
      create: (sent) => {
        const { status_category } = sent
        if (!CATEGORIES.has(String(status_category))) {
          const description = `Status category: ${status_category} is not a valid category`
          throw recordInvalid({ status_category: [{ description, error: 'InvalidValue' }] })
        }
        return { status_category, active: true, default: false, ...checked(sent) }
      },
      update: checked,
    }),
    'GET /custom_statuses': ({ asked: { query } }: { asked: { query: URLSearchParams } }) => {
      const categories = query.get('status_categories')?.split(',')
      const wanted = [...statuses().all()].filter(
        (one) =>
          categories?.includes(String(one['status_category'])) !== false &&
          ['active', 'default'].every((name) => query.get(name) === null || String(one[name]) === query.get(name)),
      )
      return { custom_statuses: wanted.map(statuses().row) }
    },
    // Each of these becomes the default of its category.
    'PUT /custom_status/default': ({ body }: { body: Row }) => {
      const ids = String(body['ids'] ?? '')
        .split(',')
        .filter((id) => id.trim() !== '')
      const wanted = ids.map((id) => found(statuses().get(Number(id))))
      for (const { id, status_category } of wanted) {
        for (const one of statuses().all())
          if (one['status_category'] === status_category && one['default'] !== (one.id === id))
            statuses().change(one.id, { default: one.id === id })
        store.statuses.set(String(status_category), Number(id))
      }
      return { custom_statuses: wanted.map(statuses().row) }
    },
  }
  return [{ who: 'agent', writers: 'admin', feature: 'custom_statuses', routes }]
}
