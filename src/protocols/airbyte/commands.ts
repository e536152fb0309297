import { parseArgs } from 'node:util'
import { schemaOf } from '../../catalog/columns.ts'
import { ConnectorError, messageOf } from '../../model/errors.ts'
import type { Connector, Log, LogLevel, Message } from '../../model/message.ts'
import type { Connect, CredentialSink, Runtime, TextFile } from '../../model/runtime.ts'
import { jsonIn, type ReadText } from '../shared/json-files.ts'
import { logLevelFrom, passes } from '../shared/log-level.ts'
import { movedStates } from '../shared/migrate-state.ts'
import { createProgress } from '../shared/progress.ts'
import type { Lines } from '../shared/record-lines.ts'
import { statesFrom } from '../shared/states.ts'
import { catalogOf, configuredFrom, namedIn } from './catalog.ts'
import { catalogLine, connectionStatusLine, controlLine, createEncoder, type Encode } from './messages.ts'
import { createFit } from './null-misfits.ts'

/** What the commands need from the program that they run in. */
export interface CommandOptions {
  readonly connect: Connect
  readonly readText: ReadText
  /** Hands on lines; resolves when more can be taken. */
  readonly write: (lines: Lines) => Promise<void>
  /** Hands on lines at once. */
  readonly writeNow: (lines: Lines) => void
  /** Hands on lines, and resolves when they have left the program. */
  readonly deliver: (lines: string) => Promise<void>
  readonly file: (path: string) => TextFile
  readonly stage: Runtime['stage']
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
  /** Shows progress to somebody who watches; left out if nobody does. */
  readonly showProgress?: (text: string) => void
}

export const USAGE = `Usage:
  source-zendesk spec
  source-zendesk check    --config <file>
  source-zendesk discover --config <file>
  source-zendesk read     --config <file> --catalog <file> [--state <file>]
  source-zendesk auth     login | status | logout

--log-level debug (or ZENDESK_LOG=debug) logs every request; info, warn and error log less.

Refresh tokens are good for one use. The next ones are handed on in a CONTROL message, or, where nobody stores those, kept
in a file: --state-of-credentials <file>, with check, discover and read. Credentials that the configuration lacks are
taken from the environment: ZENDESK_SUBDOMAIN, ZENDESK_CLIENT_ID, ZENDESK_CLIENT_SECRET, ZENDESK_REFRESH_TOKEN,
ZENDESK_ACCESS_TOKEN, ZENDESK_EMAIL, ZENDESK_API_TOKEN, ZENDESK_PASSWORD.
`

/** Runs one command of the Airbyte protocol other than spec, and returns its exit code: 0, or 1 where it failed. */
export async function runCommand(argv: readonly string[], options: CommandOptions): Promise<number> {
  const { command, files } = parse(argv)
  // A read has its own encoder once its columns are known; logs before that need none.
  let encode: Encode = createEncoder(new Map())
  let level: LogLevel = 'info'
  const tell = (message: Message): void => {
    if (passes(message, level)) options.writeNow(encode(message))
  }
  try {
    level = logLevelFrom(files.logLevel, options.environment)
    const connect = async (): Promise<Connector> =>
      options.connect(await given(files.config, 'config', options), {
        signal: options.signal,
        report: tell,
        credentialSink: keepIn(files.tokens, options),
        environment: options.environment,
        stage: options.stage,
        patient: command !== 'check',
      })
    switch (command) {
      case 'check':
        await check(connect, tell, options)
        return 0
      case 'discover':
        await discover(await connect(), tell, options)
        return 0
      case 'read':
        await read(await connect(), files, { ...options, level }, tell, (made) => {
          encode = made
        })
        return 0
      default:
        throw new ConnectorError(`There is no command "${command}".\n${USAGE}`, 'config_error')
    }
  } catch (error) {
    if (options.signal.aborted) return 1
    tell({ kind: 'log', level: 'error', message: messageOf(error) })
    tell({ kind: 'error', error })
    return 1
  }
}

/** Where renewed credentials go. A flag without its file must not send them where nobody looks. */
function keepIn(path: string | undefined, { deliver, file }: CommandOptions): CredentialSink {
  if (path === undefined) return { in: 'message', tell: (config) => deliver(controlLine(config)) }
  return path === '' ? { in: 'nothing' } : { in: 'tokens', file: file(path) }
}

