// Requests that change an account, and their answers. Imports the vocabulary only.

import type { Query } from './page.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** One request of any method. */
export interface CallRequest {
  readonly method: Method
  /** Zendesk Sell has another host. Left out: Support and the Help Center. */
  readonly product?: 'sell' | undefined
  /** Below `/api/v2/`, of Sell below `/v2/`, without a leading slash. */
  readonly path: string
  readonly query?: Query
  /** Sent as JSON. */
  readonly body?: object
  /** The limit that it draws on besides the account's own, as in Zendesk's header `zendesk-ratelimit-<bucket>`. */
  readonly bucket?: string
  /** Zendesk does what this key stands for once only, for two hours (fact 208). Makes the request repeatable. */
  readonly idempotencyKey?: string
  /** Whether it may be sent again after an answer that was lost: doing it twice is as doing it once. GET always may. */
  readonly isRepeatable?: boolean
  /**
   * What an answer of success holds, by its key: a list of objects, or one object. An answer without it is a failure that
   * may pass, and never taken for an empty list.
   */
  readonly expects?: { readonly list: string } | { readonly one: string }
  /** The streams that wait for the answer, for reports of long waits. */
  readonly streams?: readonly string[]
}

/** An answer that another attempt would not change. */
export interface Reply {
  readonly status: number
  /** Its JSON object; empty if it holds none. */
  readonly body: Readonly<Record<string, unknown>>
  /** What Zendesk calls this request, for its support. */
  readonly requestId?: string
  /** The attributes that Zendesk ignored, as its header names them. */
  readonly ignored?: string
}

/**
 * Sends one request, within the limits and with retries, and resolves to its answer, whatever its status says but 401. Rejects
 * with an HttpError if no attempt was answered, or if an answer was lost that may have had its effect (`isAnswerLost`).
 */
export type Call = (request: CallRequest) => Promise<Reply>
