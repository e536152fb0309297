import { ConnectorError, HttpError } from '../errors.ts'
import type { GetPage, Stream } from '../stream.ts'
import type { Credentials } from './credentials.ts'

/** Who is signed in, as far as it decides what can be read. */
export interface User {
  readonly name: string
  readonly role: string
}

/**
 * Who the credentials belong to. Zendesk answers wrong ones at times with 200 and an anonymous user, so that an id is
 * asked for. Throws a ConnectorError that says what is wrong and what to do.
 * https://developer.zendesk.com/api-reference/ticketing/users/users/#show-self
 */
export async function signedInUser(get: GetPage, origin: string, kind: Credentials['kind']): Promise<User> {
  try {
    const { user } = (await get({ path: 'users/me' })) as {
      user?: { id?: number | null; name?: string; role?: string }
    }
    if (!user?.id) throw new ConnectorError(wrongCredentials(origin, kind), 'config_error')
    return { name: user.name ?? String(user.id), role: user.role ?? 'unknown' }
  } catch (error) {
    throw explained(error, origin, kind)
  }
}

const wrongCredentials = (origin: string, kind: Credentials['kind']): string =>
  kind === 'password'
    ? `${origin} did not accept the password: Zendesk switched passwords off for its API on 12 January 2026. Sign in with OAuth.`
    : `${origin} did not accept the credentials. Check the email and the token; an API token is deactivated when it was not used ` +
      'for 30 days, and none works where token access is switched off in Admin Center, Apps and integrations, Zendesk API. ' +
      'All API tokens end on 30 April 2027: OAuth lasts.'

/** What a failure of the first request means to the person who set up the connection. */
function explained(error: unknown, origin: string, kind: Credentials['kind']): unknown {
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
      `There is no Zendesk at ${origin}. Check "subdomain": it is acme for https://acme.zendesk.com. ${message}`,
      'config_error',
      { cause: error },
    )
  if (status === 429)
    return because(`${origin} allows no more requests for now: its limit is used up. Try again in some minutes.`)
  if (status === undefined)
    return because(
      `${origin} cannot be reached from here. Check "subdomain", the network, the proxy and the firewall. ${message}`,
    )
  return error
}

/** Why each stream that this user cannot read is out of reach, by name. One request for each list, none for exports. */
export async function unreadable(
  get: GetPage,
  streams: readonly Stream[],
  { role, name }: User,
): Promise<ReadonlyMap<string, string>> {
  const reasons = await Promise.all(
    streams.map(async (stream): Promise<readonly [string, string] | undefined> => {
      if (stream.adminOnly && role !== 'admin')
        return [stream.name, `Zendesk gives it to administrators only, and ${name} is ${article(role)}`]
      const reason = stream.adminOnly ? undefined : await refusal(get, stream)
      return reason === undefined ? undefined : [stream.name, reason]
    }),
  )
  return new Map(reasons.filter((reason) => reason !== undefined))
}

const article = (role: string): string => (/^[aeiou]/.test(role) ? `an ${role}` : `a ${role}`)

/** A list answers 403 or 404 where the plan or the role does not have it. */
async function refusal(get: GetPage, { walk }: Stream): Promise<string | undefined> {
  try {
    await get({ path: walk.path, query: { ...walk.query, ...walk.request({ time: 0 }) }, expects: walk.key })
    return undefined
  } catch (error) {
    if (error instanceof HttpError && lacksScope(error)) throw missingScope(error)
    if (error instanceof HttpError && (error.status === 403 || error.status === 404)) return error.message
    throw error
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
