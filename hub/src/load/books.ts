// The tables in which the hub keeps what it did, and how far it came: beside the data, and in its transactions.
import { HubError } from '../errors.ts'
import type { Row } from '../table/batch.ts'
import type { Column } from '../table/column.ts'
import { literal } from '../table/names.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'

/** The names of the hub's own tables, these and others: no stream may have one. */
export const BOOKS: ReadonlySet<string> = new Set(
  ['syncs', 'streams', 'state', 'columns', 'versions', 'models', 'fence'].map((name) => `_${name}`),
)

/** How a sync or a stream of it went. */
export type Status = 'running' | 'complete' | 'incomplete' | 'failed' | 'killed'

/** What was loaded of a stream in one sync. */
export interface Tally {
  rows: number
  deletions: number
  /** Values that did not fit their column. */
  misfits: number
  /** Requests that reading it took, each of those that streams share too; left out: that is not known. */
  requests?: number | undefined
  status: Status
  error?: string
}

/** How far a stream has come. */
export interface Kept {
  /** The source's own; undefined once it is to be read from its beginning. */
  readonly state: Readonly<Record<string, unknown>> | undefined
  /** The sync that began to read it from its beginning. */
  readonly sinceSync: number
}

/** Makes the tables where they are not there. */
export async function openBooks({ run, schema, types }: Warehouse): Promise<void> {
  const { integer, time, text, json, number } = types
  await run(`create table if not exists ${schema}._syncs (id ${integer}, started_at ${time}, finished_at ${time},
    status ${text}, rows ${integer}, deletions ${integer}, error ${text})`)
  await run(`create table if not exists ${schema}._streams (sync_id ${integer}, stream ${text}, table_name ${text},
    mode ${text}, status ${text}, rows ${integer}, deletions ${integer}, misfits ${integer}, seconds ${number},
    finished_at ${time}, error ${text}, requests ${integer})`)
  // Of a release before this column.
  await run(`alter table ${schema}._streams add column if not exists requests ${integer}`)
  await run(`create table if not exists ${schema}._state (stream ${text}, state ${json}, sync_id ${integer},
    since_sync ${integer}, stored_at ${time})`)
  await run(`create table if not exists ${schema}._columns (table_name ${text}, field ${text}, column_name ${text},
    type ${text}, sync_id ${integer})`)
  await run(`create table if not exists ${schema}._versions (stream ${text}, id ${integer}, updated_at ${time},
    record ${json}, sync_id ${integer})`)
}

/** Notes that a sync begins, and which ones before it never ended. Resolves to its number. */
export async function beginSync(warehouse: Warehouse): Promise<number> {
  const { schema } = warehouse
  return await warehouse.atOnce(async () => {
    await warehouse.run(`update ${schema}._syncs set status = 'killed' where status = 'running'`)
    const [last] = await warehouse.rows(`select coalesce(max(id), 0) as id from ${schema}._syncs`)
    const id = Number(last?.['id']) + 1
    await warehouse.run(
      `insert into ${schema}._syncs (id, started_at, status, rows, deletions) values ($1, now(), 'running', 0, 0)`,
      [id],
    )
    return id
  })
}

/** What is said where nothing was loaded yet. */
export const nothingLoaded = ({ name }: Warehouse): HubError =>
  new HubError(`Nothing was loaded into ${name} yet: zendesk-hub sync loads an account.`)

/** Notes how a sync ended. */
export async function endSync(
  { run, schema }: Warehouse,
  id: number,
  { status, error, tallies }: { status: Status; error: string | undefined; tallies: readonly Tally[] },
): Promise<void> {
  const sum = (of: (tally: Tally) => number): number => tallies.reduce((total, tally) => total + of(tally), 0)
  await run(
    `update ${schema}._syncs set finished_at = now(), status = $2, rows = $3, deletions = $4, error = $5 where id = $1`,
    [id, status, sum(({ rows }) => rows), sum(({ deletions }) => deletions), error ?? null],
  )
}

