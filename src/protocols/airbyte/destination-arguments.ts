import { type Flag, flagsIn, HELP_AND_VERSION, refuseOthers, unknownWord, wrong } from '../../command-line/flags.ts'

export const DESTINATION = 'destination-zendesk'

export const DESTINATION_USAGE = `Usage:
  destination-zendesk spec
  destination-zendesk check    --config <file>
  destination-zendesk discover --config <file>
  destination-zendesk write    --config <file> --catalog <file>    Airbyte's messages on standard input
  destination-zendesk replay   <file> --config <file>

  --config <file>     the configuration, in JSON
  --catalog <file>    the configured catalog: which streams come, and which objects they are written to
  replay <file>       sends rejected rows again: a file of the folder "rejected", or s3://bucket/path in the bucket
  --state-of-credentials <file>
                      where renewed refresh tokens are kept, if nothing stores the CONTROL messages
  --log-level <level> debug, info, warn or error (info); debug logs every request. So do --debug and ZENDESK_LOG=debug
  --help, -h          prints this text
  --version           prints the version

Refresh tokens are good for one use. The next one is emitted in a CONTROL message. If nothing stores those, name a file
with --state-of-credentials. Credentials that the configuration lacks are taken from the environment: ZENDESK_SUBDOMAIN,
ZENDESK_CLIENT_ID, ZENDESK_CLIENT_SECRET, ZENDESK_REFRESH_TOKEN, ZENDESK_ACCESS_TOKEN, ZENDESK_EMAIL, ZENDESK_API_TOKEN.
`

const FILE = { value: '<file>' } as const satisfies Flag
const ALWAYS = { ...HELP_AND_VERSION, debug: {} } as const satisfies Record<string, Flag>
const CONNECTED = {
  ...ALWAYS,
  config: FILE,
  'state-of-credentials': FILE,
  'log-level': { value: '<level>' },
} as const satisfies Record<string, Flag>

const COMMANDS = {
  spec: ALWAYS,
  check: CONNECTED,
  discover: CONNECTED,
  write: { ...CONNECTED, catalog: FILE },
  replay: CONNECTED,
} as const satisfies Record<string, Record<string, Flag>>

/** What was asked of the destination on the command line. */
export interface DestinationArguments {
  readonly command: keyof typeof COMMANDS | 'help' | 'version'
  readonly config: string | undefined
  readonly catalog: string | undefined
  /** The file that is sent once more. */
  readonly file: string | undefined
  readonly tokens: string | undefined
  readonly logLevel: string | undefined
}

/** Understands a command line. Throws a ConnectorError for what it does not know. */
export function destinationArgumentsFrom(argv: readonly string[]): DestinationArguments {
  const { given, words } = flagsIn(argv, COMMANDS.write, DESTINATION)
  const [word, file, more] = words
  const named = (Object.keys(COMMANDS) as (keyof typeof COMMANDS)[]).find((one) => one === word)
  if (word !== undefined && named === undefined) throw unknownWord('command', word, Object.keys(COMMANDS), DESTINATION)
  const surplus = named === 'replay' ? more : file
  if (surplus !== undefined) throw unknownWord('argument', surplus, [], DESTINATION)
  const command = given.help ? 'help' : given.version ? 'version' : named
  if (command === undefined) throw wrong('No command is given: spec, check, discover, write or replay.', DESTINATION)
  if (named !== undefined) refuseOthers(given, COMMANDS[named], `${DESTINATION} ${named}`)
  if (command === 'replay' && file === undefined) throw wrong('replay takes a file of rejected rows.', DESTINATION)
  return {
    command,
    config: given.config,
    catalog: given.catalog,
    file: command === 'replay' ? file : undefined,
    tokens: given['state-of-credentials'],
    logLevel: given['log-level'] ?? (given.debug ? 'debug' : undefined),
  }
}
