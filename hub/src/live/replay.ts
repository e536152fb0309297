// Deliveries that did not arrive, out of Zendesk's log of the last seven days: each attempt has the body that was sent.
// https://developer.zendesk.com/api-reference/webhooks/webhooks-api/webhooks/#list-webhook-invocations
import type { LiveSource } from '../source/source.ts'
import type { Row } from '../table/batch.ts'
import { deliveryIn } from './event.ts'
import type { Inbox } from './inbox.ts'
import type { KeptWebhooks } from './kept-webhooks.ts'
import { asked } from './webhook-calls.ts'

/** How a delivery ends that did not arrive. */
const MISSED = ['failed', 'timeout', 'circuit broken', 'throttled', 'client error', 'server error', 'terminated']
/** How long Zendesk keeps its log, in milliseconds. */
const KEPT = 7 * 86_400_000
/** How many pages of a hundred are read for each kind of failure. */
const MOST_PAGES = 10

export interface Replayed {
  /** Deliveries that did not arrive, and were not replayed before. */
  readonly missed: number
  /** Of them: put into the inbox. */
  readonly replayed: number
  /** Of them: not looked at, as they are too many. The next sync finds what they told. */
  readonly left: number
}

export interface ReplayOptions {
  /** How many are replayed at the most: each takes a request. */
  readonly most: number
  /** From when on, in milliseconds since 1970; left out: all that Zendesk still knows. */
  readonly since?: number
  readonly now: () => number
  /** Once it is given, no more are asked for. */
  readonly signal?: AbortSignal
}

/**
 * Finds deliveries to our webhooks that did not arrive, the newest first, and puts them into the inbox. Those that never had an
 * attempt (throttled, or while Zendesk paused deliveries) have no body: they are counted, and the next sync finds what they told.
 * Throws a HubError.
 */
export async function replayMissed(
  source: LiveSource,
  inbox: Inbox,
  { webhooks }: KeptWebhooks,
  { most, since = 0, now, signal }: ReplayOptions,
): Promise<Replayed> {
  const from = new Date(Math.max(since, now() - KEPT)).toISOString()
  let missed = 0
  let replayed = 0
  let looked = 0
  for (const { id } of webhooks) {
    const invocations = await missedOf(source, id, from)
    const fresh = invocations.filter((invocation) => !inbox.isReplayed(invocation))
    missed += fresh.length
    for (const invocation of fresh.slice(0, Math.max(0, most - looked))) {
      if (signal?.aborted) break
      looked++
      if (await replay(source, inbox, { webhook: id, invocation, now })) replayed++
    }
  }
  return { missed, replayed, left: missed - looked }
}

/** The ids of deliveries that did not arrive. A webhook that is gone has none. */
async function missedOf(source: LiveSource, webhook: string, from: string): Promise<readonly string[]> {
  const ids: string[] = []
  for (const status of MISSED) {
    let after: string | undefined
    for (let page = 0; page < MOST_PAGES; page++) {
      const query = {
        ...{ 'filter[status]': status, 'filter[from_ts]': from, 'page[size]': 100 },
        ...(after !== undefined && { 'page[after]': after }),
      }
      const answer = await asked(
        source,
        { method: 'GET', path: `webhooks/${webhook}/invocations`, query, expects: { list: 'invocations' } },
        [400, 404],
      )
      if (answer.status >= 300) break
      const found = (answer.body['invocations'] ?? []) as readonly Row[]
      ids.push(...found.map(({ id }) => String(id)))
      const meta = answer.body['meta'] as Row | undefined
      if (meta?.['has_more'] !== true || typeof meta['after_cursor'] !== 'string') break
      after = meta['after_cursor']
    }
  }
  return ids
}

async function replay(
  source: LiveSource,
  inbox: Inbox,
  { webhook, invocation, now }: { webhook: string; invocation: string; now: () => number },
): Promise<boolean> {
  const path = `webhooks/${webhook}/invocations/${invocation}/attempts`
  const { status, body } = await asked(source, { method: 'GET', path }, [404])
  const attempts = status < 300 ? ((body['attempts'] ?? []) as readonly Row[]) : []
  const request = attempts.map((attempt) => attempt['request'] as Row | undefined).find((one) => one !== undefined)
  const payload = request?.['payload']
  const delivery = typeof payload === 'string' ? deliveryIn(payload, invocation, now()) : undefined
  if (delivery !== undefined) await inbox.put(delivery)
  inbox.noteReplayed(invocation)
  return delivery !== undefined
}
