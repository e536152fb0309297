// The connection to Zendesk Sell, which has a host, a token and limits of its own.
import type { AskForTokens } from '../auth/oauth.ts'
import { createSession } from '../auth/session.ts'
import { createTokenEndpoint } from '../auth/token-endpoint.ts'
import { createTokenStore } from '../auth/token-store.ts'
import { basicOf, type Credentials, tokensIn } from '../config/credentials.ts'
import { type SellConfig, sellOrigin } from '../config/write-config.ts'
import type { Options } from '../config/written.ts'
import { createCall } from '../http/call.ts'
import type { RateLimiter } from '../http/limits/rate-limiter.ts'
import { createTransport, type Send } from '../http/transport.ts'
import type { Call } from '../model/call.ts'
import { ConnectorError } from '../model/errors.ts'
import type { RecordData } from '../model/reads.ts'
import type { Runtime, Session } from '../model/runtime.ts'
import { progressCheck } from '../model/walk-progress.ts'
import { rowsIn } from '../write/lists.ts'
import type { CustomField } from '../zendesk/custom-fields.ts'
import { type AccountConnection, refreshSignal } from './account-connection.ts'

/** 36,000 requests an hour for each token: ten a second, of which one is left to others (fact 412). */
const PACE = 110

/** Sell's answers say nothing of its limit. */
const NO_BUCKETS: RateLimiter = {
  permit: async () => ({ answered: () => undefined, lost: () => undefined }),
  accountLimit: () => undefined,
  uses: () => [],
}

/** What to do if Sell gives no token. */
const ADVICE = {
  invalid_client: 'the "client_id" or the "client_secret" of "sell" is wrong, or the app was deleted in Sell.',
  invalid_grant:
    'the "refresh_token" of "sell" was used before or was revoked. Each is good for one use: this run gets a new one for the ' +
    'next run. Make sure that the new one is kept, and that nothing else uses it. Now give the app consent in Sell again, ' +
    'and put the new refresh token into the configuration.',
}

/** What a connection to Sell is made of. */
interface SellOptions {
  /** Undefined: nothing is written to Sell. */
  readonly sell: SellConfig | undefined
  /** The same as it was written. */
  readonly written: Options
  readonly connection: AccountConnection
  /** Its sink of credentials takes `sell` alone. */
  readonly runtime: Runtime
}

/** Sends requests to Sell. Without `sell` in the configuration, they reject with a ConnectorError. */
export async function connectSell(options: SellOptions): Promise<Call> {
  const { sell, connection, runtime } = options
  if (sell === undefined)
    return async () => {
      throw new ConnectorError('Zendesk Sell has credentials of its own: set "sell" to write to it.', 'config_error')
    }
  const { redaction, log, clock, retryBudget } = connection
  const { signal, timeouts } = runtime
  return createCall({
    origin: sell.base_url,
    base: '/v2/',
    send: createTransport(sell.base_url, signal, { timeouts, redaction, log }),
    session: await sellSession(sell, options),
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

/** Signs requests with the access token, which is renewed where there is a refresh token. */
async function sellSession(sell: SellConfig, { written, connection, runtime }: SellOptions): Promise<Session> {
  const { log, redaction, retryBudget } = connection
  const { credentialSink, signal, timeouts } = runtime
  const send = createTransport(sell.base_url, refreshSignal(signal), { timeouts, redaction, log })
  const store = createTokenStore({
    keep: credentialSink,
    written,
    environment: {},
    originOf: ({ base_url }) => sellOrigin(base_url),
    isSell: true,
  })
  const { client_id: clientId = '', client_secret: clientSecret = '', access_token = '' } = sell
  const given = tokensIn(sell)
  const credentials: Credentials =
    given === undefined
      ? { kind: 'access_token', accessToken: access_token }
      : { kind: 'refresh_token', clientId, clientSecret, tokens: (await store.latest()) ?? given }
  // Sell takes forms, signed by the app, and knows no times that tokens are to last.
  const sendForm: Send = ({ url, body }) => {
    const { grant_type = '', refresh_token = '' } = body as Readonly<Record<string, string>>
    const headers = { authorization: basicOf(clientId, clientSecret) }
    return send({ url, method: 'POST', headers, form: { grant_type, refresh_token } })
  }
  const endpoint = { origin: sell.base_url, path: '/oauth2/token', send: sendForm, signal, log, retryBudget }
  const ask: AskForTokens = createTokenEndpoint(endpoint)
  return createSession(credentials, { ask, store, log, signal, advices: ADVICE })
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
  const check = progressCheck(path)
  for (let page = 1; ; page++) {
    const query = { page, per_page: 100 }
    const { status, body } = await call({ method: 'GET', path, query, product: 'sell', expects: { list: 'items' } })
    if (status >= 300)
      throw new ConnectorError(
        `Zendesk Sell does not show "${path}": HTTP ${status}. Is the token right?`,
        'config_error',
      )
    const items = rowsIn(body, { name: path, one: '', product: 'sell' })
    fields.push(...items.map(fieldFrom))
    if (items.length < query.per_page) return fields
    check({ rows: items, time: page })
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
