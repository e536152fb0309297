import specification from '../../../spec.json' with { type: 'json' }
import { schemaOf } from '../../catalog/columns.ts'
import { wrong } from '../../command-line/flags.ts'
import { ConnectorError, messageOf } from '../../model/errors.ts'
import type { Connector, Log, LogLevel, Message } from '../../model/message.ts'
import type { Connect, CredentialSink, Runtime, TextFile } from '../../model/runtime.ts'
import { jsonIn, type ReadText, valuesIn } from '../shared/json-files.ts'
import { logLevelFrom, passes } from '../shared/log-level.ts'
import { movedStates } from '../shared/migrate-state.ts'
import { nulCharactersOf } from '../shared/nul-characters.ts'
import { createFit } from '../shared/null-misfits.ts'
import type { Lines } from '../shared/record-lines.ts'
import { statesIn, warnOfLacking } from '../shared/states.ts'
import { type Watchers, watched } from '../shared/watch-progress.ts'
import { argumentsFrom, NAME, type SourceArguments, USAGE } from './arguments.ts'
import { catalogOf, configuredFrom, namedIn, unknownIn } from './catalog.ts'
import { catalogIn, catalogOfNames, configuredCatalog } from './catalog-by-hand.ts'
import { catalogLine, controlLine, createEncoder, type Encode } from './messages.ts'
import { type Audience, statusFor, textOf } from './terminal.ts'

/** What the commands need from the program that they run in. */
export interface CommandOptions extends Audience, Watchers {
  readonly connect: Connect
  readonly readText: ReadText
  /** Writes lines; resolves when more can be taken. */
  readonly write: (lines: Lines) => Promise<void>
  /** Writes lines at once. */
  readonly writeNow: (lines: Lines) => void
  /** Writes lines, and resolves when they have left the program. */
  readonly deliver: (lines: string) => Promise<void>
  readonly file: (path: string) => TextFile
  readonly stage: Runtime['stage']
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
  readonly version?: string
  /** Stops what is under way once standard input ends. */
  readonly stopWithInput?: () => void
}

type Report = (message: Message) => void

/** Runs one command of the Airbyte protocol, and returns its exit code: 0, or 1 where it failed. */
export async function runCommand(argv: readonly string[], options: CommandOptions): Promise<number> {
  // A read has its own encoder once its columns are known; logs before that need none.
  let encode: Encode = createEncoder(new Map())
  let level: LogLevel = 'info'
  const report: Report = (message) => {
    if (!passes(message, level)) return
    const text = textOf(message)
    if (text !== undefined && options.isTerminal) return options.say?.(text)
    if (message.kind === 'error') options.say?.(text ?? '')
    options.writeNow(encode(message))
  }
  try {
    const given = argumentsFrom(argv)
    const { command } = given
    level = logLevelFrom(given.logLevel, options.environment)
    const connect = async (to: Report = report): Promise<Connector> =>
      options.connect(await jsonIn(required(given.config, 'config', command), 'config', options.readText), {
        signal: options.signal,
        report: to,
        isQuiet: level !== 'debug',
        credentialSink: keepIn(given.tokens, options),
        environment: options.environment,
        stage: options.stage,
        patient: command !== 'check',
        maxWait: given.maxWait,
      })
    switch (command) {
      case 'help':
        await options.write(USAGE)
        return 0
      case 'version':
        await options.write(`${NAME} ${options.version ?? 'from source'}\n`)
        return 0
      case 'spec':
        await options.write(`${JSON.stringify({ type: 'SPEC', spec: specification })}\n`)
        return 0
      case 'check':
        return (await check(connect, report, options)) || !given.exitCode ? 0 : 1
      case 'discover':
        await discover(connect, given, report, options)
        return 0
      case 'read':
        return await read(await connect(), given, { ...options, level }, report, (made) => {
          encode = made
        })
    }
  } catch (error) {
    if (options.signal.aborted) return 1
    if (!options.isTerminal) report({ kind: 'log', level: 'error', message: messageOf(error) })
    report({ kind: 'error', error })
    return 1
  }
}

/** The value of a flag that the command cannot do without. */
function required(value: string | undefined, what: string, command: string): string {
  if (value === undefined) throw wrong(`--${what} <file> is missing.`, `${NAME} ${command}`)
  return value
}

/** Where renewed credentials go. */
export function keepIn(
  path: string | undefined,
  { deliver, file }: Pick<CommandOptions, 'deliver' | 'file'>,
): CredentialSink {
  return path === undefined
    ? { in: 'message', emit: (config) => deliver(controlLine(config)) }
    : { in: 'tokens', file: file(path) }
}

