// The connector as a library: read a Zendesk account, and write to it, in a program of one's own. Everything else in this package
// may change without notice; docs/library.md shows it in use.

import './io/node-version.ts'
import { columnsOf, type JsonSchema, marksDeletions, omitsOf, schemaOf } from './catalog/columns.ts'
import { beginConsent as begin, type ConsentRequest, type PendingConsent } from './connector/begin-consent.ts'
import { createConnector as connect } from './connector/create-connector.ts'
import type { Config } from './generated/config.ts'
import { environmentOfProcess } from './io/environment.ts'
import { type Seal, tokensIn } from './io/sealed-file.ts'
import { stagedFile } from './io/staged-file.ts'
import type { CallRequest, Reply } from './model/call.ts'
import { ConnectorError } from './model/errors.ts'
import type { Connector as Account, Costs, Message, NamedStream, SignedIn } from './model/message.ts'
import { parsed, without } from './model/raw-record.ts'
import type { TextFile } from './model/runtime.ts'
import type { ConfiguredStream, Stream as Declared, DeletedRecords, StreamState, SyncMode } from './model/stream.ts'
import { shownBy } from './sync/show-many.ts'

export type { ConsentRequest, PendingConsent } from './connector/begin-consent.ts'
export { type AccountWriter, createWriter, type WriterOptions } from './connector/library-writer.ts'
export type { Config } from './generated/config.ts'
export type { Seal } from './io/sealed-file.ts'
export type { CallRequest, Reply } from './model/call.ts'
export { ConnectorError, type FailureType } from './model/errors.ts'
export { exactJson } from './model/exact-json.ts'
export type {
  Costs,
  FileReference,
  LimitUse,
  LogLevel,
  Message,
  RecordsMessage,
  SignedIn,
  StreamStatus,
} from './model/message.ts'
export type { RecordData } from './model/page.ts'
export type { Room, TextFile } from './model/runtime.ts'
export type { StreamState, SyncMode } from './model/stream.ts'
export type { AskedStream, OnState, Operation, RejectedRows, WriterInput } from './model/writer.ts'
export type { PlannedChange, RejectedRow, RowCounts, WriteInput } from './model/writing.ts'
export type { JsonSchema }

/** A stream of the account. */
export interface Stream {
  readonly name: string
  /** The fields that tell its records apart; empty if nothing does. */
  readonly primaryKey: readonly string[]
  /** The field that tells new records from old ones. Without one there is only the full refresh. */
  readonly cursorField?: string
  readonly syncModes: readonly SyncMode[]
  /** JSON Schema (draft 7) of its records. */
  readonly schema: JsonSchema
  /** Whether an incremental sync emits its deletions. */
  readonly emitsDeletions: boolean
  /** Whose ids `show` takes for it: `tickets` for what belongs to tickets too. Left out: it cannot be shown. */
  readonly shownBy?: string
}

/** What to read of one stream. */
export interface StreamRequest {
  readonly stream: string
  /** Left out: `incremental` if the stream has a cursor field. */
  readonly syncMode?: SyncMode
  /** The state of the last `checkpoint` message of this stream; left out: a first sync. */
  readonly state?: StreamState
  /** The columns to read; left out: all of them. */
  readonly columns?: readonly string[]
  /** Whether the files that its records refer to are fetched as well (`files_folder` in the configuration). */
  readonly includeFiles?: boolean
}

export interface ConnectorOptions {
  /** Ends a sync after the page at hand: `read` rejects with the signal's reason then. */
  readonly signal?: AbortSignal
  /** Takes logs and long waits at once, also while `read` itself waits. Left out: nobody does. */
  readonly report?: (message: Message) => void
  /** A file for renewed OAuth tokens, so that the next run finds them, or what takes its place. Needed with a refresh token. */
  readonly tokensFile?: string | TextFile
  /** What is done to the text of that file before it is written, and undone after it was read: encryption. Left out: nothing. */
  readonly seal?: Seal
  /**
   * The longest wait for one of Zendesk's limits, in milliseconds: a stream that would have to wait longer ends as `incomplete`,
   * without an error, and the next read goes on from its state. Left out: any.
   */
  readonly maxWait?: number
  /** Where credentials may stand that the configuration lacks (`ZENDESK_CLIENT_SECRET` …). Left out: the process's own. */
  readonly environment?: Readonly<Record<string, string | undefined>>
}

/** A Zendesk account, to be read. */
export interface Connector {
  /**
   * Signs in, and resolves to the streams that these credentials cannot read: by name, the reason. Rejects with a
   * ConnectorError that says what to change if nothing can be read.
   */
  check(): Promise<ReadonlyMap<string, string>>
  /** Signs in: as whom, with which token and until when, and what cannot be read. Rejects with a ConnectorError. */
  signedIn(): Promise<SignedIn>
  /** Revokes the OAuth token in use, and its refresh token; resolves to a sentence. Rejects with a ConnectorError if there is none. */
  signOut(): Promise<string>
  /** What reading has cost so far: how far Zendesk's limits are used up, and requests by stream. */
  costs(): Costs
  /** All streams of the account and the configuration, in the order of the catalog. Rejects with a ConnectorError. */
  streams(): Promise<readonly Stream[]>
  /**
   * Reads these streams. A `checkpoint` comes after every record that it covers: store its state together with them, and
   * pass it to the next read. A stream that fails ends with an `error` message while the others go on; a ConnectorError
   * is thrown at the end then. Records are plain objects; they stay valid.
   */
  read(requests: readonly StreamRequest[]): AsyncGenerator<Message>
  /**
   * Reads records by id, as they are now: of streams that are all `shownBy` the kind of these ids. A hundred take one request,
   * or one each if a stream is made of what belongs to a ticket; of that, the newest page comes. What is not there is left out,
   * and there are no checkpoints. Throws a ConnectorError.
   */
  show(streams: readonly string[], ids: readonly (number | string)[]): AsyncGenerator<Message>
  /**
   * Sends a request of any method to `/api/v2/`, within the limits, and resolves to its answer, whatever its status says but
   * 401. It is repeated only where that does no harm. Rejects with a ConnectorError if no answer came.
   */
  call(request: CallRequest): Promise<Reply>
}

