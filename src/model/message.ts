// The messages of a sync, in no dialect, and the connector that emits them. Imports the vocabulary only.

import type { Call } from './call.ts'
import type { ConfiguredStream, DeletedRecords, Id, RecordData, Stream, StreamState } from './stream.ts'

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

/** A file in the staging folder. */
export interface FileReference {
  /** Its absolute path. */
  readonly path: string
  /** Its path within the staging folder. */
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

/** What a sync says, in no dialect. The records of a page are one message. */
export type Message =
  | RecordsMessage
  | Checkpoint
  | { readonly kind: 'status'; readonly stream: string; readonly status: StreamStatus }
  | { readonly kind: 'waiting'; readonly stream: string; readonly until: number }
  | { readonly kind: 'estimate'; readonly stream: string; readonly rows: number }
  | { readonly kind: 'error'; readonly stream?: string; readonly error: unknown }
  | { readonly kind: 'log'; readonly level: LogLevel; readonly message: string }

/** A line of the log, in its place among the messages. */
export const logMessage = (level: LogLevel, message: string): Message => ({ kind: 'log', level, message })

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'
export type Log = (level: LogLevel, message: string) => void

/** Who is signed in, and what they may read. */
export interface SignedIn {
  readonly origin: string
  readonly name: string
  readonly role: string
  /** For OAuth. Expiry in ISO 8601 (UTC). */
  readonly token?: {
    readonly scopes: readonly string[]
    readonly expiresAt?: string
    readonly refreshExpiresAt?: string
  }
  /** When Zendesk ends this way of signing in, in words; left out if it lasts. */
  readonly wayEnds?: string
  readonly requestsPerMinute?: number
  /** By stream: why it cannot be read. */
  readonly unreadable: ReadonlyMap<string, string>
}

/** A stream in a configured catalog, with the columns that it has there: their names must stay. */
export interface NamedStream {
  readonly name: string
  readonly columns: Readonly<Record<string, unknown>>
}

/** How far one of the account's limits is used up in its present window. */
export interface LimitUse {
  /** As Zendesk's headers name it; the account's own are `account` and `help-center`. */
  readonly name: string
  readonly total: number
  readonly left: number
  readonly ours: number
  /** Requests of other tools, as far as answers have shown them. */
  readonly others: number
  /** When the window ends (epoch ms); left out before its first request. */
  readonly resetsAt?: number
}

/** What a sync has cost so far. */
export interface Costs {
  readonly limits: readonly LimitUse[]
  /** Requests by stream; one that several streams share counts for each of them. */
  readonly requests: ReadonlyMap<string, number>
}

/** A Zendesk account as the dialects' commands see it. */
export interface Connector {
  /**
   * Every stream of the account under this configuration, in catalog order. With `named`: at least those of these names;
   * only what they need is requested from Zendesk.
   */
  streams(named?: readonly NamedStream[]): Promise<readonly Stream[]>
  readonly deletedRecords: DeletedRecords
  /** Whether a value that does not fit its column is replaced by null. */
  readonly strictTypes: boolean
  /** Whether U+0000 stays in texts; left out: as the dialect has it. */
  readonly nulCharacters?: 'keep' | 'strip'
  /** The folder for files; left out if the configuration names none. */
  readonly filesFolder?: string
  /**
   * Signs in and finds out which streams cannot be read: by name, why not. Throws a ConnectorError that says what to do if
   * nothing can be read.
   */
  examine(): Promise<ReadonlyMap<string, string>>
  /** How the streams of the Incremental Export API will be read, and why, in a sentence. */
  describeReader(): Promise<string>
  /** Signs in, and says as whom. Throws a ConnectorError if that fails. */
  signedIn(): Promise<SignedIn>
  /** Revokes the token in use, and says so in a sentence. Throws a ConnectorError if there is none. */
  signOut(): Promise<string>
  /** Reads these streams. Throws a ConnectorError at the end if any failed. */
  read(configured: readonly ConfiguredStream[]): AsyncGenerator<Message>
  /** What reading has cost so far. */
  costs(): Costs
  /** Reads records of these streams by id. Throws a ConnectorError for streams that cannot be shown so. */
  show(configured: readonly ConfiguredStream[], ids: readonly Id[]): AsyncGenerator<Message>
  /** Sends a request of any method. */
  readonly call: Call
}
