import { businessSeconds } from './business-time.ts'
import type { Audit, Ticket, Value } from './model.ts'

/** A metric event of a ticket. `written` is its place in the export; `time` may lie ahead of it (a breach). */
export type MetricEvent = {
  readonly metric: string
  readonly instance: number
  readonly type: string
  readonly time: number
  /** Target of the policy in minutes, for `apply_sla`. */
  readonly target?: number
  /** Minutes, for `update_status`. */
  readonly status?: { readonly calendar: number; readonly business: number }
  written: number
  deleted: boolean
}

const TARGETS: Readonly<Record<string, number>> = { urgent: 60, high: 240 }
const WORK = ['agent_work_time', 'requester_wait_time', 'resolution_time'] as const
let last: { ticket: Ticket; audits: number; events: MetricEvent[] } | undefined

/**
 * The metric events of a ticket, which follow from its audits alone. A new audit only adds events at the end and marks
 * old ones; each such mark moves `written` to the time of the change, so that the export gives the row again.
 *
 * Assumed: deleting a ticket gives its rows again with `deleted: true`, restoring it gives them again without; a breach
 * that was announced ahead and then averted is given again with `deleted: true`.
 */
export function metricEventsOf(ticket: Ticket): readonly MetricEvent[] {
  if (last?.ticket === ticket && last.audits === ticket.audits.length) return last.events
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
  const gone = ticket.deleted > 0
  if (state.toggled > 0)
    for (const event of events) {
      event.written = Math.max(event.written, state.toggled)
      event.deleted ||= gone
    }
  last = { ticket, audits: ticket.audits.length, events }
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

function observe(state: Progress, audit: Audit): void {
  const { ticket, events } = state
  const add = (metric: string, type: string, instance: number, more: Partial<MetricEvent> = {}) =>
    events.push({ metric, instance, type, time: audit.at, written: audit.at, deleted: false, ...more })
  const elapsed = () => ({
    calendar: Math.floor((audit.at - ticket.created) / 60),
    business: Math.floor(businessSeconds(ticket.created, audit.at) / 60),
  })

  if (audit === ticket.audits[0]) {
    for (const metric of [...WORK, 'reply_time']) {
      add(metric, 'measure', 0)
      add(metric, 'activate', 1)
    }
    const target = TARGETS[String(createdValue(audit, 'priority'))]
    if (target !== undefined) {
      add('reply_time', 'apply_sla', 1, { target })
      add('reply_time', 'breach', 1, { time: audit.at + target * 60 })
    }
  }

  for (const event of audit.events) {
    if ((event.type === 'Comment' || event.type === 'VoiceComment') && event.public && !state.replied) {
      if (event.author === state.requester || audit === ticket.audits[0]) continue
      state.replied = true
      add('reply_time', 'fulfill', 1)
      add('reply_time', 'update_status', 1, { status: elapsed() })
      const breach = events.find((one) => one.type === 'breach')
      if (breach !== undefined && breach.time > audit.at) {
        breach.deleted = true
        breach.written = audit.at
      }
    }
    if (event.type === 'Change' && event.field === 'status') changeStatus(state, String(event.value), audit.at, add)
  }
}

function changeStatus(
  state: Progress,
  status: string,
  at: number,
  add: (metric: string, type: string, instance: number, more?: Partial<MetricEvent>) => void,
): void {
  const { ticket } = state
  const before = state.status
  state.status = status
  if (status === 'deleted' || before === 'deleted') {
    state.toggled = at
    return
  }
  const minutes = {
    calendar: Math.floor((at - ticket.created) / 60),
    business: Math.floor(businessSeconds(ticket.created, at) / 60),
  }
  const done = (one: string) => one === 'solved' || one === 'closed'
  if (done(status) && !done(before))
    for (const metric of WORK) {
      add(metric, 'fulfill', state.instance)
      add(metric, 'update_status', state.instance, { status: minutes })
    }
  else if (done(before) && !done(status)) {
    state.instance++
    for (const metric of WORK) add(metric, 'activate', state.instance)
  } else if (status === 'pending') {
    add('requester_wait_time', 'pause', state.instance)
    add('requester_wait_time', 'update_status', state.instance, { status: minutes })
  } else if (before === 'pending') add('requester_wait_time', 'activate', state.instance)
}

/** The value that a ticket's first audit gave to a field. */
export function createdValue(audit: Audit, field: string): Value | undefined {
  for (const event of audit.events) if (event.type === 'Create' && event.field === field) return event.value
  return undefined
}
