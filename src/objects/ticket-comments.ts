import type { RecordData } from '../model/reads.ts'
import type { Allowed, WriteAction } from '../model/writing.ts'
import { defineObject } from './define.ts'
import { quietTicket } from './quiet-ticket.ts'
import { tickets } from './tickets.ts'

const COLUMNS = ['body', 'html_body', 'public', 'author_id']

/** Comments in rows of their own, as the source has them: each is added to its ticket, once. None can change later. */
export const ticketComments = defineObject({
  name: 'ticket_comments',
  path: 'tickets',
  keys: tickets.keys.map((key) => ({ ...key, modes: ['append'] })),
  writable: 'ticket_id:integer ticket_external_id body html_body public:boolean author_id:integer',
  reshaped: asTicket,
  adds: true,
  after: ['tickets', 'ticket_imports'],
  bulk: ['update'],
  buckets: tickets.buckets,
  comment: 'comment',
  quiet: quietComment,
})

/** The ticket that a comment is added to. */
function asTicket({ id, ticket_id, ticket_external_id, ...record }: RecordData): RecordData {
  const given = COLUMNS.filter((name) => (record[name] ?? null) !== null)
  const { body, ...comment }: RecordData = Object.fromEntries(given.map((name) => [name, record[name]]))
  const rest = Object.entries(record).filter(([name]) => !COLUMNS.includes(name))
  return {
    ...Object.fromEntries(rest),
    id: ticket_id,
    external_id: ticket_external_id,
    comment: { ...comment, ...(comment['html_body'] === undefined && { body }), source_id: id },
  }
}

function quietComment({ comment, ...body }: RecordData, action: WriteAction, allowed: Allowed): RecordData {
  const { source_id: _, ...sent } = (comment ?? {}) as RecordData
  return quietTicket({ ...body, comment: sent }, action, allowed)
}
