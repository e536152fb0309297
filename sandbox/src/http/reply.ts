import type { Row } from '../account/model.ts'

const REPLY: unique symbol = Symbol('reply')

/** An answer that is more than a 200 with a row. `body` is a row, text or bytes of another type, or nothing. */
export type Reply = {
  readonly [REPLY]: true
  readonly status: number
  readonly body: Row | string | Uint8Array | null
  readonly headers: Readonly<Record<string, string>>
  /** The body depends on nothing but the address and the store's version: it may be kept. */
  readonly settled: boolean
}

/** Whether a handler's answer is a reply. */
export function isReply(answer: Row | Reply): answer is Reply {
  return REPLY in answer
}

/** Any answer. Text and bytes need a `content-type` in the headers. */
export function reply(status: number, body: Reply['body'] = null, headers: Reply['headers'] = {}): Reply {
  return { [REPLY]: true, status, body, headers, settled: false }
}

/** 201 with the new record, and its address as `Location`. */
export function created(row: Row, url: unknown): Reply {
  return reply(201, row, typeof url === 'string' ? { location: url } : {})
}

/** 204. */
export function noContent(): Reply {
  return reply(204)
}

/** A 200 that may be kept as long as the store's version stays. */
export function settled(row: Row): Reply {
  return { ...reply(200, row), settled: true }
}
