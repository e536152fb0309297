import { systemClock } from '../model/clock.ts'
import { ConnectorError, HttpError, mayPass } from '../model/errors.ts'
import type { Log } from '../model/message.ts'
import type { SignInKind } from '../model/runtime.ts'
import type { GetPage, Query, Stream, Walk } from '../model/stream.ts'

/** Who is signed in, as far as it decides what can be read. */
export interface User {
  readonly name: string
  readonly role: string
}

/**
 * Whom the credentials belong to. Zendesk may answer wrong ones with 200 and an anonymous user, so an answer must have an
 * id. Throws a ConnectorError that says what is wrong and what to do.
 * https://developer.zendesk.com/api-reference/ticketing/users/users/#show-self
 */
export async function signedInUser(get: GetPage, origin: string, kind: SignInKind): Promise<User> {
  try {
    const { user } = (await get({ path: 'users/me' })) as {
      user?: { id?: number | null; name?: string; role?: string }
    }
    if (typeof user !== 'object')
      throw new ConnectorError(`${notZendesk(origin)} Its answer names no user.`, 'config_error')
    if (!user?.id) throw new ConnectorError(wrongCredentials(origin, kind), 'config_error')
    return { name: user.name ?? String(user.id), role: user.role ?? 'unknown' }
  } catch (error) {
    throw explained(error, origin, kind)
  }
}

const wrongCredentials = (origin: string, kind: SignInKind): string =>
  kind === 'password'
    ? `${origin} did not accept the password: Zendesk switched passwords off for its API on 12 January 2026. Sign in with OAuth.`
    : `${origin} did not accept the credentials. Check the email and the token; an API token is deactivated when it was not used ` +
      'for 30 days, and none works where token access is switched off in Admin Center, Apps and integrations, Zendesk API. ' +
      'All API tokens end on 30 April 2027: OAuth lasts.'

/** What a failure of the first request means to the person who set up the connection. */
function explained(error: unknown, origin: string, kind: SignInKind): unknown {
  if (!(error instanceof HttpError)) return error
  const { status, message } = error
  const because = (text: string): ConnectorError => new ConnectorError(text, error.failureType, { cause: error })
  if (status === 401) {
    const isToken = error.code === 'invalid_token'
    return because(
      isToken
        ? `${origin} says that the access token is expired, revoked or wrong. Sign in again, or make a new token.`
        : wrongCredentials(origin, kind),
    )
  }
  if (lacksScope(error)) return missingScope(error)
  if (status === 403) return because(`${origin} refuses this user access to the API. ${message}`)
  if (status === 404 || (status !== undefined && status >= 300 && status < 400))
    return new ConnectorError(
      `There is no Zendesk at ${origin}. Check ${addressOptions(origin)}: it is acme for https://acme.zendesk.com. ${message}`,
      'config_error',
      { cause: error },
    )
  if (status === 429)
    return because(`${origin} allows no more requests for now: its limit is used up. Try again in some minutes.`)
  if (status === undefined)
    return because(
      `${origin} cannot be reached from here. Check ${addressOptions(origin)}, the network, the proxy and the firewall. ${message}`,
    )
  if (status < 300) return because(`${notZendesk(origin)} ${message}`)
  return error
}

/** The options that say where Zendesk is. */
const addressOptions = (origin: string): string =>
  origin.endsWith('.zendesk.com') ? '"subdomain"' : '"subdomain" and "base_url"'

const notZendesk = (origin: string): string =>
  `What answers at ${origin} is not Zendesk, or something on the way answers for it. Check ${addressOptions(origin)} and the proxy.`

/** Why a stream cannot be read; a closed export is no reason while its fallback can be read. */
async function refusalOf(get: GetPage, log: Log, walk: Walk, list: Walk | undefined): Promise<HttpError | undefined> {
  const refused = await refusal(get, log, walk)
  return refused && list && !lacksScope(refused) ? refusal(get, log, list) : refused
}

