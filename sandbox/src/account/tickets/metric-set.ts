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

/** Counts and times of a ticket's history. Waits are measured only once the ticket has left the state they measure. */
export function metricSetOf(ticket: Ticket): MetricSet {
  const first = ticket.audits[0]
  const requester = Number(first && createdValue(first, 'requester_id'))
  let [groups, assignees, reopens, replies] = [0, 0, 0, 0]
  let assignee: number | null = null
  let assigneeUpdated: number | null = null
  let requesterUpdated = ticket.created
  let statusUpdated = ticket.created
  let initiallyAssigned: number | null = null
  let assigned: number | null = null
  let firstSolved: number | null = null
  let solved: number | null = null
  let firstReply: number | null = null
  let lastComment = ticket.created
  let status = 'new'
  let since = ticket.created
  const spent: Record<string, [number, number]> = {}

  for (const { at, author, events } of ticket.audits) {
    for (const event of events) {
      if (event.type === 'Comment' || event.type === 'VoiceComment') {
        lastComment = at
        if ((event.public || event.wasPublic) && event.author !== requester && author > 0 && at > ticket.created) {
          replies++
          firstReply ??= at
        }
      } else if (event.type === 'Create' || event.type === 'Change') {
        if (event.field === 'group_id' && event.value !== null) groups++
        if (event.field === 'assignee_id') {
          assignee = event.value as number | null
          if (assignee !== null) {
            assignees++
            initiallyAssigned ??= at
            assigned = at
          }
        }
        if (event.field === 'status') {
          const [calendar, business] = spent[status] ?? [0, 0]
          spent[status] = [calendar + at - since, business + businessSeconds(since, at)]
          const before = status
          status = String(event.value)
          since = at
          statusUpdated = at
          if (DONE.has(status) && !DONE.has(before)) {
            firstSolved ??= at
            solved = at
          } else if (DONE.has(before) && !DONE.has(status) && status !== 'deleted') {
            reopens++
            solved = null
          }
        }
      }
    }
    if (author === requester) requesterUpdated = at
    if (author === assignee) assigneeUpdated = at
  }

  const until = (at: number | null) =>
    at === null ? NEVER : minutes(at - ticket.created, businessSeconds(ticket.created, at))
  const total = (...states: string[]) => {
    const known = states.filter((state) => spent[state] !== undefined)
    const sum = (part: 0 | 1) => known.reduce((seconds, state) => seconds + (spent[state]?.[part] ?? 0), 0)
    return known.length === 0 ? NEVER : minutes(sum(0), sum(1))
  }
  const hold = total('hold')
  return {
    groupStations: groups,
    assigneeStations: assignees,
    reopens,
    replies,
    assigneeUpdated,
    requesterUpdated,
    statusUpdated,
    initiallyAssigned,
    assigned,
    solved,
    lastComment,
    replyTime: until(firstReply),
    firstResolution: until(firstSolved),
    fullResolution: until(solved),
    agentWait: total('pending'),
    requesterWait: ticket.audits.length > 1 ? total('new', 'open', 'hold') : NEVER,
    onHold: hold === NEVER ? { calendar: 0, business: 0 } : hold,
  }
}

function minutes(calendar: number, business: number): Minutes {
  return { calendar: Math.floor(calendar / 60), business: Math.floor(business / 60) }
}
