import type { Row } from '../account/model.ts'

/** A webhook as its table holds it; times with nanoseconds (UTC). */
export type Webhook = {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly status: 'active' | 'inactive'
  readonly subscriptions: readonly string[]
  readonly created_at: string
  readonly created_by: string
  readonly endpoint: string
  readonly http_method: string
  readonly request_format: 'json' | 'xml' | 'form_encoded'
  readonly authentication?: Authentication | undefined
  readonly custom_headers?: Readonly<Record<string, string>> | undefined
  readonly secret: string
}

/** How a webhook proves who it is to its endpoint. */
export type Authentication = {
  readonly type: 'basic_auth' | 'bearer_token' | 'api_key'
  readonly data: Readonly<Record<string, string>>
  readonly add_position: 'header'
}

/** How an invocation, or an attempt, ended (fact 191). */
export type InvocationStatus =
  | 'accepted'
  | 'success'
  | 'failed'
  | 'timeout'
  | 'circuit broken'
  | 'throttled'
  | 'client error'
  | 'server error'

/** One try to deliver; `completed_at` with seconds (UTC). */
export type Attempt = {
  readonly id: string
  readonly status_code: number | undefined
  readonly status: InvocationStatus
  readonly request: Message
  readonly response: Message | undefined
  readonly completed_at: string
}

/** A request or an answer. */
export type Message = { readonly headers: readonly { key: string; value: string }[]; readonly payload: string }

/** A delivery to a webhook's endpoint. */
export type Outgoing = Pick<Webhook, 'endpoint' | 'http_method' | 'request_format'> & {
  readonly headers: Readonly<Record<string, string>>
  readonly payload: string
}

/** An event as webhooks send it, without the envelope's account, id and version. */
export type ZenEvent = {
  /** `ticket.created`. */
  readonly type: string
  /** `ticket:101`. */
  readonly subject: string
  /** Epoch milliseconds (UTC). */
  readonly time: number
  readonly detail: Row
  readonly event: Row
}

/** The only subscription of webhooks that triggers and automations call. */
export const CONDITIONAL = 'conditional_ticket_events'
/** Before the names of events. */
export const EVENT_PREFIX = 'zen:event-type:'
