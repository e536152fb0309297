import type { RecordData } from '../model/reads.ts'
import type { WriteObject } from '../model/writing.ts'
import { tickets } from './tickets.ts'

/** Tickets with their history: several comments and times of their own. No trigger runs, and nobody gets a mail. */
export const ticketImports: WriteObject = {
  ...tickets,
  name: 'ticket_imports',
  many: 'tickets',
  path: 'imports/tickets',
  at: { list: 'tickets' },
  keys: [{ columns: ['external_id'], find: 'list', modes: ['append'] }],
  writable: `${tickets.writable} comments:array created_at updated_at solved_at archive_immediately:boolean`,
  required: ['comments|comment|description'],
  unread: ['comments', 'comment', 'description', 'updated_at', 'solved_at', 'archive_immediately'],
  parameters: ['archive_immediately'],
  bulk: ['create'],
  buckets: {},
  tagDeltas: undefined,
  comment: undefined,
  isIdempotent: undefined,
  // The list of tickets leaves archived ones out, and closed ones may be archived at once.
  isHidden: ({ archive_immediately, status }) => archive_immediately === true || status === 'closed',
  quiet: ({ comments, ...body }, _, { publicComments }) =>
    Array.isArray(comments)
      ? { ...body, comments: comments.map((one: RecordData) => ({ public: publicComments, ...one })) }
      : { ...body, ...(comments !== undefined && { comments }) },
}
