import type { Row, Service, SlaEvent, SlaPolicy, SlaTarget, Ticket, TicketEvent } from '../model.ts'
import { type Conditions, meets } from '../rules/conditions.ts'
import type { Store } from '../store.ts'
import type { Entry, Table } from '../table.ts'

/** Metrics whose targets change with policy and priority alone. */
const STEADY = ['requester_wait_time', 'agent_work_time', 'total_resolution_time', 'pausable_update_time'] as const
const ENDED = new Set(['solved', 'closed', 'deleted'])

/** A policy with its targets by priority and metric. */
type Compiled = {
  readonly policy: SlaPolicy
  readonly since: number
  readonly filter: Conditions
  readonly targets: ReadonlyMap<string, Readonly<Record<string, SlaTarget>>>
}

const compiled = new WeakMap<Table, { readonly version: number; readonly policies: readonly Compiled[] }>()

/**
 * The changes of a ticket's SLA targets that a write brings. Policies apply when something is written to a ticket, the first by
 * position whose filter it meets, and only to one with a priority (fact 282). Assumed (fact 422): a solved
 * ticket keeps what it had; which changes audits show.
 */
export function slaEvents(
  store: Store,
  ticket: Ticket,
  { at, events }: { readonly at: number; readonly events: readonly TicketEvent[] },
): readonly SlaEvent[] {
  if (ENDED.has(ticket.values.status)) return []
  const before: Service = ticket.service ?? { policy: undefined, targets: {} }
  const { policy, targets } = serviceFor(store, ticket, at)
  const talk = talkOf(ticket, events)
  const now: Record<string, SlaTarget | undefined> = Object.fromEntries(
    STEADY.map((metric) => [metric, targets[metric]]),
  )
  // What was asked of a first reply stays once it is there; the next one is due as long as the requester waits for it.
  now['first_reply_time'] = talk.isReplied ? before.targets['first_reply_time'] : targets['first_reply_time']
  now['next_reply_time'] = talk.isWaiting ? targets['next_reply_time'] : undefined
  const changes: SlaEvent[] = []
  const from = policy ?? before.policy
  if (from === undefined) return []
  if (policy?.id !== before.policy?.id)
    changes.push(change('sla_policy', policy?.title ?? null, before.policy?.title ?? null, from))
  for (const [field, target = null] of Object.entries(now)) {
    const previous = before.targets[field] ?? null
    if (!isSame(target, previous)) changes.push(change(field, target, previous, from))
  }
  if (changes.length > 0) {
    const kept = Object.entries(now).filter((entry): entry is [string, SlaTarget] => entry[1] !== undefined)
    ticket.service = { policy, targets: Object.fromEntries(kept) }
  }
  return changes
}

const change = (
  field: string,
  value: SlaEvent['value'],
  previous: SlaEvent['previous'],
  policy: SlaPolicy,
): SlaEvent => ({ type: 'Sla', field, value, previous, policy })

function isSame(one: SlaTarget | null, other: SlaTarget | null): boolean {
  if (one === null || other === null) return one === other
  const { seconds, isInBusinessHours, policy } = one
  return seconds === other.seconds && isInBusinessHours === other.isInBusinessHours && policy.id === other.policy.id
}

/** Whether an agent has replied, and whether the requester wrote after the last reply: with these events too. */
function talkOf({ audits, values }: Ticket, events: readonly TicketEvent[]) {
  const created = audits[0]?.events ?? events
  const first = created.find((event) => event.type === 'Create' && event.field === 'requester_id')
  const requester = first?.type === 'Create' ? Number(first.value) : values.requester_id
  let [isReplied, isWaiting] = [false, false]
  for (const event of [...audits.slice(1).flatMap((audit) => audit.events), ...(audits.length > 0 ? events : [])]) {
    if ((event.type !== 'Comment' && event.type !== 'VoiceComment') || !(event.public || event.wasPublic)) continue
    if (event.author === requester) isWaiting = isReplied
    else if (event.author > 0) [isReplied, isWaiting] = [true, false]
  }
  return { isReplied, isWaiting }
}

function serviceFor(store: Store, ticket: Ticket, at: number): Service {
  const { priority } = ticket.values
  const none: Service = { policy: undefined, targets: {} }
  const table = store.tables.get('sla_policies')
  if (priority === null || table === undefined) return none
  const found = policiesIn(table).find(({ since, filter }) => since <= at && meets(store, ticket, filter, undefined))
  const targets = found?.targets.get(priority)
  return targets === undefined ? none : { policy: found?.policy, targets }
}

function policiesIn(table: Table): readonly Compiled[] {
  const version = table.version()
  const before = compiled.get(table)
  if (before?.version === version) return before.policies
  const policies = [...table.all()].sort((a, b) => Number(a['position']) - Number(b['position'])).map(compile)
  compiled.set(table, { version, policies })
  return policies
}

function compile({ id, title, description, filter, policy_metrics, created_at }: Entry): Compiled {
  const policy = { id: Number(id), title: String(title), description }
  const targets = new Map<string, Record<string, SlaTarget>>()
  for (const metric of policy_metrics as Row[]) {
    const priority = String(metric['priority'])
    const target = {
      minutes: Number(metric['target']),
      seconds: Number(metric['target_in_seconds']),
      isInBusinessHours: metric['business_hours'] === true,
      policy,
    }
    targets.set(priority, { ...targets.get(priority), [String(metric['metric'])]: target })
  }
  return { policy, since: Date.parse(String(created_at)) / 1000, filter: filter as Conditions, targets }
}
