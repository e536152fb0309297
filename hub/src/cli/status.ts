// `zendesk-hub status`, `query` and `reset`: what is there, and how far it came.
import { HubError, messageOf } from '../errors.ts'
import { forgetState, nothingLoaded, openBooks } from '../load/books.ts'
import type { Row } from '../table/batch.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import { openWarehouse } from './destination.ts'
import { readFlags } from './flags.ts'
import { fleetStatus } from './fleet-status.ts'
import type { Program } from './program.ts'
import { STORE_HELP, STORE_VARIABLE } from './store-flags.ts'
import { textTable } from './table.ts'

export const STATUS_USAGE = `Usage: zendesk-hub status [--to DESTINATION] [--schema NAME] [--json]
       zendesk-hub status --store ADDRESS [ACCOUNT…] [--json]

How the last sync went, and for each stream when it was last complete, its rows and its state. Of a store: how each account is
doing; with --json also the last runs and the streams of the accounts that are named. The exit code is 0 if nothing failed.

  --to DESTINATION     duckdb:PATH, or postgres://user:password@host:5432/database (duckdb:zendesk.duckdb)
  --schema NAME        the schema of the tables (main in DuckDB, zendesk in PostgreSQL)
${STORE_HELP}  --json               prints JSON, for programs
`

export const QUERY_USAGE = `Usage: zendesk-hub query "SQL" [--to DESTINATION] [--schema NAME] [--json]

Runs a query and prints its rows as a table. A query can change nothing, and reads and writes no files. To export rows:
zendesk-hub query "SQL" --json > rows.ndjson

  --to DESTINATION     duckdb:PATH, or postgres://user:password@host:5432/database (duckdb:zendesk.duckdb)
  --schema NAME        the schema of the tables (main in DuckDB, zendesk in PostgreSQL)
  --json               prints each row as a JSON object, one a line
`

export const RESET_USAGE = `Usage: zendesk-hub reset STREAM… [--to DESTINATION] [--schema NAME]

Forgets how far these streams were read: the next sync reads them from their beginning. Rows stay; those that the next
complete sync does not find are marked as deleted, or removed, as its --deleted says.

  --to DESTINATION     duckdb:PATH, or postgres://user:password@host:5432/database (duckdb:zendesk.duckdb)
  --schema NAME        the schema of the tables (main in DuckDB, zendesk in PostgreSQL)
`

const FLAGS = { to: { type: 'string' }, schema: { type: 'string' } } as const

export async function statusCommand(program: Program, args: readonly string[]): Promise<number> {
  const { values, positionals } = readFlags(
    args,
    { ...FLAGS, store: { type: 'string' }, json: { type: 'boolean' } },
    Number.POSITIVE_INFINITY,
  )
  if (values.store !== undefined || (values.to === undefined && program.environment[STORE_VARIABLE] !== undefined))
    return await fleetStatus(program, values.store, positionals, values.json ?? false)
  if (positionals[0] !== undefined)
    throw new HubError(`"${positionals[0]}" is an account of a store: say which, with --store.`)
  return await opened(program, values, true, async (warehouse) => {
    await hasBooks(warehouse)
    const { schema } = warehouse
    const [last] = await warehouse.rows(
      `select id, status, started_at, finished_at, rows, deletions, error from ${schema}._syncs order by id desc limit 1`,
    )
    const streams = await warehouse.rows(`select l.stream, l.mode, l.status, l.rows, l.deletions, f.fresh, l.error
      from ${schema}._streams as l
      join (select stream, max(sync_id) as last, max(case when status = 'complete' then finished_at end) as fresh
            from ${schema}._streams group by stream) as f on f.stream = l.stream and f.last = l.sync_id
      order by l.stream`)
    if (values.json) {
      program.write(`${JSON.stringify({ sync: last ?? null, streams })}\n`)
      return last?.['status'] === 'complete' ? 0 : 1
    }
    const heads = ['stream', 'mode', 'last', 'rows', 'deleted', 'complete at', 'error']
    program.write(
      textTable([
        heads,
        ...streams.map((row) =>
          ['stream', 'mode', 'status', 'rows', 'deletions', 'fresh', 'error'].map((name) => row[name]),
        ),
      ]),
    )
    if (last)
      program.write(
        `\nSync ${last['id']}, begun ${last['started_at']}, is ${last['status']}${last['error'] ? `: ${last['error']}` : ''}.\n`,
      )
    return last?.['status'] === 'complete' ? 0 : 1
  })
}

export async function queryCommand(program: Program, args: readonly string[]): Promise<number> {
  const { values, positionals } = readFlags(args, { ...FLAGS, json: { type: 'boolean' } }, 2)
  const [sql, more] = positionals
  if (sql === undefined || more !== undefined || saysNothing(sql))
    throw new HubError('query takes one statement, in quotes: zendesk-hub query "select count(*) from tickets".')
  return await opened(program, values, true, async (warehouse) => {
    const all: Row[] = []
    try {
      for await (const rows of lookedAt(warehouse, sql)) {
        if (!values.json) all.push(...rows)
        else for (const row of rows) program.write(`${JSON.stringify(row, asText)}\n`)
      }
    } catch (error) {
      throw new HubError(messageOf(error))
    }
    if (values.json) return 0
    const heads = Object.keys(all[0] ?? {})
    program.write(
      all.length === 0 ? 'No rows.\n' : textTable([heads, ...all.map((row) => heads.map((name) => row[name]))]),
    )
    return 0
  })
}

const asText = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value)

/** Only blanks, comments and semicolons. */
const saysNothing = (sql: string): boolean => sql.replace(/--.*|\/\*[\s\S]*?\*\/|[\s;]/g, '') === ''

/** The rows of a query that may look at its database, and at nothing else of the machine. */
async function* lookedAt(warehouse: Warehouse, sql: string): AsyncGenerator<readonly Row[]> {
  if (warehouse.isFile) await warehouse.run('set enable_external_access = false')
  try {
    yield* warehouse.pieces(sql, [])
  } catch (error) {
    if (!/file system operations are disabled|external access/i.test(messageOf(error))) throw error
    throw new HubError(
      `query looks at ${warehouse.name} alone: no file is read or written. To export rows: zendesk-hub query "SQL" --json > rows.ndjson`,
    )
  }
}

export async function resetCommand(program: Program, args: readonly string[]): Promise<number> {
  const { values, positionals } = readFlags(args, FLAGS, Number.POSITIVE_INFINITY)
  if (positionals.length === 0) throw new HubError('Say which streams to reset: zendesk-hub reset tickets.')
  return await opened(program, values, false, async (warehouse) => {
    await openBooks(warehouse)
    let code = 0
    for (const stream of positionals) {
      const isKnown = await forgetState(warehouse, stream)
      if (!isKnown) code = 1
      program.say(
        isKnown ? `${stream} is read from its beginning by the next sync.\n` : `There is no state of "${stream}".\n`,
      )
    }
    return code
  })
}

async function opened(
  program: Program,
  { to = 'duckdb:zendesk.duckdb', schema }: { readonly to?: string | undefined; readonly schema?: string | undefined },
  readOnly: boolean,
  work: (warehouse: Warehouse) => Promise<number>,
): Promise<number> {
  const warehouse = await openWarehouse({ to, schema }, { ...program, readOnly })
  try {
    return await work(warehouse)
  } finally {
    await warehouse.close()
  }
}

async function hasBooks(warehouse: Warehouse): Promise<void> {
  if ((await warehouse.columnsOf('_syncs')).length === 0) throw nothingLoaded(warehouse)
}
