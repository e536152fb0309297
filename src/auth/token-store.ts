import { createHash } from 'node:crypto'
import { credentialsGiven, credentialsIn, normalized } from '../config/aliases.ts'
import { type TokenPair, tokensIn, withTokens } from '../config/credentials.ts'
import { type Environment, isObject, type Options } from '../config/written.ts'
import { ConnectorError, messageOf } from '../model/errors.ts'
import type { CredentialSink, Room, TextFile } from '../model/runtime.ts'
import { memberOfFile, restOfFile } from './part-of-file.ts'

/** Keeps the tokens of a consent from one run to the next. Its functions reject with a ConnectorError. */
export interface TokenStore {
  /** Whether other runs may keep their pairs there too. */
  readonly shared: boolean
  /** The pair that was kept last, if it follows from the configured one. */
  latest(): Promise<TokenPair | undefined>
  /** Makes sure that a pair can be kept, and makes room for it: the old pair is not valid any more once it was used. */
  ready(): Promise<void>
  /** Keeps a pair, in the room that was made for it. */
  keep(pair: TokenPair): Promise<void>
  /** Gives room back that was not needed. */
  release(): Promise<void>
  /** Acts while no other run does so with the same store. */
  alone<T>(act: () => Promise<T>, signal: AbortSignal): Promise<T>
}

export interface TokenStoreOptions {
  readonly keep: CredentialSink
  /** The configuration as it was written. */
  readonly written: Options
  readonly environment: Environment
  /** Scheme, host and port of the account that a configuration names. */
  readonly originOf: (config: Options) => string
  /** Those of Zendesk Sell, which stand beside the account's: `written` is that part of the configuration. */
  readonly isSell?: boolean
}

/** The member of a configuration, and of a file with tokens, that is Zendesk Sell's. */
export const SELL = 'sell'

type Owner = Omit<TokenStoreOptions, 'keep' | 'isSell'>

/** Opens the store of a configuration's tokens. */
export function createTokenStore({ keep, isSell = false, ...owner }: TokenStoreOptions): TokenStore {
  const nothing = async (): Promise<undefined> => undefined
  const unshared = { shared: false, latest: nothing, release: nothing, alone: <T>(act: () => Promise<T>) => act() }
  switch (keep.in) {
    case 'message':
      return {
        ...unshared,
        ready: nothing,
        keep: (pair) => keep.emit(withTokens(owner.written, pair)),
      }
    case 'nothing':
      return { ...unshared, ready: nowhere, keep: nowhere }
    case 'config':
      return inConfig(isSell ? memberOfFile(keep.file, SELL) : keep.file, owner)
    case 'tokens':
      return inFile((isSell ? memberOfFile : restOfFile)(keep.file, SELL), owner)
  }
}

const nowhere = async (): Promise<never> => {
  throw new ConnectorError(
    'A refresh token is good for one use, and there is no file for the next one: name a file with --state-of-credentials.',
    'config_error',
  )
}

/** Keeps tokens in the configuration's own file. It is read each time: somebody may have changed another option meanwhile. */
function inConfig(file: TextFile, { written, environment, originOf }: Owner): TokenStore {
  const ownerOf = (config: Options): string =>
    `${credentialsGiven(config, environment).given.client_id} ${originOf(normalized(config, environment))}`
  const now = async (): Promise<Options> => {
    // What comes through a pipe comes once.
    if (!(await file.isLasting())) return written
    const config = (await objectIn(file)) ?? {}
    if (ownerOf(config) === ownerOf(written)) return config
    throw new ConnectorError(
      `${file.path} was changed while this ran: it names another account or OAuth client now. Run the command again.`,
      'config_error',
    )
  }
  const room = roomBeside(file)
  return {
    shared: true,
    latest: async () => tokensIn(credentialsIn(normalized(await now(), environment))),
    ...room,
    keep: async (pair) => room.fill(withTokens(await now(), pair)),
  }
}

/**
 * Keeps tokens in a file of their own. The file says whose tokens they are, and which refresh token of the configuration
 * they follow from: if somebody signs in again and configures a new one, the old tokens are ignored.
 */
function inFile(file: TextFile, { written, environment, originOf }: Owner): TokenStore {
  const { kind, given } = credentialsGiven(written, environment)
  const { client_id, refresh_token } = given
  const account = (): string => originOf(normalized(written, environment))
  const said = credentialsIn(written).credentials
  // By their names alone, a client that signs in for itself looks like one whose tokens are in the file.
  const isRefreshed = kind === undefined || kind === 'oauth2_refresh' || (!said && kind === 'oauth2_client_credentials')
  const follows = refresh_token === undefined ? undefined : createHash('sha256').update(refresh_token).digest('hex')
  const room = roomBeside(file)
  return {
    shared: true,
    async latest() {
      const kept = isRefreshed ? await objectIn(file) : undefined
      if (kept === undefined) return undefined
      const isOurs = kept['account'] === account() && (client_id === undefined || kept['client_id'] === client_id)
      if (!isOurs)
        throw new ConnectorError(
          `${file.path} holds the tokens of another account or OAuth client. Give each connection a file of its own.`,
          'config_error',
        )
      return kept['follows'] === follows ? tokensIn(kept) : undefined
    },
    ...room,
    keep: (pair) => room.fill({ account: account(), client_id, follows, ...withTokens({}, pair) }),
  }
}

/** The JSON object in a file; undefined if there is none yet. Its content is secret: no error quotes it. */
export async function objectIn(file: TextFile): Promise<Options | undefined> {
  const text = await orConnectorError(file, 'cannot be read', () => file.read())
  if (text === undefined || text.trim() === '') return undefined
  const value = parsed(text)
  if (isObject(value)) return value
  throw new ConnectorError(`${file.path} does not hold a JSON object.`, 'config_error')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's message would quote a part of the text.
    return undefined
  }
}

/** Room for the next object in a file, made before it is there. */
function roomBeside(file: TextFile) {
  let room: Room | undefined
  const release = async (): Promise<void> => {
    const made = room
    room = undefined
    await made?.release()
  }
  return {
    release,
    async ready(): Promise<void> {
      if (!(await file.isLasting())) await nowhere()
      await release()
      room = await orConnectorError(file, 'cannot be written, so no new tokens were requested', () => file.reserve())
    },
    async fill(object: object): Promise<void> {
      const made = room
      if (made === undefined) return replaced(file, object)
      try {
        await orConnectorError(file, UNWRITTEN, () => made.fill(textOf(object)))
      } finally {
        await release()
      }
    },
    alone: async <T>(act: () => Promise<T>, signal: AbortSignal): Promise<T> =>
      (await file.isLasting()) ? file.alone(act, signal) : act(),
  }
}

const UNWRITTEN = 'cannot be written; make it writable and sign in again'

const textOf = (object: object): string => `${JSON.stringify(object, undefined, 2)}\n`

/** Replaces the content of a file by this object. Rejects with a ConnectorError. */
export const replaced = (file: TextFile, object: object): Promise<void> =>
  orConnectorError(file, UNWRITTEN, () => file.replace(textOf(object)))

async function orConnectorError<T>({ path }: TextFile, what: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    // What stands in a file's place may know better what to do.
    if (error instanceof ConnectorError) throw error
    const { code = messageOf(error) } = error as { code?: unknown }
    throw new ConnectorError(`${path} ${what} (${String(code)}).`, 'config_error', { cause: error })
  }
}
