// What a connector needs from the program that it runs in: time, files, a place for renewed credentials.

import type { Clock } from './clock.ts'
import type { Connector, Message } from './message.ts'
import type { GetPage } from './stream.ts'

/** How long one attempt waits for its answer, in ms. */
export interface Timeouts {
  /** Until the headers are here. */
  readonly headers: number
  /** Silence in the middle of a body. */
  readonly silence: number
  /** A body that brings less than so many bytes in so many ms has stalled, though it is never silent for long. */
  readonly slowest: { readonly bytes: number; readonly in: number }
}

/** A small text file that is read and replaced as a whole. All of it rejects as `fs` does. */
export interface TextFile {
  readonly path: string
  /** Its text; undefined where there is no such file. */
  read(): Promise<string | undefined>
  /** Rejects where it could not be replaced. */
  prove(): Promise<void>
  /** Puts a text in the place of the old one, wholly or not at all. */
  replace(text: string): Promise<void>
}

/** A file in the staging folder, and the part of it that has come so far. All of it rejects as `fs` does. */
export interface StagedFile {
  /** From the root on. */
  readonly path: string
  /** Its size in bytes; undefined where it has not come whole. */
  size(): Promise<number | undefined>
  /** How many bytes have come of one that has not. */
  begun(): Promise<number>
  /** Writes what comes from byte `from` on, and resolves to the size so far. Rejects as `chunks` does, and keeps what came. */
  append(from: number, chunks: AsyncIterable<Uint8Array>): Promise<number>
  /** What has come is the whole. */
  finish(): Promise<void>
  /** Forgets what has come. */
  drop(): Promise<void>
}

/**
 * Where renewed credentials are kept, so that the next run finds them: in a message that holds the whole configuration,
 * in the configuration's own file, or in a file of their own. What `tell` resolves counts as delivered.
 */
export type CredentialSink =
  | { readonly in: 'message'; readonly tell: (config: object) => Promise<void> }
  | { readonly in: 'config' | 'tokens'; readonly file: TextFile }
  | { readonly in: 'nothing' }

/** What a connector needs from the program that it runs in. */
export interface Runtime {
  /** Ends what is under way, as soon as nothing is lost by it. */
  readonly signal: AbortSignal
  /** Told at once, also while everything waits: logs and long waits. */
  readonly report: (message: Message) => void
  /** Credentials that were renewed are used once they are kept: those before may be good for nothing then. */
  readonly credentialSink: CredentialSink
  /** Where credentials may be that the configuration lacks: `ZENDESK_CLIENT_SECRET` and the like. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** False where somebody waits for an answer: then failures and limits are told instead of waited out. */
  readonly patient: boolean
  /** A file below a folder; both are made as they are needed. */
  readonly stage: (folder: string, relativePath: string) => StagedFile
  /** This machine's, unless it is a test that does not want to wait. */
  readonly clock?: Clock
  /** Those that suit Zendesk, unless it is a test that does not want to wait. */
  readonly timeouts?: Timeouts | undefined
  /** What stands between the account and whoever reads its pages: for a test that looks at what they read. */
  readonly watchPages?: ((get: GetPage) => GetPage) | undefined
}

/** Makes a connector of a configuration as a user wrote it. Rejects with a ConnectorError for one that cannot be used. */
export type Connect = (config: unknown, surroundings: Runtime) => Promise<Connector>

/** What signs requests. */
export interface Session {
  /** The value of the `Authorization` header; signs in first if that is needed. */
  header(): Promise<string>
  /** Zendesk refused this header. Resolves to whether there is another one to try. */
  renew(refused: string): Promise<boolean>
}

/** How an account is signed in to: docs/sign-in.md. */
export type SignInKind = 'client_credentials' | 'refresh_token' | 'access_token' | 'api_token' | 'password'
