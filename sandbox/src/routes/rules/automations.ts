import type { Row } from '../../account/model.ts'
import { type Conditions, conditionsIn } from '../../account/rules/conditions.ts'
import type { Entry } from '../../account/table.ts'
import { recordInvalid } from '../../http/errors.ts'
import type { Family } from '../../http/family.ts'
import type { Served } from '../served.ts'
import { timeFields } from './definitions.ts'
import { acting, RULE_ORDERS, reordered, ruleRoutes, titled } from './routes.ts'

/** Automations. */
export function automationRoutes(served: Served): readonly Family[] {
  const { store } = served
  const checked = (sent: Row, entry?: Entry): Row => {
    titled(sent, entry === undefined)
    acting(sent, entry === undefined)
    const conditions = conditionsIn(sent, entry?.['conditions'] as Conditions | undefined)
    // An automation that depends on no time would run for ever.
    if (!conditions.all.some(({ field }) => timeFields.has(field))) {
      const description = 'Automations must contain at least one time-based condition in the all conditions'
      throw recordInvalid({ base: [{ description, error: 'InvalidValue' }] })
    }
    const known = ['title', 'active', 'position', 'actions'].filter((key) => key in sent)
    const title = 'title' in sent ? { raw_title: sent['title'] } : {}
    return { ...Object.fromEntries(known.map((key) => [key, sent[key]])), ...title, conditions }
  }
  const routes = {
    ...ruleRoutes(served, {
      one: 'automation',
      many: 'automations',
      label: 'Automation',
      orders: { position: RULE_ORDERS['position'] as (typeof RULE_ORDERS)[string] },
      create: (sent) => ({ active: true, default: false, position: 9999, ...checked(sent) }),
      update: checked,
    }),
    'PUT /automations/reorder': ({ body }: { body: Row }) => {
      const rows = reordered(served, 'automations', body['automation_ids']).map((entry) =>
        store.table('automations').row(entry),
      )
      return { automations: rows, next_page: null, previous_page: null, count: rows.length }
    },
  }
  return [{ who: 'agent', writers: 'admin', routes }]
}
