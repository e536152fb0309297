import { businessSeconds } from '../business-time.ts'
import type { Audit, CommentEvent, Ticket, Value } from '../model.ts'

/**
 * A metric event of a ticket. `written` is its place in the export; `time` may lie ahead of it (a breach). Nobody sees it
 * before `visible`: events are written some time after the change that they are stamped with.
 */
export type MetricEvent = {
  readonly metric: string
  readonly instance: number
  readonly type: string
  readonly time: number
  /** Target of the policy in minutes, for `apply_sla`. */
  readonly target: number | undefined
  /** Minutes, for `update_status`. */
  readonly status: Elapsed | undefined
  readonly visible: number
  written: number
  deleted: boolean
}

/** Minutes since a ticket's creation, by the calendar and in office hours. */
type Elapsed = { readonly calendar: number; readonly business: number }

const TARGETS: Readonly<Record<string, number>> = { urgent: 60, high: 240 }
const WORK = ['agent_work_time', 'requester_wait_time', 'resolution_time'] as const
const FIRST = [...WORK, 'reply_time'] as const

// An export in the order of time comes back to a ticket again and again, several times on a page.
const kept = new Map<Ticket, { audits: number; deleted: number; events: MetricEvent[] }>()
const MOST_KEPT = 2048

/**
 * The metric events of a ticket, which follow from its audits alone. A new audit only adds events at the end and marks
 * old ones; each such mark moves `written` to the time of the change, so that the export gives the row again.
 *
 * Assumed (fact 351): deleting a ticket gives its rows again with `deleted: true`, restoring it gives them again
 * without; a breach that was announced ahead and then averted is given again with `deleted: true`.
 */
export function metricEventsOf(ticket: Ticket): readonly MetricEvent[] {
  const known = kept.get(ticket)
  // Restoring in silence writes no audit.
  if (known?.audits === ticket.audits.length && known.deleted === ticket.deleted) return known.events
  const events = workOutMetricEvents(ticket)
  if (kept.size >= MOST_KEPT) kept.clear()
  kept.set(ticket, { audits: ticket.audits.length, deleted: ticket.deleted, events })
  return events
}

/** The same, worked out anew and not kept: for going through all tickets. */
export function workOutMetricEvents(ticket: Ticket): MetricEvent[] {
  const events: MetricEvent[] = []
  const first = ticket.audits[0]
  const state: Progress = {
    ticket,
    events,
    requester: Number(first && createdValue(first, 'requester_id')),
    status: 'new',
    replied: false,
    instance: 1,
    toggled: 0,
  }
  for (const audit of ticket.audits) observe(state, audit)
  const isDeleted = ticket.deleted > 0
  if (state.toggled > 0)
    for (const event of events) {
      event.written = Math.max(event.written, state.toggled)
      event.deleted ||= isDeleted
    }
  return events
}

type Progress = {
  readonly ticket: Ticket
  readonly events: MetricEvent[]
  readonly requester: number
  status: string
  replied: boolean
  instance: number
  toggled: number
}

function add(state: Progress, at: number, metric: string, type: string, instance: number, status?: Elapsed): void {
  const visible = at + lateness(state.ticket.id)
  state.events.push({
    metric,
    instance,
    type,
    time: at,
    target: undefined,
    status,
    visible,
    written: at,
    deleted: false,
  })
}

// Seen: 12 seconds for one ticket, 11 to 13 minutes for another (fact 153). Assumed (fact 351): how often.
function lateness(ticket: number): number {
  return ticket % 16 === 7 ? 660 + (ticket % 120) : ticket % 13
}

function elapsed({ ticket }: Progress, at: number): Elapsed {
  const business = businessSeconds(ticket.created, at)
  return { calendar: Math.floor((at - ticket.created) / 60), business: Math.floor(business / 60) }
}

function observe(state: Progress, audit: Audit): void {
  const { ticket, events } = state
  const { at } = audit
  const isFirst = audit === ticket.audits[0]
  if (isFirst) {
    for (const metric of FIRST) {
      add(state, at, metric, 'measure', 0)
      add(state, at, metric, 'activate', 1)
    }
    const target = TARGETS[String(createdValue(audit, 'priority'))]
    if (target !== undefined) {
      const visible = at + lateness(ticket.id)
      const sla = { metric: 'reply_time', instance: 1, status: undefined, visible, written: at, deleted: false }
      events.push({ ...sla, type: 'apply_sla', time: at, target })
      events.push({ ...sla, type: 'breach', time: at + target * 60, target: undefined })
    }
  }

  for (const event of audit.events) {
    if ((event.type === 'Comment' || event.type === 'VoiceComment') && isReply(event) && !state.replied) {
      if (event.author === state.requester || isFirst) continue
      state.replied = true
      add(state, at, 'reply_time', 'fulfill', 1)
      add(state, at, 'reply_time', 'update_status', 1, elapsed(state, at))
      const breach = events.find((one) => one.type === 'breach')
      if (breach !== undefined && breach.time > at) {
        breach.deleted = true
        breach.written = at
      }
    }
    if (event.type === 'Change' && event.field === 'status') changeStatus(state, String(event.value), at)
  }
}

function isReply(comment: CommentEvent): boolean {
  return comment.public || comment.wasPublic === true
}

function changeStatus(state: Progress, status: string, at: number): void {
  const before = state.status
  state.status = status
  if (status === 'deleted' || before === 'deleted') {
    state.toggled = at
    return
  }
  if (isDone(status) && !isDone(before)) {
    const minutes = elapsed(state, at)
    for (const metric of WORK) {
      add(state, at, metric, 'fulfill', state.instance)
      add(state, at, metric, 'update_status', state.instance, minutes)
    }
  } else if (isDone(before) && !isDone(status)) {
    state.instance++
    for (const metric of WORK) add(state, at, metric, 'activate', state.instance)
  } else if (status === 'pending') {
    add(state, at, 'requester_wait_time', 'pause', state.instance)
    add(state, at, 'requester_wait_time', 'update_status', state.instance, elapsed(state, at))
  } else if (before === 'pending') add(state, at, 'requester_wait_time', 'activate', state.instance)
}

function isDone(status: string): boolean {
  return status === 'solved' || status === 'closed'
}

/** The value that a ticket's first audit gave to a field. */
export function createdValue(audit: Audit, field: string): Value | undefined {
  for (const event of audit.events) if (event.type === 'Create' && event.field === field) return event.value
  return undefined
}
