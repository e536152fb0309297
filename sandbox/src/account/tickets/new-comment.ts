import type { CommentEvent, File, PhoneCall } from '../model.ts'

/** A comment to write. Times are epoch seconds. */
export type NewComment = {
  readonly body: string
  readonly public?: boolean
  readonly author?: number
  readonly files?: readonly File[]
  readonly call?: PhoneCall
  /** As it was written, if as HTML; `body` is then its text. */
  readonly html?: string
}

/** A comment's text ends here, in bytes of UTF-8 (fact 147); a longer one is cut silently. */
const LONGEST = 65_536
const NO_FILES: readonly File[] = []

/** The event that writes a comment; `author` is the audit's, unless the comment has its own. */
export function commentEvent(from: NewComment, author: number): CommentEvent {
  return {
    type: from.call === undefined ? 'Comment' : 'VoiceComment',
    author: from.author ?? author,
    body: cut(from.body),
    public: from.public ?? true,
    files: from.files ?? NO_FILES,
    ...(from.call === undefined ? {} : { call: from.call }),
    ...(from.html === undefined ? {} : { html: cut(from.html) }),
  }
}

function cut(text: string): string {
  // A character takes at most three bytes for each unit of its length.
  if (text.length * 3 <= LONGEST || Buffer.byteLength(text) <= LONGEST) return text
  const bytes = Buffer.from(text).subarray(0, LONGEST)
  // A character that was cut in two is dropped whole.
  return new TextDecoder().decode(bytes, { stream: true })
}
