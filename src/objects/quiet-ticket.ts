import type { RecordData } from '../model/page.ts'
import type { Allowed, WriteAction } from '../model/writing.ts'

/** A ticket whose comment nobody gets a mail of: private, unless public comments are allowed and it is not private itself. */
export function quietTicket(body: RecordData, action: WriteAction, { publicComments }: Allowed): RecordData {
  const { comment: given, ...rest } = body
  if (given === undefined || given === null || action === 'delete') return rest
  const comment: RecordData = typeof given === 'object' ? (given as RecordData) : { body: String(given) }
  return { ...rest, comment: { ...comment, public: publicComments && comment['public'] !== false } }
}
