// Options of the commands that sign in and out.
import type { Environment, Options } from '../../config/written.ts'
import type { Connector } from '../../model/message.ts'
import type { CredentialSink, TextFile } from '../../model/runtime.ts'
import type { AskForTokens } from '../oauth.ts'

/** What the commands need from the program that they run in. */
export interface AuthOptions {
  /** Writes to the person at the terminal. */
  readonly say: (text: string) => void
  /** Writes output that another program may read. */
  readonly write: (text: string) => Promise<void>
  readonly file: (path: string) => TextFile
  readonly environment: Environment
  /** What the person types, line by line; left out if nobody can. */
  readonly typed?: () => AsyncIterable<string>
  /** Opens a page in the browser; false if that is not possible. */
  readonly openBrowser: (url: URL) => boolean
  /** The token endpoint of the account that a configuration names. */
  readonly tokenEndpoint: (config: Options) => AskForTokens
  readonly connect: (config: Options, keep: CredentialSink) => Promise<Connector>
  readonly signal: AbortSignal
  readonly version?: string
}
