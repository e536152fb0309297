import type { Field, Form, Rule, Ticket, TicketValues, Via } from '../../account/model.ts'
import type { Group, User } from '../../account/people/model.ts'
import type { Store } from '../../account/store.ts'
import type { NewComment } from '../../account/tickets/new-comment.ts'
import { createTicket, type Write, writeAudit } from '../../account/tickets/write.ts'
import { isoTime } from '../../iso-time.ts'
import type { Random } from '../../random.ts'
import type { People } from '../people/users.ts'
import { createEndings, type Plan } from './endings.ts'
import { fieldValue } from './fields.ts'
import type { Texts } from './texts.ts'
import { CHANNELS, FILES, someOrigin, voiceCall } from './traces.ts'

const MINUTE = 60
const DAY = 86_400
// The first second, the last before a day of leap, and the last that is written with four digits.
const EDGES = [0, 1_709_164_799, 253_402_300_799]
const TAGS = ['billing', 'pdf', 'urgent', 'refund', 'bug', 'feature_request', 'spam?', 'größe', '返金', 'beta', 'a-b_c']

/** The shared tools that write histories; `rules` are the triggers that notify the requester and the assignee. */
type Writing = {
  readonly store: Store
  readonly random: Random
  readonly people: People
  readonly texts: Texts
  readonly fields: readonly Field[]
  readonly forms: readonly Form[]
  readonly groups: readonly Group[]
  readonly staff: readonly User[]
  readonly rules: readonly [notifyRequester: Rule, notifyAssignee: Rule]
}

/** Gives the function that writes one ticket created at a time, as part of the block of bulk changes or not. */
export function createHistories(
  store: Store,
  random: Random,
  people: People,
  texts: Texts,
  plan: Plan,
): (created: number, inBlock: boolean) => void {
  const writing: Writing = {
    store,
    random,
    people,
    texts,
    fields: [...store.fields.values()].filter((field) => field.removable && field.active),
    forms: [...store.forms.values()].filter((form) => form.active),
    groups: people.groups.filter((group) => !group.deleted),
    staff: [...people.agents, ...people.admins],
    rules: store.rules as [Rule, Rule],
  }
  const { ending, merge, destroy, bulk } = createEndings(store, random, people, texts, plan)
  let problems: Ticket[] = []
  let recent: Ticket[] = []

  return (created, inBlock) => {
    problems = problems.filter((one) => one.deleted === 0)
    const ticket = open(writing, created, problems)
    if (ticket.values.type === 'problem') problems = [...problems, ticket].slice(-8)
    const end = inBlock ? Math.min(plan.blockSolved - 3600, plan.latest) : plan.latest
    let at = created
    for (let left = random.between(0, 6); left > 0; left--) {
      // From half a minute to three days, most of them short.
      at += Math.floor(30 * 8640 ** random.next())
      if (at >= end) break
      step(writing, ticket, at)
    }
    if (inBlock) return bulk(ticket)
    if (random.chance(0.012) && merge(ticket, recent)) return
    if (at + DAY < end) ending(ticket, at + random.between(1, 600) * MINUTE)
    if (random.chance(0.03)) destroy(ticket)
    // A system's update that writes no audit.
    if (!ticket.scrubbed && random.chance(0.06))
      ticket.generated = Math.min(plan.latest, ticket.generated + random.pick([1, 1, 60, 20 * DAY]))
    recent = [...recent.slice(-20), ticket]
  }
}

