// The connection to Zendesk Sell, which has a host, a token and limits of its own.
import type { SellConfig } from '../config/write-config.ts'
import { createCall } from '../http/call.ts'
import type { RateLimiter } from '../http/limits/rate-limiter.ts'
import { createTransport } from '../http/transport.ts'
import type { Call } from '../model/call.ts'
import { ConnectorError } from '../model/errors.ts'
import type { RecordData } from '../model/reads.ts'
import type { Runtime } from '../model/runtime.ts'
import type { CustomField } from '../zendesk/custom-fields.ts'
import type { AccountConnection } from './account-connection.ts'

/** 36,000 requests an hour for each token: ten a second, of which one is left to others (fact 412). */
const PACE = 110

/** Sell's answers say nothing of its limit. */
const NO_BUCKETS: RateLimiter = {
  permit: async () => ({ answered: () => undefined, lost: () => undefined }),
  accountLimit: () => undefined,
  uses: () => [],
}

/** Sends requests to Sell with the token of the configuration. Without one, they reject with a ConnectorError. */
export function sellCall(
  sell: SellConfig | undefined,
  { redaction, log, clock, retryBudget }: AccountConnection,
  { signal, timeouts }: Runtime,
): Call {
  if (sell === undefined)
    return async () => {
      throw new ConnectorError(
        'Zendesk Sell has a token of its own: set "sell" with its "access_token" to write to it.',
        'config_error',
      )
    }
  const send = createTransport(sell.base_url, signal, { timeouts, redaction, log })
  return createCall({
    origin: sell.base_url,
    base: '/v2/',
    send,
    session: { header: async () => `Bearer ${sell.access_token}`, renew: async () => false },
    rateLimiter: NO_BUCKETS,
    clock,
    signal,
    log,
    retryBudget,
    onWait: () => undefined,
    pace: PACE,
    isConflictFinal: true,
  })
}

/** What types of Sell's fields are called elsewhere. */
const TYPES: Readonly<Record<string, string>> = {
  bool: 'checkbox',
  list: 'dropdown',
  multi_select_list: 'multiselect',
  number: 'decimal',
  string: 'text',
}

/** The custom fields of a kind of records: `contact/custom_fields`. Their values are the names of their choices. */
export async function sellFieldsIn(call: Call, path: string): Promise<readonly CustomField[]> {
  const fields: CustomField[] = []
  for (let page = 1; ; page++) {
    const query = { page, per_page: 100 }
    const { status, body } = await call({ method: 'GET', path, query, product: 'sell' })
    if (status >= 300)
      throw new ConnectorError(
        `Zendesk Sell does not show "${path}": HTTP ${status}. Is the token right?`,
        'config_error',
      )
    const items = (body['items'] ?? []) as readonly { readonly data: RecordData }[]
    fields.push(...items.map(({ data }) => fieldFrom(data)))
    if (items.length < query.per_page) return fields
  }
}

function fieldFrom({ id, name, type, choices, options }: RecordData): CustomField {
  const all = (choices ?? options ?? []) as readonly RecordData[]
  return {
    id: Number(id),
    key: undefined,
    title: String(name),
    type: TYPES[String(type)] ?? String(type),
    isActive: true,
    choices: new Map(all.map((one) => [one['name'], String(one['name'])])),
    target: undefined,
  }
}
