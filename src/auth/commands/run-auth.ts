import { parseArgs } from 'node:util'
import type { Options } from '../../config/written.ts'
import { ConnectorError, messageOf } from '../../model/errors.ts'
import type { CredentialSink } from '../../model/runtime.ts'
import { objectIn } from '../token-store.ts'
import type { AuthOptions } from './auth-options.ts'
import { login, portFrom } from './login.ts'
import { statusText } from './status-text.ts'

const PORT = '8797'

export const AUTH_USAGE = `Usage:
  source-zendesk auth login  [--config <file>] [--state-of-credentials <file>] [--subdomain <name>] [--client-id <id>]
                             [--scope read] [--port ${PORT}] [--no-browser]
  source-zendesk auth status [--config <file>] [--state-of-credentials <file>]
  source-zendesk auth logout [--config <file>] [--state-of-credentials <file>]

login   asks for consent in the browser and writes the credentials into the configuration, or the tokens alone into the
        file of --state-of-credentials; without either it prints the credentials. Register
        http://localhost:${PORT}/callback as a redirect URL of the OAuth client first.
status  tells who is signed in, for what and until when, what the account allows, and which streams can be read.
logout  revokes the access token, and the refresh token with it.

What no flag gives is taken from the configuration, and then from the environment: ZENDESK_SUBDOMAIN, ZENDESK_CLIENT_ID
and the others. Secrets are not taken from the command line, where others can see them: the secret of an OAuth client is
client_secret in the configuration, or ZENDESK_CLIENT_SECRET. A public client has none.
`

/** Runs one command of `auth`, and returns its exit code. */
export async function runAuth(argv: readonly string[], options: AuthOptions): Promise<number> {
  try {
    const { values, positionals } = parse(argv)
    const asked = { ...values, ...(await configOf(values, options)) }
    switch (positionals[0]) {
      case 'login':
        await login(asked, options)
        return 0
      case 'status':
        await options.write(statusText(await (await options.connect(asked.config, asked.keep)).signedIn()))
        return 0
      case 'logout':
        options.say(await (await options.connect(asked.config, asked.keep)).signOut())
        return 0
      default:
        options.say(AUTH_USAGE)
        return 1
    }
  } catch (error) {
    if (!options.signal.aborted) options.say(`${messageOf(error)}\n`)
    return 1
  }
}

function parse(argv: readonly string[]) {
  const text = { type: 'string' } as const
  if (argv.some((word) => /^--(client-secret|password|(api|access|refresh)-token)\b/.test(word)))
    throw new ConnectorError(
      'Secrets are not taken from the command line, where others can see them. Set ZENDESK_CLIENT_SECRET and the like.',
      'config_error',
    )
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: {
        config: text,
        'state-of-credentials': text,
        subdomain: text,
        'client-id': text,
        scope: { ...text, default: 'read' },
        port: { ...text, default: PORT },
        'no-browser': { type: 'boolean', default: false },
      },
      allowPositionals: true,
    })
    return { values: { ...values, port: portFrom(values.port) }, positionals }
  } catch (error) {
    if (error instanceof ConnectorError) throw error
    throw new ConnectorError(`${messageOf(error)}\n\n${AUTH_USAGE}`, 'config_error')
  }
}

type Values = ReturnType<typeof parse>['values']

/** The configuration that is meant, {} where none is named or the file is yet to come, and where renewed credentials go. */
async function configOf(
  { config: path, 'state-of-credentials': tokens }: Values,
  { file }: AuthOptions,
): Promise<{ config: Options; keep: CredentialSink }> {
  const configFile = path === undefined ? undefined : file(path)
  const config = (configFile && (await objectIn(configFile))) ?? {}
  if (tokens !== undefined) return { config, keep: { in: 'tokens', file: file(tokens) } }
  return { config, keep: configFile ? { in: 'config', file: configFile } : { in: 'nothing' } }
}