/**
 * By name of each stream that this user cannot read: why not. Each list takes one request; exports take none, unless the
 * token's scopes are narrow. Throws a ConnectorError if a token that should have wide scopes has none for any list.
 */
export async function unreadable(
  get: GetPage,
  streams: readonly Stream[],
  { role, name }: User,
  { log, isNarrow = false }: { readonly log: Log; readonly isNarrow?: boolean },
): Promise<ReadonlyMap<string, string>> {
  const asked = new Map<string, Promise<HttpError | undefined>>()
  for (const {
    adminOnly,
    feeds: [{ walk }, fallback],
  } of streams)
    if ((isNarrow || !adminOnly) && !asked.has(walk.name))
      asked.set(walk.name, refusalOf(get, log, walk, fallback?.walk))
  const refusals = (await Promise.all(asked.values())).filter((one) => one !== undefined)
  const unscoped = refusals.find(lacksScope)
  if (unscoped && !isNarrow && refusals.length === asked.size) throw missingScope(unscoped)
  const reasons = new Map<string, string>()
  for (const stream of streams) {
    const refused = await asked.get(stream.feeds[0].walk.name)
    if (refused)
      reasons.set(stream.name, stream.needs ? `${refused.message} It needs: ${stream.needs}.` : refused.message)
    else if (stream.adminOnly && role !== 'admin' && !isNarrow)
      reasons.set(stream.name, `Zendesk gives it to administrators only, and ${name} is ${article(role)}`)
  }
  return reasons
}

const article = (role: string): string => (/^[aeiou]/.test(role) ? `an ${role}` : `a ${role}`)

/** Where to start an export to try it, in seconds before now: exports hold back the last minute. */
const RECENT = 600

/** Names of the parameter for the size of a page, of which each endpoint has one at most. */
const SIZES: readonly string[] = ['page[size]', 'per_page', 'page_size', 'limit']

/** The query for a page of one row, where the page has a size: whether there is an answer is all that is asked. */
const forOneRow = (query: Query): Query =>
  Object.fromEntries(Object.entries(query).map(([name, value]) => [name, SIZES.includes(name) ? 1 : value]))

/**
 * A list answers 403 or 404 where the plan, the role or the token does not have it. One that fails for a reason that may pass
 * counts as readable, with a warning: one endpoint of many must not decide about all. It is asked once, as somebody waits.
 */
async function refusal(get: GetPage, log: Log, walk: Walk): Promise<HttpError | undefined> {
  const { path, key, isBare, query, request, order } = walk
  const time = order === 'ascending' ? Math.floor(systemClock.now() / 1000) - RECENT : 0
  const first = { ...forOneRow(query), ...request({ time }) }
  try {
    const expected = { ...(key !== undefined && { expects: key }), ...(isBare && { isBare }) }
    await get({ path, query: first, once: true, ...expected })
    return undefined
  } catch (error) {
    // Credentials that are refused, a certificate: that is about all of them.
    if (!(error instanceof HttpError) || error.status === 401) throw error
    // This machine's clock is ahead of Zendesk's, or a limit is used up: it may be read all the same.
    if (walk.isCaughtUp?.(error) || error.status === 429) return undefined
    if (!mayPass(error)) return error
    log('warn', `${error.message} This may be temporary, so what is read from there counts as readable.`)
    return undefined
  }
}

const lacksScope = ({ status, message }: HttpError): boolean => status === 403 && /scope/i.test(message)

const missingScope = (error: HttpError): ConnectorError =>
  new ConnectorError(
    `The access token lacks a scope: make one with the scope "read". ${error.message}`,
    'config_error',
    {
      cause: error,
    },
  )

/** Whether this error says that the token lacks a scope. */
export const isMissingScope = (error: unknown): boolean =>
  error instanceof ConnectorError && error.cause instanceof HttpError && lacksScope(error.cause)
