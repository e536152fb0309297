import type { Row } from '../../account/model.ts'
import { routingEvent, routingTables, setInstanceValues } from '../../account/routing.ts'
import type { Store } from '../../account/store.ts'
import { ticketOf } from '../../account/store.ts'
import type { Entry } from '../../account/table.ts'
import { recordInvalid } from '../../http/errors.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import { byPosition } from '../../http/pages/sequence.ts'
import { isReply } from '../../http/reply.ts'
import { isoTime } from '../../iso-time.ts'
import { found, idOf, listPage } from '../parameters.ts'
import { resourceRoutes } from '../resource.ts'
import { conditionDefinitions } from '../rules/definitions.ts'
import type { Served } from '../served.ts'
import { routingExports } from './routing-exports.ts'

const PATH = '/routing/attributes'

/** Skills-based routing: attributes, their values, and the values of agents and tickets. */
export function routingRoutes(served: Served): readonly Family[] {
  const { store } = served
  const routes: Routes = {
    ...logging(store, attributeRoutes(served), 'attributes', 'attribute'),
    ...logging(store, valueRoutes(served), 'attribute_values', 'attribute_value'),
    [`GET ${PATH}/:attribute/values`]: ({ params }) => {
      const { id } = attribute(store, params['attribute'])
      const rows = [...tables(store).values.all()].filter(({ attribute_id }) => attribute_id === id)
      return { attribute_values: rows.map(tables(store).values.row) }
    },
    [`GET ${PATH}/definitions`]: () => ({
      definitions: {
        conditions_all: [INCIDENTS, ...conditionDefinitions(store)],
        conditions_any: [],
      },
    }),
    ...instanceRoutes(served),
  }
  return [
    { who: 'agent', writers: 'admin', feature: 'routing', routes },
    { who: 'admin', feature: 'routing', routes: routingExports(served) },
  ]
}

const tables = (store: Store) => routingTables(store)

const now = (store: Store) => isoTime(store.clock.now())

const attribute = (store: Store, text: string | undefined): Entry => found(tables(store).attributes.get(text ?? ''))

function named({ name }: Row): Row {
  if (typeof name !== 'string' || name.trim() === '')
    throw recordInvalid({ name: [{ description: 'Name: cannot be blank', error: 'BlankValue' }] })
  return { name }
}

function drop(store: Store, value: Entry) {
  for (const one of [...tables(store).instances.all()])
    if (one['attribute_value_id'] === value.id) tables(store).instances.remove(one.id)
  tables(store).values.remove(value.id)
  logEvent(store, 'attribute_values', value, 'delete')
}

const logEvent = (
  store: Store,
  kind: 'attributes' | 'attribute_values',
  { id, name, attribute_id }: Entry,
  type: string,
) =>
  routingEvent(store, kind, {
    ...(attribute_id === undefined ? {} : { attribute_id }),
    id,
    name,
    time: now(store),
    type,
  })

// Every write goes to the exports, whichever route it took.
const logging = (store: Store, routes: Routes, kind: 'attributes' | 'attribute_values', one: string): Routes =>
  Object.fromEntries(
    Object.entries(routes).map(([route, handler]) => [
      route,
      async (call: Call) => {
        const answered = await handler(call)
        const body = isReply(answered) ? (answered.body as Row | null) : answered
        if (route.startsWith('POST')) logEvent(store, kind, body?.[one] as Entry, 'create')
        if (/^(PUT|PATCH)/.test(route)) logEvent(store, kind, body?.[one] as Entry, 'update')
        return answered
      },
    ]),
  )

function person(store: Store, text: string | undefined): number {
  const user = store.users.get(idOf(text, 'api/v2/routing/agents/instance_values'))
  return found(user?.deleted === false && user.role !== 'end-user' ? user : undefined).id
}

function ticket(store: Store, text: string | undefined): number {
  const one = ticketOf(store, idOf(text, 'api/v2/routing/tickets/instance_values'))
  return found(one?.deleted === 0 ? one : undefined).id
}

function held(store: Store, kind: 'agent' | 'ticket', instance: number): Row {
  const mine = [...tables(store).instances.all()].filter(
    (one) => one['kind'] === kind && one['instance_id'] === String(instance),
  )
  const rows = mine.map((one) =>
    tables(store).values.row(found(tables(store).values.get(String(one['attribute_value_id'])))),
  )
  return { attribute_values: rows, next_page: null, previous_page: null, count: rows.length }
}

