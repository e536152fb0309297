// `zendesk-hub load`: what any connector writes, into the warehouse.
import { readFile } from 'node:fs/promises'
import { HubError, messageOf } from '../errors.ts'
import { streamsOfCatalog } from '../source/lines.ts'
import { loadLines } from '../sync/load-lines.ts'
import { openWarehouse } from './destination.ts'
import { contractsIn, deletedIn, modes, readFlags } from './flags.ts'
import type { Program } from './program.ts'
import { createProgress } from './progress.ts'
import { summary } from './summary.ts'

export const LOAD_USAGE = `Usage: zendesk-hub load [--catalog FILE] [--to DESTINATION] [options]

  source-zendesk read … | zendesk-hub load --catalog catalog.json --to duckdb:zendesk.duckdb
  tap-zendesk … | zendesk-hub load --to duckdb:zendesk.duckdb

Loads what a connector writes: Airbyte's messages, with their configured catalog, or Singer's. A state is written to
standard output once all records before it are committed, so that the connector can continue from there.

  --catalog FILE       the configured catalog; needed if the lines are Airbyte's
  --to DESTINATION     duckdb:PATH, or postgres://user:password@host:5432/database (duckdb:zendesk.duckdb)
  --schema NAME        the schema of the tables (main in DuckDB, zendesk in PostgreSQL)
  --mode MODE, --deleted WHAT, --contracts WHAT
                       as for zendesk-hub sync
`

const FLAGS = {
  catalog: { type: 'string' },
  to: { type: 'string' },
  schema: { type: 'string' },
  mode: { type: 'string' },
  deleted: { type: 'string' },
  contracts: { type: 'string' },
} as const

export async function loadCommand(program: Program, args: readonly string[]): Promise<number> {
  const { values } = readFlags(args, FLAGS)
  const plan = modes(values.mode)
  const options = { deleted: deletedIn(values.deleted), contracts: contractsIn(values.contracts) }
  const streams = values.catalog === undefined ? [] : streamsOfCatalog(await jsonIn(values.catalog))
  const warehouse = await openWarehouse({ to: values.to ?? 'duckdb:zendesk.duckdb', schema: values.schema }, program)
  const progress = createProgress(program)
  try {
    const result = await loadLines(program.input, warehouse, plan, {
      ...options,
      streams,
      most: { rows: 20_000, milliseconds: 30_000 },
      report: (message) => progress.take(message),
      echo: (line) => program.write(`${line}\n`),
    }).finally(() => progress.end())
    program.say(summary(result))
    if (result.error !== undefined) program.say(`zendesk-hub: ${messageOf(result.error)}\n`)
    return result.status === 'complete' ? 0 : 1
  } finally {
    await warehouse.close()
  }
}

async function jsonIn(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw new HubError(`${file} cannot be read: ${messageOf(error)}`)
  }
}
