// The writer as a program of one's own sees it.
import { environmentOfProcess } from '../io/environment.ts'
import { type Seal, tokensIn } from '../io/sealed-file.ts'
import { stagedFile } from '../io/staged-file.ts'
import type { Message } from '../model/message.ts'
import type { RecordData } from '../model/reads.ts'
import type { Runtime, TextFile } from '../model/runtime.ts'
import type { AskedStream, OnState, Operation, RejectedRows, WriterInput } from '../model/writer.ts'
import type { PlannedChange, RowCounts } from '../model/writing.ts'
import { createWriter as connect } from './create-writer.ts'

export interface WriterOptions {
  /** Ends a write: it rejects with the signal's reason, and no state leaves after that. */
  readonly signal?: AbortSignal
  /** Takes logs and long waits, as they happen. Left out: nobody does. */
  readonly report?: (message: Message) => void
  /** A file for renewed OAuth tokens, so that the next run finds them, or what takes its place. Needed with a refresh token. */
  readonly tokensFile?: string | TextFile
  /** What is done to the text of that file before it is written, and undone after it was read: encryption. Left out: nothing. */
  readonly seal?: Seal
  /** Takes all that a dry run (`dry_run` in the configuration) would do. Left out: the first differences are logged. */
  readonly onPlanned?: (change: PlannedChange) => void
  /** Keeps rejected rows, those of a dry run too. Left out: they go where the configuration says. */
  readonly rejected?: RejectedRows
  /** Where credentials may stand that the configuration lacks. Left out: the process's own. */
  readonly environment?: Readonly<Record<string, string | undefined>>
}

/** A Zendesk account, to be written to. */
export interface AccountWriter {
  /** Signs in, and says what is on, in sentences. Rejects with a ConnectorError if nothing can be written. */
  check(): Promise<readonly string[]>
  /** What can be written: every object in every mode, with the account's own fields. */
  operations(): Promise<readonly Operation[]>
  /**
   * Writes rows, and resolves to what became of them, by stream: written, unchanged, or rejected and kept. A state comes out
   * (`onState`) once every row before it has its end; store it, and go on behind it the next time. Rejects with a
   * ConnectorError for streams that cannot be written, and for what concerns all rows.
   */
  write(
    streams: readonly AskedStream[],
    inputs: AsyncIterable<WriterInput> | Iterable<WriterInput>,
    onState?: OnState,
  ): Promise<ReadonlyMap<string, RowCounts>>
  /**
   * Whether a record of the source says nothing but what was written, or both sides had already: of streams with `conflicts`,
   * and of `ticket_audits` and `ticket_events`, where it is who made them that counts.
   */
  isEcho(stream: AskedStream, record: RecordData): Promise<boolean>
  /** Closes the ledger. */
  close(): void
}

/**
 * Opens an account for writing, with the configuration of `destination-zendesk`. Nothing is asked of Zendesk before the first
 * call. Rejects with a ConnectorError for a configuration that cannot be used.
 */
export async function createWriter(config: object, options: WriterOptions = {}): Promise<AccountWriter> {
  const { signal = new AbortController().signal, report = () => undefined, tokensFile, environment } = options
  const { seal, onPlanned, rejected } = options
  const runtime: Runtime = {
    signal,
    report,
    credentialSink: tokensFile === undefined ? { in: 'nothing' } : { in: 'tokens', file: tokensIn(tokensFile, seal) },
    environment: environment ?? environmentOfProcess(),
    stage: stagedFile,
    patient: true,
  }
  const writer = await connect(config, runtime, { onPlanned, rejected })
  return {
    check: () => writer.examine(),
    operations: () => writer.operations(),
    write: (streams, inputs, onState = async () => undefined) => writer.write(streams, streamed(inputs), onState),
    isEcho: (stream, record) => writer.isEcho(stream, record),
    close: () => writer.close(),
  }
}

async function* streamed(inputs: AsyncIterable<WriterInput> | Iterable<WriterInput>): AsyncGenerator<WriterInput> {
  yield* inputs
}
