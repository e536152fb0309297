// How each client is told to read: ours, the floor, and the two that others made, where their environments exist.

import { execFileSync } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import { measure, type Program } from './measure.ts'
import type { ClientName } from './report.ts'

/** Where the account is, and who may read it. */
export interface Account {
  readonly tlsUrl: string
  readonly ca: string
  readonly subdomain: string
  readonly credentials: { readonly email: string; readonly apiToken: string; readonly accessToken: string }
}

/** A client that is ready to read one account. */
export interface Client {
  readonly name: ClientName
  readonly version: string
  /** Commands beside reading, by name. */
  readonly commands: Readonly<Record<string, Program>>
  /** What it can read. */
  readonly streams: ReadonlySet<string>
  /** Reads those of these streams that it has, from a state in its own form. */
  read(streams: readonly string[], state?: unknown): Program
}

type Json = Readonly<Record<string, unknown>>

const root = join(import.meta.dirname, '../..')
const strangers = join(root, 'test/peers/clients')
const START = '2005-01-01T00:00:00Z'

/** A folder for the files of one client: gives the path of a file with this content. */
function writerIn(folder: string): (name: string, content: unknown) => string {
  mkdirSync(folder, { recursive: true })
  let count = 0
  return (name, content) => {
    const path = join(folder, `${++count}-${name}`)
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
    return path
  }
}

const basic = ({ email, apiToken }: Account['credentials']): Json => ({
  credentials: 'api_token',
  email,
  api_token: apiToken,
})

const namesIn = (catalog: Json): ReadonlySet<string> =>
  new Set((catalog['streams'] as { name: string }[]).map(({ name }) => name))

/** The streams of an Airbyte catalog that were asked for, as a platform configures them. */
function configured(catalog: Json, streams: readonly string[]): Json {
  const chosen = (catalog['streams'] as { name: string; supported_sync_modes: string[] }[]).filter(({ name }) =>
    streams.includes(name),
  )
  return {
    streams: chosen.map((stream) => ({
      stream,
      sync_mode: stream.supported_sync_modes.includes('incremental') ? 'incremental' : 'full_refresh',
      destination_sync_mode: 'append',
    })),
  }
}

/** What a command writes to its standard output. */
async function outputOf(program: Program, folder: string): Promise<string> {
  const sink = join(folder, 'output')
  await measure(program, sink)
  return readFileSync(sink, 'utf8')
}

async function catalogOf(program: Program, folder: string): Promise<Json> {
  for (const line of (await outputOf(program, folder)).split('\n')) {
    if (!line.startsWith('{"type":"CATALOG"')) continue
    return (JSON.parse(line) as { catalog: Json }).catalog
  }
  throw new Error('There is no catalog in what discover wrote.')
}

/** What the image sets for the memory of Node and of malloc. */
function imageSettings(checkout: string): Readonly<Record<string, string>> {
  const dockerfile = readFileSync(join(checkout, 'Dockerfile'), 'utf8')
  const settings = [...dockerfile.matchAll(/\b(NODE_OPTIONS|MALLOC_\w+)=(\S+)/g)].map(([, name, value]) => [
    name,
    value,
  ])
  if (settings.length === 0) throw new Error('The Dockerfile sets nothing for memory any more.')
  return Object.fromEntries(settings)
}

/** Our source, from the dist/ of a checkout (this one, or one of another version), as the image starts it. */
export async function ours(account: Account, folder: string, checkout: string = root): Promise<Client> {
  const write = writerIn(folder)
  const source = [process.execPath, join(checkout, 'dist/source-zendesk.js')]
  const { subdomain, tlsUrl, credentials } = account
  const config = write('config.json', { subdomain, base_url: tlsUrl, credentials: basic(credentials) })
  const run = (...args: string[]): Program => ({
    command: [...source, ...args],
    env: { NODE_EXTRA_CA_CERTS: account.ca, ...imageSettings(checkout) },
    folder,
  })
  const commands = {
    spec: run('spec'),
    check: run('check', '--config', config),
    discover: run('discover', '--config', config),
  }
  const catalog = await catalogOf(commands.discover, folder)
  const { version } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { version: string }
  return {
    name: 'ours',
    version,
    commands,
    streams: namesIn(catalog),
    read(streams, state) {
      const given = ['--config', config, '--catalog', write('catalog.json', configured(catalog, streams))]
      return run('read', ...given, ...(state === undefined ? [] : ['--state', write('state.json', state)]))
    },
  }
}

const FLOOR = new Set([
  ...['tickets', 'ticket_metrics', 'ticket_comments', 'users', 'user_identities', 'organizations'],
  ...['ticket_metric_events', 'ticket_audits'],
])

