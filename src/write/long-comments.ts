import type { RecordData } from '../model/reads.ts'
import type { WriteObject } from '../model/writing.ts'

/** Zendesk cuts the text of a comment after so many bytes of UTF-8, without a word (fact 147). */
const LONGEST = 65_536

/** Whether Zendesk would cut a comment in this body. */
export const hasLongComment = (body: RecordData, { comment, unread = [] }: WriteObject): boolean =>
  [comment, ...unread]
    .flatMap((name) => (name === undefined ? [] : [body[name]].flat()))
    .some((one) => textsOf(one).some((text) => Buffer.byteLength(text) > LONGEST))

function textsOf(comment: unknown): readonly string[] {
  if (typeof comment === 'string') return [comment]
  if (typeof comment !== 'object' || comment === null) return []
  const { body, html_body, value } = comment as RecordData
  return [body, html_body, value].filter((text) => typeof text === 'string')
}
