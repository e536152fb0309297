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

/** A stream's state, after every record that it covers. */
export interface Checkpoint {
  readonly kind: 'checkpoint'
  readonly stream: string
  readonly state: StreamState
  /** It names records that are about to be emitted, so that they are known if they are deleted before the next state. */
  readonly announces?: true
}

/** What a sync says, in no dialect. A page's records travel together. */
export type Message =
  | RecordsMessage
  | Checkpoint
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
  describeReader(): Promise<string>
  /** Signs in and tells as whom. Throws a ConnectorError where that fails. */
  signedIn(): Promise<SignedIn>
  /** Revokes the token that is signed in with; says what it did. Throws a ConnectorError where there is none. */
  signOut(): Promise<string>
  /** Reads these streams. Throws a ConnectorError at the end if any failed. */
  read(configured: readonly ConfiguredStream[]): AsyncGenerator<Message>
}
