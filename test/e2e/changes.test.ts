import { describe, expect, test } from 'vitest'
import type { Sandbox, TruthStream } from 'zendesk-sandbox'
import { connect, openStill } from '../support/account.ts'
import { isUntold, truthOf } from '../support/expected-rows.ts'
import { send } from '../support/send.ts'

type Row = Readonly<Record<string, unknown>>

const live = ({ account }: Sandbox, stream: string): readonly (readonly [id: number, row: Row])[] =>
  [...account.truth(stream as TruthStream).live].map(([id, row]) => [Number(id), row] as const)
const idOf = (sandbox: Sandbox, stream: string, fits: (row: Row) => boolean = () => true): number => {
  const found = live(sandbox, stream).find(([, row]) => fits(row))
  if (!found) throw new Error(`The account has no such row of ${stream}.`)
  return found[0]
}
const adminOf = (sandbox: Sandbox): number => idOf(sandbox, 'users', ({ email }) => email === sandbox.credentials.email)
const isOpen = ({ status }: Row): boolean => status === 'open'

/** What an account needs to have first, what is changed after the first sync, and how many records tell that. */
interface Case {
  readonly prepare?: (sandbox: Sandbox) => unknown
  readonly change: (sandbox: Sandbox) => unknown
  readonly records: number
  readonly deletions?: number
  /** Deletions that Zendesk does not tell: the rows stay until a full refresh. */
  readonly stay?: number
}

const cases: Readonly<Record<string, Case>> = {
  ticket_events: {
    change: ({ account }) => account.createTicket({ subject: 'New', comment: 'First' }),
    records: 1,
  },
  ticket_field_history: {
    change: (sandbox) => {
      const ticket = idOf(sandbox, 'tickets', isOpen)
      sandbox.account.updateTicket(ticket, { priority: null, tags: ['only', 'these'] })
      sandbox.account.updateTicket(ticket, { priority: 'urgent' })
    },
    // Three values, and the targets that SLA policies give to an urgent ticket, or take: of the first reply, of waits and of work.
    records: 7,
  },
  ticket_attachments: {
    change: async (sandbox) => {
      const response = await fetch(`${sandbox.url}/api/v2/uploads?filename=note.txt`, {
        method: 'POST',
        headers: { authorization: `Bearer ${sandbox.credentials.accessToken}`, 'content-type': 'text/plain' },
        body: 'Read me',
      })
      const { upload } = (await response.json()) as { upload: { token: string } }
      const comment = { body: 'With a file', uploads: [upload.token] }
      return send(sandbox, 'PUT', `tickets/${idOf(sandbox, 'tickets', isOpen)}`, { ticket: { comment } })
    },
    records: 1,
  },
  side_conversations: {
    // One is begun, one is answered, one goes with its ticket.
    prepare: async (sandbox) => {
      for (const subject of ['Answered', 'Gone']) await aside(sandbox, subject)
    },
    change: async (sandbox) => {
      const ticket = ticketOf(sandbox, 'Answered')
      const [id] = [...sandbox.account.truth('side_conversations').live].find(([, one]) => one['ticket_id'] === ticket)!
      const path = `tickets/${ticket}/side_conversations/${id}/reply`
      await send(sandbox, 'POST', path, { message: { body: 'Yes', to: [{ email: 'vendor@example.net' }] } })
      sandbox.account.deleteTicket(ticketOf(sandbox, 'Gone'))
      await aside(sandbox, 'New')
    },
    records: 2,
    deletions: 1,
  },
  side_conversation_events: {
    prepare: (sandbox) => aside(sandbox, 'Gone'),
    change: async (sandbox) => {
      sandbox.account.deleteTicket(ticketOf(sandbox, 'Gone'))
      await aside(sandbox, 'New')
    },
    records: 1,
    deletions: 1,
  },
  deleted_tickets: {
    prepare: ({ account }) => {
      for (const nth of [1, 2, 3]) account.deleteTicket(account.createTicket({ subject: `Wrong ${nth}` }))
    },
    change: (sandbox) => {
      const { account } = sandbox
      account.restoreTicket(idOf(sandbox, 'deleted_tickets', ({ subject }) => subject === 'Wrong 2'))
      account.deleteTicket(account.createTicket({ subject: 'Wrong 4' }))
    },
    records: 1,
    deletions: 1,
  },
  suspended_tickets: {
    change: (sandbox) => {
      const [[gone, row]] = live(sandbox, 'suspended_tickets') as [readonly [number, Row]]
      const { id: _, url: __, created_at: ___, updated_at: ____, ...values } = row
      sandbox.account.createRecord('suspended_tickets', values)
      sandbox.account.deleteRecord('suspended_tickets', gone)
    },
    records: 1,
    deletions: 1,
  },
  satisfaction_ratings: {
    // An old rating is changed, a new one comes, and one goes with its ticket.
    prepare: ({ account }) => {
      for (const nth of [1, 2]) {
        const ticket = account.createTicket({ subject: `Rated ${nth}` })
        account.updateTicket(ticket, { satisfaction_score: 'offered' })
        account.advance(10 * 86_400)
      }
    },
    change: (sandbox) => {
      const { account } = sandbox
      const ticket = (subject: string) => idOf(sandbox, 'tickets', (row) => row['subject'] === subject)
      account.updateTicket(ticket('Rated 1'), { satisfaction_score: 'bad' })
      account.deleteTicket(ticket('Rated 2'))
      account.updateTicket(account.createTicket({}), { satisfaction_score: 'good' })
    },
    records: 2,
    stay: 1,
  },
  ticket_skips: {
    prepare: (sandbox) => skip(sandbox, 'Too hard'),
    change: (sandbox) => skip(sandbox, 'Too easy'),
    records: 1,
  },
  ticket_activities: {
    prepare: (sandbox) => comment(sandbox, 'First'),
    change: (sandbox) => comment(sandbox, 'Second'),
    records: 2,
  },
  requests: {
    prepare: (sandbox) => {
      for (const subject of ['Mine', 'Also mine']) ask(sandbox, subject)
    },
    change: (sandbox) => {
      const { account } = sandbox
      account.addComment(
        idOf(sandbox, 'requests', ({ subject }) => subject === 'Mine'),
        'More',
      )
      account.deleteTicket(idOf(sandbox, 'requests', ({ subject }) => subject === 'Also mine'))
      ask(sandbox, 'New')
    },
    records: 2,
    deletions: 1,
  },
  user_identities: {
    change: (sandbox) => {
      const { account } = sandbox
      const [some, other] = live(sandbox, 'user_identities').filter(([, { type }]) => type === 'email')
      account.createIdentity(Number(some?.[1]['user_id']), { type: 'email', value: 'second@example.org' })
      account.deleteIdentity(Number(other?.[1]['user_id']), Number(other?.[0]))
    },
    // Those of the two users that are left.
    records: 2,
    stay: 1,
  },
  audit_logs: {
    change: (sandbox) => {
      const { account } = sandbox
      account.updateUser(
        idOf(sandbox, 'users', ({ role }) => role === 'agent'),
        { role: 'end-user' },
      )
    },
    records: 1,
  },
  articles: {
    change: (sandbox) => {
      const { account } = sandbox
      const [[changed, row], , [deleted]] = live(sandbox, 'articles') as [
        readonly [number, Row],
        readonly [number, Row],
        readonly [number, Row],
      ]
      account.updateRecord('articles', changed, { promoted: row['promoted'] !== true })
      account.deleteRecord('articles', deleted)
    },
    records: 1,
    deletions: 1,
  },
  calls: {
    change: (sandbox) => {
      const { account } = sandbox
      const [changed, row] = live(sandbox, 'calls')[3] as [number, Row]
      account.updateRecord('calls', changed, { wrap_up_time: 99 })
      const { created_at: _, updated_at: __, ...values } = row
      account.createRecord('calls', { ...values, id: account.now() })
    },
    records: 2,
  },
  call_legs: {
    change: (sandbox) => {
      const { account } = sandbox
      const [, row] = live(sandbox, 'call_legs')[3] as [number, Row]
      const { id: _, created_at: __, updated_at: ___, ...values } = row
      account.createRecord('call_legs', values)
    },
    records: 1,
  },
}

