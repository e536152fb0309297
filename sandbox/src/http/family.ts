import type { Caller } from '../account/caller.ts'
import type { Row } from '../account/model.ts'
import type { Feature } from '../account/plan.ts'
import type { Who } from './authenticate.ts'
import type { Asked } from './pages/links.ts'
import type { Reply } from './reply.ts'

/** A request as the routes see it. */
export type Call = {
  readonly asked: Asked
  readonly params: Readonly<Record<string, string>>
  readonly caller: Caller
  /** The JSON (or form) that was sent; empty if there was none. */
  readonly body: Row
  /** The request's body as bytes. */
  readonly bytes: Uint8Array
  /** A header of the request. */
  readonly header: (name: string) => string | undefined
}

/** Answers a request with the body of a 200 or another reply, or throws a `Refusal`. */
export type Handler = (call: Call) => Row | Reply | Promise<Row | Reply>

/** Routes by method and path without `.json`: `GET /tickets/:id`. A fixed segment goes before a parameter. */
export type Routes = Readonly<Record<string, Handler>>

/** Routes that the same callers may use. */
export type Family = {
  /** The lowest role that may read. */
  readonly who: Who
  /** The lowest role that may write; `who` if absent. */
  readonly writers?: Who
  /** The name in a token's finer scopes: `tickets` lets `tickets:read` read and `tickets:write` write. */
  readonly scope?: string
  /** A token may call whatever its scopes are. */
  readonly anyScope?: true
  /** A feature that the account's plan must have; without it the answer is the plan's refusal (403). */
  readonly feature?: Feature
  /** Before the routes' paths; `/api/v2`. */
  readonly base?: string
  readonly routes: Routes
}
