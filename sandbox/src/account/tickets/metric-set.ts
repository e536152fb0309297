import type { Audit, Ticket } from '../model.ts'
import { type Elapsed, minutesOf, NOTHING } from './metric-clock.ts'
import { createdValue } from './metric-events.ts'

/** Calendar and business time in minutes; null when it hasn't been measured. */
export type Minutes = { readonly calendar: number | null; readonly business: number | null }

/** A ticket's metrics, which follow from its audits alone. Times are epoch seconds, null for never. */
export type MetricSet = {
  readonly groupStations: number
  readonly assigneeStations: number
  readonly reopens: number
  readonly replies: number
  readonly assigneeUpdated: number | null
  readonly requesterUpdated: number
  readonly statusUpdated: number
  readonly initiallyAssigned: number | null
  readonly assigned: number | null
  readonly solved: number | null
  readonly lastComment: number
  readonly replyTime: Minutes
  readonly firstResolution: Minutes
  readonly fullResolution: Minutes
  readonly agentWait: Minutes
  readonly requesterWait: Minutes
  readonly onHold: Minutes
}

const NEVER: Minutes = { calendar: null, business: null }
const DONE = new Set(['solved', 'closed'])

/** The counts while a ticket's audits are read from the first to the last. */
type Tally = {
  groups: number
  assignees: number
  reopens: number
  replies: number
  assignee: number | null
  assigneeUpdated: number | null
  requesterUpdated: number
  statusUpdated: number
  initiallyAssigned: number | null
  assigned: number | null
  solved: number | null
  replyTime: Minutes
  firstResolution: Minutes
  fullResolution: Minutes
  lastComment: number
  /** The present status and since when, and the seconds of calendar and business time spent in those before. */
  status: string
  since: number
  readonly spent: Record<string, Elapsed>
}

/** Counts and times of a ticket's history. Waits are measured only once the ticket has left the state they measure. */
export function metricSetOf(ticket: Ticket): MetricSet {
  const tally = tallyOf(ticket)
  const { spent } = tally
  const total = (...states: string[]) => {
    const known = states.filter((state) => spent[state] !== undefined)
    const sum = (part: keyof Elapsed) => known.reduce((seconds, state) => seconds + (spent[state]?.[part] ?? 0), 0)
    return known.length === 0 ? NEVER : minutesOf({ calendar: sum('calendar'), business: sum('business') })
  }
  const hold = total('hold')
  return {
    groupStations: tally.groups,
    assigneeStations: tally.assignees,
    reopens: tally.reopens,
    replies: tally.replies,
    assigneeUpdated: tally.assigneeUpdated,
    requesterUpdated: tally.requesterUpdated,
    statusUpdated: tally.statusUpdated,
    initiallyAssigned: tally.initiallyAssigned,
    assigned: tally.assigned,
    solved: tally.solved,
    lastComment: tally.lastComment,
    replyTime: tally.replyTime,
    firstResolution: tally.firstResolution,
    fullResolution: tally.fullResolution,
    agentWait: total('pending'),
    requesterWait: ticket.audits.length > 1 ? total('new', 'open', 'hold') : NEVER,
    onHold: hold === NEVER ? { calendar: 0, business: 0 } : hold,
  }
}

function tallyOf({ audits, created }: Ticket): Tally {
  const [first] = audits
  const requester = Number(first && createdValue(first, 'requester_id'))
  const tally: Tally = {
    ...{ groups: 0, assignees: 0, reopens: 0, replies: 0 },
    ...{ assignee: null, assigneeUpdated: null, requesterUpdated: created, statusUpdated: created },
    ...{ initiallyAssigned: null, assigned: null, solved: null },
    ...{ replyTime: NEVER, firstResolution: NEVER, fullResolution: NEVER },
    ...{ lastComment: created, status: 'new', since: created, spent: {} },
  }
  for (const audit of audits) {
    const { at, author, events } = audit
    for (const event of events) {
      if (event.type === 'Comment' || event.type === 'VoiceComment') {
        tally.lastComment = at
        const isReply = (event.public || event.wasPublic) && event.author !== requester && author > 0 && at > created
        if (!isReply) continue
        tally.replies++
        if (tally.replies === 1) tally.replyTime = sinceCreation(audit)
      } else if (event.type === 'Create' || event.type === 'Change') {
        if (event.field === 'group_id' && event.value !== null) tally.groups++
        if (event.field === 'assignee_id') assign(tally, at, event.value as number | null)
        if (event.field === 'status') moveTo(tally, audit, String(event.value))
      }
    }
    if (author === requester) tally.requesterUpdated = at
    if (author === tally.assignee) tally.assigneeUpdated = at
  }
  return tally
}

function assign(tally: Tally, at: number, assignee: number | null): void {
  tally.assignee = assignee
  if (assignee === null) return
  tally.assignees++
  tally.initiallyAssigned ??= at
  tally.assigned = at
}

function moveTo(tally: Tally, audit: Audit, status: string): void {
  const { status: before, since, spent } = tally
  const { at, hours } = audit
  const { calendar, business } = spent[before] ?? NOTHING
  spent[before] = { calendar: calendar + at - since, business: business + hours.between(since, at) }
  tally.status = status
  tally.since = at
  tally.statusUpdated = at
  if (DONE.has(status) && !DONE.has(before)) {
    tally.fullResolution = sinceCreation(audit)
    if (tally.firstResolution === NEVER) tally.firstResolution = tally.fullResolution
    tally.solved = at
  } else if (DONE.has(before) && !DONE.has(status) && status !== 'deleted') {
    tally.reopens++
    tally.solved = null
    tally.fullResolution = NEVER
  }
}

function sinceCreation({ at, ticket, hours }: Audit): Minutes {
  return minutesOf({ calendar: at - ticket.created, business: hours.between(ticket.created, at) })
}
