// `zendesk-hub accounts`: the accounts of a fleet.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { now } from '../clock.ts'
import { parsedFile, readWritten, type WrittenConnection } from '../config/read.ts'
import { ConfigurationError, HubError } from '../errors.ts'
import { checkSchedule, lateAt, shortestPause } from '../schedule/due.ts'
import { openVault, vaultFolder } from '../secrets/vault.ts'
import {
  type AccountSummary,
  listAccounts,
  type NewAccount,
  pauseAccount,
  putAccounts,
  removeAccount,
} from '../store/accounts.ts'
import type { Store } from '../store/open.ts'
import { askForReset } from '../store/states.ts'
import { accountDueAt } from './due-accounts.ts'
import { names, readFlags } from './flags.ts'
import type { Program } from './program.ts'
import { duration } from './progress.ts'
import { STORE_HELP, withStore } from './store-flags.ts'
import { textTable } from './table.ts'

export const ACCOUNTS_USAGE = `Usage: zendesk-hub accounts add --config hub.yaml
       zendesk-hub accounts add ACCOUNT --source FILE --to DESTINATION [--schema NAME] [--streams A,B] [--schedule WHEN]
       zendesk-hub accounts list [--due] [--json]
       zendesk-hub accounts pause ACCOUNT…        a sync that is running ends with its next commit
       zendesk-hub accounts resume ACCOUNT…
       zendesk-hub accounts reset ACCOUNT STREAM… the next run reads these streams from their beginning
       zendesk-hub accounts remove ACCOUNT…       its tables stay

To add an account that exists already changes it. \${NAME} in a configuration is replaced where the account is synced.

${STORE_HELP}  --config FILE        adds all accounts of this file: each connection's name is an account
  --source FILE        the connector's configuration (docs/configuration.md)
  --to DESTINATION     duckdb:PATH, or postgres://user:password@host:5432/database
  --schema NAME        the schema of the tables (main in DuckDB, zendesk in PostgreSQL)
  --streams A,B        streams to read (all that the account has)
  --schedule WHEN      every 1h … every 24h, or cron and an expression in UTC (every 6h)
  --due                lists only those that an engine should run now: due by their schedule, not paused, not being synced
  --json               prints JSON, for programs
`

const FLAGS = {
  store: { type: 'string' },
  config: { type: 'string' },
  source: { type: 'string' },
  to: { type: 'string' },
  schema: { type: 'string' },
  streams: { type: 'string' },
  schedule: { type: 'string' },
  due: { type: 'boolean' },
  json: { type: 'boolean' },
} as const

type Values = ReturnType<typeof readFlags<typeof FLAGS>>['values']
type Act = (store: Store, named: readonly string[], values: Values, program: Program) => Promise<number>

export async function accountsCommand(program: Program, args: readonly string[]): Promise<number> {
  const { values, positionals } = readFlags(args, FLAGS, Number.POSITIVE_INFINITY)
  const [what = '', ...named] = positionals
  const act = Object.hasOwn(ACTS, what) ? ACTS[what] : undefined
  if (act === undefined)
    throw new HubError(`There is no command "accounts ${what}". There are ${Object.keys(ACTS).join(', ')}.`)
  return await withStore(program, values.store, (store) => act(store, named, values, program))
}

const ACTS: Readonly<Record<string, Act>> = {
  async add(store, named, values, program) {
    const written = values.config === undefined ? [await oneOf(named, values)] : await allOf(values.config, program)
    await putAccounts(store, written.map(accountOf))
    program.say(`${written.map(({ name }) => name).join(', ')}: added to ${store.name}.\n`)
    return 0
  },
  async list(store, named, values, program) {
    const all = await listAccounts(store)
    const isDue = (one: AccountSummary): boolean => (accountDueAt(one) ?? Number.POSITIVE_INFINITY) <= now()
    const found = all.filter((one) => (named.length === 0 || named.includes(one.id)) && (!values.due || isDue(one)))
    program.write(values.json ? `${JSON.stringify(found.map(shown))}\n` : accountTable(found))
    return 0
  },
  pause: (store, named, _, program) => paused(store, named, true, program),
  resume: (store, named, _, program) => paused(store, named, false, program),
  async reset(store, [id, ...streams], _, program) {
    if (id === undefined || streams.length === 0)
      throw new HubError('Say which streams of which account: zendesk-hub accounts reset acme tickets.')
    await askForReset(store, id, streams)
    program.say(`The next run of ${id} reads from the beginning: ${streams.join(', ')}.\n`)
    return 0
  },
  async remove(store, named, _, program) {
    for (const id of some(named)) await removeAccount(store, id)
    program.say(`${named.join(', ')}: removed. The tables stay where they are.\n`)
    return 0
  },
}

