import { descriptorIn, type Flag, flagsIn, HELP_AND_VERSION, millisecondsIn, wrong } from '../../command-line/flags.ts'
import { nearest } from '../../model/nearest.ts'
import { TAP } from './about.ts'

export const USAGE = `Usage:
  tap-zendesk --config <file> --discover
  tap-zendesk --config <file> [--catalog <file>] [--state <file>]
  tap-zendesk --config <file> --test
  tap-zendesk --about [--format text | json | markdown]

  --config, -c <file> the settings, in JSON. Several files are merged; if two give the same setting, the later file wins.
                      --config=ENV takes settings that the files lack from variables TAP_ZENDESK_<SETTING>
  --discover, -d      writes the catalog: the streams of this account, with their columns
  --catalog <file>    the catalog, with the streams that are selected (the streams that most people want).
                      --properties, -p is the older name of this flag
  --state, -s <file>  where to continue: a state, or the lines of an earlier output (from the start date)
  --test              signs in, and says which streams cannot be read
  --about             describes the tap and its settings
  --format <format>   the form of --about: text, json or markdown (text)
  --state-of-credentials <file>
                      where renewed refresh tokens are kept (the file of --config, if there is only one)
  --max-wait <seconds>
                      a stream that would have to wait longer for one of Zendesk's limits ends: its state is written,
                      the exit code is 0, and the next sync continues (no limit)
  --progress-fd <n>   writes progress to this file descriptor, 3 or more, as lines of JSON (docs/library.md)
  --exit-with-stdin   stops, as on SIGTERM, when standard input ends: the program that started this one has ended
  --log-level <level> debug, info, warn or error (info); debug logs every request. So does ZENDESK_LOG=debug
  --help, -h          prints this text
  --version           prints the version

Refresh tokens are good for one use. The next one is written into the configuration's file, or into that of
--state-of-credentials.
`

/** What was asked for on the command line. */
export interface TapArguments {
  readonly command: 'sync' | 'discover' | 'test' | 'about' | 'version' | 'help'
  readonly configs: readonly string[]
  readonly catalog: string | undefined
  readonly state: string | undefined
  /** Where renewed tokens are kept. */
  readonly tokens: string | undefined
  readonly format: string
  readonly logLevel: string | undefined
  /** Whether the end of standard input ends the program: whoever started it has ended. */
  readonly exitWithStdin: boolean
  /** The file descriptor that progress is written to. */
  readonly progressFd: number | undefined
  /** The longest wait for a limit, in ms. */
  readonly maxWait: number | undefined
}

const FILE = { value: '<file>' } as const satisfies Flag
const FLAGS = {
  ...HELP_AND_VERSION,
  config: { ...FILE, short: 'c', multiple: true },
  catalog: FILE,
  properties: { ...FILE, short: 'p' },
  state: { ...FILE, short: 's' },
  'state-of-credentials': FILE,
  format: { value: '<format>' },
  'log-level': { value: '<level>' },
  'max-wait': { value: '<seconds>' },
  'progress-fd': { value: '<n>' },
  'exit-with-stdin': {},
  discover: { short: 'd' },
  about: {},
  test: {},
} as const satisfies Record<string, Flag>

/** Understands a command line. Throws a ConnectorError for what it does not know. */
export function argumentsFrom(argv: readonly string[]): TapArguments {
  // `--test=schema`, as some ask, is a test like any other.
  const args = argv.map((one) => one.replace(/^--test=.*$/, '--test'))
  const { given, words } = flagsIn(args, FLAGS, TAP.name)
  const [word] = words
  if (word !== undefined) {
    const meant = nearest(word, Object.keys(FLAGS))
    throw wrong(`There is no argument "${word}"${meant === undefined ? '.' : `; did you mean --${meant}?`}`, TAP.name)
  }
  const command = (['help', 'version', 'about', 'discover', 'test'] as const).find((one) => given[one] === true)
  return {
    command: command ?? 'sync',
    configs: given.config ?? [],
    catalog: given.catalog ?? given.properties,
    state: given.state,
    tokens: given['state-of-credentials'],
    format: given.format ?? 'text',
    logLevel: given['log-level'],
    exitWithStdin: given['exit-with-stdin'] === true,
    progressFd: descriptorIn(given['progress-fd'], 'progress-fd', TAP.name),
    maxWait: millisecondsIn(given['max-wait'], 'max-wait', TAP.name),
  }
}
