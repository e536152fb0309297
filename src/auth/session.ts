import { setTimeout as delay } from 'node:timers/promises'
import type { Tokens } from '../config/credentials.ts'
import { basicOf, type Credentials, type RefreshableToken, type TokenPair } from '../config/credentials.ts'
import { systemClock } from '../model/clock.ts'
import { ConnectorError } from '../model/errors.ts'
import type { Log } from '../model/message.ts'
import type { Session } from '../model/runtime.ts'
import { type Advices, type AskForTokens, grants, isSpent, tokensFrom } from './oauth.ts'
import type { TokenStore } from './token-store.ts'

/** What a session needs from the program that it runs in. */
export interface SessionOptions {
  readonly ask: AskForTokens
  /** Keeps a new pair of tokens for the next run; a pair is used only once it is kept. */
  readonly store: TokenStore
  readonly log: Log
  /** Ends the wait for another run. */
  readonly signal: AbortSignal
  readonly now?: () => number
  /** What to do if there are no tokens. Left out: as for an account. */
  readonly advices?: Advices
}

/** How long before the old tokens expire new ones are fetched, in ms; later for short-lived tokens. */
const AHEAD = 5 * 60_000

/** How often, and after what pause in ms, to look for the pair of another run that used the same refresh token. */
const OTHER_RUN = { looks: 10, pause: 300 }

/** A session with these credentials. It sends no request before the first header is needed. */
export function createSession(credentials: Credentials, options: SessionOptions): Session {
  const { ask, now = systemClock.now } = options
  switch (credentials.kind) {
    case 'access_token':
      return unchanging(`Bearer ${credentials.accessToken}`)
    case 'api_token':
      return unchanging(basicOf(`${credentials.email}/token`, credentials.apiToken))
    case 'password':
      return unchanging(basicOf(credentials.email, credentials.password))
    case 'client_credentials':
      return renewing<Tokens>(
        undefined,
        async () => tokensFrom(await ask(grants.clientCredentials(credentials)), now()),
        now,
      )
    case 'refresh_token':
      return renewing<TokenPair>(
        credentials.tokens,
        (pair) => refreshed(credentials, pair ?? credentials.tokens, options),
        now,
      )
  }
}

const unchanging = (header: string): Session => ({ header: async () => header, renew: async () => false })

/** A session that renews its tokens: once, however many requests wait for them. A refusal for good is remembered. */
function renewing<T extends Tokens>(
  given: T | undefined,
  fetch: (tokens: T | undefined) => Promise<T>,
  now: () => number,
): Session {
  let tokens = given
  let coming: Promise<T> | undefined
  let freshUntil = freshness(tokens, now())
  const renewed = (): Promise<T> => {
    coming ??= fetch(tokens).then(
      (fetched) => {
        tokens = fetched
        freshUntil = freshness(fetched, now())
        coming = undefined
        return fetched
      },
      (error) => {
        if (!(error instanceof ConnectorError) || error.failureType !== 'config_error') coming = undefined
        throw error
      },
    )
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

/** Until when tokens are used before new ones are fetched (epoch ms); infinite if they do not expire. */
function freshness(tokens: Tokens | undefined, now: number): number {
  if (tokens === undefined || tokens.accessToken === '') return 0
  if (tokens.expiresAt === undefined) return Number.POSITIVE_INFINITY
  return tokens.expiresAt - Math.min(AHEAD, (tokens.expiresAt - now) / 5)
}

/** The next pair: one that another run has kept meanwhile, or the one that Zendesk gives for the refresh token. */
async function refreshed(
  client: RefreshableToken,
  own: TokenPair,
  { ask, store, log, signal, now = systemClock.now, advices }: SessionOptions,
): Promise<TokenPair> {
  const keptLater = async (): Promise<TokenPair | undefined> => {
    const kept = await store.latest()
    const isLater = kept !== undefined && kept.refreshToken !== own.refreshToken && now() < freshness(kept, now())
    return isLater ? kept : undefined
  }
  const next = async (): Promise<TokenPair> => {
    // Another run may have been at it until now.
    const kept = await keptLater()
    if (kept) return kept
    const { refreshToken } = (await store.latest()) ?? own
    await store.ready()
    const answer = await ask(grants.refresh({ ...clientOf(client), refreshToken }))
    if (isSpent(answer) && store.shared)
      for (let looks = 0; looks < OTHER_RUN.looks; looks++) {
        await delay(OTHER_RUN.pause)
        const other = await keptLater()
        if (other) return other
      }
    const pair = { refreshToken, ...tokensFrom(answer, now(), advices) }
    await store.keep(pair)
    log('debug', 'The access token was refreshed.')
    return pair
  }
  return (await keptLater()) ?? store.alone(() => next().finally(() => store.release()), signal)
}

const clientOf = ({ clientId, clientSecret }: RefreshableToken) => ({
  clientId,
  ...(clientSecret !== undefined && { clientSecret }),
})