/** Whether it succeeded. */
async function check(connect: () => Promise<Connector>, report: Report, options: CommandOptions): Promise<boolean> {
  try {
    const connector = await connect()
    const missing = await connector.examine()
    warnOf(missing, report)
    report({ kind: 'log', level: 'info', message: await connector.describeReader() })
    const message = missing.size === 0 ? undefined : `Not every stream can be read. ${listed(missing)}`
    // Without the exports the connection would bring little of what it is for.
    const streams = await connector.streams()
    const isWhole = streams.every(({ name, adminOnly }) => !adminOnly || !missing.has(name))
    await options.write(statusFor(options, isWhole ? 'SUCCEEDED' : 'FAILED', message))
    return isWhole
  } catch (error) {
    if (options.signal.aborted) throw error
    await options.write(statusFor(options, 'FAILED', messageOf(error)))
    return false
  }
}

async function discover(
  connect: (to?: Report) => Promise<Connector>,
  { configured, streams: names }: SourceArguments,
  report: Report,
  { write, say }: CommandOptions,
): Promise<void> {
  // A catalog for a file is the only thing on standard output.
  const reportHere: Report = configured ? (message) => say?.(textOf(message) ?? '') : report
  const connector = await connect(reportHere)
  const missing = await connector.examine()
  warnOf(missing, reportHere)
  const streams = await connector.streams()
  const readable = streams.filter(({ name }) => !missing.has(name))
  const catalog = catalogOf(readable, connector.deletedRecords)
  if (!configured && names === undefined) return write(catalogLine(catalog))
  const chosen = configuredCatalog(catalog, names, readable)
  await write(`${JSON.stringify(chosen, undefined, 2)}\n`)
}

const warnOf = (missing: ReadonlyMap<string, string>, report: Report): void => {
  for (const [name, reason] of missing)
    report({ kind: 'log', level: 'warn', message: `Stream "${name}" cannot be read: ${reason}` })
}

/** Streams with one and the same reason together. */
const listed = (missing: ReadonlyMap<string, string>): string =>
  [...Map.groupBy(missing, ([, reason]) => reason)]
    .map(([reason, of]) => `${of.map(([name]) => name).join(', ')}: ${reason}.`.replace(/\.\.$/, '.'))
    .join(' ')

/** Reads what the catalog asks for, and returns the exit code. */
async function read(
  connector: Connector,
  given: SourceArguments,
  options: CommandOptions & { readonly level: LogLevel },
  report: Report,
  use: (encode: Encode) => void,
): Promise<number> {
  const log: Log = (level, message) => report({ kind: 'log', level, message })
  const { deletedRecords } = connector
  const states = await statesIn(given.state, options.readText, log)
  const { catalog, streams: known } = await asked(connector, given, options, log)
  const streams = configuredFrom(catalog, movedStates(states, known, log), { streams: known, deletedRecords }, log)
  warnOfLacking(states, streams, log)
  const fits = streams.map(({ stream }) => [stream.name, createFit(schemaOf(stream), stream)] as const)
  const encode = createEncoder(
    new Map(streams.map(({ stream, omits }) => [stream.name, omits])),
    new Map(connector.strictTypes ? fits : []),
    nulCharactersOf(connector, { byDefault: 'keep', log }),
  )
  use(encode)
  const missing = unknownIn(catalog, known)
  for (const name of missing) reportMissing(name, report)
  if (given.exitWithStdin) options.stopWithInput?.()
  for await (const message of watched(connector.read(streams), options, connector, given.progressFd))
    if (message.kind === 'log' || message.kind === 'error') report(message)
    else await options.write(encode(message))
  return missing.length === 0 ? 0 : 1
}

/** What is to be read, by catalog or by names, and the streams that the account has of it. */
async function asked(connector: Connector, given: SourceArguments, { readText }: CommandOptions, log: Log) {
  if (given.catalog === undefined && given.streams === undefined)
    throw wrong('--catalog <file> is missing. Without one, --streams tickets,users says what to read.', `${NAME} read`)
  if (given.streams !== undefined) {
    const streams = await connector.streams(given.streams.map((name) => ({ name, columns: {} })))
    return { catalog: catalogOfNames(given.streams, streams), streams }
  }
  const onCut = (): void => log('warn', 'The catalog file ends in the middle of a line, which is left out.')
  const catalog = catalogIn(await valuesIn(required(given.catalog, 'catalog', 'read'), 'catalog', readText, { onCut }))
  return { catalog, streams: await connector.streams(namedIn(catalog)) }
}

/** A stream that the catalog asks for and nobody has is INCOMPLETE, not passed over. */
function reportMissing(stream: string, report: Report): void {
  const error = new ConnectorError(
    `This account has no stream "${stream}", which the catalog asks for. Refresh the schema, or take it out of the catalog.`,
    'config_error',
  )
  report({ kind: 'error', stream, error })
  report({ kind: 'status', stream, status: 'incomplete' })
}
