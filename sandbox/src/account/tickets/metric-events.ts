import type { Audit, CommentEvent, SlaEvent, SlaTarget, Ticket, Value } from '../model.ts'
import {
  breachTime,
  createClock,
  type Elapsed,
  elapsedOf,
  type MetricClock,
  minutesOf,
  NOTHING,
  stop,
} from './metric-clock.ts'

/**
 * A metric event of a ticket. `written` is its place in the export; `time` may lie ahead of it (a breach). Nobody sees it
 * before `visible`: events are written some time after the change that they are stamped with.
 */
export type MetricEvent = {
  readonly metric: string
  readonly instance: number
  readonly type: string
  readonly time: number
  /** The policy's target, for `apply_sla` and `breach`. */
  readonly target: SlaTarget | undefined
  /** Minutes, for `update_status`. */
  readonly status: Elapsed | undefined
  readonly visible: number
  written: number
  deleted: boolean
}

/** The statuses in which each metric of work runs (fact 283). */
const RUNS: Readonly<Record<string, ReadonlySet<string>>> = {
  agent_work_time: new Set(['new', 'open']),
  requester_wait_time: new Set(['new', 'open', 'hold']),
  resolution_time: new Set(['new', 'open', 'pending', 'hold']),
}

/**
 * The metric whose clock a target of a policy is held against. Other targets are announced in audits, and not measured. Assumed
 * (fact 425): a ticket that is opened again counts on.
 */
const METRICS: Readonly<Record<string, string>> = {
  first_reply_time: 'reply_time',
  next_reply_time: 'reply_time',
  requester_wait_time: 'requester_wait_time',
  agent_work_time: 'agent_work_time',
  total_resolution_time: 'resolution_time',
}

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
    isReplied: false,
    clocks: new Map([...Object.keys(RUNS), 'reply_time'].map((metric) => [metric, createClock(metric)])),
    breaches: new Map(),
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
  readonly clocks: ReadonlyMap<string, MetricClock>
  /** The breach of each clock that was announced last. */
  readonly breaches: Map<MetricClock, MetricEvent>
  status: string
  isReplied: boolean
  toggled: number
}

type More = {
  readonly time?: number
  readonly target?: SlaTarget
  readonly status?: Elapsed
  readonly instance?: number
}

function add(state: Progress, at: number, clock: MetricClock, type: string, more: More = {}): MetricEvent {
  const event = {
    metric: clock.metric,
    instance: more.instance ?? clock.instance,
    type,
    time: more.time ?? at,
    target: more.target,
    status: more.status,
    visible: at + lateness(state.ticket.id),
    written: at,
    deleted: false,
  }
  state.events.push(event)
  return event
}

// Seen: 12 seconds for one ticket, 11 to 13 minutes for another (fact 153). Assumed (fact 351): how often.
function lateness(ticket: number): number {
  return ticket % 16 === 7 ? 660 + (ticket % 120) : ticket % 13
}

function observe(state: Progress, audit: Audit): void {
  const { at } = audit
  const isFirst = audit === state.ticket.audits[0]
  if (isFirst)
    for (const clock of state.clocks.values()) {
      add(state, at, clock, 'measure', { instance: 0 })
      start(state, audit, clock)
    }
  for (const event of audit.events) {
    if ((event.type === 'Comment' || event.type === 'VoiceComment') && isPublic(event) && !isFirst)
      hear(state, audit, event)
    if (event.type === 'Change' && event.field === 'status') changeStatus(state, String(event.value), audit)
    if (event.type === 'Sla') setTarget(state, audit, event)
  }
}

const isPublic = (comment: CommentEvent): boolean => comment.public || comment.wasPublic === true

/** A reply ends what waits for it; a comment of the requester after a reply waits for the next one. */
function hear(state: Progress, audit: Audit, { author }: CommentEvent): void {
  const clock = state.clocks.get('reply_time')!
  if (author === state.requester) {
    if (!state.isReplied || clock.since !== undefined) return
    clock.instance++
    Object.assign(clock, { spent: NOTHING, target: undefined, isBreached: false })
    start(state, audit, clock)
  } else if (clock.since !== undefined) {
    state.isReplied = true
    end(state, audit, clock)
  }
}

function start(state: Progress, audit: Audit, clock: MetricClock): void {
  clock.since = audit.at
  add(state, audit.at, clock, 'activate')
  announce(state, audit, clock)
}

function end(state: Progress, audit: Audit, clock: MetricClock): void {
  halt(state, audit, clock)
  add(state, audit.at, clock, 'fulfill')
  add(state, audit.at, clock, 'update_status', { status: minutesOf(clock.spent) })
}

function halt(state: Progress, audit: Audit, clock: MetricClock): void {
  avert(state, audit.at, clock)
  stop(clock, audit.at, audit.hours)
}

/** Announces when the target of a clock will be missed. */
function announce(state: Progress, audit: Audit, clock: MetricClock): void {
  const time = breachTime(clock, audit.at, audit.hours)
  if (time === undefined) return
  state.breaches.set(
    clock,
    add(state, audit.at, clock, 'breach', { time, ...(clock.target && { target: clock.target }) }),
  )
}

/** Takes back a breach that was announced and has not come. */
function avert({ breaches }: Progress, at: number, clock: MetricClock): void {
  const breach = breaches.get(clock)
  if (breach === undefined) return
  breaches.delete(clock)
  if (breach.time > at) Object.assign(breach, { deleted: true, written: at })
  else clock.isBreached = true
}

function setTarget(state: Progress, audit: Audit, { field, value }: SlaEvent): void {
  const clock = state.clocks.get(METRICS[field] ?? '')
  if (clock === undefined || typeof value === 'string') return
  // What was asked of a reply went with the reply.
  if (field.endsWith('_reply_time') && clock.since === undefined) return
  avert(state, audit.at, clock)
  clock.isBreached = false
  clock.target = value ?? undefined
  if (value === null) return
  add(state, audit.at, clock, 'apply_sla', { target: value })
  announce(state, audit, clock)
}

function changeStatus(state: Progress, status: string, audit: Audit): void {
  const before = state.status
  state.status = status
  if (status === 'deleted' || before === 'deleted') {
    state.toggled = audit.at
    return
  }
  const ends = isDone(status) && !isDone(before)
  // Assumed (fact 423): a ticket that is solved without a reply misses no target of a reply any more.
  if (ends) avert(state, audit.at, state.clocks.get('reply_time')!)
  for (const [metric, running] of Object.entries(RUNS)) {
    const clock = state.clocks.get(metric)!
    if (ends) end(state, audit, clock)
    else if (isDone(before) && !isDone(status)) {
      clock.instance++
      if (running.has(status)) start(state, audit, clock)
    } else if (running.has(before) && !running.has(status) && !isDone(status)) {
      halt(state, audit, clock)
      add(state, audit.at, clock, 'pause')
      add(state, audit.at, clock, 'update_status', { status: minutesOf(elapsedOf(clock, audit.at, audit.hours)) })
    } else if (!running.has(before) && running.has(status)) start(state, audit, clock)
  }
}

function isDone(status: string): boolean {
  return status === 'solved' || status === 'closed'
}

/** The value that a ticket's first audit gave to a field. */
export function createdValue(audit: Audit, field: string): Value | undefined {
  for (const event of audit.events) if (event.type === 'Create' && event.field === field) return event.value
  return undefined
}
