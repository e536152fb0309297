import type { Rule, TicketEvent, Value } from './model.ts'

/**
 * Events and lists that many tickets have alike, each held once: of a ticket's thirty events all but a few say the same
 * as another ticket's, and one that is shared costs 8 bytes instead of a hundred.
 */
export type SharedValues = {
  /** The list itself, or the one with the same items that came first. */
  readonly list: (items: readonly string[]) => readonly string[]
  readonly create: (field: string, value: Value) => TicketEvent
  readonly change: (field: string, value: Value, previous: Value) => TicketEvent
  readonly notification: (rule: Rule, recipients: readonly number[]) => TicketEvent
}

// Fields with more values than this (ids, times) are hardly ever alike: later ones aren't kept.
const MOST = 4096

/** Shares nothing yet. Its results must not be changed. */
export function createSharedValues(): SharedValues {
  const lists = new Map<string, readonly string[]>()
  const created = new Map<string, Map<Value, TicketEvent>>()
  const changed = new Map<string, Map<Value, Map<Value, TicketEvent>>>()
  const notified = new Map<Rule, Map<number, TicketEvent>>()
  return {
    list: (items) => remember(lists, items.join('\0'), () => items),
    create: (field, value) => {
      const events = remember(created, field, () => new Map())
      return remember(events, value, () => ({ type: 'Create', field, value }))
    },
    change: (field, value, previous) => {
      const before = remember(changed, field, () => new Map())
      const events = remember(before, previous, () => new Map())
      return remember(events, value, () => ({ type: 'Change', field, value, previous }))
    },
    notification: (rule, recipients) => {
      const [only] = recipients
      const make = (): TicketEvent => ({ type: 'Notification', rule, recipients })
      if (only === undefined || recipients.length > 1) return make()
      const events = remember(notified, rule, () => new Map())
      return remember(events, only, make)
    },
  }
}

function remember<K, V>(table: Map<K, V>, key: K, make: () => V): V {
  const known = table.get(key)
  if (known !== undefined) return known
  const made = make()
  if (table.size < MOST) table.set(key, made)
  return made
}
