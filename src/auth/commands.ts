import { parseArgs } from 'node:util'
import { ConnectorError, messageOf } from '../errors.ts'
import type { Connector } from '../message.ts'
import type { AskForTokens } from '../zendesk/oauth.ts'
import { login, portFrom } from './login.ts'
import { statusText } from './status.ts'

/** What the commands need from the program that they run in. */
export interface AuthOptions {
  /** Says something to the person at the terminal. */
  readonly say: (text: string) => void
  /** Hands on what another program may read: a credentials block. */
  readonly write: (text: string) => Promise<void>
  /** The text of a file; rejects as `fs.readFile` does. */
  readonly readText: (path: string) => Promise<string>
  readonly writeConfig: (path: string, config: object) => Promise<void>
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Opens a page in the browser; false where that cannot be tried. */
  readonly openBrowser: (url: URL) => boolean
  readonly tokenEndpoint: (origin: string) => AskForTokens
  /** The connector of a configuration, which keeps renewed credentials in that file. */
  readonly connect: (config: Readonly<Record<string, unknown>>, path: string) => Connector
  readonly signal: AbortSignal
}

const PORT = '8797'

export const AUTH_USAGE = `Usage:
  source-zendesk auth login  [--config <file>] [--subdomain <name>] [--client-id <id>] [--client-secret <secret>]
                             [--scope read] [--port ${PORT}] [--no-browser]
  source-zendesk auth status --config <file>
  source-zendesk auth logout --config <file>

login   asks for consent in the browser, and writes the credentials into the configuration, or prints them where no
        file is named. Register http://localhost:${PORT}/callback as a redirect URL of the OAuth client first. What no
        flag gives is taken from the file or from ZENDESK_SUBDOMAIN, ZENDESK_CLIENT_ID and ZENDESK_CLIENT_SECRET; a
        public client has no secret.
status  tells who is signed in, for what and until when, and what the account allows.
logout  revokes the access token, and the refresh token with it.
`

/** Runs one command of `auth`, and returns its exit code. */
export async function runAuth(argv: readonly string[], options: AuthOptions): Promise<number> {
  try {
    const { values, positionals } = parse(argv)
    switch (positionals[0]) {
      case 'login':
        await signIn(values, options)
        return 0
      case 'status':
        options.say(statusText(await (await connected(values.config, options)).signedIn()))
        return 0
      case 'logout':
        options.say(await (await connected(values.config, options)).signOut())
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

type Values = ReturnType<typeof parse>['values']

function parse(argv: readonly string[]) {
  const text = { type: 'string' } as const
  try {
    return parseArgs({
      args: [...argv],
      options: {
        config: text,
        subdomain: text,
        'client-id': text,
        'client-secret': text,
        scope: { ...text, default: 'read' },
        port: { ...text, default: PORT },
        'no-browser': { type: 'boolean', default: false },
      },
      allowPositionals: true,
    })
  } catch (error) {
    throw new ConnectorError(`${messageOf(error)}\n\n${AUTH_USAGE}`, 'config_error')
  }
}

async function signIn(values: Values, options: AuthOptions): Promise<void> {
  const { environment, say, openBrowser } = options
  const known = (values.config === undefined ? undefined : await configIn(values.config, options)) ?? {}
  const before = (known['credentials'] ?? known) as Readonly<Record<string, unknown>>
  const given = (flag: 'subdomain' | 'client-id' | 'client-secret', kept: unknown): string | undefined =>
    [values[flag], kept, environment[`ZENDESK_${flag.toUpperCase().replace('-', '_')}`]].find(
      (one): one is string => typeof one === 'string' && one !== '',
    )
  const subdomain = given('subdomain', known['subdomain'])
  const clientId = given('client-id', before['client_id'])
  const clientSecret = given('client-secret', before['client_secret'])
  if (subdomain === undefined || clientId === undefined)
    throw new ConnectorError(
      `--${subdomain === undefined ? 'subdomain' : 'client-id'} is missing.\n\n${AUTH_USAGE}`,
      'config_error',
    )
  const config = { ...known, subdomain }
  const asked = { config, clientId, scope: values.scope, port: portFrom(values.port) }
  const credentials = await login(clientSecret === undefined ? asked : { ...asked, clientSecret }, {
    ...options,
    show(url) {
      const isOpen = !values['no-browser'] && openBrowser(url)
      say(
        `${isOpen ? 'Your browser asks for your consent. If it does not, open this address:' : 'Open this address to consent:'}\n${url}\n`,
      )
    },
  })
  if (values.config === undefined) return options.write(`${JSON.stringify(credentials, undefined, 2)}\n`)
  await options.writeConfig(values.config, { ...config, credentials })
  say(`Signed in. The credentials are in ${values.config}.\n`)
}

/** The JSON object in a configuration file; undefined where there is no file. What it holds is secret, and not repeated. */
async function configIn(
  path: string,
  { readText }: AuthOptions,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  let config: unknown
  try {
    config = JSON.parse(await readText(path))
  } catch (error) {
    const { code } = error as { code?: unknown }
    if (code === 'ENOENT') return undefined
    const why = code === undefined ? 'holds no valid JSON' : `cannot be read (${String(code)})`
    throw new ConnectorError(`The config file ${path} ${why}.`, 'config_error', { cause: error })
  }
  if (typeof config === 'object' && config !== null && !Array.isArray(config)) return config as Record<string, unknown>
  throw new ConnectorError(`The config file ${path} must hold a JSON object.`, 'config_error')
}

async function connected(path: string | undefined, options: AuthOptions): Promise<Connector> {
  if (path === undefined) throw new ConnectorError(`--config <file> is missing.\n\n${AUTH_USAGE}`, 'config_error')
  const config = await configIn(path, options)
  if (config === undefined) throw new ConnectorError(`There is no config file ${path}.`, 'config_error')
  return options.connect(config, path)
}
