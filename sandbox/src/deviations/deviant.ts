import type { Row } from '../account/model.ts'
import type { Store } from '../account/store.ts'
import type { Call, Handler } from '../http/family.ts'
import { isReply } from '../http/reply.ts'

/** Answers in place of the handler of a route, mostly with what that answers. */
export type Deviant = (handler: Handler, store: Store) => Handler

/** By route, such as `GET /tickets`, what answers in its place. */
export type Deviants = Readonly<Record<string, Deviant>>

/** What the handler answers, changed. The rows may be kept elsewhere: `change` makes new ones. */
export const answering =
  (change: (body: Row, call: Call, store: Store) => Row): Deviant =>
  (handler, store) =>
  async (call) => {
    const answer = await handler(call)
    if (!isReply(answer)) return change(answer, call, store)
    return { ...answer, body: change(answer.body as Row, call, store) }
  }

/** What the handler answers to another query than was sent. */
export const asking =
  (change: (query: URLSearchParams) => void): Deviant =>
  (handler) =>
  (call) => {
    const query = new URLSearchParams(call.asked.query)
    change(query)
    return handler({ ...call, asked: { ...call.asked, query } })
  }

/** The answer with another list under `key`. */
export const withRows = (
  key: string,
  change: (rows: readonly Row[], store: Store, call: Call) => readonly Row[],
): Deviant => answering((body, call, store) => ({ ...body, [key]: change(body[key] as readonly Row[], store, call) }))

/** The answer without what stands under `key`. */
export const without = (key: string): Deviant => answering(({ [key]: _, ...body }) => body)
