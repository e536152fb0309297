// `zendesk-hub sync`
import { readFile, rename } from 'node:fs/promises'
import type { Config } from 'zendesk-connector'
import { HubError, messageOf } from '../errors.ts'
import { openAccount } from '../source/account.ts'
import { type LocalAccount, openSandbox } from '../source/sandbox.ts'
import type { SourceMessage } from '../source/source.ts'
import { sync } from '../sync/sync.ts'
import { fileOf, openWarehouse } from './destination.ts'
import { contractsIn, deletedIn, modes, names, readFlags } from './flags.ts'
import type { Program } from './program.ts'
import { createProgress } from './progress.ts'
import { summary } from './summary.ts'

export const SYNC_USAGE = `Usage: zendesk-hub sync --source FILE --to DESTINATION [options]

Reads a Zendesk account and loads it; the next time, what changed since. Exit code 0 only if every stream is complete.

  --source FILE        the connector's configuration: subdomain and credentials (docs/configuration.md)
  --sandbox            a local Zendesk instead, with 1000 tickets: needs no account
  --to DESTINATION     duckdb:PATH, or postgres://user:password@host:5432/database (duckdb:zendesk.duckdb)
  --schema NAME        the schema for the tables (main in DuckDB, zendesk in PostgreSQL)
  --streams A,B        streams to read (all that the account has)
  --mode MODE          merge: the newest version of each key (the default); append: every version that came;
                       replace: read whole, and put in place at once; history: each version, with _valid_from and
                       _valid_to. For some streams: --mode merge,tickets=history
  --deleted WHAT       mark: deleted rows stay, with the time in _deleted_at (the default); delete: they go
  --contracts WHAT     evolve: tables follow the streams' columns (the default); freeze: a stream that would change
                       its table is refused
  --publish PATH       after the sync, puts a copy of the DuckDB file there, for dashboards that keep it open
  --tokens FILE        where renewed OAuth tokens are kept (needed with a refresh token)
  --help               prints this text
`

const FLAGS = {
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

/** Rows and milliseconds after which a transaction ends. More rows cost less, and more to read again after a crash. */
const MOST = { rows: 50_000, milliseconds: 30_000 }

export async function syncCommand(program: Program, args: readonly string[]): Promise<number> {
  const { values, positionals } = readFlags(args, FLAGS)
  if (positionals.length > 0) throw new HubError(`sync takes flags only, not "${positionals[0]}". See --help.`)
  const to = values.to ?? 'duckdb:zendesk.duckdb'
  const plan = { streams: names(values.streams), ...modes(values.mode) }
  const options = { deleted: deletedIn(values.deleted), contracts: contractsIn(values.contracts) }
  const most = { ...MOST, ...(values['commit-rows'] && { rows: Number(values['commit-rows']) }) }
  const progress = createProgress(program)
  const warehouse = await openWarehouse({ to, schema: values.schema }, program)
  let local: LocalAccount | undefined
  try {
    local = values.sandbox ? await openSandbox(1000) : undefined
    const report = (message: SourceMessage): void => progress.take(message)
    const source = await openAccount(local?.config ?? (await configIn(values.source)), {
      signal: program.signal,
      report: (message) => report(message as SourceMessage),
      environment: program.environment,
      ...(values.tokens !== undefined && { tokensFile: values.tokens }),
    })
    const result = await sync(source, warehouse, plan, { ...options, most, report }).finally(() => progress.end())
    program.write(summary(result))
    if (result.error !== undefined) program.say(`zendesk-hub: ${messageOf(result.error)}\n`)
    return result.status === 'complete' ? 0 : 1
  } finally {
    await warehouse.close()
    await local?.close()
    if (values.publish !== undefined) {
      const { publishDuckdb } = await import('../warehouse/duckdb/publish.ts')
      await publishDuckdb(fileOf(to), values.publish, rename)
    }
  }
}

async function configIn(file: string | undefined): Promise<Config> {
  if (file === undefined) throw new HubError('Say what to read: --source config.json, or --sandbox to try it.')
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Config
  } catch (error) {
    throw new HubError(`${file} cannot be read: ${messageOf(error)}`)
  }
}
