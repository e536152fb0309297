import type { Mutations } from '../account/account.ts'
import type { Jobs } from '../account/jobs.ts'
import type { Row } from '../account/model.ts'
import type { Oauth } from '../account/oauth.ts'
import type { AccountPlan, Feature } from '../account/plan.ts'
import type { Store } from '../account/store.ts'
import type { Webhooks } from '../account/webhooks/webhooks.ts'
import type { Access, Caller, Who } from '../http/authenticate.ts'
import { invalidAttribute, recordNotFound } from '../http/errors.ts'
import type { Asked } from '../http/links.ts'
import { asksForCursor, cursorPage, offsetPage, type Page } from '../http/list-pages.ts'
import type { Sequence } from '../http/sequence.ts'
import { isoTime } from '../rows/time.ts'
import type { Reply } from './reply.ts'

/** What every route reads from and writes to. */
export type Served = {
  readonly store: Store
  readonly plan: AccountPlan
  readonly jobs: Jobs
  readonly mutations: Mutations
  readonly access: Access
  readonly oauth: Oauth
  readonly webhooks: Webhooks
  readonly exportPageSize: number
}

/** A request as the routes see it. */
export type Call = {
  readonly asked: Asked
  readonly params: Readonly<Record<string, string>>
  readonly caller: Caller
  /** The JSON (or form) that was sent; empty if there was none. */
  readonly body: Row
  /** What was sent, as it came. */
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
  /** What a token's finer scopes name: `tickets` lets `tickets:read` read and `tickets:write` write. */
  readonly scope?: string
  /** A token may call whatever its scopes are. */
  readonly anyScope?: true
  /** What the account's plan must have; else the plan's refusal (403) is answered. */
  readonly feature?: Feature
  /** Before the routes' paths; `/api/v2`. */
  readonly base?: string
  readonly routes: Routes
}

/** The id in a path; a 400 if it is no number. `route` is Zendesk's name of the endpoint. */
export function idOf(text: string | undefined, route: string): number {
  const id = text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined
  if (id === undefined) throw invalidAttribute('id', route)
  return id
}

/** A record that must be there. */
export function found<T>(record: T | undefined): T {
  if (record === undefined) throw recordNotFound()
  return record
}

/** A list in the pagination that was asked for: by cursor when `page[size]` is there, else by number. */
export function listPage<T>(asked: Asked, sequence: Sequence<T>, route: string): Page<T> {
  return asksForCursor(asked) ? cursorPage(asked, sequence) : offsetPage(asked, sequence, route)
}

/** `/…/count`: how many there are, and when they were counted (in `+00:00` style, unlike other times). */
export function countRow(store: Store, items: Iterable<unknown>): Row {
  let value = 0
  for (const _ of items) value++
  return { count: { value, refreshed_at: isoTime(store.clock.now()).replace('Z', '+00:00') } }
}

/** The names in `include`. */
export function included({ query }: Asked): ReadonlySet<string> {
  return new Set((query.get('include') ?? '').split(',').map((name) => name.trim()))
}

/** A parameter that is true or false. */
export function flag({ query }: Asked, name: string): boolean {
  return query.get(name) === 'true' || query.get(name) === '1'
}
