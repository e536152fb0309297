// The trigger that calls a webhook of ours for tickets, where the account has no events of tickets.
// https://developer.zendesk.com/api-reference/ticketing/business-rules/triggers/
import { HubError } from '../errors.ts'
import type { LiveSource } from '../source/source.ts'
import type { Row } from '../table/batch.ts'
import { asked, differences, listed } from './webhook-calls.ts'

const TITLE = 'zendesk-hub: tickets'
/** Ids and times only: Zendesk pastes values as they are, and a quotation mark in a subject would break the body. */
const BODY =
  '{"ticket_id":"{{ticket.id}}","updated_at":"{{ticket.updated_at_with_timestamp}}","actor":"{{current_user.id}}"}'
/** Behind all others: what they changed has changed then. */
const LAST = 9999

/** The condition that leaves out what this user changes: a person, or the kind of user that Zendesk calls a role. */
const others = (me: number): Row => ({ field: 'role', operator: 'is_not', value: String(me) })

const wanted = (webhook: string, me: number | undefined): Row => ({
  title: TITLE,
  active: true,
  conditions: {
    all: me === undefined ? [] : [others(me)],
    any: ['Create', 'Change'].map((value) => ({ field: 'update_type', operator: 'is', value })),
  },
  actions: [{ field: 'notification_webhook', value: [webhook, BODY] }],
})

/** The triggers that call one of these webhooks. */
export async function ourTriggers(source: LiveSource, webhooks: readonly string[]): Promise<readonly Row[]> {
  const triggers = await listed(source, 'triggers', 'triggers', { include_boundary_indicators: 'true' })
  const calls = (trigger: Row): boolean =>
    ((trigger['actions'] ?? []) as readonly Row[]).some(
      ({ field, value }) =>
        field === 'notification_webhook' && Array.isArray(value) && webhooks.includes(String(value[0])),
    )
  return triggers.filter(calls)
}

/**
 * Makes the trigger that calls this webhook, or puts right the one that is there; a second one of ours is removed. Resolves to
 * what Zendesk refused of it, in words. Throws a HubError.
 */
export async function installTrigger(source: LiveSource, webhook: string): Promise<readonly string[]> {
  const [known, ...more] = await ourTriggers(source, [webhook])
  for (const { id } of more) await asked(source, { method: 'DELETE', path: `triggers/${id}` }, [404])
  const me = await ownId(source)
  const category = known === undefined ? await lastCategory(source) : undefined
  const put = (trigger: Row) =>
    asked(
      source,
      known === undefined
        ? { method: 'POST', path: 'triggers', body: { trigger: { position: LAST, ...category, ...trigger } } }
        : { method: 'PUT', path: `triggers/${known['id']}`, body: { trigger } },
      [400, 422],
    )
  const { status, body } = await put(wanted(webhook, me))
  if (status < 300) return []
  const again = await put(wanted(webhook, undefined))
  if (again.status >= 300) throw new HubError(`Zendesk refuses the trigger: ${JSON.stringify(again.body)}`)
  return [`the condition that leaves out what user ${me} changes (${JSON.stringify(body)})`]
}

/** What an administrator changed of the trigger, in words; empty if it is as it should be. */
export async function lookAtTrigger(source: LiveSource, webhook: string): Promise<readonly string[]> {
  const [found, ...more] = await ourTriggers(source, [webhook])
  if (found === undefined) return ['No trigger calls the webhook for tickets, so their changes are not reported.']
  const me = await ownId(source)
  const { conditions, actions } = found as { conditions?: Row; actions?: Row }
  const { all = [], any = [] } = (conditions ?? {}) as { all?: readonly Row[]; any?: readonly Row[] }
  // Zendesk may write more into a condition than it was given.
  const bare = (some: readonly Row[]) => some.map(({ field, operator, value }) => ({ field, operator, value }))
  const plain = { ...found, actions, conditions: { all: bare(all), any: bare(any) } }
  const faults = differences(`Trigger ${found['id']}`, plain, wanted(webhook, me))
  const without = differences(`Trigger ${found['id']}`, plain, wanted(webhook, undefined))
  return [
    ...(faults.length > 0 && without.length > 0 ? faults : []),
    ...more.map(({ id }) => `Trigger ${id} calls the webhook too, so each change comes twice.`),
  ]
}

/** Removes the triggers that call these webhooks: Zendesk keeps a webhook that a trigger calls. */
export async function removeTriggers(source: LiveSource, webhooks: readonly string[]): Promise<void> {
  if (webhooks.length === 0) return
  for (const { id } of await ourTriggers(source, webhooks))
    await asked(source, { method: 'DELETE', path: `triggers/${id}` }, [404])
}

async function ownId(source: LiveSource): Promise<number> {
  const { body } = await asked(source, { method: 'GET', path: 'users/me', expects: { one: 'user' } })
  return Number((body['user'] as Row | undefined)?.['id'])
}

/** Accounts with categories of triggers want one named: the last, as ours goes last. Empty where there are none. */
async function lastCategory(source: LiveSource): Promise<Row> {
  const { status, body } = await asked(source, { method: 'GET', path: 'trigger_categories' }, [400, 403, 404])
  const categories = status < 300 ? ((body['trigger_categories'] ?? []) as readonly Row[]) : []
  const last = categories.toSorted((one, other) => Number(other['position']) - Number(one['position']))[0]
  return last === undefined ? {} : { category_id: last['id'] }
}
