import type { Log, SignedIn } from '../model/message.ts'
import type { SignInKind } from '../model/runtime.ts'
import type { GetPage, Stream } from '../model/stream.ts'
import { isMissingScope, signedInUser, type User, unreadable } from '../zendesk/availability.ts'
import { currentToken } from './current-token.ts'

/** Whether these credentials are an OAuth token, or are exchanged for one. */
export const hasToken = (kind: SignInKind): boolean => kind !== 'api_token' && kind !== 'password'

/** A user whose token has no scope to ask for its own name. */
const UNNAMED: User = { name: "a user that the token's scopes do not show", role: 'role unknown' }

/** Who is signed in, with which token, and which streams cannot be read. Throws a ConnectorError if that fails. */
export async function accountStatus(
  get: GetPage,
  origin: string,
  kind: SignInKind,
  { streams, log }: { readonly streams: () => Promise<readonly Stream[]>; readonly log: Log },
): Promise<Omit<SignedIn, 'requestsPerMinute'>> {
  const user = await signedInUser(get, origin, kind).catch((error: unknown) => {
    if (isMissingScope(error)) return UNNAMED
    throw error
  })
  const token = hasToken(kind) ? await currentToken(get) : undefined
  const isNarrow = token !== undefined && !token.scopes.includes('read')
  return {
    origin,
    ...user,
    ...(token && { token }),
    ...(kind === 'api_token' && { wayEnds: 'API tokens end on 30 April 2027; OAuth does not' }),
    unreadable: await unreadable(get, await streams(), user, { log, isNarrow }),
  }
}