function hold(store: Store, kind: 'agent' | 'ticket', instance: number, { body }: Call): Row {
  const ids = Array.isArray(body['attribute_value_ids']) ? body['attribute_value_ids'].map(String) : []
  for (const id of ids) found(tables(store).values.get(id))
  setInstanceValues(store, { kind, instance, values: ids, time: now(store) })
  return held(store, kind, instance)
}

function instanceRoutes({ store }: Served): Routes {
  return {
    'GET /routing/agents/:user/instance_values': ({ params }) => held(store, 'agent', person(store, params['user'])),
    'POST /routing/agents/:user/instance_values': (call) =>
      hold(store, 'agent', person(store, call.params['user']), call),
    'GET /routing/tickets/:ticket/instance_values': ({ params }) =>
      held(store, 'ticket', ticket(store, params['ticket'])),
    'POST /routing/tickets/:ticket/instance_values': (call) =>
      hold(store, 'ticket', ticket(store, call.params['ticket']), call),
    'GET /routing/agents/instance_values': ({ asked }) => {
      const wanted = asked.query.get('filter[agent_ids]')?.split(',')
      const all = [...tables(store).instances.all()].filter(
        (one) => one['kind'] === 'agent' && wanted?.includes(String(one['instance_id'])) !== false,
      )
      const { items, envelope } = listPage(asked, byPosition(all), 'api/v2/routing/agents/instance_values')
      const rows = items.map(({ id, instance_id, attribute_value_id }) => ({
        id,
        agent_id: Number(instance_id),
        attribute_value_id,
      }))
      return { instance_values: rows, ...envelope }
    },
    // Tickets that ask for nothing that the caller lacks.
    'GET /routing/requirements/fulfilled': ({ asked, caller }) => {
      const ids = (asked.query.get('ticket_ids') ?? '').split(',').filter((id) => id !== '')
      const skills = (kind: string, id: string) =>
        [...tables(store).instances.all()]
          .filter((one) => one['kind'] === kind && one['instance_id'] === id)
          .map((one) => one['attribute_value_id'])
      const mine = skills('agent', String(caller.user?.id))
      return {
        fulfilled_ticket_ids: ids.filter((id) => skills('ticket', id).every((one) => mine.includes(one))).map(Number),
      }
    },
  }
}

function attributeRoutes(served: Served): Routes {
  const { store } = served
  return resourceRoutes(served, {
    path: PATH,
    one: 'attribute',
    many: 'attributes',
    table: 'account_attributes',
    operations: ['list', 'show', 'create', 'update', 'delete'],
    paging: 'whole',
    textIds: true,
    orders: byCreation,
    create: named,
    update: named,
    remove: (entry) => {
      for (const value of [...tables(store).values.all()]) if (value['attribute_id'] === entry.id) drop(store, value)
      tables(store).attributes.remove(entry.id)
      logEvent(store, 'attributes', entry, 'delete')
      return undefined
    },
  })
}

function valueRoutes(served: Served): Routes {
  const { store } = served
  return resourceRoutes(served, {
    path: `${PATH}/:attribute/values`,
    one: 'attribute_value',
    many: 'attribute_values',
    table: 'attribute_values',
    operations: ['show', 'create', 'update', 'delete'],
    textIds: true,
    updates: 'PATCH',
    where: ({ attribute_id }, call) => attribute_id === attribute(store, call.params['attribute']).id,
    create: (sent, call) => ({ attribute_id: attribute(store, call.params['attribute']).id, ...named(sent) }),
    update: named,
    remove: (entry) => {
      drop(store, entry)
      return undefined
    },
  })
}

const byCreation = {
  created_at: {
    name: 'created_at,id',
    shape: 'ss',
    key: ({ created_at, id }: Entry) => [String(created_at), String(id)],
  },
}

const COMPARISONS = { less_than: 'Less than', greater_than: 'Greater than', is: 'Is' }
const INCIDENTS: Row = {
  title: 'Number of incidents',
  subject: 'number_of_incidents',
  type: 'text',
  group: 'ticket',
  nullable: false,
  repeatable: false,
  operators: Object.entries(COMPARISONS).map(([value, title]) => ({ value, title, terminal: false })),
}
