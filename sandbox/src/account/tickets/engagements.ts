import { createHash } from 'node:crypto'
import type { Audit, Ticket } from '../model.ts'
import { perVersion } from '../per-version.ts'
import type { Store } from '../store.ts'

/** Engagements can be read for 90 days after they began (fact 289). */
const KEPT = 90 * 86_400

/** The work of an agent on a ticket, from the assignment until it ended. Times in epoch seconds. */
export type Engagement = {
  readonly id: string
  readonly ticket: Ticket
  readonly agent: number
  readonly group: number | null
  readonly requester: number
  readonly channel: 'MESSAGING' | 'SUPPORT'
  readonly start: number
  readonly end: number
  readonly statuses: readonly [start: string, end: string]
  readonly endReason: string
  /** The audits of that time, the first one included. */
  readonly audits: readonly Audit[]
}

/** The engagements that ended, and began in the last 90 days, by their beginning and id. They follow from the audits. */
export function createEngagements(store: Store): () => readonly Engagement[] {
  const all = perVersion(store, () => [...engagementsIn(store)].sort(byStart))
  return () => {
    const [since, now] = [store.clock.now() - KEPT, store.clock.now()]
    return all().filter(({ start, end }) => start > since && end <= now)
  }
}

function byStart(one: Engagement, other: Engagement): number {
  return one.start - other.start || (one.id < other.id ? -1 : 1)
}

function* engagementsIn(store: Store): Generator<Engagement> {
  const since = store.clock.now() - KEPT
  for (const ticket of store.tickets) if ((ticket.audits.at(-1)?.at ?? 0) > since) yield* engagementsOf(ticket)
}

type State = { agent: number | null; group: number | null; requester: number; status: string }
type Begun = State & { readonly audit: Audit; readonly agent: number }

const OVER: readonly unknown[] = ['solved', 'closed', 'deleted']

// Assumed (fact 388): an engagement ends with another assignment, and when the ticket is solved, closed or deleted.
function* engagementsOf(ticket: Ticket): Generator<Engagement> {
  const state: State = { agent: null, group: null, requester: ticket.values.requester_id, status: 'new' }
  let begun: Begun | undefined
  let audits: Audit[] = []
  for (const audit of ticket.audits) {
    const before = state.agent
    applyTo(state, audit)
    audits.push(audit)
    const isOver = OVER.includes(state.status)
    if (begun !== undefined && (isOver || state.agent !== begun.agent)) {
      yield engagement(ticket, begun, audits, state.status)
      begun = undefined
      audits = []
    }
    if (state.agent !== null && state.agent !== before && !isOver) {
      begun = { ...state, audit, agent: state.agent }
      audits = [audit]
    }
  }
}

function applyTo(state: State, { events }: Audit): void {
  for (const event of events) {
    if (event.type !== 'Create' && event.type !== 'Change') continue
    if (event.field === 'assignee_id') state.agent = event.value as number | null
    if (event.field === 'group_id') state.group = event.value as number | null
    if (event.field === 'requester_id') state.requester = event.value as number
    if (event.field === 'status') state.status = String(event.value)
  }
}

function engagement(ticket: Ticket, begun: Begun, audits: readonly Audit[], status: string): Engagement {
  const { audit, agent, group, requester } = begun
  return {
    id: createHash('sha256').update(`engagement ${audit.id}`).digest('hex').slice(0, 32).toUpperCase(),
    ...{ ticket, agent, group, requester, audits },
    // Assumed (fact 388): what came through the web came through messaging there.
    channel: ticket.audits[0]?.via.channel === 'web' ? 'MESSAGING' : 'SUPPORT',
    start: audit.at,
    end: audits.at(-1)?.at ?? audit.at,
    statuses: [begun.status, status],
    endReason: OVER.includes(status) ? 'Unknown Remove' : 'Manual Reassignment',
  }
}
