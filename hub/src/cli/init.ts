// `zendesk-hub init`: five questions, and a configuration.
import { writeFile } from 'node:fs/promises'
import { createInterface } from 'node:readline/promises'
import { stringify } from 'yaml'
import { HubError } from '../errors.ts'
import { readFlags } from './flags.ts'
import type { Program } from './program.ts'

export const INIT_USAGE = `Usage: zendesk-hub init [FILE]

Asks five questions and writes the configuration (hub.yaml). Secrets stay out of it: it names environment variables.
`

/** How the configuration names an environment variable. */
const variable = (name: string): string => `\${${name}}`

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
  const { positionals } = readFlags(args, {})
  const file = positionals[0] ?? 'hub.yaml'
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
  const subdomain = await ask('1. The first part of the address at which you sign in to Zendesk')
  const way = WAYS[await ask('2. How to sign in, token or oauth', 'oauth', among(Object.keys(WAYS)))]!
  const who = await ask(`   ${way.ask}`)
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
    source: { subdomain, credentials: way.credentials(who) },
    to,
    capability,
    schedule: `every ${hours}h`,
  }
  await writeFile(file, stringify({ connections: [connection] }), { flag: 'wx', mode: 0o600 }).catch(
    (error: unknown) => {
      if ((error as { code?: string }).code === 'EEXIST')
        throw new HubError(`${file} is there already; it stays as it is.`)
      throw error
    },
  )
  const [, secret] = /\$\{(\w+)\}/.exec(JSON.stringify(connection)) ?? []
  program.say(`${file} is written. Set ${secret}, then: zendesk-hub sync --config ${file}\n`)
  return 0
}
