// `zendesk-hub sync`

import type { Config } from 'zendesk-connector'
import type { Connection } from '../config/connection.ts'
import { parsedFile, readConnections } from '../config/read.ts'
import { HubError, messageOf } from '../errors.ts'
import { withSecrets } from '../secrets/vault.ts'
import { type LocalAccount, openSandbox } from '../source/sandbox.ts'
import { isExpected } from './expected.ts'
import { commitRows, contractsIn, deletedIn, modes, names, readFlags } from './flags.ts'
import type { Program } from './program.ts'
import { summary } from './summary.ts'
import { syncConnection } from './sync-connection.ts'

export const SYNC_USAGE = `Usage: zendesk-hub sync --source FILE --to DESTINATION [options]
       zendesk-hub sync --config FILE [--connection NAME]

Reads a Zendesk account and loads it; the next time, it reads what changed since. The exit code is 0 only if every stream is
complete.

  --config FILE        all of the below for one or several accounts, in YAML or JSON (docs/hub.md)
  --connection NAME    only this one of those accounts
  --source FILE        the connector's configuration: subdomain and credentials (docs/configuration.md)
  --sandbox            a local Zendesk with 1000 tickets instead: needs no account
  --to DESTINATION     duckdb:PATH, or postgres://user:password@host:5432/database (duckdb:zendesk.duckdb)
  --schema NAME        the schema of the tables (main in DuckDB, zendesk in PostgreSQL)
  --streams A,B        streams to read (all that the account has)
  --mode MODE          merge: keeps the newest version of each key (the default); append: keeps every version that came;
                       replace: reads the whole stream and exchanges the table at once; history: keeps each version, with
                       _valid_from and _valid_to. For some streams: --mode merge,tickets=history
  --deleted WHAT       mark: deleted rows stay, with the time in _deleted_at (the default); delete: they are removed
  --contracts WHAT     evolve: tables follow the streams' columns (the default); freeze: a stream that would change
                       its table is refused
  --publish PATH       after the sync, puts a copy of the DuckDB file there, for dashboards that keep it open
  --tokens FILE        where renewed OAuth tokens are kept; needed with a refresh token
  --commit-rows N      rows after which a transaction ends; it also ends after 30 seconds (20000)
`

const FLAGS = {
  config: { type: 'string' },
  connection: { type: 'string' },
  source: { type: 'string' },
  sandbox: { type: 'boolean' },
  to: { type: 'string' },
  schema: { type: 'string' },
  streams: { type: 'string' },
  mode: { type: 'string' },
  deleted: { type: 'string' },
  contracts: { type: 'string' },
  publish: { type: 'string' },
  tokens: { type: 'string' },
  'commit-rows': { type: 'string' },
} as const

export async function syncCommand(program: Program, args: readonly string[]): Promise<number> {
  const { values, positionals } = readFlags(args, FLAGS, Number.POSITIVE_INFINITY)
  if (positionals.length > 0) throw new HubError(`sync takes flags only, not "${positionals[0]}". See --help.`)
  const most = commitRows(values['commit-rows'])
  if (values.config !== undefined) {
    const others = Object.keys(values).filter((flag) => !['config', 'connection', 'commit-rows'].includes(flag))
    if (others.length > 0) throw new HubError(`--${others[0]} cannot be combined with --config: set it in the file.`)
    return await syncAll(program, await chosen(program, values.config, values.connection), most)
  }
  const { mode, modeOf } = modes(values.mode)
  const settings = {
    name: '1',
    to: values.to ?? 'duckdb:zendesk.duckdb',
    schema: values.schema,
    streams: names(values.streams),
    capability: 'everything' as const,
    mode,
    modes: modeOf,
    deleted: deletedIn(values.deleted),
    contracts: contractsIn(values.contracts),
    publish: values.publish,
    tokens: values.tokens,
  }
  const local: LocalAccount | undefined = values.sandbox ? await openSandbox(1000) : undefined
  try {
    const source = local?.config ?? (await configIn(values.source))
    return await syncAll(program, [{ ...settings, source }], most)
  } finally {
    await local?.close()
  }
}

/** Syncs one after the other; one that fails does not stop the others. Resolves to 0 if all streams of all are complete. */
async function syncAll(program: Program, connections: readonly Connection[], most: { rows?: number }): Promise<number> {
  let code = 0
  for (const connection of connections) {
    if (connections.length > 1) program.write(`${connection.name}\n`)
    try {
      const result = await syncConnection(program, connection, most)
      program.write(summary(result))
      if (result.error !== undefined) program.say(`zendesk-hub: ${messageOf(result.error)}\n`)
      if (result.status !== 'complete') code = 1
    } catch (error) {
      if (connections.length === 1 || !isExpected(error)) throw error
      program.say(`zendesk-hub: ${connection.name}: ${error.message}\n`)
      code = 1
    }
    if (program.signal.aborted) break
  }
  return code
}

/** The connections of a file, or the one of this name. */
export async function chosen(program: Program, file: string, name: string | undefined): Promise<readonly Connection[]> {
  const connections = await readConnections(file, withSecrets(file, program.environment))
  const found = connections.filter((connection) => name === undefined || connection.name === name)
  if (found.length > 0) return found
  throw new HubError(`${file} has no connection "${name}": ${connections.map((one) => one.name).join(', ')}.`)
}

async function configIn(file: string | undefined): Promise<Config> {
  if (file === undefined) throw new HubError('Say what to read: --source config.json, or --sandbox to try it.')
  return (await parsedFile(file)) as Config
}
