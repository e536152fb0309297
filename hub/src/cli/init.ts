// `zendesk-hub init`: five questions, and a configuration.
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { stringify } from 'yaml'
import { HubError } from '../errors.ts'
import { consentHere } from './consent-here.ts'
import { portIn, readFlags } from './flags.ts'
import type { Program } from './program.ts'

export const INIT_USAGE = `Usage: zendesk-hub init [FILE] [--port N] [--base-url URL]

Asks five questions and writes the configuration (hub.yaml). It holds no secrets. It names environment variables, or the
file with the tokens of your consent in the browser (SUBDOMAIN.config.json, which only you can read).

  --port N             where the browser comes back to (8797): register http://localhost:N/callback with the OAuth client
  --base-url URL       a proxy or the sandbox, instead of https://SUBDOMAIN.zendesk.com
`

/** How the configuration names an environment variable. */
const variable = (name: string): string => `\${${name}}`

const BROWSER = 'browser'

/** How to sign in: what is asked besides, and what is written. */
const WAYS: Readonly<Record<string, { readonly ask: string; readonly credentials: (answer: string) => object }>> = {
  token: {
    ask: "the administrator's e-mail address",
    credentials: (email) => ({ credentials: 'api_token', email, api_token: variable('ZENDESK_API_TOKEN') }),
  },
  oauth: {
    ask: 'the identifier of the OAuth client',
    credentials: (id) => ({
      credentials: 'oauth2_client_credentials',
      client_id: id,
      client_secret: variable('ZENDESK_CLIENT_SECRET'),
    }),
  },
}

export async function initCommand(program: Program, args: readonly string[]): Promise<number> {
  const { positionals, values } = readFlags(args, { port: { type: 'string' }, 'base-url': { type: 'string' } }, 1)
  const file = positionals[0] ?? 'hub.yaml'
  if (existsSync(file)) throw isThere(file)
  const lines = createInterface({ input: program.input })
  const answers = lines[Symbol.asyncIterator]()
  const ask = async (
    question: string,
    preset = '',
    right: (answer: string) => boolean = (text) => text !== '',
  ): Promise<string> => {
    for (;;) {
      program.say(`${question}${preset === '' ? '' : ` (${preset})`}: `)
      const { value, done } = await answers.next()
      if (done) throw new HubError('There was no answer; nothing was written.')
      const answer = value.trim() || preset
      if (right(answer)) return answer
      program.say('That is not one of the answers.\n')
    }
  }
  const among = (names: readonly string[]) => (text: string) => names.includes(text)
  const question = '1. The first part of the address at which you sign in to Zendesk'
  const subdomain = subdomainIn(await ask(question, '', (answer) => subdomainIn(answer) !== ''))
  const ways = [...Object.keys(WAYS), BROWSER]
  const kind = await ask('2. How to sign in: token, oauth, or browser for your consent', 'oauth', among(ways))
  const way = WAYS[kind]
  const who = await ask(`   ${way?.ask ?? 'the identifier of the OAuth client'}`)
  const account = { subdomain, ...(values['base-url'] !== undefined && { base_url: values['base-url'] }) }
  const consented =
    way === undefined &&
    (await signIn(program, account, { clientId: who, port: portIn(values.port ?? '8797'), folder: dirname(file) }))
  const capabilities = ['helpdesk', 'crm', 'content', 'everything']
  const capability = await ask(`3. What to read: ${capabilities.join(', ')}`, 'helpdesk', among(capabilities))
  const isDestination = (text: string) => /^(duckdb|postgres|postgresql):./.test(text)
  const to = await ask(
    '4. Where to: duckdb:PATH or postgres://user@host/database',
    'duckdb:zendesk.duckdb',
    isDestination,
  )
  const hours = await ask('5. How often, in hours from 1 to 24', '6', (text) => /^([1-9]|1[0-9]|2[0-4])$/.test(text))
  lines.close()
  const connection = {
    name: subdomain,
    source: consented ? consented.file : { ...account, credentials: way!.credentials(who) },
    to,
    ...(consented && { tokens: consented.tokens }),
    capability,
    schedule: `every ${hours}h`,
  }
  await writeNew(file, stringify({ connections: [connection] }))
  const [, secret] = /\$\{(\w+)\}/.exec(JSON.stringify(connection)) ?? []
  const then = secret === undefined ? 'Now' : `Set ${secret}, then`
  program.say(`${file} is written. ${then}: zendesk-hub sync --config ${file}\n`)
  return 0
}

/** The first part of the address, also if all of it was pasted; an empty text if there is none. */
function subdomainIn(answer: string): string {
  const [, name = ''] = /^(?:https?:\/\/)?([a-z\d][a-z\d-]*)(?:\.zendesk\.com)?(?:\/.*)?$/i.exec(answer) ?? []
  return name.toLowerCase()
}

/** Asks for consent, and keeps what it brings in a file for its owner alone, beside which renewed tokens are kept. */
async function signIn(
  program: Program,
  account: { readonly subdomain: string; readonly base_url?: string },
  { clientId, port, folder }: { readonly clientId: string; readonly port: number; readonly folder: string },
): Promise<{ readonly file: string; readonly tokens: string }> {
  const credentials = await consentHere({ source: account, clientId, port }, program)
  const file = `${account.subdomain}.config.json`
  await writeNew(join(folder, file), `${JSON.stringify({ ...account, credentials }, undefined, 2)}\n`)
  return { file, tokens: join(folder, `${account.subdomain}.tokens.json`) }
}

async function writeNew(file: string, text: string): Promise<void> {
  await writeFile(file, text, { flag: 'wx', mode: 0o600 }).catch((error: unknown) => {
    throw (error as { code?: string }).code === 'EEXIST' ? isThere(file) : error
  })
}

const isThere = (file: string): HubError => new HubError(`${file} exists already and was not changed.`)
