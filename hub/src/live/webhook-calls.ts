// What is asked of Zendesk to set up webhooks, and how its refusals are said.
import { HubError } from '../errors.ts'
import type { LiveSource, SourceCall } from '../source/source.ts'
import type { Row } from '../table/batch.ts'

/** The names of our webhooks in Admin Center begin with this. */
export const NAME = 'zendesk-hub'
/** The only subscription of webhooks that triggers call. */
export const CONDITIONAL = 'conditional_ticket_events'

/** Sends a request. Throws a HubError for an answer that is none of success; `allowed` names others that are let through. */
export async function asked(
  source: LiveSource,
  request: SourceCall,
  allowed: readonly number[] = [],
): Promise<{ status: number; body: Row }> {
  const answer = await source.call(request)
  if ((answer.status >= 200 && answer.status < 300) || allowed.includes(answer.status)) return answer
  const { method, path } = request
  if (answer.status === 403)
    throw new HubError(
      `Zendesk refuses ${method} ${path} (403): webhooks and triggers need an administrator, and with OAuth the scopes webhooks:write and triggers:write.`,
    )
  throw new HubError(`${method} /api/v2/${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
}

/**
 * All rows of a list that pages by cursor. Where it does not say whether there is more, it is read to an empty page. Throws a
 * HubError for one that never ends: what is not found in it would be made a second time.
 */
export async function listed(
  source: LiveSource,
  path: string,
  key: string,
  query: Readonly<Record<string, string | number>> = {},
): Promise<readonly Row[]> {
  const rows: Row[] = []
  const cursors = new Set<string>()
  for (let after: string | undefined; ; ) {
    const page = { ...query, 'page[size]': 100, ...(after !== undefined && { 'page[after]': after }) }
    const { body } = await asked(source, { method: 'GET', path, query: page, expects: { list: key } })
    const found = body[key] as readonly Row[]
    rows.push(...found)
    const { has_more: more, after_cursor: next } = (body['meta'] ?? {}) as Row
    if (more === false || typeof next !== 'string' || (more !== true && found.length === 0)) return rows
    if (cursors.has(next))
      throw new HubError(`GET /api/v2/${path}: the list leads to the same page again, and never ends.`)
    cursors.add(next)
    after = next
  }
}

/** Webhooks of ours that lead here, the oldest first. */
export async function ourWebhooks(source: LiveSource, endpoint: string): Promise<readonly Row[]> {
  const webhooks = await listed(source, 'webhooks', 'webhooks', { 'filter[name_contains]': NAME })
  return webhooks
    .filter((one) => one['endpoint'] === endpoint && String(one['name']).startsWith(NAME))
    .toSorted((one, other) => (String(one['created_at']) < String(other['created_at']) ? -1 : 1))
}

/** Whether triggers call it: it subscribes to no event then. */
export const isConditional = (webhook: Row): boolean =>
  ((webhook['subscriptions'] ?? []) as readonly unknown[]).includes(CONDITIONAL)

/** What every webhook of ours is. */
export const wantedWebhook = (name: string, endpoint: string, subscriptions: readonly string[]): Row => ({
  name,
  description: 'Tells zendesk-hub which records changed. Made by zendesk-hub webhooks install.',
  status: 'active',
  endpoint,
  http_method: 'POST',
  request_format: 'json',
  subscriptions,
})

/** Makes this webhook, or puts right the one that is there. Resolves to its id, or to what Zendesk refuses, in its words. */
export async function putWebhook(
  source: LiveSource,
  known: Row | undefined,
  webhook: Row,
): Promise<{ readonly id: string } | { readonly refusal: string }> {
  const request: SourceCall =
    known === undefined
      ? { method: 'POST', path: 'webhooks', body: { webhook } }
      : { method: 'PATCH', path: `webhooks/${known['id']}`, body: { webhook } }
  const { status, body } = await asked(source, request, [400, 422])
  if (status >= 300) return { refusal: JSON.stringify(body) }
  return { id: String(known?.['id'] ?? (body['webhook'] as Row)['id']) }
}

/** What differs from what should be, in words. */
export const differences = (what: string, found: Row, should: Row): readonly string[] =>
  Object.entries(should)
    .filter(([name, value]) => JSON.stringify(found[name]) !== JSON.stringify(value))
    .map(
      ([name, value]) =>
        `${what}: "${name}" is ${JSON.stringify(found[name])}, and should be ${JSON.stringify(value)}.`,
    )
