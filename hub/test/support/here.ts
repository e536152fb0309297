// The hub from its code, in the test's own process: a sandbox to read, databases to load into, and the truth to compare with.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { Config } from 'zendesk-connector'
import type { Sandbox } from 'zendesk-sandbox'
import {
  type Account,
  compareWithAccount,
  type How,
  madeAs,
  truthOf,
  truthsFor,
} from '../../../test/support/expected-rows.ts'
import type { LoadOptions } from '../../src/load/load.ts'
import { openAccount } from '../../src/source/account.ts'
import type { LiveSource, Source, SourceStream } from '../../src/source/source.ts'
import { type Plan, type SyncResult, sync } from '../../src/sync/sync.ts'
import { columnType, type FieldSchema } from '../../src/table/column.ts'
import { quoted, shortName } from '../../src/table/names.ts'
import { openDuckdb } from '../../src/warehouse/duckdb/open.ts'
import { openPostgres } from '../../src/warehouse/postgres/open.ts'
import type { Warehouse } from '../../src/warehouse/warehouse.ts'

type Row = Readonly<Record<string, unknown>>

const SERVER = process.env['POSTGRES_URL'] ?? 'postgres://postgres@localhost:5432/postgres'

/** Why tests with PostgreSQL are skipped; undefined where a server answers. */
export const noPostgres = await (async () => {
  const client = new pg.Client({ connectionString: SERVER, connectionTimeoutMillis: 3000 })
  try {
    await client.connect()
    await client.end()
    return undefined
  } catch (error) {
    return String(error)
  }
})()

/** A database of a test's own: where it is (`--to`), and what takes it away. */
export interface TestDatabase {
  readonly to: string
  open(): Promise<Warehouse>
  remove(): Promise<void>
}

/** A file of DuckDB, in a folder below this one. */
export function duckdbFile(below = tmpdir()): TestDatabase {
  const folder = mkdtempSync(join(below, 'hub-'))
  const path = join(folder, 'zendesk.duckdb')
  return {
    to: `duckdb:${path}`,
    open: () => openDuckdb({ path, schema: 'main', memory: '512MB' }),
    remove: async () => rmSync(folder, { recursive: true }),
  }
}

let databases = 0

export async function postgresDatabase(): Promise<TestDatabase> {
  const name = `hub_test_${process.pid}_${++databases}`
  const onServer = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: SERVER })
    await client.connect()
    await client.query(sql)
    await client.end()
  }
  await onServer(`create database ${name}`)
  const url = new URL(SERVER)
  url.pathname = `/${name}`
  return {
    to: url.href,
    open: () => openPostgres({ url: url.href, schema: 'zendesk' }),
    remove: () => onServer(`drop database ${name} with (force)`),
  }
}

/** Both databases, for `describe.each`. */
export const DATABASES: readonly (readonly [name: string, make: () => Promise<TestDatabase>, skip: boolean])[] = [
  ['DuckDB', async () => duckdbFile(), false],
  ['PostgreSQL', postgresDatabase, noPostgres !== undefined],
]

export function configFor(sandbox: Pick<Sandbox, 'subdomain' | 'url' | 'credentials'>, more: object = {}): Config {
  const { email, apiToken: api_token } = sandbox.credentials
  const credentials = { credentials: 'api_token' as const, email, api_token }
  return { subdomain: sandbox.subdomain, base_url: sandbox.url, credentials, ...more }
}

export const sourceOf = (config: Config): Promise<LiveSource> => openAccount(config, {})

/** Loads once, and expects nothing to fail. */
export async function load(
  source: Source,
  warehouse: Warehouse,
  plan: Plan = {},
  options: Partial<LoadOptions> = {},
): Promise<SyncResult> {
  const most = { rows: 50_000, milliseconds: 30_000 }
  return await sync(source, warehouse, plan, {
    deleted: 'mark',
    contracts: 'evolve',
    most,
    ...options,
    report: () => {},
  })
}

/** An account's truth now, as the connector's own tests have it, with its rows spelled as those of tables are. */
export function accountOf(sandbox: Sandbox): Account {
  const truth = truthOf(sandbox)
  const spelled = new Map<string, readonly Row[]>()
  return {
    ...truth,
    rows(name) {
      const rows = spelled.get(name) ?? truth.rows(name).map((row) => sorted(row) as Row)
      spelled.set(name, rows)
      return rows
    },
  }
}

/** Streams whose truth the sandbox tells. */
export function withTruth({ account }: Sandbox, streams: readonly SourceStream[]): readonly SourceStream[] {
  const known = new Set(account.streams())
  return streams.filter(({ name }) => truthsFor(name).every((truth) => known.has(truth)))
}

