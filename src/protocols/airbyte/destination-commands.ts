import specification from '../../../spec-destination.json' with { type: 'json' }
import { wrong } from '../../command-line/flags.ts'
import { messageOf } from '../../model/errors.ts'
import type { Log, Message } from '../../model/message.ts'
import type { ConnectWriter } from '../../model/runtime.ts'
import type { Writer } from '../../model/writer.ts'
import type { WriteInput } from '../../model/writing.ts'
import { jsonIn, valuesIn } from '../shared/json-files.ts'
import { logLevelFrom, passes } from '../shared/log-level.ts'
import { type CommandOptions, keepIn } from './commands.ts'
import {
  DESTINATION,
  DESTINATION_USAGE,
  type DestinationArguments,
  destinationArgumentsFrom,
} from './destination-arguments.ts'
import { askedIn, inputsIn, rejectedIn } from './destination-input.ts'
import { createStateLines, destinationCatalogLine } from './destination-messages.ts'
import { createEncoder, specLine } from './messages.ts'
import { statusFor, textOf } from './terminal.ts'

/** What the destination's commands need from the program that they run in. */
export interface DestinationOptions extends Omit<CommandOptions, 'connect'> {
  readonly connectWriter: ConnectWriter
  /** The lines of standard input. */
  readonly lines: () => AsyncIterable<string>
}

/** Runs one command of the Airbyte protocol's destinations, and returns its exit code: 0, or 1 where it failed. */
export async function runDestinationCommand(argv: readonly string[], options: DestinationOptions): Promise<number> {
  const encode = createEncoder(new Map())
  let level = logLevelFrom(undefined, options.environment)
  const report = (message: Message): void => {
    if (!passes(message, level)) return
    const text = textOf(message)
    if (text !== undefined && options.isTerminal) options.say?.(text)
    else options.writeNow(encode(message))
  }
  let writer: Writer | undefined
  try {
    const given = destinationArgumentsFrom(argv)
    level = logLevelFrom(given.logLevel, options.environment)
    const connect = async (): Promise<Writer> => {
      if (given.config === undefined) throw wrong('--config <file> is missing.', `${DESTINATION} ${given.command}`)
      writer = await options.connectWriter(await jsonIn(given.config, 'config', options.readText), {
        signal: options.signal,
        report,
        credentialSink: keepIn(given.tokens, options),
        environment: options.environment,
        stage: options.stage,
        patient: given.command !== 'check',
      })
      return writer
    }
    return await run(given, connect, report, options)
  } catch (error) {
    if (options.signal.aborted) return 1
    if (!options.isTerminal) report({ kind: 'log', level: 'error', message: messageOf(error) })
    report({ kind: 'error', error })
    return 1
  } finally {
    writer?.close()
  }
}

async function run(
  given: DestinationArguments,
  connect: () => Promise<Writer>,
  report: (message: Message) => void,
  options: DestinationOptions,
): Promise<number> {
  const log: Log = (level, message) => report({ kind: 'log', level, message })
  switch (given.command) {
    case 'help':
      await options.write(DESTINATION_USAGE)
      return 0
    case 'version':
      await options.write(`${DESTINATION} ${options.version ?? 'from source'}\n`)
      return 0
    case 'spec':
      await options.write(specLine(specification))
      return 0
    case 'check':
      await check(connect, log, options)
      return 0
    case 'discover':
      await options.write(destinationCatalogLine(await (await connect()).operations()))
      return 0
    case 'write':
      await write(await connect(), given, log, options)
      return 0
    case 'replay':
      await replay(await connect(), given, log, options)
      return 0
  }
}

async function check(connect: () => Promise<Writer>, log: Log, options: DestinationOptions): Promise<void> {
  try {
    for (const sentence of await (await connect()).examine()) log('info', sentence)
    await options.write(statusFor(options, 'SUCCEEDED', undefined))
  } catch (error) {
    if (options.signal.aborted) throw error
    await options.write(statusFor(options, 'FAILED', messageOf(error)))
  }
}

async function write(
  writer: Writer,
  { catalog }: DestinationArguments,
  log: Log,
  { readText, lines, deliver }: DestinationOptions,
): Promise<void> {
  if (catalog === undefined) throw wrong('--catalog <file> is missing.', `${DESTINATION} write`)
  const streams = askedIn(await jsonIn(catalog, 'catalog', readText))
  const stateLine = createStateLines()
  const inputs = inputsIn(lines(), new Set(streams.map(({ stream }) => stream)), log)
  await writer.write(streams, inputs, (state, counts) => deliver(stateLine(state, counts)))
}

/** Sends rejected rows once more. Those that are rejected again are in a new file. */
async function replay(
  writer: Writer,
  { file }: DestinationArguments,
  log: Log,
  { readText }: DestinationOptions,
): Promise<void> {
  const textAt = (path: string): Promise<string> =>
    path.startsWith('s3://') ? writer.rejectedText(path) : readText(path)
  const onCut = (): void =>
    log(
      'warn',
      'The last line of the file was cut short: its state was never emitted, and the source sends its row again.',
    )
  const { streams, rows } = rejectedIn(await valuesIn(file ?? '', 'rejected rows', textAt, { onCut }))
  const inputs = async function* (): AsyncGenerator<WriteInput> {
    yield* rows
  }
  await writer.write(streams, inputs(), async () => undefined)
}
