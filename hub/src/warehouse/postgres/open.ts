// PostgreSQL, on a server.
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import Cursor from 'pg-cursor'
import { HubError, InUse, messageOf } from '../../errors.ts'
import { createTurnstile } from '../../in-turn.ts'
import type { Row } from '../../table/batch.ts'
import type { ColumnType } from '../../table/column.ts'
import { listed, literal, quoted } from '../../table/names.ts'
import type { FoundColumn, Value, Warehouse } from '../warehouse.ts'
import { binaryCopy } from './binary-copy.ts'
import { connectionName, type LeaseNumber, lockSchema } from './schema-lock.ts'

const TYPES: Readonly<Record<ColumnType, string>> = {
  integer: 'bigint',
  number: 'double precision',
  boolean: 'boolean',
  date: 'date',
  time: 'timestamp with time zone',
  text: 'text',
  json: 'jsonb',
}
const OURS = new Map(Object.entries(TYPES).map(([type, name]) => [name, type as ColumnType]))

export interface PostgresOptions {
  /** `postgres://user@host:5432/database`. */
  readonly url: string
  readonly schema: string
  readonly readOnly?: boolean
  /** Who opens it under a lease takes the schema from a process whose lease is older. */
  readonly lease?: LeaseNumber | undefined
}

/** Somebody else loads into this schema. */
export class SchemaInUse extends InUse {}

/**
 * Connects, and makes the schema where it is not there. Throws `SchemaInUse` where another process loads into it, and a
 * HubError where there is no connection.
 */
export async function openPostgres({ url, schema, readOnly = false, lease }: PostgresOptions): Promise<Warehouse> {
  const name = withoutPassword(url)
  const client = new pg.Client({
    ...{ connectionString: url, application_name: connectionName(lease), types: asTexts },
    ...{ keepAlive: true, keepAliveInitialDelayMillis: 20_000 },
  })
  // Without a listener a connection that is lost would end the process; the query at hand rejects with it.
  client.on('error', () => undefined)
  await client.connect().catch((error: unknown) => {
    throw new HubError(`${name} cannot be reached: ${messageOf(error)}`)
  })
  await client.query("set time zone 'UTC'; set extra_float_digits = 1; set lock_timeout = '5min'")
  await client.query(SOON_NOTICED)
  if (readOnly) await client.query('set default_transaction_read_only = on')
  else {
    if (!(await lockSchema(client, schema, lease))) {
      await client.end()
      throw new SchemaInUse(`Another zendesk-hub is loading into schema "${schema}" of ${name}. This one stops.`)
    }
    await client.query(`create schema if not exists ${quoted(schema)}`)
  }
  return onClient(client, name, schema)
}

/** A machine that vanished without a word leaves its lock behind until the server notices: within a minute, not in its two hours. */
const SOON_NOTICED =
  "set tcp_keepalives_idle = 20; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3; set tcp_user_timeout = '50s'"

/** Lists of bits, numbers and texts, by the numbers that PostgreSQL gives these types. */
const LISTS: ReadonlySet<number> = new Set([1000, 1005, 1007, 1009, 1015, 1016, 1021, 1022, 1231])

/** Integers as numbers where those can hold them, times as texts in ISO 8601, JSON as its text. */
const asTexts = {
  getTypeParser(id: number): (text: string) => unknown {
    switch (id) {
      case 16:
        return (text) => text === 't'
      case 20:
      case 21:
      case 23:
        return (text) => (Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text))
      case 700:
      case 701:
      case 1700:
        return Number
      case 1184:
        return (text) => text.replace(' ', 'T').replace(/\+00$/, 'Z')
      default:
        // Lists are JSON, as in the other database.
        return LISTS.has(id) ? (text) => JSON.stringify(pg.types.getTypeParser(id)(text)) : (text) => text
    }
  },
} as pg.CustomTypesConfig

function withoutPassword(url: string): string {
  try {
    const { host, pathname } = new URL(url)
    return `postgres://${host}${pathname}`
  } catch {
    throw new HubError('The address of a PostgreSQL server must look like postgres://user:password@host:5432/database.')
  }
}

/** Whether the connection failed, not the statement: PostgreSQL's classes 08 and 57, or no answer of its at all. */
function isLost(error: unknown): boolean {
  const { code, routine } = error as { readonly code?: string; readonly routine?: string }
  if (routine === undefined) return !(error instanceof HubError)
  return code !== undefined && /^(08|57)/.test(code)
}

