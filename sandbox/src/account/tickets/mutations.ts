import type { Ticket, TicketValues, Value } from '../model.ts'
import { firstAdmin } from '../people/lookup.ts'
import { type Store, ticketOf } from '../store.ts'
import type { NewComment } from './new-comment.ts'
import { SYSTEM_ORIGIN } from './origin.ts'
import { rate } from './satisfaction.ts'
import { mergeSource, mergeTarget, openTicket, restoreTicket, saveTicket, scrub, touch } from './save.ts'
import type { Write } from './write.ts'

/** The values of a new ticket; absent ones have defaults. The comment may be its text alone. */
export type NewTicket = Partial<Omit<TicketValues, 'status' | 'custom_status_id'>> & {
  readonly status?: string
  readonly comment?: string | NewComment
  readonly custom_fields?: readonly { readonly id: number; readonly value: Value }[]
}

/** Changes of a ticket; `custom_fields` as the API takes them. */
export type TicketChanges = Omit<NewTicket, 'comment'>

/** The mutations of tickets. Each writes what Zendesk would write: audits, comments, metrics, times. */
export type TicketMutations = {
  /** Gives the id. */
  readonly createTicket: (ticket?: NewTicket) => number
  readonly updateTicket: (id: number, changes: TicketChanges, comment?: string | NewComment) => void
  readonly addComment: (id: number, comment: string | NewComment) => void
  /** A change that writes no audit: only `generated_timestamp` moves. */
  readonly systemUpdate: (id: number) => void
  readonly deleteTicket: (id: number) => void
  readonly restoreTicket: (id: number) => void
  /** Deletes the ticket first if it isn't yet. */
  readonly permanentlyDeleteTicket: (id: number) => void
  /** Closes the sources; they and the target get comments that name each other. */
  readonly mergeTickets: (sources: readonly number[], target: number) => void
  /** The requester's rating; `reason` is a place in the list of reasons, for a bad rating. */
  readonly rateTicket: (id: number, score: 'good' | 'bad', said?: { comment?: string; reason?: number }) => void
  /** Hands a ticket to an AI agent. */
  readonly giveToAi: (id: number) => void
  /** Sends a ticket to the archive, closing it first, without waiting 120 days. */
  readonly archiveTicket: (id: number) => void
}

/** The mutations of a store's tickets, done by its first administrator. */
export function ticketMutations(store: Store): TicketMutations {
  const write = (ticket: Ticket, more: Partial<Write>) => saveTicket(store, ticket, { ...writeNow(store), ...more })

  const updateTicket: TicketMutations['updateTicket'] = (id, changes, comment) =>
    void write(open(store, id), {
      ...split(changes),
      ...(comment === undefined ? {} : { comment: asComment(comment) }),
    })
  const deleteTicket = (id: number) => {
    const ticket = known(store, id)
    if (ticket.deleted > 0) throw new Error(`Ticket ${id} is deleted already.`)
    // Assumed (fact 350): deleting and restoring write an audit with a change of status.
    write(ticket, { changes: { status: 'deleted' } })
  }

  return {
    createTicket: (given = {}) => createGiven(store, given).id,
    updateTicket,
    addComment: (id, comment) => updateTicket(id, {}, comment),
    giveToAi: (id) => {
      const ticket = open(store, id)
      ticket.rare = { ...ticket.rare, isForAi: true }
      touch(store, ticket)
    },
    systemUpdate: (id) => {
      touch(store, known(store, id))
    },
    deleteTicket,
    restoreTicket: (id) => {
      if (!restoreTicket(store, known(store, id), writeNow(store))) throw new Error(`Ticket ${id} can't be restored.`)
    },
    permanentlyDeleteTicket: (id) => {
      if (known(store, id).deleted === 0) deleteTicket(id)
      scrub(store, known(store, id))
    },
    mergeTickets: (sources, target) => {
      const into = open(store, target)
      const tickets = sources.map((id) => open(store, id))
      if (tickets.includes(into)) {
        const same = `You selected the same ticket as source and target: #${target}. You cannot merge a ticket into itself.`
        throw new Error(same)
      }
      const actor = { ...writeNow(store), via: { channel: 'web', merge: [...sources, target] } }
      for (const source of tickets) mergeSource(store, { source, target: into, actor, comments: {} })
      mergeTarget(store, { sources, target: into, actor, comments: {} })
    },
    rateTicket: (id, score, said = {}) => {
      const ticket = open(store, id)
      rate(store, ticket, { score, ...said }, { ...writeNow(store), author: ticket.values.requester_id })
    },
    archiveTicket: (id) => {
      const ticket = known(store, id)
      if (ticket.closed === 0) write(ticket, { changes: { status: 'closed' } })
      ticket.archived = true
    },
  }
}

function createGiven(store: Store, given: NewTicket): Ticket {
  const { comment = 'Created in the sandbox.', ...rest } = given
  const requester =
    given.requester_id ?? [...store.users.values()].find((user) => user.role === 'end-user' && !user.deleted)?.id
  const { changes, custom } = split(rest)
  const form = [...store.forms.values()].find((one) => one.default)
  const defaults = {
    subject: 'Sandbox ticket',
    requester_id: requester ?? firstAdmin(store),
    ticket_form_id: form?.id ?? -1,
  }
  const organization = store.users.get(defaults.requester_id)?.organization ?? null
  const values = { ...defaults, organization_id: organization, ...changes }
  return openTicket(store, {
    ...writeNow(store),
    author: values.requester_id,
    changes: values,
    custom,
    comment: asComment(comment),
  })
}

const writeNow = (store: Store): Write => ({
  at: store.clock.now(),
  author: firstAdmin(store),
  via: { channel: 'api' },
  origin: SYSTEM_ORIGIN,
})

function known(store: Store, id: number): Ticket {
  const ticket = ticketOf(store, id)
  if (ticket === undefined) throw new Error(`There is no ticket ${id}.`)
  return ticket
}

function open(store: Store, id: number): Ticket {
  const ticket = known(store, id)
  if (ticket.deleted > 0) throw new Error(`Ticket ${id} is deleted.`)
  if (ticket.closed > 0) throw new Error(`Ticket ${id}: Status: closed prevents ticket update`)
  return ticket
}

const split = ({ custom_fields = [], ...changes }: TicketChanges) => ({
  changes,
  custom: new Map(custom_fields.map(({ id, value }) => [id, value])),
})

const asComment = (comment: string | NewComment): NewComment =>
  typeof comment === 'string' ? { body: comment } : comment
