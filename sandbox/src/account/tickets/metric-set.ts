import { businessSeconds } from '../business-time.ts'
import type { Ticket } from '../model.ts'
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
  firstSolved: number | null
  solved: number | null
  firstReply: number | null
  lastComment: number
  /** The present status and since when, and the seconds of calendar and business time spent in those before. */
  status: string
  since: number
  readonly spent: Record<string, readonly [calendar: number, business: number]>
}

/** Counts and times of a ticket's history. Waits are measured only once the ticket has left the state they measure. */
export function metricSetOf(ticket: Ticket): MetricSet {
  const tally = tallyOf(ticket)
  const { spent } = tally
  const until = (at: number | null) =>
    at === null ? NEVER : minutes(at - ticket.created, businessSeconds(ticket.created, at))
  const total = (...states: string[]) => {
    const known = states.filter((state) => spent[state] !== undefined)
    const sum = (part: 0 | 1) => known.reduce((seconds, state) => seconds + (spent[state]?.[part] ?? 0), 0)
    return known.length === 0 ? NEVER : minutes(sum(0), sum(1))
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
    replyTime: until(tally.firstReply),
    firstResolution: until(tally.firstSolved),
    fullResolution: until(tally.solved),
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
    ...{ initiallyAssigned: null, assigned: null, firstSolved: null, solved: null, firstReply: null },
    ...{ lastComment: created, status: 'new', since: created, spent: {} },
  }
  for (const { at, author, events } of audits) {
    for (const event of events) {
      if (event.type === 'Comment' || event.type === 'VoiceComment') {
        tally.lastComment = at
        const isReply = (event.public || event.wasPublic) && event.author !== requester && author > 0 && at > created
        if (!isReply) continue
        tally.replies++
        tally.firstReply ??= at
      } else if (event.type === 'Create' || event.type === 'Change') {
        if (event.field === 'group_id' && event.value !== null) tally.groups++
        if (event.field === 'assignee_id') assign(tally, at, event.value as number | null)
        if (event.field === 'status') moveTo(tally, at, String(event.value))
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

function moveTo(tally: Tally, at: number, status: string): void {
  const { status: before, since, spent } = tally
  const [calendar, business] = spent[before] ?? [0, 0]
  spent[before] = [calendar + at - since, business + businessSeconds(since, at)]
  tally.status = status
  tally.since = at
  tally.statusUpdated = at
  if (DONE.has(status) && !DONE.has(before)) {
    tally.firstSolved ??= at
    tally.solved = at
  } else if (DONE.has(before) && !DONE.has(status) && status !== 'deleted') {
    tally.reopens++
    tally.solved = null
  }
}

function minutes(calendar: number, business: number): Minutes {
  return { calendar: Math.floor(calendar / 60), business: Math.floor(business / 60) }
}
