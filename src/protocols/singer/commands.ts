import { schemaOf } from '../../catalog/columns.ts'
import { wrong } from '../../command-line/flags.ts'
import { ConnectorError, failureTypeOf, messageOf } from '../../model/errors.ts'
import type { Connector, Log, LogLevel, Message } from '../../model/message.ts'
import type { Connect, CredentialSink, Runtime, TextFile } from '../../model/runtime.ts'
import { jsonIn, type ReadText } from '../shared/json-files.ts'
import { logLevelFrom, passes } from '../shared/log-level.ts'
import { movedStates } from '../shared/migrate-state.ts'
import { nulCharactersOf } from '../shared/nul-characters.ts'
import { createFit } from '../shared/null-misfits.ts'
import type { Lines } from '../shared/record-lines.ts'
import { statesIn, warnOfLacking } from '../shared/states.ts'
import { type Watchers, watched } from '../shared/watch-progress.ts'
import { about, TAP } from './about.ts'
import { argumentsFrom, type TapArguments, USAGE } from './arguments.ts'
import { catalogOf } from './catalog.ts'
import { createEncoder } from './messages.ts'
import { namedIn, selectedIn, unknownIn } from './selection.ts'
import { configIn, TOKENS_FILE } from './settings.ts'

/** What the tap needs from the program that it runs in. */
export interface TapOptions extends Watchers {
  readonly connect: Connect
  readonly readText: ReadText
  /** Writes lines for the target; resolves when more can be taken. */
  readonly write: (lines: Lines) => Promise<void>
  /** Tells whoever watches; the text ends with a line break. */
  readonly say: (text: string) => void
  readonly file: (path: string) => TextFile
  readonly stage: Runtime['stage']
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly version: string
  readonly signal: AbortSignal
  /** Stops what is under way once standard input ends. */
  readonly stopWithInput?: () => void
}

/** Runs the tap as its command line asks, and returns its exit code: 0, or 1 where it failed. */
export async function runTap(argv: readonly string[], options: TapOptions): Promise<number> {
  let lowest: LogLevel = 'info'
  const log: Log = (level, message) => {
    if (passes({ kind: 'log', level, message }, lowest))
      options.say(`${level === 'warn' ? 'WARNING' : level.toUpperCase()} ${message}\n`)
  }
  try {
    const given = argumentsFrom(argv)
    lowest = logLevelFrom(given.logLevel, options.environment)
    switch (given.command) {
      case 'help':
        await options.write(USAGE)
        return 0
      case 'version':
        await options.write(`tap-zendesk ${options.version}\n`)
        return 0
      case 'about':
        await options.write(about(TAP, options.version, given.format))
        return 0
      case 'discover':
        await discover(given, options, log)
        return 0
      case 'test':
        await test(given, options, log)
        return 0
      case 'sync':
        await sync(given, options, log)
        return 0
    }
  } catch (error) {
    if (options.signal.aborted) return 1
    log('error', messageOf(error))
    // What we did not mean to raise is a fault of ours, and wants its place in the code.
    if (failureTypeOf(error) === 'system_error' && error instanceof Error) options.say(`${error.stack}\n`)
    return 1
  }
}

/** Opens the account; what it reports while nothing is read goes to `report`. */
async function open(
  { command, configs, tokens, maxWait, logLevel }: TapArguments,
  options: TapOptions,
  report: (message: Message) => void,
): Promise<Connector> {
  if (configs.length === 0) throw wrong('--config <file> is missing.', TAP.name)
  const { signal, environment, connect, file, stage, readText } = options
  const config = await configIn(configs, environment, readText)
  const named = (config as Record<string, unknown> | null)?.[TOKENS_FILE]
  const inFile = tokens ?? (typeof named === 'string' && named !== '' ? named : undefined)
  return connect(config, {
    signal,
    report,
    isQuiet: logLevelFrom(logLevel, environment) !== 'debug',
    environment,
    stage,
    credentialSink: keepIn(inFile, configs, file),
    patient: command !== 'test',
    maxWait,
  })
}

/** Renewed tokens go where the flag or the setting says, else into the configuration, where that is one file. */
function keepIn(tokens: string | undefined, configs: readonly string[], file: TapOptions['file']): CredentialSink {
  if (tokens !== undefined) return { in: 'tokens', file: file(tokens) }
  const [config] = configs
  return configs.length === 1 && config !== undefined && config !== 'ENV'
    ? { in: 'config', file: file(config) }
    : { in: 'nothing' }
}

const logsTo =
  (log: Log) =>
  (message: Message): void => {
    if (message.kind === 'log') log(message.level, message.message)
  }

async function discover(given: TapArguments, options: TapOptions, log: Log): Promise<void> {
  const connector = await open(given, options, logsTo(log))
  const missing = await connector.examine()
  for (const [name, reason] of missing) log('warn', `Stream "${name}" cannot be read: ${reason}`)
  const readable = (await connector.streams()).filter(({ name }) => !missing.has(name))
  await options.write(`${JSON.stringify(catalogOf(readable, connector.deletedRecords), undefined, 2)}\n`)
}

async function test(given: TapArguments, options: TapOptions, log: Log): Promise<void> {
  const connector = await open(given, options, logsTo(log))
  const missing = await connector.examine()
  for (const [name, reason] of missing) log('warn', `Stream "${name}" cannot be read: ${reason}`)
  const streams = await connector.streams()
  const readable = streams.filter(({ name }) => !missing.has(name))
  log('info', `Signed in; ${readable.length} of ${streams.length} streams can be read.`)
}

/** Reads what the catalog selects; throws a ConnectorError at the end if the account lacks some of it. */
async function sync(given: TapArguments, options: TapOptions, log: Log): Promise<void> {
  const { readText, write } = options
  const states = await statesIn(given.state, readText, log)
  const catalog = given.catalog === undefined ? undefined : await jsonIn(given.catalog, 'catalog', readText)
  const connector = await open(given, options, logsTo(log))
  const { deletedRecords, filesFolder } = connector
  const streams = await connector.streams(namedIn(catalog))
  const bookmarks = movedStates(states, streams, log)
  const selected = selectedIn(catalog, { streams, deletedRecords, bookmarks, log })
  if (selected.length === 0) log('warn', 'The catalog selects no stream, so nothing is read.')
  warnOfLacking(
    states,
    selected.map(({ configured }) => configured),
    log,
  )
  const fits = selected.map(({ configured: { stream } }) => [stream.name, createFit(schemaOf(stream), stream)] as const)
  const { encode, end } = createEncoder({
    selected,
    bookmarks,
    say: log,
    fits: new Map(connector.strictTypes ? fits : []),
    nulCharacters: nulCharactersOf(connector, { byDefault: 'strip', log }),
  })
  if (given.exitWithStdin) options.stopWithInput?.()
  try {
    const includesFiles = filesFolder !== undefined
    const configured = selected.map((one) => ({ ...one.configured, includesFiles }))
    for await (const message of watched(connector.read(configured), options, connector, given.progressFd))
      await write(encode(message))
  } finally {
    await write(end())
  }
  const missing = unknownIn(catalog, streams)
  if (missing.length > 0)
    throw new ConnectorError(
      `This account has no stream ${missing.map((name) => `"${name}"`).join(', ')}, which the catalog selects. Run --discover again, or deselect it.`,
      'config_error',
    )
}