/** Notes how a stream ended. */
export async function noteStream(
  { run, schema }: Warehouse,
  stream: { syncId: number; stream: string; table: string; mode: string; seconds: number; tally: Tally },
): Promise<void> {
  const { tally } = stream
  await run(`insert into ${schema}._streams values ($1, $2, $3, $4, $5, $6, $7, $8, $9, now(), $10, $11)`, [
    stream.syncId,
    stream.stream,
    stream.table,
    stream.mode,
    tally.status,
    tally.rows,
    tally.deletions,
    tally.misfits,
    stream.seconds,
    tally.error ?? null,
    tally.requests ?? null,
  ])
}

/** In which mode each stream was loaded last, by name. */
export async function lastModes({ rows, schema }: Warehouse): Promise<ReadonlyMap<string, string>> {
  const found = await rows(
    `select s.stream, s.mode from ${schema}._streams as s
     join (select stream, max(sync_id) as last from ${schema}._streams where mode <> 'refused' group by stream) as l
     on l.stream = s.stream and l.last = s.sync_id`,
  )
  return new Map(found.map(({ stream, mode }) => [String(stream), String(mode)]))
}

/** How far each stream has come, by name. */
export async function readStates({ rows, schema }: Warehouse): Promise<ReadonlyMap<string, Kept>> {
  const found = await rows(`select stream, state, since_sync from ${schema}._state`)
  return new Map(found.map((row) => [String(row['stream']), keptIn(row)]))
}

function keptIn({ stream, state, since_sync }: Row): Kept {
  try {
    return { state: state == null ? undefined : JSON.parse(String(state)), sinceSync: Number(since_sync) }
  } catch {
    throw new HubError(
      `The state of stream "${stream}" cannot be read. \`zendesk-hub reset ${stream}\` lets it be read from the beginning.`,
    )
  }
}

/** Stores how far a stream has come; to be called in the transaction of the rows that it covers. */
export async function storeState(
  { run, schema, types }: Warehouse,
  stream: string,
  { state, sinceSync }: Kept,
  syncId: number,
): Promise<void> {
  await run(`delete from ${schema}._state where stream = $1`, [stream])
  await run(
    `insert into ${schema}._state (stream, state, sync_id, since_sync, stored_at) values ($1, $2::${types.json}, $3, $4, now())`,
    [stream, state === undefined ? null : JSON.stringify(state), syncId, sinceSync],
  )
}

/** Notes that a stream was read from its beginning to its end, and what was not found taken out. */
export async function noteSwept({ run, schema }: Warehouse, stream: string): Promise<void> {
  await run(`update ${schema}._state set since_sync = 0 where stream = $1`, [stream])
}

/** Forgets how far a stream has come. Resolves to whether there was anything. */
export async function forgetState({ rows, run, schema }: Warehouse, stream: string): Promise<boolean> {
  const known = await rows(`select 1 as known from ${schema}._state where stream = $1`, [stream])
  await run(`delete from ${schema}._state where stream = $1`, [stream])
  return known.length > 0
}

/** By table: the names of its columns, by field. */
export async function namesByTable({
  rows,
  schema,
}: Warehouse): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const found = await rows(`select table_name, field, column_name from ${schema}._columns`)
  const tables = Map.groupBy(found, ({ table_name }) => String(table_name))
  return new Map(
    [...tables].map(([table, columns]) => [
      table,
      new Map(columns.map(({ field, column_name }) => [String(field), String(column_name)])),
    ]),
  )
}

/** Notes the columns of a table that are new, or of another type than before. */
export async function rememberColumns(
  { run, schema }: Warehouse,
  table: string,
  columns: readonly Column[],
  syncId: number,
): Promise<void> {
  const of = (texts: readonly string[]): string => texts.map(literal).join(', ')
  const fields = columns.map(({ field }) => field)
  const rows = columns.map(({ field, name, type }) => `(${of([table, field, name, type])}, ${syncId})`)
  await run(`delete from ${schema}._columns where table_name = ${literal(table)} and field in (${of(fields)});
    insert into ${schema}._columns values ${rows.join(', ')}`)
}
