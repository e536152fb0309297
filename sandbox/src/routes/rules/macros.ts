import { only } from '../../account/key-order.ts'
import type { Row, Ticket } from '../../account/model.ts'
import type { Store } from '../../account/store.ts'
import { ticketOf } from '../../account/store.ts'
import type { Entry } from '../../account/table.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import { found, idOf, included } from '../parameters.ts'
import type { Served } from '../served.ts'
import { actionDefinitions } from './definitions.ts'
import { changesOf } from './macro-changes.ts'
import { acting, RULE_ORDERS, ruleRoutes, titled, visible } from './routes.ts'

/** Macros, and their effects on a ticket. */
export function macroRoutes(served: Served): readonly Family[] {
  const { store } = served
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
      const sideLoaded = included(call.asked).has('categories') ? { categories: categories(store, call) } : {}
      return { ...(listed as Row), ...sideLoaded }
    },
    'GET /macros/categories': (call) => ({ categories: categories(store, call) }),
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
    ...applications(served),
  }
  return [{ who: 'agent', routes }]
}

const macros = (store: Store) => store.table('macros')

function checked(sent: Row, required: boolean): Row {
  titled(sent, required)
  acting(sent, required)
  const known = ['title', 'active', 'position', 'description', 'actions', 'restriction']
  const values = only(sent, known)
  return 'title' in sent ? { ...values, raw_title: sent['title'] } : values
}

function macro(store: Store, call: Call): Entry {
  const entry = macros(store).get(idOf(call.params['macro'] ?? call.params['id'], 'api/v2/macros/apply'))
  return found(entry !== undefined && visible(entry, call) ? entry : undefined)
}

function ticket(store: Store, text: string | undefined): Ticket {
  const one = ticketOf(store, idOf(text, 'api/v2/macros/apply'))
  return found(one?.deleted === 0 ? one : undefined)
}

function categories(store: Store, call: Call): string[] {
  const titles = [...macros(store).all()].filter((entry) => visible(entry, call)).map(({ title }) => String(title))
  return [...new Set(titles.filter((title) => title.includes('::')).map((title) => title.split('::')[0] as string))]
}

function applications({ store }: Served): Routes {
  return {
    // A macro that has not been saved, made from another one or from a ticket's values.
    'GET /macros/new': (call) => {
      const { query } = call.asked
      const [from, like] = [query.get('macro_id'), query.get('ticket_id')]
      if (from !== null) {
        const { title, actions } = macro(store, { ...call, params: { id: from } })
        return { macro: { title, actions } }
      }
      if (like === null) return { macro: { title: '', actions: [] } }
      const { values } = ticket(store, like)
      const fields = ['status', 'priority', 'type', 'group_id', 'assignee_id'] as const
      const held = fields.filter((field) => values[field] !== null)
      return { macro: { title: values.subject, actions: held.map((field) => ({ field, value: values[field] })) } }
    },
    'GET /macros/:id/apply': (call) => ({
      result: { ticket: changesOf(store, macro(store, call), undefined, call.caller.user) },
    }),
    'GET /tickets/:id/macros/:macro/apply': (call) => {
      const one = ticket(store, call.params['id'])
      const url = `${store.base}/api/v2/tickets/${one.id}.json`
      return { result: { ticket: { url, id: one.id, ...changesOf(store, macro(store, call), one, call.caller.user) } } }
    },
    // No macro has files.
    'GET /macros/:id/attachments': (call) => {
      macro(store, call)
      return { macro_attachments: [] }
    },
  }
}
