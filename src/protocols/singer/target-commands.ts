import { type Flag, flagsIn, HELP_AND_VERSION, wrong } from '../../command-line/flags.ts'
import { ConnectorError, failureTypeOf, messageOf } from '../../model/errors.ts'
import type { Log, LogLevel, Message } from '../../model/message.ts'
import type { ConnectWriter } from '../../model/runtime.ts'
import { jsonIn } from '../shared/json-files.ts'
import { logLevelFrom, passes } from '../shared/log-level.ts'
import { about, TARGET } from './about.ts'
import type { TapOptions } from './commands.ts'
import { LOAD_METHODS, TOKENS_FILE } from './settings.ts'
import { inputsIn } from './target-input.ts'

const USAGE = `Usage:
  target-zendesk --config <file> [--input <file>]    Singer's messages on standard input
  target-zendesk --about [--format json | text | markdown]

  --config, -c <file> the settings, in JSON. Several files are merged; if two give the same setting, the later file wins
  --input <file>      reads the messages from this file (standard input)
  --about             describes the target and its settings
  --format <format>   the form of --about: json, text or markdown (json)
  --state-of-credentials <file>
                      where renewed refresh tokens are kept (the setting state_of_credentials, else the file of
                      --config, if there is only one)
  --log-level <level> debug, info, warn or error (info); debug logs every request. So does ZENDESK_LOG=debug
  --help, -h          prints this text
  --version           prints the version

Standard output carries states only. A state is emitted once every row before it is written, was found unchanged, or is
kept as rejected, with the reason.
`

const FILE = { value: '<file>' } as const satisfies Flag
const FLAGS = {
  ...HELP_AND_VERSION,
  config: { ...FILE, short: 'c', multiple: true },
  input: FILE,
  'state-of-credentials': FILE,
  format: { value: '<format>' },
  'log-level': { value: '<level>' },
  about: {},
} as const satisfies Record<string, Flag>

/** What the target needs from the program that it runs in. */
export interface TargetOptions extends Omit<TapOptions, 'connect' | 'showProgress'> {
  readonly connectWriter: ConnectWriter
  /** The lines of standard input. */
  readonly lines: () => AsyncIterable<string>
  readonly deliver: (lines: string) => Promise<void>
}

/** Settings of the SDK's targets that say nothing here. */
const OF_THE_SDK = [
  'add_record_metadata',
  'validate_records',
  'batch_size_rows',
  'hard_delete',
  'stream_maps',
  'flattening_enabled',
]

/** Runs the target as its command line asks, and returns its exit code: 0, or 1 where it failed. */
export async function runTargetCommand(argv: readonly string[], options: TargetOptions): Promise<number> {
  let lowest: LogLevel = 'info'
  const log: Log = (level, message) => {
    if (passes({ kind: 'log', level, message }, lowest))
      options.say(`${level === 'warn' ? 'WARNING' : level.toUpperCase()} ${message}\n`)
  }
  try {
    const { given, words } = flagsIn(argv, FLAGS, TARGET.name)
    if (words[0] !== undefined) throw wrong(`There is no argument "${words[0]}".`, TARGET.name)
    lowest = logLevelFrom(given['log-level'], options.environment)
    if (given.help) await options.write(USAGE)
    else if (given.version) await options.write(`${TARGET.name} ${options.version}\n`)
    else if (given.about) await options.write(about(TARGET, options.version, given.format ?? 'json'))
    else await load(given, options, log)
    return 0
  } catch (error) {
    if (options.signal.aborted) return 1
    log('error', messageOf(error))
    if (failureTypeOf(error) === 'system_error' && error instanceof Error) options.say(`${error.stack}\n`)
    return 1
  }
}

interface LoadFlags {
  readonly config?: readonly string[]
  readonly input?: string
  readonly 'state-of-credentials'?: string
}

async function load(given: LoadFlags, options: TargetOptions, log: Log): Promise<void> {
  const { readText, file, signal, environment, stage, connectWriter, deliver, lines } = options
  const paths = given.config ?? []
  if (paths.length === 0) throw wrong('--config <file> is missing.', TARGET.name)
  const parts: unknown[] = []
  for (const path of paths) parts.push(await jsonIn(path, 'config', readText))
  const {
    load_method = 'upsert',
    [TOKENS_FILE]: named,
    ...settings
  } = Object.assign({}, ...parts) as Record<string, unknown>
  const mode = LOAD_METHODS[String(load_method)]
  if (mode === undefined)
    throw new ConnectorError(`"load_method" must be one of ${Object.keys(LOAD_METHODS).join(', ')}.`, 'config_error')
  const tokens = given['state-of-credentials'] ?? (typeof named === 'string' && named !== '' ? named : undefined)
  const [only] = paths
  const config = Object.fromEntries(Object.entries(settings).filter(([name]) => !OF_THE_SDK.includes(name)))
  const report = (message: Message): void => {
    if (message.kind === 'log') log(message.level, message.message)
  }
  const writer = await connectWriter(config, {
    signal,
    report,
    environment,
    stage,
    credentialSink:
      tokens !== undefined
        ? { in: 'tokens', file: file(tokens) }
        : paths.length === 1 && only !== undefined
          ? { in: 'config', file: file(only) }
          : { in: 'nothing' },
    patient: true,
  })
  try {
    const input = given.input === undefined ? lines() : linesIn(await readText(given.input))
    await writer.write([], inputsIn(input, mode, log), (state) => deliver(`${JSON.stringify(state)}\n`))
  } finally {
    writer.close()
  }
}

async function* linesIn(text: string): AsyncGenerator<string> {
  for (const line of text.split('\n')) if (line.trim() !== '') yield line
}