function open(writing: Writing, at: number, problems: readonly Ticket[]): Ticket {
  const {
    store,
    random,
    texts,
    staff,
    forms,
    groups,
    rules: [notifyRequester],
  } = writing
  const requester = requesterAt(writing, at)
  const via = random.pick(CHANNELS)
  const byAgent = random.chance(0.1)
  const type = random.pick([null, null, 'question', 'incident', 'incident', 'problem', 'task'])
  const problem = type === 'incident' && problems.length > 0 && random.chance(0.5) ? random.pick(problems) : undefined
  const call = via.channel === 'voice' ? voiceCall(random, at, random.pick(staff).id) : undefined
  const comment: NewComment = {
    body: texts.body(),
    public: random.chance(0.93),
    files: files(writing),
    ...(call ? { call } : {}),
  }
  const changes: Partial<TicketValues> = {
    subject: texts.subject(),
    ticket_form_id: random.pick(forms).id,
    requester_id: requester.id,
    organization_id: requester.organization,
    priority: random.pick([null, null, 'low', 'normal', 'normal', 'high', 'urgent']),
    type,
    tags: tags(writing),
    group_id: random.chance(0.6) ? random.pick(groups).id : null,
    due_at: type === 'task' ? isoTime(random.chance(0.05) ? random.pick(EDGES) : at + 3 * DAY) : null,
    problem_id: problem?.id ?? null,
    external_id: random.chance(0.03) ? `ext-${random.between(1, 500)}` : null,
  }
  const notify = random.chance(0.3) ? [{ rule: notifyRequester, recipients: [requester.id] }] : []
  const actor = by(writing, byAgent ? random.pick(staff) : requester, via)
  const copied = random.chance(0.03) ? { copied: [requesterAt(writing, at).id] } : {}
  const ticket = createTicket(store, {
    at,
    ...actor,
    changes,
    custom: custom(writing, 0.2),
    comment,
    notify,
    ...copied,
  })
  if (problem !== undefined && !problem.hasIncidents) {
    problem.hasIncidents = true
    problem.generated = Math.max(problem.generated, at)
  }
  return ticket
}

function requesterAt({ random, people }: Writing, at: number): User {
  let [low, high] = [0, people.endUsers.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((people.endUsers[middle] as User).created <= at) low = middle + 1
    else high = middle
  }
  return people.endUsers[random.between(0, Math.max(0, low - 1))] as User
}

const files = ({ random }: Writing) => (random.chance(0.06) ? random.some(FILES, random.between(1, 3)) : [])

const tags = ({ random }: Writing) => random.some(TAGS, random.between(0, 3))

const by = ({ random }: Writing, user: User, via: Via) => ({ author: user.id, via, origin: someOrigin(random) })

const custom = ({ random, fields, staff }: Writing, chance: number) =>
  new Map(
    fields
      .filter(() => random.chance(chance))
      .map((field) => [field.id, fieldValue(random, field, random.pick(staff).id)]),
  )

function step(writing: Writing, ticket: Ticket, at: number): void {
  const {
    store,
    random,
    texts,
    staff,
    rules: [notifyRequester, notifyAssignee],
  } = writing
  const agent = random.pick(staff)
  const { status, assignee_id, requester_id } = ticket.values
  const write = (changes: Partial<TicketValues>, comment?: NewComment, more: Partial<Write> = {}) =>
    writeAudit(store, ticket, {
      at,
      ...by(writing, agent, random.pick(CHANNELS)),
      changes,
      ...(comment ? { comment } : {}),
      ...more,
    })
  if (assignee_id === null && random.chance(0.7)) {
    const changes = { assignee_id: agent.id, group_id: agent.group, status: 'open' }
    write(changes, undefined, { notify: [{ rule: notifyAssignee, recipients: [agent.id] }] })
  } else if (random.chance(0.45)) {
    const changes = { status: random.pick(['open', 'pending', 'pending', 'hold', 'solved']) }
    const notify = [{ rule: notifyRequester, recipients: [requester_id] }]
    write(changes, { body: texts.reply(), files: files(writing) }, random.chance(0.5) ? { notify } : {})
  } else if (random.chance(0.3)) write({}, { body: texts.note(), public: false, files: files(writing) })
  else if (random.chance(0.5)) {
    const changes = status === 'pending' || status === 'solved' ? { status: 'open' } : {}
    const author = store.users.get(requester_id) ?? agent
    writeAudit(store, ticket, {
      at,
      ...by(writing, author, random.pick(CHANNELS)),
      changes,
      comment: { body: texts.body(), files: files(writing) },
    })
  } else
    write({ tags: tags(writing), priority: random.pick([null, 'normal', 'high']) }, undefined, {
      custom: custom(writing, 0.15),
    })
}
