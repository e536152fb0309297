// The flags that say which account goes where, for the commands that follow it: those of `sync`.
import type { Config } from 'zendesk-connector'
import type { Connection } from '../config/connection.ts'
import { parsedFile } from '../config/read.ts'
import { HubError } from '../errors.ts'
import { openAccount } from '../source/account.ts'
import type { LiveSource, SourceMessage } from '../source/source.ts'
import { contractsIn, deletedIn, modes, names } from './flags.ts'
import type { Program } from './program.ts'
import { chosen } from './sync.ts'
import { tokensOf } from './tokens.ts'

export const CONNECTION_FLAGS = {
  config: { type: 'string' },
  connection: { type: 'string' },
  source: { type: 'string' },
  to: { type: 'string' },
  schema: { type: 'string' },
  streams: { type: 'string' },
  mode: { type: 'string' },
  deleted: { type: 'string' },
  contracts: { type: 'string' },
  tokens: { type: 'string' },
} as const

type Values = { readonly [Flag in keyof typeof CONNECTION_FLAGS]?: string | undefined }

/** The one connection that these flags name: in a file of connections, or flag by flag. Throws a HubError. */
export async function connectionIn(program: Program, values: Values): Promise<Connection> {
  if (values.config !== undefined) {
    const [first, ...more] = await chosen(program, values.config, values.connection)
    if (first === undefined || more.length > 0)
      throw new HubError(`${values.config} has several connections: say which, with --connection.`)
    return first
  }
  if (values.source === undefined) throw new HubError('Say which account: --source config.json, or --config hub.yaml.')
  const { mode, modeOf } = modes(values.mode)
  return {
    name: '1',
    source: (await parsedFile(values.source)) as Config,
    to: values.to ?? 'duckdb:zendesk.duckdb',
    schema: values.schema,
    streams: names(values.streams),
    capability: 'everything',
    mode,
    modes: modeOf,
    deleted: deletedIn(values.deleted),
    contracts: contractsIn(values.contracts),
    tokens: values.tokens,
  }
}

/** The account of a connection. */
export const accountOf = (
  connection: Connection,
  program: Program,
  report: (message: SourceMessage) => void,
): Promise<LiveSource> =>
  openAccount(connection.source, {
    signal: program.signal,
    report: (message) => report(message as SourceMessage),
    environment: program.environment,
    ...tokensOf(connection, program.environment),
  })