/** Rows that a cursor reads at once. */
const PIECE = 2_000

const COLUMNS = 'select table_name, column_name, data_type from information_schema.columns where table_schema = $1'

const found = ({ column_name, data_type }: Row): FoundColumn => ({
  name: String(column_name),
  type: OURS.get(String(data_type)),
})

async function* piecesOf(
  client: pg.Client,
  sql: string,
  values: readonly Value[],
  told: (error: unknown) => never,
): AsyncGenerator<readonly Row[]> {
  const cursor = client.query(new Cursor<Row>(sql, [...values], { types: asTexts }))
  const next = (): Promise<readonly Row[]> => cursor.read(PIECE).catch(told)
  try {
    for (let some = await next(); some.length > 0; some = await next()) yield some
  } finally {
    // Of a connection that was lost there is nothing to close.
    await cursor.close().catch(() => undefined)
  }
}

function onClient(client: pg.Client, name: string, schema: string): Warehouse {
  const told = (error: unknown): never => {
    if ((error as { readonly code?: string }).code === '53100')
      throw new HubError(
        `There is no room left on the disk of ${name}. What was committed is safe. Make room, and sync again.`,
      )
    throw isLost(error)
      ? new HubError(
          `The connection to ${name} was lost: ${messageOf(error)}. The next sync goes on from the last commit.`,
        )
      : error
  }
  const turn = createTurnstile()
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => turn(work).catch(told)
  const rows: Warehouse['rows'] = async (sql, values) =>
    (await inTurn(() => client.query<Row>(sql, values === undefined ? [] : [...values]))).rows
  const run: Warehouse['run'] = async (sql, values) => {
    // Several statements go without values only.
    await inTurn(() => (values === undefined ? client.query(sql) : client.query(sql, [...values])))
  }
  return {
    name,
    schema: quoted(schema),
    schemaName: schema,
    types: TYPES,
    isFile: false,
    needsIndex: true,
    run,
    rows,
    pieces: (sql, values) => piecesOf(client, sql, values, told),
    async atOnce(work) {
      await run('begin')
      try {
        const result = await work()
        await run('commit')
        return result
      } catch (error) {
        // Of a connection that was lost there is nothing to take back.
        await run('rollback').catch(() => undefined)
        throw error
      }
    },
    async append(table, batch) {
      const columns = listed(batch.columns.map((column) => column.name))
      const copy = `copy pg_temp.${quoted(table)} (${columns}) from stdin (format binary)`
      await inTurn(() => pipeline(Readable.from(binaryCopy(batch)), client.query(copyFrom(copy))))
    },
    analyze: (table) => run(`analyze pg_temp.${quoted(table)}`),
    async columnsOf(table): Promise<readonly FoundColumn[]> {
      return (await rows(`${COLUMNS} and table_name = $2 order by ordinal_position`, [schema, table])).map(found)
    },
    async tables() {
      const columns = await rows(`${COLUMNS} order by table_name, ordinal_position`, [schema])
      const tables = Map.groupBy(columns, ({ table_name }) => String(table_name).toLowerCase())
      return new Map([...tables].map(([name, own]) => [name, own.map(found)]))
    },
    async retype(table, column, type) {
      const using = type === 'json' ? `to_jsonb(${quoted(column)})` : `${quoted(column)}::${TYPES[type]}`
      await run(
        `alter table ${quoted(schema)}.${quoted(table)} alter column ${quoted(column)} type ${TYPES[type]} using ${using}`,
      ).catch((error: unknown) => {
        if ((error as { code?: string }).code !== '0A000') throw error
        throw new HubError(
          `Column "${column}" of "${table}" has to become ${TYPES[type]}, but a view depends on it: ${messageOf(error)}. Drop the view, sync, and make it again.`,
        )
      })
    },
    elements: (json) =>
      `select e.value as element, e.nth - 1 as place
       from jsonb_array_elements(case jsonb_typeof(${json}) when 'array' then ${json} else '[]' end)
       with ordinality as e (value, nth)`,
    member: (json, ...path) => `(${json} #>> ${literal(`{${path.join(',')}}`)})`,
    elementText: (element) => `(${element} #>> '{}')`,
    tidy: async () => undefined,
    close: () => client.end(),
  }
}
