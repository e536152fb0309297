import type { RecordData } from '../model/reads.ts'
import type { Allowed, WriteAction } from '../model/writing.ts'
import { defineObject } from './define.ts'
import { TICKET_COLUMNS, TICKET_REFERENCES, tickets } from './tickets.ts'

/** Tickets with their history: several comments and times of their own. No trigger runs, and nobody gets a mail. */
export const ticketImports = defineObject({
  name: 'ticket_imports',
  path: 'imports/tickets',
  at: { list: 'tickets' },
  keys: [{ columns: ['external_id'], find: 'list', modes: ['append'] }],
  writable: `${TICKET_COLUMNS} comments:array created_at updated_at solved_at archive_immediately:boolean`,
  required: ['comments|comment|description'],
  unread: ['comments', 'comment', 'description', 'updated_at', 'solved_at', 'archive_immediately'],
  fields: tickets.fields,
  references: TICKET_REFERENCES,
  parameters: ['archive_immediately'],
  bulk: ['create'],
  isHidden: isArchived,
  quiet: quietComments,
})

/** The list of tickets leaves archived ones out, and closed ones may be archived at once. */
function isArchived({ archive_immediately, status }: RecordData): boolean {
  return archive_immediately === true || status === 'closed'
}

function quietComments({ comments, ...body }: RecordData, _: WriteAction, { publicComments }: Allowed): RecordData {
  if (!Array.isArray(comments)) return { ...body, ...(comments !== undefined && { comments }) }
  return { ...body, comments: comments.map((one: RecordData) => ({ public: publicComments, ...one })) }
}
