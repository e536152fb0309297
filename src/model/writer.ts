// An account as the destinations' dialects see it.
import type { RecordData } from './reads.ts'
import type { RejectedRow, RowCounts, WriteInput, WriteMode } from './writing.ts'

/** What can be written: an object in a mode, with the keys that rows are matched by. */
export interface Operation {
  readonly object: string
  readonly mode: WriteMode
  /** JSON Schema (draft 7) of its rows. */
  readonly schema: object
  /** Alternatives, each the columns of one key. */
  readonly keys: readonly (readonly string[])[]
}

/** A stream, as it was asked for. */
export interface AskedStream {
  readonly stream: string
  /** The object; left out: as the configuration maps it, or the one of the stream's name. */
  readonly object?: string
  readonly mode: string
  readonly primaryKey: readonly string[]
  /** Of rejected rows that are sent once more: their stream, whose names were mapped already; what else its mapping says holds. */
  readonly origin?: string
}

/** What comes in: a row, a state behind rows, or a stream whose rows come from here on. */
export type WriterInput = WriteInput | { readonly kind: 'stream'; readonly asked: AskedStream }

/** Takes a state, once every row before it has its end; `counts` since the state before, by stream. */
export type OnState = (state: unknown, counts: ReadonlyMap<string, RowCounts>) => Promise<void>

/** Where rejected rows are kept. */
export interface RejectedRows {
  /** The place, for people. */
  readonly where: string
  keep(row: RejectedRow): Promise<void>
  /** Resolves once all rows so far outlive this program. */
  flush(): Promise<void>
}

export interface Writer {
  /**
   * Signs in, and says what is on and what Zendesk does not grant, in sentences. Throws a ConnectorError if nothing can be
   * written.
   */
  examine(): Promise<readonly string[]>
  operations(): Promise<readonly Operation[]>
  /**
   * Writes rows, and resolves to what became of them, by stream. Throws a ConnectorError for streams that cannot be
   * written, and for what concerns all rows.
   */
  write(
    streams: readonly AskedStream[],
    inputs: AsyncIterable<WriterInput>,
    onState: OnState,
  ): Promise<ReadonlyMap<string, RowCounts>>
  /**
   * Whether a record of the source says nothing but what this writer wrote, or both sides had already: the echo of a write. Of
   * events (`ticket_audits`, `ticket_events`), whether the user that the writer signs in as made them. Of objects, by the
   * ledger: only those of streams with `conflicts` are known.
   */
  isEcho(asked: AskedStream, record: RecordData): Promise<boolean>
  /** The text of rejected rows, from the bucket of the configuration. Rejects with a ConnectorError without one. */
  rejectedText(address: string): Promise<string>
  close(): void
}
