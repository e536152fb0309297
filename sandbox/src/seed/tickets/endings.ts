import type { Rule, Ticket, TicketValues, Via } from '../../account/model.ts'
import type { User } from '../../account/people/model.ts'
import type { Store } from '../../account/store.ts'
import { SYSTEM_ORIGIN } from '../../account/tickets/origin.ts'
import { writeAudit } from '../../account/tickets/write.ts'
import type { Random } from '../../random.ts'
import type { People } from '../people/users.ts'
import type { Texts } from './texts.ts'
import { CHANNELS, someOrigin } from './traces.ts'

const MINUTE = 60
const DAY = 86_400

/** Times that shape all histories, in epoch seconds: nothing happens after `latest`. */
export type Plan = { readonly latest: number; readonly blockSolved: number; readonly blockClosed: number }

/** How tickets end. */
export type Endings = {
  /** Most likely solved and rated, and closed four days later. */
  readonly ending: (ticket: Ticket, at: number) => void
  /** Merges it into one of the recent tickets if one of them is open; returns whether it did. */
  readonly merge: (ticket: Ticket, recent: readonly Ticket[]) => boolean
  /** Deleted; then restored, or scrubbed after 30 days. */
  readonly destroy: (ticket: Ticket) => void
  /** Solved and closed together with the rest of the block. */
  readonly bulk: (ticket: Ticket) => void
}

type Writing = {
  readonly store: Store
  readonly random: Random
  readonly texts: Texts
  readonly staff: readonly User[]
}

/** The endings of an account's tickets. */
export function createEndings(store: Store, random: Random, people: People, texts: Texts, plan: Plan): Endings {
  const [, , closer, rater] = store.rules as [Rule, Rule, Rule, Rule]
  const staff = [...people.agents, ...people.admins]
  const writing: Writing = { store, random, texts, staff }

  const merge = (ticket: Ticket, recent: readonly Ticket[]): boolean => {
    const target = recent.find(
      (one) => one.closed === 0 && one.deleted === 0 && one.values.status !== 'solved' && one !== ticket,
    )
    if (target === undefined || ticket.closed > 0) return false
    const at = Math.max(ticket.updated, target.updated) + random.between(1, 600) * MINUTE
    if (at >= plan.latest) return false
    const actor = { at, ...by(writing, random.pick(staff), { channel: 'web', merge: [ticket.id, target.id] }) }
    writeAudit(store, ticket, {
      ...actor,
      changes: { status: 'closed', tags: [...ticket.values.tags, 'closed_by_merge'] },
      comment: {
        body: `This request was closed and merged into request #${target.id} "${target.values.subject}".`,
        public: false,
      },
    })
    const body = `Request #${ticket.id} "${ticket.values.subject}" was closed and merged into this request.`
    writeAudit(store, target, { ...actor, comment: { body, public: false } })
    return true
  }

  const destroy = (ticket: Ticket): void => {
    const before = ticket.values.status
    const at = ticket.updated + random.between(1, 2000) * MINUTE
    if (at >= plan.latest) return
    writeAudit(store, ticket, {
      at,
      ...by(writing, random.pick(people.admins), { channel: 'web' }),
      changes: { status: 'deleted' },
    })
    const restored = at + random.between(1, 5000) * MINUTE
    if (random.chance(0.25) && restored < plan.latest)
      writeAudit(store, ticket, {
        at: restored,
        ...by(writing, random.pick(people.admins), { channel: 'web' }),
        changes: { status: before },
      })
    else if (at + 30 * DAY < plan.latest) {
      ticket.scrubbed = true
      ticket.generated = at + 30 * DAY
    }
  }

  const bulk = (ticket: Ticket): void => {
    const at = plan.blockSolved
    const admin = people.admins[0] as User
    const changes = { status: 'solved', tags: [...ticket.values.tags, 'bulk_solved'] }
    writeAudit(store, ticket, { at, author: admin.id, via: { channel: 'api' }, origin: SYSTEM_ORIGIN, changes })
    writeAudit(store, ticket, { at: plan.blockClosed, ...rule(closer), changes: { status: 'closed' } })
  }

  return { ending: (ticket, at) => ending(writing, plan, [closer, rater], ticket, at), merge, destroy, bulk }
}

function ending(
  writing: Writing,
  plan: Plan,
  [closer, rater]: readonly [Rule, Rule],
  ticket: Ticket,
  at: number,
): void {
  const { store, random } = writing
  const age = plan.latest - ticket.created
  if (ticket.values.status !== 'solved' && random.chance(Math.min(0.93, age / (20 * DAY)))) solve(writing, ticket, at)
  const rated = at + random.between(1, 30) * MINUTE
  if (ticket.values.status === 'solved' && random.chance(0.2) && rated < plan.latest) {
    writeAudit(store, ticket, { at: rated, ...rule(rater), changes: { satisfaction_score: 'offered' } })
    const answered = rated + random.between(1, 3000) * MINUTE
    const author = store.users.get(ticket.values.requester_id)
    if (author !== undefined && random.chance(0.4) && answered < Math.min(plan.latest, ticket.updated + 4 * DAY))
      writeAudit(store, ticket, {
        at: answered,
        ...by(writing, author, { channel: 'web' }),
        changes: { satisfaction_score: random.pick(['good', 'good', 'bad']) },
      })
  }
  const closed = ticket.updated + 4 * DAY
  if (ticket.values.status === 'solved' && closed < plan.latest && random.chance(0.95))
    writeAudit(store, ticket, { at: closed, ...rule(closer), changes: { status: 'closed' } })
}

const rule = (one: Rule) => ({ author: -1, via: { channel: 'rule', rule: one }, origin: SYSTEM_ORIGIN })

const by = ({ random }: Writing, user: User, via: Via) => ({ author: user.id, via, origin: someOrigin(random) })

function solve(writing: Writing, ticket: Ticket, at: number) {
  const { store, random, texts, staff } = writing
  const agent = random.pick(staff)
  const changes: Partial<TicketValues> = {
    status: 'solved',
    ...(ticket.values.assignee_id === null ? { assignee_id: agent.id } : {}),
  }
  writeAudit(store, ticket, {
    at,
    ...by(writing, agent, random.pick(CHANNELS)),
    changes,
    comment: { body: texts.reply() },
  })
}
