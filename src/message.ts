// What a sync says, in no dialect, and the connector that says it. Imports the vocabulary only.

import type { ConfiguredStream, DeletedRecords, RecordData, Stream, StreamState } from './stream.ts'

export type StreamStatus = 'started' | 'running' | 'complete' | 'incomplete'

/** A page's records of one stream, in the order in which the API gave them. */
export interface RecordsMessage {
  readonly kind: 'records'
  readonly stream: string
  readonly records: readonly RecordData[]
  /** By index: when that record was deleted (ISO 8601, UTC). Left out where all of them live. */
  readonly deletedAt?: readonly (string | undefined)[]
  /** By index: the file of that record, where files were asked for and it has one. */
  readonly files?: readonly (FileReference | undefined)[]
}

/** A file that was fetched. */
export interface FileReference {
  /** Where it stands, from the root on. */
  readonly path: string
  /** The same from the staging folder on. */
  readonly relativePath: string
  /** In bytes. */
  readonly size: number
}

/** What a sync says, in no dialect. A page's records travel together. */
export type Message =
  | RecordsMessage
  | { readonly kind: 'checkpoint'; readonly stream: string; readonly state: StreamState }
  | { readonly kind: 'status'; readonly stream: string; readonly status: StreamStatus }
  | { readonly kind: 'waiting'; readonly stream: string; readonly until: number }
  | { readonly kind: 'estimate'; readonly stream: string; readonly rows: number }
  | { readonly kind: 'error'; readonly stream?: string; readonly error: unknown }
  | { readonly kind: 'log'; readonly level: LogLevel; readonly message: string }

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'
export type Log = (level: LogLevel, message: string) => void

/** Who is signed in, and what that allows. */
export interface SignedIn {
  readonly origin: string
  readonly name: string
  readonly role: string
  /** Of OAuth tokens; their ends in ISO 8601 (UTC). */
  readonly token?: {
    readonly scopes: readonly string[]
    readonly expiresAt?: string
    readonly refreshExpiresAt?: string
  }
  /** When Zendesk ends this way of signing in, in words; left out where it lasts. */
  readonly wayEnds?: string
  readonly requestsPerMinute?: number
  /** By stream: why it cannot be read. */
  readonly unreadable: ReadonlyMap<string, string>
}

/** A stream as a catalog names it, with the columns that it has there: their names stay. */
export interface NamedStream {
  readonly name: string
  readonly columns: Readonly<Record<string, unknown>>
}

/** A Zendesk account as the dialects' commands see it. */
export interface Connector {
  /**
   * Every stream that account and configuration have, in catalog order. With `named`: those of these names, and maybe
   * others; Zendesk is asked for what these take only.
   */
  streams(named?: readonly NamedStream[]): Promise<readonly Stream[]>
  readonly deletedRecords: DeletedRecords
  /** Whether a value that does not fit its column is taken out. */
  readonly strictTypes: boolean
  /** Where files are put; left out where the configuration does not say. */
  readonly filesFolder?: string
  /**
   * Signs in and finds out what can be read: by stream, why it cannot be. Throws a ConnectorError where nothing can be
   * read, and says what to do.
   */
  examine(): Promise<ReadonlyMap<string, string>>
  /** How the streams of the Incremental Export API will be read, and why: a sentence. */
  readerTold(): Promise<string>
  /** Signs in and tells as whom. Throws a ConnectorError where that fails. */
  signedIn(): Promise<SignedIn>
  /** Revokes the token that is signed in with; says what it did. Throws a ConnectorError where there is none. */
  signOut(): Promise<string>
  /** Reads these streams. Throws a ConnectorError at the end if any failed. */
  read(configured: readonly ConfiguredStream[]): AsyncGenerator<Message>
}

/** Time, and waiting for it. */
export interface Clock {
  /** Epoch ms. */
  now(): number
  /** Acts once after so many ms, unless the function that it gives is called before that. */
  after(milliseconds: number, act: () => void): () => void
}

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
export type Keep =
  | { readonly in: 'message'; readonly tell: (config: object) => Promise<void> }
  | { readonly in: 'config' | 'tokens'; readonly file: TextFile }
  | { readonly in: 'nothing' }

/** What a connector needs from the program that it runs in. */
export interface Surroundings {
  /** Ends what is under way, as soon as nothing is lost by it. */
  readonly signal: AbortSignal
  /** Told at once, also while everything waits: logs and long waits. */
  readonly tell: (message: Message) => void
  /** Credentials that were renewed are used once they are kept: those before may be good for nothing then. */
  readonly keep: Keep
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
}

/** Makes a connector of a configuration as a user wrote it. Rejects with a ConnectorError for one that cannot be used. */
export type Connect = (config: unknown, surroundings: Surroundings) => Promise<Connector>
