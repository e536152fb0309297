// What a connector needs from the program that it runs in: time, files, a place for renewed credentials.

import type { Clock } from './clock.ts'
import type { Connector, Message } from './message.ts'
import type { GetPage } from './stream.ts'
import type { Writer } from './writer.ts'

/** How long one attempt waits for its answer, in ms. */
export interface Timeouts {
  /** For the headers. */
  readonly headers: number
  /** For more, in the middle of a body. */
  readonly silence: number
  /** The slowest body: one with less than so many bytes in so many ms has stalled, even if it is never silent for long. */
  readonly slowest: { readonly bytes: number; readonly in: number }
}

/** A small text file that is read and replaced as a whole. Its functions reject with errors of `fs`. */
export interface TextFile {
  readonly path: string
  /** Its text; undefined if there is no such file. */
  read(): Promise<string | undefined>
  /** Whether it can be read again, and replaced: a pipe cannot. */
  isLasting(): Promise<boolean>
  /** Makes room for its next text. Rejects if the file could not be replaced. */
  reserve(): Promise<Room>
  /** Replaces its text, wholly or not at all. */
  replace(text: string): Promise<void>
  /** Acts while no other program does so for this file. Rejects as `act` does, and with the signal's reason. */
  alone<T>(act: () => Promise<T>, signal: AbortSignal): Promise<T>
}

/** Room for the next text of a file, on the same disk. */
export interface Room {
  /** Replaces the file's text, wholly or not at all. */
  fill(text: string): Promise<void>
  /** Gives the room back, if it was not filled. */
  release(): Promise<void>
}

/** A file in the staging folder, which may not be complete yet. Its functions reject with errors of `fs`. */
export interface StagedFile {
  /** Its absolute path. */
  readonly path: string
  /** Its size in bytes; undefined if it is not complete. */
  size(): Promise<number | undefined>
  /** The size of the part that is there, in bytes, if it is not complete. */
  begun(): Promise<number>
  /** Writes from byte `from` on, and resolves to the size so far. If `chunks` rejects, so does this; what was written stays. */
  append(from: number, chunks: AsyncIterable<Uint8Array>): Promise<number>
  /** The part that is there is complete. */
  finish(): Promise<void>
  /** Deletes the part that is there. */
  drop(): Promise<void>
}

/**
 * Where renewed credentials are kept for the next run: in a message that holds the whole configuration, in the
 * configuration's own file, or in a file of their own. They are delivered once `emit` has resolved.
 */
export type CredentialSink =
  | { readonly in: 'message'; readonly emit: (config: object) => Promise<void> }
  | { readonly in: 'config' | 'tokens'; readonly file: TextFile }
  | { readonly in: 'nothing' }

/** What a connector needs from the program that it runs in. */
export interface Runtime {
  /** Ends the work as soon as nothing is lost by it. */
  readonly signal: AbortSignal
  /** Reports logs and long waits at once, even while everything waits. */
  readonly report: (message: Message) => void
  /** Whether nobody reads logs of level `debug`: then the line of each request is not made. Left out: somebody may. */
  readonly isQuiet?: boolean
  /** Keeps renewed credentials before they are used: the old ones may no longer be valid then. */
  readonly credentialSink: CredentialSink
  /** Environment variables: credentials that the configuration lacks, such as `ZENDESK_CLIENT_SECRET`. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** False if somebody waits for the result: then failures and limits are reported after a short time. */
  readonly patient: boolean
  /** The longest wait for a limit, in ms: a stream that would have to wait longer ends, and the next sync goes on. Left out: any. */
  readonly maxWait?: number | undefined
  /** A file in a folder; both are created when they are needed. */
  readonly stage: (folder: string, relativePath: string) => StagedFile
  /** For tests that do not wait. Left out: this machine's clock. */
  readonly clock?: Clock
  /** For tests that do not wait. Left out: those that suit Zendesk. */
  readonly timeouts?: Timeouts | undefined
  /** For tests that watch which fields are read: wraps the function that gets pages. */
  readonly watchPages?: ((get: GetPage) => GetPage) | undefined
}

/** Makes a connector of a configuration as a user wrote it. Rejects with a ConnectorError if it cannot be used. */
export type Connect = (config: unknown, runtime: Runtime) => Promise<Connector>

/** Makes a writer of a configuration as a user wrote it. Rejects with a ConnectorError if it cannot be used. */
export type ConnectWriter = (config: unknown, runtime: Runtime) => Promise<Writer>

/** Signs requests. */
export interface Session {
  /** The value of the `Authorization` header; signs in first if needed. */
  header(): Promise<string>
  /** To be called if Zendesk refused this header. Resolves to whether there is a new one to try. */
  renew(refused: string): Promise<boolean>
}

/** The ways to sign in: docs/sign-in.md. */
export type SignInKind = 'client_credentials' | 'refresh_token' | 'access_token' | 'api_token' | 'password'
