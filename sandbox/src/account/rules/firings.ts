import type { Firing } from '../mails.ts'
import type { Ticket } from '../model.ts'
import type { Store } from '../store.ts'
import { type Condition, meets } from './conditions.ts'

/**
 * Notes that triggers run for a ticket: after each creation and each change, and never after an import. Conditions on what has
 * changed count as met.
 */
export function fireTriggers(store: Store, ticket: Ticket, update: Firing['update'], author: number): void {
  const caller = store.users.get(author)
  const met = [...store.table('triggers').all()].filter(({ active, conditions }) => {
    const { all = [], any = [] } = (conditions ?? {}) as { all?: Condition[]; any?: Condition[] }
    const rest = (some: readonly Condition[]): Condition[] => some.filter((one) => !isOfChange(one))
    const fits = (one: Condition): boolean => one.field !== 'update_type' || one.value === update
    const some = any.length === 0 || any.some(isOfChange) ? [] : rest(any)
    return active === true && all.every(fits) && meets(store, ticket, { all: rest(all), any: some }, caller)
  })
  const triggers = met.map(({ id }) => Number(id))
  store.firings.push({ ticket: ticket.id, update, triggers, at: store.clock.now() })
}

const isOfChange = ({ field, operator }: Condition): boolean =>
  ['update_type', 'comment_is_public', 'role'].includes(field) || /changed/.test(operator)
