// Deliveries as Zendesk sends them, and a receiver of the test's own.
import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Hint } from '../../src/live/event.ts'
import { type Inbox, openInbox, type Waiting } from '../../src/live/inbox.ts'
import type { KeptWebhooks } from '../../src/live/kept-webhooks.ts'
import { createReceiver, PATH, type Receiver } from '../../src/live/receiver.ts'

export const NOW = Date.parse('2026-11-29T12:00:00Z')
export const SECRET = 'dGhlIHNlY3JldA=='

/** The body of an event. */
export const eventBody = (type: string, id: number, more: object = {}): string =>
  JSON.stringify({
    account_id: 7,
    id: `event-${type}-${id}`,
    time: '2026-11-29T11:59:58.123456789Z',
    type: `zen:event-type:${type}`,
    subject: `zen:${type.split('.')[0]}:${id}`,
    detail: { id: String(id) },
    event: {},
    ...more,
  })

interface Signing {
  readonly secret?: string
  readonly at?: number
  readonly account?: string
  readonly webhook?: string
}

export function signedHeaders(
  body: string,
  { secret = SECRET, at = NOW, ...ids }: Signing = {},
): Record<string, string> {
  const timestamp = new Date(at).toISOString()
  return {
    'content-type': 'application/json',
    'x-zendesk-account-id': ids.account ?? '7',
    'x-zendesk-webhook-id': ids.webhook ?? 'W',
    'x-zendesk-webhook-invocation-id': 'I',
    'x-zendesk-webhook-signature-timestamp': timestamp,
    'x-zendesk-webhook-signature': createHmac('sha256', secret)
      .update(timestamp + body)
      .digest('base64'),
  }
}

export interface TestReceiver extends Receiver {
  readonly inbox: Inbox
  readonly folder: string
  /** Posts by value; resolves to the status. */
  post(body: string, headers?: Record<string, string>): Promise<number>
  remove(): void
}

/** All that waits in this inbox. */
export const waitingIn = (inbox: Inbox): readonly Waiting[] =>
  inbox.waiting(
    inbox.pending().map(({ kind }) => kind),
    5000,
  )

export const hintsIn = (inbox: Inbox): readonly Hint[] => waitingIn(inbox).map(({ nth, ...hint }) => hint)

/** A receiver that knows one webhook, W of account 7. */
export function testReceiver(kept: Partial<KeptWebhooks> = {}, now = () => NOW): TestReceiver {
  const folder = mkdtempSync(join(tmpdir(), 'hub-live-'))
  const inbox = openInbox(join(folder, 'inbox.sqlite'), now)
  const webhooks = [{ id: 'W', endpoint: 'https://example.org', secret: SECRET }]
  const receiver = createReceiver({ inbox, kept: () => ({ webhooks, account: '7', ...kept }), now, say: () => {} })
  return {
    ...receiver,
    inbox,
    folder,
    async post(body, headers = signedHeaders(body)) {
      const answer = await receiver.app.request(PATH, { method: 'POST', body, headers })
      return answer.status
    },
    remove() {
      inbox.close()
      rmSync(folder, { recursive: true })
    },
  }
}