/** By stream: how its table differs from the truth. Empty if every row is right. `where` chooses the rows that count. */
export async function differences(
  warehouse: Warehouse,
  account: Account,
  streams: readonly SourceStream[],
  {
    where = '_deleted_at is null',
    ...how
  }: How & { readonly where?: string | ((stream: SourceStream) => string) } = {},
): Promise<Readonly<Record<string, unknown>>> {
  const found: Record<string, unknown> = {}
  const whereOf = typeof where === 'string' ? () => where : where
  const tickets = streams.find(({ name }) => name === 'tickets')
  const living = tickets
    ? (await warehouse.rows(`select id from ${warehouse.schema}.tickets where ${whereOf(tickets)}`)).map(({ id }) => id)
    : account.rows('tickets').map(({ id }) => id)
  const alive = new Set(living)
  const knownToBeDeleted = new Set([...account.deleted('tickets')].filter((id) => !alive.has(id)))
  for (const stream of streams) {
    const rows = await tableRows(warehouse, stream, whereOf(stream))
    const catalog = {
      name: stream.name,
      json_schema: { properties: { ...stream.properties } },
      supported_sync_modes: [],
      ...(stream.primaryKey.length > 0 && { source_defined_primary_key: stream.primaryKey.map((field) => [field]) }),
    }
    const inOrder = (all: readonly Row[]): readonly Row[] => (stream.primaryKey.length > 0 ? all : byText(all))
    const truth: Account = {
      ...account,
      rows: (name) => inOrder(account.rows(name).map((row) => withColumns(row, stream))),
    }
    // Only rows that are made of others hold what is not spelled yet.
    const spelled = madeAs(stream.name) && ((row: Row) => sorted(row) as Row)
    const difference = compareWithAccount(truth, catalog, rows, { ...how, ...(spelled && { spelled }) })
    const { missing, surplus, wrong, untold } = difference
    // No list tells which rows went with a ticket; the hub knows as soon as it knows of the ticket.
    const left = untold.filter((key) => knownToBeDeleted.has(rows.get(key)?.['ticket_id']))
    const wronged = { missing, surplus, wrong, untold: left }
    if (missing.length + surplus.length + wrong.length + left.length > 0)
      found[stream.name] = Object.fromEntries(
        Object.entries(wronged).map(([what, which]) => [what, [which.length, ...which.slice(0, 3)]]),
      )
  }
  return found
}

/** A stream without the columns whose change begins no version. */
export function withoutVolatile({ properties, ...stream }: SourceStream): SourceStream {
  const kept = Object.entries(properties).filter(([name]) => name !== 'generated_timestamp' && name !== 'url')
  return { ...stream, properties: Object.fromEntries(kept) }
}

/** A table's rows as records, by key. */
async function tableRows(warehouse: Warehouse, stream: SourceStream, where: string): Promise<ReadonlyMap<string, Row>> {
  const table = quoted(shortName(stream.name))
  const rows = await warehouse.rows(`select * from ${warehouse.schema}.${table} where ${where}`)
  const loaded = rows.map((row) => sorted(withJson(row, stream)) as Row)
  const records = stream.primaryKey.length > 0 ? loaded : byText(loaded.map((row) => withColumns(row, stream)))
  const keyed = new Map(
    records.map((row, nth) => [stream.primaryKey.map((field) => String(row[field])).join('/') || String(nth), row]),
  )
  if (keyed.size !== rows.length) throw new Error(`A key of ${stream.name} is there twice.`)
  return keyed
}

/** Rows without a key have no order either. */
const byText = (rows: readonly Row[]): readonly Row[] =>
  rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))

/** Of a stream without a key: its columns alone. */
function withColumns(row: Row, { properties, primaryKey }: SourceStream): Row {
  if (primaryKey.length > 0) return row
  return Object.fromEntries(
    Object.keys(properties)
      .toSorted()
      .map((name) => [name, row[name] ?? null]),
  )
}

function withJson(row: Row, { properties }: SourceStream): Row {
  const parsed = Object.entries(row).map(([name, value]) => {
    const isJson = name in properties && columnType(properties[name] as FieldSchema) === 'json'
    return [name, isJson && typeof value === 'string' ? JSON.parse(value) : value]
  })
  return Object.fromEntries(parsed) as Row
}

/** A time in ISO 8601, in one spelling, as exact as the databases have it. */
function spelled(text: string): string {
  const [, seconds, fraction = ''] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(?:Z|\+00:00)$/.exec(text) ?? []
  if (seconds === undefined) return text
  const rest = fraction.slice(0, 6).replace(/0+$/, '')
  return `${seconds}${rest === '' ? '' : `.${rest}`}Z`
}

/** An object that stands in a text: its members have no order either. */
function spelledObject(text: string): string {
  try {
    return JSON.stringify(sorted(JSON.parse(text)))
  } catch {
    return text
  }
}

/** A value with its times spelled alike, and its objects' keys in one order: PostgreSQL has an order of its own. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value === 'string') return value.startsWith('{') ? spelledObject(value) : spelled(value)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, sorted((value as Row)[name])]),
  )
}
