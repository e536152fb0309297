import type { Audit, Row } from '../account/model.ts'
import type { User } from '../account/people/model.ts'
import { type Condition, conditionsIn, meets } from '../account/rules/conditions.ts'
import type { Store } from '../account/store.ts'
import type { Entry } from '../account/table.ts'
import { filledIn } from './placeholders.ts'

/** A webhook (its id) that a trigger calls, with the body that the trigger gives it. */
export type CalledWebhook = { readonly webhook: string; readonly body: string }

/**
 * The webhooks that a write's triggers call. Assumed (fact 377): their conditions look at the ticket as it is now, and
 * at whether it is new (`update_type`); conditions on the newest change never hold here.
 */
export function triggered(store: Store, audit: Audit, escaped: boolean): CalledWebhook[] {
  return [...(store.tables.get('triggers')?.all() ?? [])].flatMap((trigger) => {
    const calls = ((trigger['actions'] ?? []) as readonly Row[]).filter(({ field }) => field === 'notification_webhook')
    if (trigger['active'] !== true || calls.length === 0 || !fires(store, audit, trigger)) return []
    return calls.flatMap(({ value }) => {
      const [webhook, content] = Array.isArray(value) ? (value as unknown[]) : []
      return typeof webhook === 'string' ? [{ webhook, body: bodyOf(store, audit, content, escaped) }] : []
    })
  })
}

function fires(store: Store, audit: Audit, trigger: Entry): boolean {
  const author = store.users.get(audit.author)
  const kind = audit.ticket.audits[0] === audit ? 'Create' : 'Change'
  const holds = (condition: Condition) => {
    const { field, operator, value } = condition
    // Zendesk has it in either place.
    if (field === 'update_type') return (value ?? operator) === kind
    if (field === 'role') return isCurrentUser(author, value) === (operator === 'is')
    return meets(store, audit.ticket, { all: [condition], any: [] }, author)
  }
  const { all, any } = conditionsIn(trigger)
  return all.every(holds) && (any.length === 0 || any.some(holds))
}

// Assumed (fact 377): the condition on the current user is called `role`, and takes a kind of user or the id of one.
function isCurrentUser(user: User | undefined, value: unknown): boolean {
  if (value === 'end_user') return user?.role === 'end-user'
  if (value === 'agent') return user !== undefined && user.role !== 'end-user'
  return String(user?.id) === String(value)
}

// Text, or pairs of names and values for forms.
function bodyOf(store: Store, audit: Audit, content: unknown, escaped: boolean): string {
  if (!Array.isArray(content)) return filledIn(store, audit, String(content ?? ''), escaped)
  const pairs = content.filter(Array.isArray).map(([name, value]): [string, string] => [String(name), String(value)])
  return new URLSearchParams(pairs.map(([name, value]) => [name, filledIn(store, audit, value, escaped)])).toString()
}