async function paused(store: Store, named: readonly string[], isPaused: boolean, { say }: Program): Promise<number> {
  for (const id of some(named)) await pauseAccount(store, id, isPaused)
  say(`${named.join(', ')}: ${isPaused ? 'paused' : 'resumed'}.\n`)
  return 0
}

function some(named: readonly string[]): readonly string[] {
  if (named.length === 0) throw new HubError('Say which accounts.')
  return named
}

/** The account that flags describe. */
async function oneOf([name, more]: readonly string[], values: Values): Promise<WrittenConnection> {
  const { source, to, schema, streams, schedule } = values
  if (name === undefined || more !== undefined) throw new HubError('Say which account: zendesk-hub accounts add acme …')
  if (source === undefined || to === undefined) throw new HubError('Say what it reads and where to: --source and --to.')
  const written = (await parsedFile(source)) as WrittenConnection['source']
  return {
    name,
    source: written,
    to,
    ...(schema !== undefined && { schema }),
    ...(streams !== undefined && { streams: names(streams) }),
    ...(schedule !== undefined && { schedule }),
  }
}

/** The accounts of a file. Secrets of its vault are filled in, because the machines that sync have no vault. */
async function allOf(file: string, { environment }: Program): Promise<readonly WrittenConnection[]> {
  const folder = vaultFolder(file)
  const known = existsSync(join(folder, 'secrets.json')) ? openVault(folder, environment).all() : {}
  return await readWritten(file, known)
}

function accountOf(connection: WrittenConnection): NewAccount {
  const {
    name,
    source,
    to,
    schedule = 'every 6h',
  } = connection as WrittenConnection & { to: string; schedule?: string }
  const subdomain = source['subdomain']
  if (typeof subdomain !== 'string' || subdomain === '')
    throw new ConfigurationError(`Account "${name}" has no subdomain in its source.`)
  checkSchedule(schedule)
  return { id: name, connection, subdomain, destination: withoutPassword(to), schedule }
}

/** `postgres://me:secret@host/db` without what is secret. */
const withoutPassword = (to: string): string => to.replace(/^(postgres(?:ql)?:\/\/)[^/@]*@/, '$1')

/** An account as JSON has it: times in ISO 8601. */
export function shown(summary: AccountSummary): object {
  const { beganAt, endedAt, completeAt, ...account } = summary
  const { schedule } = account
  const time = (at: number | undefined): string | null =>
    at === undefined || at === Number.POSITIVE_INFINITY ? null : new Date(at).toISOString()
  const every = shortestPause(schedule)
  return {
    ...account,
    beganAt: time(beganAt),
    endedAt: time(endedAt),
    completeAt: time(completeAt),
    dueAt: time(accountDueAt(summary)),
    lateAt: time(completeAt === undefined ? undefined : lateAt(schedule, completeAt)),
    pauseSeconds: every === Number.POSITIVE_INFINITY ? null : every / 1000,
  }
}

/** Accounts as a table, for people. */
export function accountTable(accounts: readonly AccountSummary[]): string {
  const ago = (at: number | undefined): string | null =>
    at === undefined ? null : `${duration((now() - at) / 1000)} ago`
  const heads = [
    'account',
    'subdomain',
    'schedule',
    'tier',
    'last run',
    'ended',
    'complete',
    'failures',
    'rows',
    'error',
  ]
  return textTable([
    heads,
    ...accounts.map((one) => [
      one.id,
      one.subdomain,
      one.schedule,
      one.isPaused ? 'paused' : one.tier,
      one.holder === undefined && one.outcome === 'running' ? 'lost' : one.outcome,
      ago(one.endedAt),
      ago(one.completeAt),
      one.failures,
      one.rows,
      one.error,
    ]),
  ])
}