/** A side conversation in a ticket of its own. */
async function aside(sandbox: Sandbox, subject: string): Promise<void> {
  const ticket = sandbox.account.createTicket({ subject })
  const message = { subject, body: 'Can you?', to: [{ email: 'vendor@example.net' }] }
  await send(sandbox, 'POST', `tickets/${ticket}/side_conversations`, { message })
}
const ticketOf = (sandbox: Sandbox, subject: string): number =>
  idOf(sandbox, 'tickets', (row) => row['subject'] === subject)

const skip = (sandbox: Sandbox, reason: string): number | string =>
  sandbox.account.createRecord('ticket_skips', {
    ticket_id: idOf(sandbox, 'tickets', isOpen),
    user_id: adminOf(sandbox),
    reason,
  })
const ask = ({ account, ...rest }: Sandbox, subject: string): number =>
  account.createTicket({ subject, requester_id: adminOf({ account, ...rest }), comment: 'Please' })
/** An agent assigns a ticket to the administrator, and writes in it. */
async function comment(sandbox: Sandbox, body: string): Promise<void> {
  const ticket = { assignee_id: adminOf(sandbox), comment: { body } }
  const headers = { authorization: `Bearer ${sandbox.credentials.agentToken}` }
  const path = `tickets/${idOf(sandbox, 'tickets', (row) => isOpen(row) && row['assignee_id'] !== ticket.assignee_id)}`
  await send(sandbox, 'PUT', path, { ticket: { assignee_id: ticket.assignee_id } }, headers)
  await send(sandbox, 'PUT', path, { ticket: { comment: ticket.comment } }, headers)
}

describe.each(Object.entries(cases))('%s', (stream, { prepare, change, records, deletions = 0, stay = 0 }) => {
  test('a first sync brings what the account holds, a second one what has changed', async () => {
    const sandbox = await openStill({ tickets: 120, exportPageSize: 30 })
    await prepare?.(sandbox)
    sandbox.account.advance(7200)
    const connection = await connect(sandbox, { names: [stream] })
    await connection.sync()
    expect(connection.warehouse.rows(stream).size).toBeGreaterThan(0)
    expect(connection.differences()).toEqual({})

    await change(sandbox)
    sandbox.account.advance(120)
    connection.warehouse.forgetCounts()
    const output = await connection.sync()
    expect(output.errors).toEqual([])
    expect(connection.warehouse.counts(stream)).toEqual({ records, deletions })
    expect(connection.differences()).toEqual({})
    const surplus = [...connection.warehouse.rows(stream)].filter(([key, row]) =>
      isUntold(truthOf(sandbox), stream, key, row),
    )
    expect(stream === 'ticket_activities' ? 0 : surplus.length).toBe(stay)
  })
})
