import { setImmediate as turn } from 'node:timers/promises'
import type { Store } from '../account/store.ts'
import { ulid } from '../account/table.ts'
import { isoTime } from '../iso-time.ts'
import { type Breaker, createBreaker } from './breaker.ts'
import type { Disturbing } from './disturbances.ts'
import type { Attempt, InvocationStatus, Webhook } from './model.ts'
import { headersOf, type Sent, send } from './sending.ts'
import { signatureOf } from './signature.ts'

const TICK_MS = 50
const AT_ONCE = 10
const TIMEOUT_MS = 12_000
const TIMEOUT_RETRIES = 5
const CONFLICT_RETRIES = 3
const BUSY_RETRIES = 5
const LONGEST_WAIT = 60
// Assumed (fact 377): the waits between retries, of which only the numbers are known.
const FIRST_WAIT = 5

/** Brings invocations to their endpoints, over real HTTP, with retries on the account's clock. */
export type Delivery = {
  /** Queues one body for a webhook; gives the invocation's id. */
  readonly enqueue: (webhook: Webhook, payload: string) => string
  /** The same, as far as disturbances let it through. */
  readonly disturbed: (webhook: Webhook, payload: string) => void
  /** Sends all that is due, and waits for the answers. */
  readonly run: () => Promise<void>
  /** Sends each delivery when it becomes due, until `stop`. `before` is called at each look. */
  readonly start: (before: () => void) => void
  readonly stop: () => void
  /** The headers of a signed delivery. */
  readonly headers: (webhook: Webhook, payload: string, invocation: string) => Record<string, string>
}

type Pending = {
  readonly webhook: Webhook
  readonly invocation: string
  readonly payload: string
  due: number
  tries: number
}

/** The deliveries of an account. `timeout` is in milliseconds of real time. */
export function createDelivery(
  store: Store,
  account: number,
  { timeout = TIMEOUT_MS, disturbing }: { timeout?: number | undefined; disturbing?: Disturbing } = {},
): Delivery {
  const { clock } = store
  const breakers = new Map<string, Breaker>()
  const breakerOf = ({ id }: Webhook) => {
    const breaker = breakers.get(id) ?? createBreaker(clock)
    breakers.set(id, breaker)
    return breaker
  }
  const ended = new AbortController()
  let pending: Pending[] = []
  let flying = 0
  let timer: NodeJS.Timeout | undefined

  const attempt = async (one: Pending) => {
    const { webhook, payload, invocation } = one
    const breaker = breakerOf(webhook)
    if (breaker.isOpen() && disturbing?.current().withoutBreaker !== true) return record(store, one, 'circuit broken')
    flying++
    const { endpoint, http_method, request_format } = webhook
    const headers = signedHeaders(store, account, webhook, payload, invocation)
    const outgoing = { endpoint, http_method, request_format, payload, headers }
    const sent = await send(outgoing, { timeout, ended: ended.signal })
    flying--
    if (ended.signal.aborted) return
    one.tries++
    breaker.count(sent.status !== 'success')
    record(store, one, sent.status, sent)
    const wait = disturbing?.current().withoutRetries === true ? undefined : waitAfter(sent, one.tries)
    if (wait === undefined) return
    one.due = clock.nowMs() + wait * 1000
    pending.push(one)
  }
  const takeDue = () => {
    const due = pending.filter((one) => one.due <= clock.nowMs()).slice(0, AT_ONCE - flying)
    pending = pending.filter((one) => !due.includes(one))
    return due
  }

  const enqueue = (webhook: Webhook, payload: string, wait = 0, throttled = false) => {
    const invocation = beginning(store, webhook, throttled ? 'throttled' : 'accepted')
    if (!throttled) pending.push({ webhook, invocation, payload, due: clock.nowMs() + wait, tries: 0 })
    return invocation
  }
  return {
    headers: (webhook, payload, invocation) => signedHeaders(store, account, webhook, payload, invocation),
    enqueue,
    disturbed: (webhook, payload) => {
      for (let times = disturbing?.times() ?? 1; times > 0; times--) {
        const throttled = disturbing?.isThrottled(webhook.id) ?? false
        enqueue(webhook, payload, disturbing?.wait(), throttled)
      }
    },
    run: async () => {
      for (let due = takeDue(); due.length > 0 || flying > 0; due = takeDue()) {
        await Promise.all(due.map(attempt))
        await turn()
      }
    },
    start: (before) => {
      // Whatever waits goes out as soon as another one is done.
      const sendDue = () => {
        if (ended.signal.aborted) return
        for (const one of takeDue()) void attempt(one).then(sendDue)
      }
      timer ??= setInterval(() => {
        before()
        sendDue()
      }, TICK_MS)
      timer.unref()
    },
    stop: () => {
      clearInterval(timer)
      ended.abort()
    },
  }
}

/** A new invocation; one that is unfinished is listed too, as accepted. Gives its id. */
function beginning(store: Store, webhook: Webhook, status: InvocationStatus): string {
  const values = { webhook_id: webhook.id, status, latest_completed_at: isoTime(store.clock.now()), attempts: [] }
  return String(store.table('webhook_invocations').add(values).id)
}

function record(store: Store, one: Pending, status: InvocationStatus, sent?: Sent) {
  const completed = isoTime(store.clock.now())
  const before = (store.table('webhook_invocations').get(one.invocation)?.['attempts'] ?? []) as readonly Attempt[]
  const attempt = sent && {
    id: ulid('webhook attempt', store.nextId()),
    status_code: sent.status_code,
    status: sent.status,
    request: sent.request,
    response: sent.response,
    completed_at: completed,
  }
  const attempts = attempt === undefined ? before : [...before, attempt]
  store.table('webhook_invocations').change(one.invocation, {
    status,
    status_code: sent?.status_code,
    latest_completed_at: completed,
    attempts,
  })
}

function signedHeaders(
  store: Store,
  account: number,
  webhook: Webhook,
  payload: string,
  invocation: string,
): Record<string, string> {
  const timestamp = isoTime(store.clock.now())
  const signed = webhook.http_method === 'GET' || webhook.http_method === 'DELETE' ? '' : payload
  return {
    ...headersOf(webhook),
    'X-Zendesk-Account-Id': String(account),
    'X-Zendesk-Webhook-Id': webhook.id,
    'X-Zendesk-Webhook-Invocation-Id': invocation,
    'X-Zendesk-Webhook-Signature': signatureOf(webhook.secret, timestamp, signed),
    'X-Zendesk-Webhook-Signature-Timestamp': timestamp,
  }
}

/** Seconds until a delivery is tried again; undefined when it isn't. `tries` is how often it was. */
function waitAfter({ status, status_code, retryAfter }: Sent, tries: number): number | undefined {
  const growing = FIRST_WAIT * 2 ** (tries - 1)
  if (status === 'timeout') return tries <= TIMEOUT_RETRIES ? growing : undefined
  if (status_code === 409) return tries <= CONFLICT_RETRIES ? growing : undefined
  if (status_code !== 429 && status_code !== 503) return undefined
  return retryAfter !== undefined && retryAfter < LONGEST_WAIT && tries <= BUSY_RETRIES ? retryAfter : undefined
}
