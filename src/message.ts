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
  /** Of OAuth tokens; `expiresAt` in ISO 8601 (UTC). */
  readonly token?: { readonly id: number; readonly scopes: readonly string[]; readonly expiresAt?: string }
  readonly requestsPerMinute?: number
  /** By stream: why it cannot be read. */
  readonly unreadable: ReadonlyMap<string, string>
}

/** A Zendesk account as the dialects' commands see it. */
export interface Connector {
  /** Every stream that there is, in catalog order. */
  readonly streams: readonly Stream[]
  readonly deletedRecords: DeletedRecords
  /**
   * Signs in and finds out what can be read: by stream, why it cannot be. Throws a ConnectorError where nothing can be
   * read, and says what to do.
   */
  examine(): Promise<ReadonlyMap<string, string>>
  /** Signs in and tells as whom. Throws a ConnectorError where that fails. */
  signedIn(): Promise<SignedIn>
  /** Revokes the token that is signed in with; says what it did. Throws a ConnectorError where there is none. */
  signOut(): Promise<string>
  /** Reads these streams. Throws a ConnectorError at the end if any failed. */
  read(configured: readonly ConfiguredStream[]): AsyncGenerator<Message>
}

/** What a connector needs from the program that it runs in. */
export interface Surroundings {
  /** Ends what is under way, as soon as nothing is lost by it. */
  readonly signal: AbortSignal
  /** Told at once, also while everything waits: logs and long waits. */
  readonly tell: (message: Message) => void
  /**
   * Keeps a configuration whose credentials were renewed, so that the next run finds it. The old credentials may be good
   * for nothing any more: what it resolves is used from then on.
   */
  readonly keepConfig: (config: Readonly<Record<string, unknown>>) => Promise<void>
  /** False where somebody waits for an answer: then failures and limits are told instead of waited out. */
  readonly patient: boolean
}

/** Makes a connector of a configuration as a user wrote it. Rejects with a ConnectorError for one that cannot be used. */
export type Connect = (config: unknown, surroundings: Surroundings) => Promise<Connector>
