// One write of one connection: its rows, the account, and what the journal says of it.
import { dirname, join, resolve } from 'node:path'
import type { Connection, WriteSettings } from '../config/connection.ts'
import type { Journal } from '../console/journal/open.ts'
import {
  addDifference,
  addRejected,
  beginWrite,
  endWrite,
  openMarks,
  rejectedBy,
  runOf,
  settle,
  type WriteEnd,
  type WriteKind,
  type WriteRun,
  writingNow,
} from '../console/journal/writes.ts'
import { HubError, messageOf } from '../errors.ts'
import { type AccountWriter, type OpenWriter, openWriter, type RejectedRow, type RowCounts } from '../source/writer.ts'
import { markOf, rowsOf } from '../write/records.ts'
import { type Spool, spooled } from '../write/spool.ts'
import { replayRows, writeRows, writerConfig } from '../write/write-rows.ts'
import { openWarehouse } from './destination.ts'
import type { Program } from './program.ts'
import { tokensOf } from './tokens.ts'

/** How many differences and rejected rows of a dry run are kept. */
const SHOWN = 50

export interface WriteRequest {
  readonly connection: Connection
  readonly settings: WriteSettings
  readonly kind: WriteKind
  /** Of a replay: the numbers of the rows. */
  readonly rejected?: readonly number[] | undefined
  readonly askedBy?: string | undefined
}

/** What a write is called among all that is kept. */
export const keyOf = (connection: string, write: string): string => `${connection} → ${write}`

/** Where a connection's ledger is: beside the configuration. */
export const writeFolder = (config: string, connection: string): string =>
  join(dirname(resolve(config)), 'zendesk-write', encodeURIComponent(connection))

/** Opens the account of a connection for writing. Rejects with the connector's error. */
export const openWriterOf = (
  { signal, environment }: Pick<Program, 'signal' | 'environment'>,
  connection: Connection,
  config: object,
  more: Partial<OpenWriter> = {},
): Promise<AccountWriter> => openWriter(config, { signal, environment, ...tokensOf(connection, environment), ...more })

/**
 * Writes, and resolves to the run as the journal has it, however it went. Rejects with a HubError if another one of its connection
 * runs.
 */
export async function writeConnection(
  program: Program,
  journal: Journal,
  config: string,
  { connection, settings, kind, rejected: ids = [], askedBy }: WriteRequest,
): Promise<WriteRun> {
  const { name } = connection
  const other = writingNow(journal, name, program.isAlive)
  if (other)
    throw new HubError(
      `"${other.write}" of "${name}" is running. Wait until it has ended: two at once would not know of each other.`,
    )
  const id = beginWrite(journal, { connection: name, write: settings.name, kind, askedBy, process: program.processId })
  const isDryRun = kind === 'dry-run'
  const seen = keeper(journal, { id, connection: name, write: settings.name, isDryRun, settings })
  const end = (how: WriteEnd, marks: ReadonlySet<string>): void => {
    endWrite(journal, id, how)
    if (!isDryRun) settle(journal, runOf(journal, id)!, marks)
  }
  let given: Given | undefined
  try {
    const folder = writeFolder(config, name)
    given =
      kind === 'replay'
        ? { replayed: rejectedBy(journal, name, settings.name, ids) }
        : { spool: await rowsIn(program, connection, settings, { folder, id }) }
    const options = {
      onRejected: seen.reject,
      onPlanned: seen.plan,
      onLog: logTo(program, keyOf(name, settings.name)),
    }
    const configured = writerConfig(connection, settings, { folder, isDryRun })
    const writer = await openWriterOf(program, connection, configured, options)
    const counts = await writeGiven(writer, given, settings, seen.take).finally(() => writer.close())
    end({ status: 'complete', rows: countOf(given), counts }, seen.taken)
  } catch (error) {
    const isStopped = program.signal.aborted
    const why = isStopped ? undefined : messageOf(error)
    end({ status: isStopped ? 'stopped' : 'failed', rows: countOf(given), counts: [], error: why }, seen.rejected)
  } finally {
    await given?.spool?.close()
  }
  return runOf(journal, id)!
}

/** The rows of a run: those of its query, or some that were rejected before. */
type Given =
  | { readonly spool: Spool; readonly replayed?: undefined }
  | { readonly spool?: undefined; readonly replayed: ReturnType<typeof rejectedBy> }

const countOf = (given: Given | undefined): number => given?.spool?.count ?? given?.replayed?.length ?? 0

async function writeGiven(
  writer: AccountWriter,
  { spool, replayed }: Given,
  settings: WriteSettings,
  take: (mark: () => string) => void,
): Promise<readonly RowCounts[]> {
  if (spool) {
    const counts = await writeRows(writer, settings, spool.rows(), (row) => take(() => markOf(settings, row)))
    return counts ? [counts] : []
  }
  for (const { mark } of replayed) take(() => mark)
  return replayRows(writer, replayed)
}

/** The rows of a query, in a file of the run's folder. */
async function rowsIn(
  program: Program,
  { to, schema }: Connection,
  settings: WriteSettings,
  { folder, id }: { readonly folder: string; readonly id: number },
) {
  const warehouse = await openWarehouse({ to, schema }, { ...program, readOnly: true })
  try {
    return await spooled(folder, id, rowsOf(settings, warehouse))
  } finally {
    // Writing takes long; meanwhile others may load into the warehouse.
    await warehouse.close()
  }
}

interface Keeping {
  readonly id: number
  readonly connection: string
  readonly write: string
  readonly isDryRun: boolean
  readonly settings: WriteSettings
}

/** Keeps what a run says of its rows. */
function keeper(journal: Journal, { settings, isDryRun, ...run }: Keeping) {
  // Of the rows that succeed, only those matter that were rejected before.
  const waiting = openMarks(journal, run.connection, run.write)
  const [taken, rejected] = [new Set<string>(), new Set<string>()]
  let [differences, refused] = [0, 0]
  return {
    /** Of the rows that were rejected before: those that came again, and those that were rejected again. */
    taken,
    rejected,
    take(markOfRow: () => string): void {
      const mark = waiting.size > 0 ? markOfRow() : ''
      if (waiting.has(mark)) taken.add(mark)
    },
    reject(row: RejectedRow): void {
      if (isDryRun && refused++ >= SHOWN) return
      const mark = markOf(settings, row.record)
      if (waiting.has(mark)) rejected.add(mark)
      addRejected(journal, { ...run, isSettled: isDryRun }, mark, row)
    },
    plan(change: Parameters<typeof addDifference>[3]): void {
      if (differences++ < SHOWN) addDifference(journal, run.id, differences, change)
    },
  }
}

const logTo =
  ({ say }: Program, what: string) =>
  (level: string, text: string): void => {
    if (level === 'warn' || level === 'error') say(`${what}: ${text}\n`)
  }
