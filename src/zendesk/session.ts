import type { Log } from '../message.ts'
import { basicOf, type ClientCredentials, type Credentials, type RefreshableToken } from './credentials.ts'
import { type AskForTokens, grants, type Tokens, tokensFrom } from './oauth.ts'

/** What a session needs from the program that it runs in. */
export interface SessionOptions {
  readonly ask: AskForTokens
  /** Keeps a new pair of tokens where the next run finds it; a pair is used only once this has resolved. */
  readonly keep: (tokens: Tokens) => Promise<void>
  readonly log: Log
  readonly now?: () => number
}

/** What signs requests. `renew` is told which header was refused, and says whether there is another one to try. */
export interface Session {
  header(): Promise<string>
  renew(refused: string): Promise<boolean>
}

/** New tokens are fetched this long before the old ones end, in ms; sooner for short-lived ones. */
const AHEAD = 5 * 60_000

/** Signs in with these credentials. Nothing is asked of Zendesk before the first header is wanted. */
export function createSession(credentials: Credentials, options: SessionOptions): Session {
  switch (credentials.kind) {
    case 'access_token':
      return unchanging(`Bearer ${credentials.accessToken}`)
    case 'api_token':
      return unchanging(basicOf(`${credentials.email}/token`, credentials.apiToken))
    case 'password':
      return unchanging(basicOf(credentials.email, credentials.password))
    case 'client_credentials':
      return renewing(undefined, () => signIn(credentials, options), options)
    case 'refresh_token':
      return renewing(tokensOf(credentials), (tokens) => refresh(credentials, tokens, options), options)
  }
}

const unchanging = (header: string): Session => ({ header: async () => header, renew: async () => false })

/** One set of tokens at a time, fetched once however many requests wait for it. */
function renewing(
  given: Tokens | undefined,
  fetch: (tokens: Tokens | undefined) => Promise<Tokens>,
  { now = Date.now }: SessionOptions,
): Session {
  let tokens = given
  let coming: Promise<Tokens> | undefined
  let freshUntil = tokens?.accessToken === '' ? 0 : freshness(tokens, now())
  const renewed = (): Promise<Tokens> => {
    coming ??= fetch(tokens)
      .then((fetched) => {
        tokens = fetched
        freshUntil = freshness(fetched, now())
        return fetched
      })
      .finally(() => {
        coming = undefined
      })
    return coming
  }
  const headerOf = ({ accessToken }: Tokens): string => `Bearer ${accessToken}`
  return {
    async header() {
      if (tokens !== undefined && coming === undefined && now() < freshUntil) return headerOf(tokens)
      return headerOf(await renewed())
    },
    async renew(refused) {
      // Another request that was refused too may have renewed them meanwhile.
      if (tokens === undefined || refused === headerOf(tokens) || coming !== undefined) await renewed()
      return true
    },
  }
}

/** Until when a token is used without asking for another one (epoch ms): for ever where it has no end. */
function freshness(tokens: Tokens | undefined, now: number): number {
  if (tokens === undefined) return 0
  if (tokens.expiresAt === undefined) return Number.POSITIVE_INFINITY
  return tokens.expiresAt - Math.min(AHEAD, (tokens.expiresAt - now) / 5)
}

const tokensOf = ({ accessToken, refreshToken, expiresAt }: RefreshableToken): Tokens => ({
  accessToken: accessToken ?? '',
  refreshToken,
  ...(expiresAt !== undefined && { expiresAt }),
})

async function signIn(client: ClientCredentials, { ask, now = Date.now }: SessionOptions): Promise<Tokens> {
  return tokensFrom(await ask(grants.clientCredentials(client)), now())
}

async function refresh(
  { clientId, clientSecret, refreshToken: first }: RefreshableToken,
  tokens: Tokens | undefined,
  { ask, keep, log, now = Date.now }: SessionOptions,
): Promise<Tokens> {
  const refreshToken = tokens?.refreshToken ?? first
  const client = { clientId, ...(clientSecret !== undefined && { clientSecret }), refreshToken }
  const fetched = tokensFrom(await ask(grants.refresh(client)), now())
  const kept = { refreshToken, ...fetched }
  await keep(kept)
  log('debug', 'The access token was refreshed.')
  return kept
}
