import { eventId } from '../ids.ts'
import type { Audit, CommentEvent, Ticket } from '../model.ts'
import { perVersion } from '../per-version.ts'
import type { Store } from '../store.ts'

/** Something that an agent is notified of: the nth event (from 0) of an audit by somebody else. */
export type TicketActivity = {
  readonly id: number
  readonly verb: 'tickets.assignment' | 'tickets.comment' | 'tickets.priority_increase'
  readonly audit: Audit
  /** Who is notified. */
  readonly user: number
  readonly comment?: CommentEvent
  readonly priority?: string
}

/** Activities can be read for 30 days. */
const KEPT = 30 * 86_400
// After the ids of an event, its files and their thumbnails.
const OFFSET = 100
const PRIORITIES = ['low', 'normal', 'high', 'urgent']

/**
 * The activities of agents in the last 30 days, by agent, oldest first: assignments to them, and others' comments and
 * higher priorities on tickets that were theirs. It follows from the audits. Assumed (fact 364): no rule's or system's
 * writes.
 */
export function createActivities(store: Store): (user: number) => readonly TicketActivity[] {
  const all = perVersion(store, () => Map.groupBy(recentActivities(store), ({ user }) => user))
  return (user) => {
    const since = store.clock.now() - KEPT
    return (all().get(user) ?? []).filter(({ audit }) => audit.at > since)
  }
}

function* recentActivities(store: Store): Generator<TicketActivity> {
  for (const audit of store.order.audits.from(store.clock.now() - KEPT, Number.POSITIVE_INFINITY))
    if (audit.author > 0 && !audit.ticket.scrubbed) yield* activitiesIn(audit)
}

function* activitiesIn(audit: Audit): Generator<TicketActivity> {
  const { author, events, ticket } = audit
  let assignee: number | null | undefined
  for (const [nth, event] of events.entries()) {
    const id = eventId(audit, nth) + OFFSET
    if (event.type === 'Create' || event.type === 'Change') {
      if (event.field === 'assignee_id' && typeof event.value === 'number' && event.value !== author)
        yield { id, verb: 'tickets.assignment', audit, user: event.value }
      if (event.type === 'Change' && event.field === 'priority' && isHigher(event.value, event.previous)) {
        assignee ??= assigneeBefore(ticket, audit)
        if (typeof assignee === 'number' && assignee !== author)
          yield { id, verb: 'tickets.priority_increase', audit, user: assignee, priority: String(event.value) }
      }
    } else if ('body' in event) {
      assignee ??= assigneeBefore(ticket, audit)
      if (typeof assignee === 'number' && assignee !== author)
        yield { id, verb: 'tickets.comment', audit, user: assignee, comment: event }
    }
  }
}

function isHigher(value: unknown, previous: unknown): boolean {
  return PRIORITIES.indexOf(String(value)) > Math.max(0, PRIORITIES.indexOf(String(previous)))
}

function assigneeBefore({ audits }: Ticket, until: Audit): number | null {
  let assignee: number | null = null
  for (const audit of audits) {
    if (audit === until) break
    for (const event of audit.events)
      if ((event.type === 'Create' || event.type === 'Change') && event.field === 'assignee_id')
        assignee = event.value as number | null
  }
  return assignee
}
