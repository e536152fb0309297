// DuckDB, in a file, in this process.
import {
  DuckDBArrayValue,
  type DuckDBConnection,
  DuckDBInstance,
  DuckDBListValue,
  type DuckDBResultReader,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
} from '@duckdb/node-api'
import { HubError, messageOf } from '../../errors.ts'
import { createTurnstile } from '../../in-turn.ts'
import type { Row } from '../../table/batch.ts'
import type { ColumnType } from '../../table/column.ts'
import { literal, quoted } from '../../table/names.ts'
import type { FoundColumn, Value, Warehouse } from '../warehouse.ts'
import { appendBatch, holdRows } from './append.ts'
import { createLoadSettings, LOGGED } from './load-settings.ts'
import { sharedInstance } from './shared.ts'

const TYPES: Readonly<Record<ColumnType, string>> = {
  integer: 'BIGINT',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
  date: 'DATE',
  time: 'TIMESTAMP WITH TIME ZONE',
  text: 'VARCHAR',
  json: 'JSON',
}
const OURS = new Map(Object.entries(TYPES).map(([type, name]) => [name, type as ColumnType]))

export interface DuckdbOptions {
  /** The file; `:memory:` for none. */
  readonly path: string
  readonly schema: string
  /** Most memory that the database takes, as it writes it: `1GB`. */
  readonly memory: string
  readonly readOnly?: boolean
}

/** Another process has the file open: who, as DuckDB says it. */
export class FileInUse extends HubError {
  readonly processId: number | undefined
  constructor(path: string, processId: number | undefined) {
    super(`${path} is open in another program${processId === undefined ? '' : ` (process ${processId})`}.`)
    this.processId = processId
  }
}

/** Opens a file, and makes it where it is not there. Throws `FileInUse` where another program has it. */
export async function openDuckdb({ path, schema, memory, readOnly = false }: DuckdbOptions): Promise<Warehouse> {
  const create = (): Promise<DuckDBInstance> =>
    DuckDBInstance.create(path, {
      memory_limit: memory,
      preserve_insertion_order: 'false',
      checkpoint_threshold: LOGGED,
      ...(readOnly && { access_mode: 'READ_ONLY' }),
    })
  const { instance, release } = await sharedInstance(path, readOnly, create).catch((error: unknown) => {
    const message = messageOf(error)
    if (readOnly && /database does not exist/.test(message))
      throw new HubError(`${path} does not exist. zendesk-hub sync makes it; --to names another file.`)
    if (!/lock/i.test(message)) throw new HubError(`${path} cannot be opened: ${message}`)
    throw new FileInUse(path, Number(/PID (\d+)/.exec(message)?.[1]) || undefined)
  })
  const connection = await instance.connect()
  const warehouse = onConnection(connection, { path, schema, memory })
  await warehouse.run("set TimeZone = 'UTC'")
  if (!readOnly) await warehouse.run(`create schema if not exists ${warehouse.schema}`)
  return {
    ...warehouse,
    async close() {
      connection.closeSync()
      release()
    },
  }
}