interface Files {
  readonly config: string | undefined
  readonly catalog: string | undefined
  readonly state: string | undefined
  /** Where renewed tokens are kept; '' where the flag stands without a file. */
  readonly tokens: string | undefined
  readonly logLevel: string | undefined
}

/** Both `--config x` and `--config=x`; flags that we do not know are let pass, as runners add some of their own. */
function parse(argv: readonly string[]): { command: string; files: Files } {
  const text = { type: 'string' } as const
  const { values, positionals } = parseArgs({
    args: [...argv],
    options: { config: text, catalog: text, state: text, 'state-of-credentials': text, 'log-level': text },
    allowPositionals: true,
    strict: false,
  })
  const given = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
  return {
    command: positionals[0] ?? '',
    files: {
      config: given(values['config']),
      catalog: given(values['catalog']),
      state: given(values['state']),
      logLevel: given(values['log-level']),
      tokens: values['state-of-credentials'] === undefined ? undefined : (given(values['state-of-credentials']) ?? ''),
    },
  }
}

async function check(
  connect: () => Promise<Connector>,
  tell: (message: Message) => void,
  { write, signal }: CommandOptions,
): Promise<void> {
  try {
    const connector = await connect()
    const missing = await connector.examine()
    warnOf(missing, tell)
    tell({ kind: 'log', level: 'info', message: await connector.describeReader() })
    const message = missing.size === 0 ? undefined : `Not every stream can be read. ${listed(missing)}`
    // Without the exports the connection would bring little of what it is for.
    const streams = await connector.streams()
    const isWhole = streams.every(({ name, adminOnly }) => !adminOnly || !missing.has(name))
    await write(connectionStatusLine(isWhole ? 'SUCCEEDED' : 'FAILED', message))
  } catch (error) {
    if (signal.aborted) throw error
    await write(connectionStatusLine('FAILED', messageOf(error)))
  }
}

async function discover(
  connector: Connector,
  tell: (message: Message) => void,
  { write }: CommandOptions,
): Promise<void> {
  const missing = await connector.examine()
  warnOf(missing, tell)
  const readable = (await connector.streams()).filter(({ name }) => !missing.has(name))
  await write(catalogLine(catalogOf(readable, connector.deletedRecords)))
}

const warnOf = (missing: ReadonlyMap<string, string>, tell: (message: Message) => void): void => {
  for (const [name, reason] of missing)
    tell({ kind: 'log', level: 'warn', message: `Stream "${name}" cannot be read: ${reason}` })
}

/** Streams with one and the same reason together. */
const listed = (missing: ReadonlyMap<string, string>): string =>
  [...Map.groupBy(missing, ([, reason]) => reason)]
    .map(([reason, of]) => `${of.map(([name]) => name).join(', ')}: ${reason}.`.replace(/\.\.$/, '.'))
    .join(' ')

async function read(
  connector: Connector,
  files: Files,
  options: CommandOptions & { readonly level: LogLevel },
  tell: (message: Message) => void,
  use: (encode: Encode) => void,
): Promise<void> {
  const catalog = await given(files.catalog, 'catalog', options)
  const states = statesFrom(files.state === undefined ? undefined : await given(files.state, 'state', options))
  const log: Log = (level, message) => tell({ kind: 'log', level, message })
  const { deletedRecords } = connector
  const known = await connector.streams(namedIn(catalog))
  const moved = movedStates(states, known, log)
  const streams = configuredFrom(catalog, moved, { streams: known, deletedRecords }, log)
  const fits = streams.map(({ stream }) => [stream.name, createFit(schemaOf(stream), stream)] as const)
  const encode = createEncoder(
    new Map(streams.map(({ stream, omits }) => [stream.name, omits])),
    new Map(connector.strictTypes ? fits : []),
  )
  use(encode)
  const progress = options.showProgress && createProgress(options.showProgress)
  try {
    for await (const message of connector.read(streams)) {
      progress?.note(message)
      if (passes(message, options.level)) await options.write(encode(message))
    }
  } finally {
    progress?.end()
  }
}

/** The JSON in a file that the command cannot do without. */
async function given(path: string | undefined, what: string, { readText }: CommandOptions): Promise<unknown> {
  if (path === undefined) throw new ConnectorError(`--${what} <file> is missing.\n${USAGE}`, 'config_error')
  return jsonIn(path, what, readText)
}
