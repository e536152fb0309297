import { inKeyOrder } from './key-order.ts'
import type { Store } from './store.ts'
import { type Table, uuid } from './table.ts'

/** The kinds of events in the routing exports. */
export type RoutingKind = 'attributes' | 'attribute_values' | 'instance_values'

/** Skills: attributes, their values, who has which (`instance` is a user's or a ticket's id), and their events. */
export type RoutingTables = {
  readonly attributes: Table
  readonly values: Table
  readonly instances: Table
  readonly events: Table
}

/** The tables of skills-based routing. */
export function routingTables(store: Store): RoutingTables {
  return {
    attributes: store.table('account_attributes', { ids: 'uuid', path: ({ id }) => `/routing/attributes/${id}` }),
    values: store.table('attribute_values', {
      ids: 'uuid',
      path: ({ id, attribute_id }) => `/routing/attributes/${attribute_id}/values/${id}`,
      row: inKeyOrder('url', 'id', 'attribute_id', 'name', 'created_at', 'updated_at'),
    }),
    instances: store.table('routing_instance_values', {
      ids: 'uuid',
      row: inKeyOrder('id', 'attribute_value_id', 'instance_id', 'kind'),
    }),
    events: store.table('routing_events', { row: ({ id, line }) => ({ id, ...(line as object) }) }),
  }
}

/** Writes down that something happened to a skill, for the routing exports. `time` is ISO text. */
export function routingEvent(store: Store, kind: RoutingKind, line: { time: string } & Record<string, unknown>): void {
  routingTables(store).events.add({ kind, line, created_at: line.time })
}

/** Gives a user or a ticket exactly these values, and writes the differences to the export. */
export function setInstanceValues(
  store: Store,
  of: { kind: 'agent' | 'ticket'; instance: number; values: readonly string[]; time: string },
): void {
  const { instances } = routingTables(store)
  const { kind, instance, values, time } = of
  const before = [...instances.all()].filter((one) => one['kind'] === kind && one['instance_id'] === String(instance))
  const logEvent = (id: unknown, value: unknown, type: string) =>
    routingEvent(store, 'instance_values', { attribute_value_id: value, id, instance_id: String(instance), time, type })
  for (const one of before) {
    if (values.includes(String(one['attribute_value_id']))) continue
    instances.remove(one.id)
    logEvent(one.id, one['attribute_value_id'], `unassociate_${kind}`)
  }
  for (const value of values) {
    if (before.some((one) => one['attribute_value_id'] === value)) continue
    const id = uuid('routing_instance_values', store.nextId())
    instances.add({ id, kind, instance_id: String(instance), attribute_value_id: value, created_at: time })
    logEvent(id, value, `associate_${kind}`)
  }
}