function onConnection(connection: DuckDBConnection, { path, schema, memory }: DuckdbOptions): Warehouse {
  const told = (error: unknown): never => {
    throw /no space left|disk quota|out of disk/i.test(messageOf(error))
      ? new HubError(
          `There is no room left on the disk of ${path}. What was committed is safe. Make room, and sync again.`,
        )
      : error
  }
  // A statement that begins beside another one can end that: "… closed pending query result".
  const turn = createTurnstile()
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => turn(work).catch(told)
  const read = (sql: string, values?: readonly Value[]): Promise<DuckDBResultReader> =>
    inTurn(() => (values === undefined ? connection.runAndReadAll(sql) : connection.runAndReadAll(sql, [...values])))
  const run = async (sql: string, values?: readonly Value[]): Promise<void> => {
    await inTurn(() => (values === undefined ? connection.run(sql) : connection.run(sql, [...values])))
  }
  const rows = async (sql: string, values?: readonly Value[]): Promise<readonly Row[]> =>
    ((await read(sql, values)).getRowObjects() as Row[]).map(plainRow)
  const settings = createLoadSettings(memory)
  const columnsOf = async (table: string): Promise<readonly FoundColumn[]> =>
    (await rows(`${COLUMNS} and lower(table_name) = lower($2) order by column_index`, [schema, table])).map(found)
  return {
    name: path,
    schema: quoted(schema),
    schemaName: schema,
    types: TYPES,
    isFile: true,
    needsIndex: false,
    run,
    rows,
    async *pieces(sql, values) {
      const result = await inTurn(() => connection.stream(sql, [...values]))
      for await (const some of result.yieldRowObjects()) yield (some as Row[]).map(plainRow)
    },
    beforeLast: () => run(settings.beforeLast),
    async atOnce(work) {
      await run('begin')
      try {
        const result = await work()
        await run('commit')
        return result
      } catch (error) {
        // After some errors the database takes no statement any more: what was not committed is gone as well.
        await run('rollback').catch(() => undefined)
        throw error
      }
    },
    append: (table, batch) => inTurn(() => appendBatch(connection, table, batch)),
    async hold(table) {
      const columns = await columnsOf(table)
      await run(settings.begin(columns.length))
      const held = await inTurn(() => holdRows(connection, { schema, table }))
      return { ...held, columns, insert: () => inTurn(() => held.insert()) }
    },
    analyze: async () => undefined,
    columnsOf,
    async tables() {
      const columns = await rows(`${COLUMNS} order by table_name, column_index`, [schema])
      const tables = Map.groupBy(columns, ({ table_name }) => String(table_name).toLowerCase())
      return new Map([...tables].map(([name, own]) => [name, own.map(found)]))
    },
    async retype(table, column, type) {
      const [place, name] = [`${quoted(schema)}.${quoted(table)}`, quoted(column)]
      const using = type === 'json' ? ` using to_json(${name})` : ''
      await run(`alter table ${place} alter column ${name} set data type ${TYPES[type]}${using}`)
    },
    elements: (json) =>
      `select unnest(l) as element, generate_subscripts(l, 1) - 1 as place
       from (select cast(case json_type(${json}) when 'ARRAY' then ${json} else '[]' end as json[]) as l)`,
    member: (json, ...path) => `(${json} ->> ${literal(`$${path.map((name) => `."${name}"`).join('')}`)})`,
    elementText: (element) => `(${element} ->> '$')`,
    tidy: () => run(settings.end),
    close: async () => undefined,
  }
}

const COLUMNS = `select table_name, column_name, data_type from duckdb_columns()
  where database_name = current_database() and schema_name = $1`

const found = ({ column_name, data_type }: Row): FoundColumn => ({
  name: String(column_name),
  type: OURS.get(String(data_type)),
})

/** A row in which integers are numbers where those can hold them, and times are texts. */
const plainRow = (row: Row): Row => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)]))

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value
  if (value instanceof DuckDBTimestampTZValue || value instanceof DuckDBTimestampValue) return timeText(value.micros)
  if (isNested(value)) return JSON.stringify(nested(value))
  return typeof value === 'object' && value !== null ? String(value) : value
}

const isNested = (value: unknown): value is DuckDBListValue | DuckDBArrayValue | DuckDBStructValue =>
  value instanceof DuckDBListValue || value instanceof DuckDBArrayValue || value instanceof DuckDBStructValue

/** What stands in lists and structs, to be written as JSON. */
function nested(value: unknown): unknown {
  if (value instanceof DuckDBStructValue)
    return Object.fromEntries(Object.entries(value.entries).map(([name, one]) => [name, nested(one)]))
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) return value.items.map(nested)
  const one = plain(value)
  return typeof one === 'bigint' ? String(one) : one
}

/** Microseconds since 1970 in ISO 8601. */
function timeText(micros: bigint): string {
  const seconds = micros / 1_000_000n - (micros % 1_000_000n < 0n ? 1n : 0n)
  const rest = micros - seconds * 1_000_000n
  const text = new Date(Number(seconds) * 1000).toISOString().replace('.000Z', '')
  return rest === 0n ? `${text}Z` : `${text}.${String(rest).padStart(6, '0').replace(/0+$/, '')}Z`
}
