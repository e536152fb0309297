// One write of one connection: its rows, the account, and what the journal says of it.
import { dirname, join, resolve } from 'node:path'
import type { Connection, WriteSettings } from '../config/connection.ts'
import type { Journal } from '../console/journal/open.ts'
import {
  addDifference,
  addRejected,
  beginWrite,
  endWrite,
  rejectedBy,
  runOf,
  settle,
  type WriteKind,
  type WriteRun,
  writingNow,
} from '../console/journal/writes.ts'
import { HubError, messageOf } from '../errors.ts'
import { type AccountWriter, type OpenWriter, openWriter, type RejectedRow, type RowCounts } from '../source/writer.ts'
import { markOf, rowsOf } from '../write/records.ts'
import { replayRows, writeRows, writerConfig } from '../write/write-rows.ts'
import { openWarehouse } from './destination.ts'
import type { Program } from './program.ts'
import { tokensOf } from './tokens.ts'

/** So many differences, and rejected rows, of a dry run are kept. */
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

/** Writes, and resolves to the run as the journal has it, however it went. Rejects with a HubError if another one of its connection runs. */
export async function writeConnection(
  program: Program,
  journal: Journal,
  config: string,
  { connection, settings, kind, rejected: ids = [], askedBy }: WriteRequest,
): Promise<WriteRun> {
  const { name } = connection
  const other = writingNow(journal, name, program.isAlive)
  if (other)
    throw new HubError(`"${other.write}" of "${name}" runs now. Two at once would not know of each other: wait for it.`)
  const id = beginWrite(journal, { connection: name, write: settings.name, kind, askedBy, process: program.processId })
  const isDryRun = kind === 'dry-run'
  const seen = keeper(journal, { id, connection: name, write: settings.name, isDryRun, settings })
  let rows = 0
  let counts: readonly RowCounts[] = []
  try {
    const replayed = kind === 'replay' ? rejectedBy(journal, name, settings.name, ids) : undefined
    const given = replayed ?? (await rowsIn(program, connection, settings))
    rows = given.length
    const folder = writeFolder(config, name)
    const options = {
      onRejected: seen.reject,
      onPlanned: seen.plan,
      onLog: logTo(program, keyOf(name, settings.name)),
    }
    const configured = writerConfig(connection, settings, { folder, isDryRun })
    const writer = await openWriterOf(program, connection, configured, options)
    const marks = new Set(replayed?.map(({ mark }) => mark))
    try {
      if (replayed) counts = await replayRows(writer, replayed)
      else {
        const written = await writeRows(writer, settings, given as readonly Readonly<Record<string, unknown>>[])
        counts = written.counts ? [written.counts] : []
        for (const row of written.rows) marks.add(markOf(settings, row))
      }
    } finally {
      writer.close()
    }
    endWrite(journal, id, { status: 'complete', rows, counts })
    if (!isDryRun) settle(journal, runOf(journal, id)!, marks)
  } catch (error) {
    const isStopped = program.signal.aborted
    endWrite(journal, id, {
      ...{ status: isStopped ? 'stopped' : 'failed', rows, counts },
      error: isStopped ? undefined : messageOf(error),
    })
    if (!isDryRun) settle(journal, runOf(journal, id)!, seen.marks)
  }
  return runOf(journal, id)!
}

async function rowsIn(program: Program, { to, schema }: Connection, settings: WriteSettings) {
  const warehouse = await openWarehouse({ to, schema }, { ...program, readOnly: true })
  try {
    return await rowsOf(settings, warehouse)
  } finally {
    // What is written takes long; others may load in the meantime.
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
  const marks = new Set<string>()
  let [differences, rejected] = [0, 0]
  return {
    /** Those that were rejected. */
    marks,
    reject(row: RejectedRow): void {
      if (isDryRun && rejected++ >= SHOWN) return
      const mark = markOf(settings, row.record)
      marks.add(mark)
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