/** The floor, bundled as ours is. `pagesOf` tells which pages ours asked for to read some streams. */
export async function floor(
  account: Account,
  folder: string,
  pagesOf: (streams: readonly string[]) => readonly string[],
): Promise<Client> {
  const write = writerIn(folder)
  const program = join(folder, 'floor.mjs')
  await build({
    entryPoints: [join(import.meta.dirname, 'floor.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    minifySyntax: true,
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'warning',
  })
  const { email, apiToken } = account.credentials
  const authorization = `Basic ${Buffer.from(`${email}/token:${apiToken}`).toString('base64')}`
  return {
    name: 'floor',
    version: '',
    commands: {},
    streams: FLOOR,
    read(streams) {
      const order = write('order.json', { origin: account.tlsUrl, authorization, streams, pages: pagesOf(streams) })
      return { command: [process.execPath, program, order], env: { NODE_EXTRA_CA_CERTS: account.ca }, folder }
    },
  }
}

/** The Python environment that test/peers/clients/run.sh made for a client, the newest one; undefined where there is none. */
function environmentOf(client: string): string | undefined {
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'zendesk-connector')
  return globSync(join(cache, `strangers-${client}-*/ready`))
    .toSorted((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs)
    .map(dirname)[0]
}

const versionOf = (environment: string, library: string): string =>
  execFileSync(join(environment, 'bin/python'), [
    '-c',
    `import importlib.metadata as m; print(m.version(${JSON.stringify(library)}))`,
  ])
    .toString()
    .trim()

/** What leads a Python client's `https://{subdomain}.zendesk.com` to the sandbox (test/peers/clients/rerouted.py). */
const surroundings = (account: Account, folder: string): Readonly<Record<string, string>> => ({
  STRANGERS_TLS_PORT: new URL(account.tlsUrl).port,
  STRANGERS_CA: account.ca,
  PYTHONDONTWRITEBYTECODE: '1',
  PYTHONUTF8: '1',
  PYTHONPATH: folder,
  DO_NOT_TRACK: '1',
  TZ: 'UTC',
  // What should try to leave this machine meets a proxy that is not there.
  HTTPS_PROXY: 'http://127.0.0.1:9',
  HTTP_PROXY: 'http://127.0.0.1:9',
  NO_PROXY: '127.0.0.1,localhost,.zendesk.com',
})

/** Airbyte's own connector; undefined where it is not installed. */
export async function airbyte(account: Account, folder: string): Promise<Client | undefined> {
  const environment = environmentOf('airbyte')
  if (environment === undefined) return undefined
  const write = writerIn(folder)
  const { subdomain, credentials } = account
  const config = write('config.json', { subdomain, start_date: START, credentials: basic(credentials) })
  const env = surroundings(account, folder)
  const rerouted = [join(environment, 'bin/python'), join(strangers, 'rerouted.py'), 'source_zendesk_support.run:run']
  const run = (...args: string[]): Program => ({ command: [...rerouted, ...args], env, folder })
  const commands = {
    // No request is made: as it is started by anybody.
    spec: { command: [join(environment, 'bin/source-zendesk-support'), 'spec'], env, folder },
    check: run('check', '--config', config),
    discover: run('discover', '--config', config),
  }
  const catalog = await catalogOf(commands.discover, folder)
  const version = versionOf(environment, 'airbyte-source-zendesk-support')
  return {
    name: 'airbyte',
    version: `airbyte-source-zendesk-support ${version} with airbyte-cdk ${versionOf(environment, 'airbyte-cdk')}`,
    commands,
    streams: namesIn(catalog),
    read(streams, state) {
      const given = ['--config', config, '--catalog', write('catalog.json', configured(catalog, streams))]
      return run('read', ...given, ...(state === undefined ? [] : ['--state', write('state.json', state)]))
    },
  }
}

// Its own pause of a minute after every 460 tickets, which nobody here needs: the only thing of it that is set.
const WITHOUT_PAUSE = `import tap_zendesk.streams as s; s.AUDITS_REQUEST_PER_MINUTE = 10**9
from tap_zendesk import main
`

/** Singer's tap; undefined where it is not installed. */
export async function tap(account: Account, folder: string): Promise<Client | undefined> {
  const environment = environmentOf('tap')
  if (environment === undefined) return undefined
  const write = writerIn(folder)
  writeFileSync(join(folder, 'quick_tap.py'), WITHOUT_PAUSE)
  const { subdomain, credentials } = account
  const config = write('config.json', { subdomain, start_date: START, access_token: credentials.accessToken })
  const env = surroundings(account, folder)
  const rerouted = [join(environment, 'bin/python'), join(strangers, 'rerouted.py'), 'quick_tap:main']
  const run = (...args: string[]): Program => ({ command: [...rerouted, ...args], env, folder })
  const commands = { discover: run('--config', config, '--discover') }
  const catalog = JSON.parse(await outputOf(commands.discover, folder)) as { streams: TapStream[] }
  return {
    name: 'tap',
    version: `tap-zendesk ${versionOf(environment, 'tap-zendesk')} with zenpy ${versionOf(environment, 'zenpy')}`,
    commands,
    streams: new Set(catalog.streams.map(({ tap_stream_id }) => tap_stream_id)),
    read(streams, state) {
      // What belongs to tickets is read with them only.
      const ofTickets = streams.some((name) => ['ticket_audits', 'ticket_comments', 'ticket_metrics'].includes(name))
      const chosen = new Set([...streams, ...(ofTickets ? ['tickets'] : [])])
      const given = ['--config', config, '--catalog', write('catalog.json', selected(catalog.streams, chosen))]
      return run(...given, ...(state === undefined ? [] : ['--state', write('state.json', state)]))
    },
  }
}

interface TapStream {
  readonly tap_stream_id: string
  readonly metadata: readonly { readonly breadcrumb: readonly string[]; readonly metadata: Json }[]
}

const selected = (streams: readonly TapStream[], chosen: ReadonlySet<string>): Json => ({
  streams: streams.map((stream) => ({
    ...stream,
    metadata: stream.metadata.map((one) => ({
      ...one,
      metadata: { ...one.metadata, selected: chosen.has(stream.tap_stream_id) },
    })),
  })),
})
