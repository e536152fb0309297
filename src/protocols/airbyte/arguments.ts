import {
  descriptorIn,
  type Flag,
  flagsIn,
  HELP_AND_VERSION,
  millisecondsIn,
  refuseOthers,
  unknownWord,
  wrong,
} from '../../command-line/flags.ts'

export const NAME = 'source-zendesk'

export const USAGE = `Usage:
  source-zendesk spec
  source-zendesk check    --config <file> [--exit-code]
  source-zendesk discover --config <file> [--configured] [--streams <names>]
  source-zendesk read     --config <file> --catalog <file> | --streams <names> [--state <file>]
  source-zendesk auth     login | status | logout

  --config <file>     the configuration, in JSON
  --catalog <file>    the configured catalog; the output of discover works too, and reads every stream
  --streams <names>   the streams to read without a catalog, or to put into the one that discover writes: tickets,users
  --state <file>      where to continue: a state, or the lines of an earlier output (from the start date)
  --configured        discover writes a configured catalog, for --catalog, instead of Airbyte's message
  --exit-code         a check that fails exits with 1; without it with 0, because Airbyte reads the message
  --state-of-credentials <file>
                      where renewed refresh tokens are kept, if nothing stores the CONTROL messages
  --max-wait <seconds>
                      a stream that would have to wait longer for one of Zendesk's limits ends: its state is written,
                      the exit code is 0, and the next read continues (no limit)
  --progress-fd <n>   writes progress to this file descriptor, 3 or more, as lines of JSON (docs/library.md)
  --exit-with-stdin   stops, as on SIGTERM, when standard input ends: the program that started this one has ended
  --log-level <level> debug, info, warn or error (info); debug logs every request. So do --debug and ZENDESK_LOG=debug
  --help, -h          prints this text
  --version           prints the version

Refresh tokens are good for one use. The next one is emitted in a CONTROL message. If nothing stores those, name a file
with --state-of-credentials for check, discover and read.

Credentials that the configuration lacks are taken from the environment: ZENDESK_SUBDOMAIN, ZENDESK_CLIENT_ID,
ZENDESK_CLIENT_SECRET, ZENDESK_REFRESH_TOKEN, ZENDESK_ACCESS_TOKEN, ZENDESK_EMAIL, ZENDESK_API_TOKEN, ZENDESK_PASSWORD.
`

const FILE = { value: '<file>' } as const satisfies Flag
const ALWAYS = { ...HELP_AND_VERSION, debug: {} } as const satisfies Record<string, Flag>
const CONNECTED = {
  ...ALWAYS,
  config: FILE,
  'state-of-credentials': FILE,
  'log-level': { value: '<level>' },
} as const satisfies Record<string, Flag>
const NAMES = { streams: { value: '<names>' } } as const satisfies Record<string, Flag>

/** The flags of each command. */
const COMMANDS = {
  spec: ALWAYS,
  check: { ...CONNECTED, 'exit-code': {} },
  discover: { ...CONNECTED, configured: {}, ...NAMES },
  read: {
    ...CONNECTED,
    catalog: FILE,
    state: FILE,
    ...NAMES,
    'max-wait': { value: '<seconds>' },
    'progress-fd': { value: '<n>' },
    'exit-with-stdin': {},
  },
} as const satisfies Record<string, Record<string, Flag>>
const EVERY_FLAG = { ...COMMANDS.check, ...COMMANDS.discover, ...COMMANDS.read } as const

/** What was asked for on the command line. */
export interface SourceArguments {
  readonly command: keyof typeof COMMANDS | 'help' | 'version'
  readonly config: string | undefined
  readonly catalog: string | undefined
  readonly state: string | undefined
  /** Streams that were named without a catalog. */
  readonly streams: readonly string[] | undefined
  /** Where renewed tokens are kept. */
  readonly tokens: string | undefined
  readonly logLevel: string | undefined
  /** Whether the end of standard input ends the program: whoever started it has ended. */
  readonly exitWithStdin: boolean
  /** The file descriptor that progress is written to. */
  readonly progressFd: number | undefined
  /** The longest wait for a limit, in ms. */
  readonly maxWait: number | undefined
  /** Whether a configured catalog is written. */
  readonly configured: boolean
  /** Whether a check that fails exits with 1. */
  readonly exitCode: boolean
}

/** Understands a command line. Throws a ConnectorError for what it does not know. */
export function argumentsFrom(argv: readonly string[]): SourceArguments {
  const { given, words } = flagsIn(argv, EVERY_FLAG, NAME)
  const [word, more] = words
  const named = (Object.keys(COMMANDS) as (keyof typeof COMMANDS)[]).find((one) => one === word)
  if (word !== undefined && named === undefined)
    throw unknownWord('command', word, [...Object.keys(COMMANDS), 'auth'], NAME)
  if (more !== undefined) throw unknownWord('argument', more, [], NAME)
  const command = given.help ? 'help' : given.version ? 'version' : named
  if (command === undefined) throw wrong('No command is given: spec, check, discover, read or auth.', NAME)
  if (named !== undefined) refuseOthers(given, COMMANDS[named], `${NAME} ${named}`)
  if (given.catalog !== undefined && given.streams !== undefined)
    throw wrong('--catalog and --streams both say what to read: give only one of them.', NAME)
  return {
    command,
    config: given.config,
    catalog: given.catalog,
    state: given.state,
    streams: given.streams === undefined ? undefined : namesIn(given.streams),
    tokens: given['state-of-credentials'],
    exitWithStdin: given['exit-with-stdin'] === true,
    progressFd: descriptorIn(given['progress-fd'], 'progress-fd', `${NAME} read`),
    maxWait: millisecondsIn(given['max-wait'], 'max-wait', `${NAME} read`),
    logLevel: given['log-level'] ?? (given.debug ? 'debug' : undefined),
    configured: given.configured === true,
    exitCode: given['exit-code'] === true,
  }
}

function namesIn(typed: string): readonly string[] {
  const names = [
    ...new Set(
      typed
        .split(',')
        .map((name) => name.trim())
        .filter(Boolean),
    ),
  ]
  if (names.length === 0) throw wrong('--streams takes names of streams, such as tickets,users.', NAME)
  return names
}
