import { beforeEach, expect } from 'vitest'
import type { Sandbox } from '../src/index.ts'
import { type Body, bearer, call, openSandbox } from './calls.ts'
import { openReceiver, type Receiver } from './receiver.ts'

/** A sandbox with a receiver for its webhooks. */
export type WebhookCalls = {
  readonly sandbox: Sandbox
  readonly receiver: Receiver
  readonly send: (
    method: string,
    path: string,
    body?: object,
    token?: string,
  ) => Promise<{ status: number; body: Body }>
  /** What every webhook of the tests has. */
  readonly plain: Readonly<Record<string, string>>
  /** Makes a webhook and gives its id. */
  readonly make: (subscriptions: string[], more?: object) => Promise<string>
  /** The events that came, after so many have. */
  readonly events: (count: number) => Promise<Body[]>
}

/** The names of events as webhooks subscribe to them. */
export const zen = (...names: string[]): string[] => names.map((name) => `zen:event-type:${name}`)

/** The keys and the types of a body; what is in lists doesn't count. */
export const shapeOf = (value: Body): Body =>
  Array.isArray(value)
    ? 'list'
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.keys(value)
            .toSorted()
            .map((key) => [key, shapeOf(value[key])]),
        )
      : value === null
        ? 'nullable'
        : typeof value
/** The same of an event, whose detail may be null where the sample isn't. */
export const eventShape = (body: Body): Body => {
  const { detail, ...rest } = body
  return { ...shapeOf(rest), detail: Object.keys(detail).toSorted() }
}

/** A sandbox whose clock stands still; before each test the test's webhooks are gone and the receiver is fresh. */
export async function openWebhooks(): Promise<WebhookCalls> {
  const sandbox = await openSandbox({ tickets: 30, now: 1_760_000_000, frozen: true })
  const receiver = await openReceiver()
  async function send(method: string, path: string, body?: object, token = sandbox.credentials.accessToken) {
    const response = await fetch(`${sandbox.url}/api/v2/${path}`, {
      method,
      headers: { ...bearer(token), 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as Body }
  }
  const plain = {
    name: 'Mine',
    status: 'active',
    endpoint: receiver.url,
    http_method: 'POST',
    request_format: 'json',
  }
  async function make(subscriptions: string[], more: object = {}): Promise<string> {
    const { status, body } = await send('POST', 'webhooks', { webhook: { ...plain, subscriptions, ...more } })
    expect(status).toBe(201)
    return body.webhook.id
  }
  /** The events that came, after so many have. */
  async function events(count: number): Promise<Body[]> {
    await receiver.wait(count)
    await new Promise((resolve) => setTimeout(resolve, 120))
    return receiver.got.map(({ body }) => JSON.parse(body))
  }

  beforeEach(async () => {
    const { webhooks } = (await call(sandbox, 'webhooks')).body
    for (const { id, name } of webhooks) if (name === 'Mine') await send('DELETE', `webhooks/${id}`)
    receiver.got.length = 0
    receiver.answer = () => ({ status: 200 })
  })

  return { sandbox, receiver, send, plain, make, events }
}
