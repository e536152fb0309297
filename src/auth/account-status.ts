import type { Log, SignedIn } from '../model/message.ts'
import type { SignInKind } from '../model/runtime.ts'
import type { GetPage, Stream } from '../model/stream.ts'
import { isMissingScope, signedInUser, type User, unreadable } from '../zendesk/availability.ts'
import { currentToken } from './current-token.ts'

/** Whether the credentials are, or become, an OAuth token. */
export const hasToken = (kind: SignInKind): boolean => kind !== 'api_token' && kind !== 'password'

/** Who may tell no name, as the scopes of its token do not let it ask. */
const UNNAMED: User = { name: 'a user whom the scopes do not let it name', role: 'role unknown' }

/** Who is signed in, with what, and what that lets it read. Throws a ConnectorError where that fails. */
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
    ...(kind === 'api_token' && { wayEnds: 'API tokens end on 30 April 2027; OAuth lasts' }),
    unreadable: await unreadable(get, await streams(), user, { log, isNarrow }),
  }
}