/**
 * Opens an account. Nothing is asked of Zendesk before the first call. Rejects with a ConnectorError for a configuration
 * that cannot be used.
 */
export async function createConnector(config: Config, options: ConnectorOptions = {}): Promise<Connector> {
  const { signal = new AbortController().signal, report = () => undefined, tokensFile, maxWait } = options
  const account = await connect(config, {
    signal,
    report: report,
    credentialSink:
      tokensFile === undefined ? { in: 'nothing' } : { in: 'tokens', file: tokensIn(tokensFile, options.seal) },
    ...(maxWait !== undefined && { maxWait }),
    environment: options.environment ?? environmentOfProcess(),
    stage: stagedFile,
    patient: true,
  })
  return {
    check: () => account.examine(),
    signedIn: () => account.signedIn(),
    signOut: () => account.signOut(),
    costs: () => account.costs(),
    streams: async () => (await account.streams()).map((stream) => publicStream(stream, account.deletedRecords)),
    read: (requests) => read(account, requests),
    show: (streams, ids) => show(account, streams, ids),
    call: (request) => account.call(request),
  }
}

/**
 * Asks for a person's consent by the code flow with PKCE, for a program whose pages their browser shows. `config` names the
 * account. Throws a ConnectorError if it names none.
 */
export const beginConsent = (
  config: { readonly subdomain: string; readonly base_url?: string | undefined },
  request: ConsentRequest,
): PendingConsent => begin({ ...config }, request)

function publicStream(stream: Declared, deletedRecords: DeletedRecords): Stream {
  const { name, primaryKey, cursorField } = stream
  const kind = shownBy(stream)
  return {
    name,
    primaryKey,
    ...(cursorField !== undefined && { cursorField }),
    syncModes: cursorField === undefined ? ['full_refresh'] : ['full_refresh', 'incremental'],
    schema: schemaOf(stream),
    emitsDeletions: marksDeletions(stream, deletedRecords),
    ...(kind !== undefined && { shownBy: kind }),
  }
}

async function* read(account: Account, requests: readonly StreamRequest[]): AsyncGenerator<Message> {
  const named = requests.map(({ stream, columns }): NamedStream => ({ name: stream, columns: keyed(columns) }))
  const known = await account.streams(named)
  const configured = requests.map((request) => configuredFrom(request, known))
  const omits = new Map(configured.map((one) => [one.stream.name, one.omits]))
  for await (const message of account.read(configured)) yield withPlainRecords(message, omits)
}

async function* show(
  account: Account,
  streams: readonly string[],
  ids: readonly (number | string)[],
): AsyncGenerator<Message> {
  const known = await account.streams(streams.map((name) => ({ name, columns: {} })))
  const configured = streams.map((stream) => configuredFrom({ stream }, known))
  const omits = new Map(configured.map((one) => [one.stream.name, one.omits]))
  for await (const message of account.show(configured, ids)) yield withPlainRecords(message, omits)
}

const keyed = (columns: readonly string[] = []): Readonly<Record<string, unknown>> =>
  Object.fromEntries(columns.map((name) => [name, {}]))

/** Throws a ConnectorError for a stream that the account does not have, and for a mode that the stream does not have. */
function configuredFrom(request: StreamRequest, known: readonly Declared[]): ConfiguredStream {
  const stream = known.find(({ name }) => name === request.stream)
  if (!stream) throw new ConnectorError(`There is no stream "${request.stream}" in this account.`, 'config_error')
  const { syncMode = stream.cursorField === undefined ? 'full_refresh' : 'incremental', state } = request
  if (syncMode === 'incremental' && stream.cursorField === undefined)
    throw new ConnectorError(`Stream "${stream.name}" has no cursor field: read it as "full_refresh".`, 'config_error')
  return {
    stream,
    syncMode,
    state,
    omits: omitsOf(stream, request.columns && new Set(request.columns)),
    columns: columnsOf(stream),
    emitsDeletions: true,
    ...(request.includeFiles === true && stream.file && { includesFiles: true }),
  }
}

/** Records that were never parsed become objects here: their page is freed when the next one is read. */
function withPlainRecords(message: Message, omits: ReadonlyMap<string, ReadonlySet<string>>): Message {
  if (message.kind !== 'records') return message
  const omitted = omits.get(message.stream) ?? new Set<string>()
  return { ...message, records: message.records.map((record) => without(parsed(record), omitted)) }
}
