// A Zendesk account, written to by the connector in this process.
import {
  type AskedStream,
  createWriter,
  type Operation,
  type PlannedChange,
  type RejectedRow,
  type RowCounts,
  type WriterOptions,
} from 'zendesk-connector'

export type { AskedStream, Operation, PlannedChange, RejectedRow, RowCounts }

interface RowToWrite {
  readonly stream: string
  readonly record: Readonly<Record<string, unknown>>
}

/** The account, open for writing. */
export interface AccountWriter {
  /** Signs in. Rejects with what is wrong with the configuration: an audience without its field, too. */
  check(): Promise<readonly string[]>
  /** What can be written: every object in every mode, with the account's own fields. */
  operations(): Promise<readonly Operation[]>
  /** Writes rows of streams, as they come, and resolves to what became of them. Rejects with the connector's error. */
  write(
    streams: readonly AskedStream[],
    rows: AsyncIterable<RowToWrite> | Iterable<RowToWrite>,
  ): Promise<ReadonlyMap<string, RowCounts>>
  close(): void
}

export interface OpenWriter
  extends Pick<WriterOptions, 'signal' | 'tokensFile' | 'seal' | 'environment' | 'onPlanned'> {
  /** Keeps a rejected row. */
  readonly onRejected?: (row: RejectedRow) => void
  readonly onLog?: (level: string, text: string) => void
}

/** Opens it, with the configuration of destination-zendesk. Rejects with the connector's error. */
export async function openWriter(
  config: object,
  { onRejected, onLog, ...options }: OpenWriter,
): Promise<AccountWriter> {
  const writer = await createWriter(config, {
    ...options,
    ...(onLog && { report: (message) => message.kind === 'log' && onLog(message.level, message.message) }),
    ...(onRejected && {
      rejected: { where: 'the console', keep: async (row) => onRejected(row), flush: async () => undefined },
    }),
  })
  return {
    check: () => writer.check(),
    operations: () => writer.operations(),
    // No state comes behind rows: those without a key are known by their content then, from one run to the next.
    write: (streams, rows) => writer.write(streams, inputsOf(rows)),
    close: () => writer.close(),
  }
}

async function* inputsOf(rows: AsyncIterable<RowToWrite> | Iterable<RowToWrite>) {
  for await (const row of rows) yield { kind: 'row' as const, ...row }
}
