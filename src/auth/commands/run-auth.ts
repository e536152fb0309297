import {
  type Flag,
  flagsIn,
  type GivenFlags,
  HELP_AND_VERSION,
  refuseOthers,
  unknownWord,
} from '../../command-line/flags.ts'
import type { Options } from '../../config/written.ts'
import { ConnectorError, messageOf } from '../../model/errors.ts'
import type { CredentialSink } from '../../model/runtime.ts'
import { objectIn } from '../token-store.ts'
import type { AuthOptions } from './auth-options.ts'
import { login, portFrom } from './login.ts'
import { forgetTokens } from './logout.ts'
import { statusText } from './status-text.ts'

const PROGRAM = 'source-zendesk auth'
const PORT = '8797'

export const AUTH_USAGE = `Usage:
  source-zendesk auth login  [--config <file>] [--state-of-credentials <file>] [--subdomain <name>] [--client-id <id>]
                             [--scope <scope>] [--port <port>] [--no-browser]
  source-zendesk auth status [--config <file>] [--state-of-credentials <file>]
  source-zendesk auth logout [--config <file>] [--state-of-credentials <file>]

  login   asks for consent in the browser and writes the credentials into the configuration, or the tokens alone into
          the file of --state-of-credentials; without either it prints the credentials
  status  shows who is signed in, with which scopes and until when, what the account allows, and which streams can be read
  logout  revokes the access token and its refresh token, and removes both from the file

  --config <file>     the configuration, in JSON; login makes it if it does not exist
  --state-of-credentials <file>
                      where the tokens are kept, if not in the configuration
  --subdomain <name>  the account: acme for https://acme.zendesk.com
  --client-id <id>    the identifier of the OAuth client
  --scope <scope>     what the token may do (read)
  --port <port>       where the browser comes back to (${PORT}). Register http://localhost:${PORT}/callback as a
                      redirect URL of the OAuth client first
  --no-browser        prints the address and opens no browser
  --help, -h          prints this text
  --version           prints the version

What no flag gives is taken from the configuration, and then from the environment: ZENDESK_SUBDOMAIN, ZENDESK_CLIENT_ID
and the others. Secrets are not taken from the command line, where others can see them: the secret of an OAuth client is
client_secret in the configuration, or ZENDESK_CLIENT_SECRET. A public client has none.
`

const FILE = { value: '<file>' } as const satisfies Flag
const COMMON = { ...HELP_AND_VERSION, config: FILE, 'state-of-credentials': FILE } as const satisfies Record<
  string,
  Flag
>
const COMMANDS = {
  login: {
    ...COMMON,
    subdomain: { value: '<name>' },
    'client-id': { value: '<id>' },
    scope: { value: '<scope>' },
    port: { value: '<port>' },
    'no-browser': {},
  },
  status: COMMON,
  logout: COMMON,
} as const satisfies Record<string, Record<string, Flag>>

/** Runs one command of `auth`, and returns its exit code. */
export async function runAuth(argv: readonly string[], options: AuthOptions): Promise<number> {
  const { say, write, signal, version = 'from source' } = options
  let asked: ReturnType<typeof parse>
  try {
    asked = parse(argv)
  } catch (error) {
    say(`${messageOf(error)}\n\n${AUTH_USAGE}`)
    return 1
  }
  const { command, given, word } = asked
  try {
    if (given.help) await write(AUTH_USAGE)
    else if (given.version) await write(`source-zendesk ${version}\n`)
    else if (command) await run(command, given, options)
    else {
      say(AUTH_USAGE)
      if (word !== undefined) say(`\n${messageOf(unknownWord('command', word, Object.keys(COMMANDS), PROGRAM))}\n`)
      return 1
    }
    return 0
  } catch (error) {
    if (!signal.aborted) say(`${messageOf(error)}\n`)
    return 1
  }
}

type Command = keyof typeof COMMANDS

async function run(command: Command, given: Values, options: AuthOptions): Promise<void> {
  const asked = await configOf(given, options)
  if (command === 'status')
    await options.write(statusText(await (await options.connect(asked.config, asked.keep)).signedIn()))
  else if (command === 'logout') {
    options.say(await (await options.connect(asked.config, asked.keep)).signOut())
    options.say(await forgetTokens(asked.keep))
  } else
    await login(
      {
        ...asked,
        subdomain: given.subdomain,
        'client-id': given['client-id'],
        scope: given.scope ?? 'read',
        port: portFrom(given.port ?? PORT),
        'no-browser': given['no-browser'] === true,
      },
      options,
    )
}

type Values = GivenFlags<(typeof COMMANDS)['login']>

function parse(argv: readonly string[]): { command: Command | undefined; given: Values; word: string | undefined } {
  if (argv.some((word) => /^--(client-secret|password|(api|access|refresh)-token)\b/.test(word)))
    throw new ConnectorError(
      'Secrets are not taken from the command line, where others can see them. Set ZENDESK_CLIENT_SECRET and the like.',
      'config_error',
    )
  const { given, words } = flagsIn(argv, COMMANDS.login, PROGRAM)
  const [word, more] = words
  const command = (Object.keys(COMMANDS) as Command[]).find((one) => one === word)
  if (more !== undefined) throw unknownWord('argument', more, [], PROGRAM)
  if (command !== undefined) refuseOthers(given, COMMANDS[command], `${PROGRAM} ${command}`)
  return { command, given, word }
}

/** The configuration, {} if none is named or the file does not exist yet, and where renewed credentials are kept. */
async function configOf(
  { config: path, 'state-of-credentials': tokens }: Values,
  { file }: AuthOptions,
): Promise<{ config: Options; keep: CredentialSink }> {
  const configFile = path === undefined ? undefined : file(path)
  const config = (configFile && (await objectIn(configFile))) ?? {}
  if (tokens !== undefined) return { config, keep: { in: 'tokens', file: file(tokens) } }
  return { config, keep: configFile ? { in: 'config', file: configFile } : { in: 'nothing' } }
}
