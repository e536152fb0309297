import { only } from '../../account/key-order.ts'
import type { Row, Ticket } from '../../account/model.ts'
import { ticketOf } from '../../account/store.ts'
import type { Entry } from '../../account/table.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import { found, idOf, included } from '../parameters.ts'
import type { Served } from '../served.ts'
import { actionDefinitions } from './definitions.ts'
import { changesOf } from './macro-changes.ts'
import { acting, RULE_ORDERS, ruleRoutes, titled, visible } from './routes.ts'

/** Macros, and what they would do to a ticket. */
export function macroRoutes(served: Served): readonly Family[] {
  const { store } = served
  const macros = () => store.table('macros')
  const checked = (sent: Row, required: boolean): Row => {
    titled(sent, required)
    acting(sent, required)
    const known = ['title', 'active', 'position', 'description', 'actions', 'restriction']
    const values = only(sent, known)
    return 'title' in sent ? { ...values, raw_title: sent['title'] } : values
  }
  const macro = (call: Call): Entry => {
    const entry = macros().get(idOf(call.params['macro'] ?? call.params['id'], 'api/v2/macros/apply'))
    return found(entry !== undefined && visible(entry, call) ? entry : undefined)
  }
  const ticket = (text: string | undefined): Ticket => {
    const one = ticketOf(store, idOf(text, 'api/v2/macros/apply'))
    return found(one?.deleted === 0 ? one : undefined)
  }
  const categories = (call: Call): string[] => {
    const titles = [...macros().all()].filter((entry) => visible(entry, call)).map(({ title }) => String(title))
    return [...new Set(titles.filter((title) => title.includes('::')).map((title) => title.split('::')[0] as string))]
  }
  const rules = ruleRoutes(served, {
    one: 'macro',
    many: 'macros',
    label: 'Macro',
    creates: 200,
    orders: { alphabetical: RULE_ORDERS['alphabetical'] as (typeof RULE_ORDERS)[string] },
    where: visible,
    create: (sent) => ({
      active: true,
      default: false,
      position: 9999,
      description: null,
      restriction: null,
      ...checked(sent, true),
    }),
    update: (sent) => checked(sent, false),
  })
  const routes: Routes = {
    ...rules,
    'GET /macros': async (call) => {
      const listed = await rules['GET /macros']?.(call)
      const beside = included(call.asked).has('categories') ? { categories: categories(call) } : {}
      return { ...(listed as Row), ...beside }
    },
    'GET /macros/categories': (call) => ({ categories: categories(call) }),
    'GET /macros/actions': () => ({
      actions: actionDefinitions(store).map(({ title, subject, type, group, values }) => ({
        title,
        value: subject,
        type,
        output_type: type,
        group,
        is_clickable: false,
        operators: [{ title: 'Is', value: 'is' }],
        ...(values === undefined ? {} : { values }),
      })),
    }),
    'GET /macros/definitions': () => ({ definitions: { actions: actionDefinitions(store) } }),
    // A macro that has not been saved, from another one or from what a ticket is like.
    'GET /macros/new': (call) => {
      const { query } = call.asked
      const [from, like] = [query.get('macro_id'), query.get('ticket_id')]
      if (from !== null) {
        const { title, actions } = macro({ ...call, params: { id: from } })
        return { macro: { title, actions } }
      }
      if (like === null) return { macro: { title: '', actions: [] } }
      const { values } = ticket(like)
      const fields = ['status', 'priority', 'type', 'group_id', 'assignee_id'] as const
      const held = fields.filter((field) => values[field] !== null)
      return { macro: { title: values.subject, actions: held.map((field) => ({ field, value: values[field] })) } }
    },
    'GET /macros/:id/apply': (call) => ({
      result: { ticket: changesOf(store, macro(call), undefined, call.caller.user) },
    }),
    'GET /tickets/:id/macros/:macro/apply': (call) => {
      const one = ticket(call.params['id'])
      const url = `${store.base}/api/v2/tickets/${one.id}.json`
      return { result: { ticket: { url, id: one.id, ...changesOf(store, macro(call), one, call.caller.user) } } }
    },
    // No macro has files.
    'GET /macros/:id/attachments': (call) => {
      macro(call)
      return { macro_attachments: [] }
    },
  }
  return [{ who: 'agent', routes }]
}
