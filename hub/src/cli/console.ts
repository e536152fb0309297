// The console of `serve`: what it works on, and who may come in.
import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { now } from '../clock.ts'
import type { Connection } from '../config/connection.ts'
import { readConnectionsIfAny } from '../config/read.ts'
import { configFile } from '../config/write.ts'
import { readPasswords, type TrustedProxy } from '../console/access/people.ts'
import { makeLink } from '../console/access/sessions.ts'
import type { Hub } from '../console/console.ts'
import { createLiveEvents } from '../console/journal/live-events.ts'
import type { Journal } from '../console/journal/open.ts'
import { createRunning } from '../console/journal/running.ts'
import { forgetBefore, noteKilled } from '../console/journal/syncs.ts'
import { forgetWritesBefore } from '../console/journal/writes.ts'
import { isConnected } from '../console/operations/connected.ts'
import { HubError, messageOf } from '../errors.ts'
import { createKeeper } from '../schedule/keep.ts'
import { openVault, vaultFolder, withSecrets } from '../secrets/vault.ts'
import { openAccount } from '../source/account.ts'
import type { Store } from '../store/open.ts'
import { openWarehouse } from './destination.ts'
import { portIn, readFlags } from './flags.ts'
import { writesOf } from './hub-writes.ts'
import { journalOf } from './journal.ts'
import type { Program } from './program.ts'
import { LIVE_FOLDER } from './receiving.ts'
import type { Scheduler } from './scheduled.ts'
import { tokensOf } from './tokens.ts'

export const SIGN_IN_USAGE = `Usage: zendesk-hub sign-in --config FILE [--url ADDRESS | --port N]

Prints a link that signs a browser in to the console of zendesk-hub serve. It is good for one use and a quarter of an hour.

  --config FILE        the file that zendesk-hub serve was given
  --port N             the port that it was given (8090)
  --url ADDRESS        the address that it was given, if browsers reach it by another one: https://hub.example.org
`

/** Where a link leads. */
export const linkOf = (journal: Journal, origin: string): string => `${origin}/sign-in?token=${makeLink(journal)}`

export async function signInCommand(program: Program, args: readonly string[]): Promise<number> {
  const { values } = readFlags(args, { config: { type: 'string' }, port: { type: 'string' }, url: { type: 'string' } })
  if (values.config === undefined) throw new HubError('Say which hub: --config hub.yaml.')
  const journal = journalOf(values.config)
  try {
    program.write(`${linkOf(journal, values.url ?? `http://localhost:${portIn(values.port ?? '8090')}`)}\n`)
    return 0
  } finally {
    journal.close()
  }
}

/** How long an account may take to answer when a person waits, in milliseconds. */
const PATIENCE = 20_000

export interface HubOptions {
  readonly config: string
  readonly allowsPrivate: boolean
  readonly scheduler: Scheduler
  readonly fleet: Store | undefined
}

/** The hub as its console sees it. Rejects with a HubError for a configuration that cannot be used. */
export async function openHub(program: Program, { config, allowsPrivate, scheduler, fleet }: HubOptions): Promise<Hub> {
  const journal = journalOf(config)
  noteKilled(journal)
  forgetOld(journal, program.signal)
  const running = createRunning(journal)
  let connections: readonly Connection[] = []
  const hub: Hub = {
    file: configFile(config),
    vault: openVault(vaultFolder(config), program.environment),
    keeper: createKeeper([], program.say, program.signal),
    journal,
    running,
    liveEvents: createLiveEvents(running.changed),
    version: VERSION,
    fleet,
    liveFolder: join(dirname(resolve(config)), LIVE_FOLDER),
    allowsPrivate,
    signal: program.signal,
    connections: () => connections,
    async reload() {
      const all = await readConnectionsIfAny(config, withSecrets(config, program.environment))
      connections = all.filter(({ source }) => isConnected(source))
      hub.keeper.replace(await scheduler.scheduled(connections, hub))
    },
    writes: writesOf(program, config, scheduler, () => hub.keeper),
    account: (connection) =>
      openAccount(
        { ...connection.source, max_retry_minutes: 0 },
        {
          signal: AbortSignal.any([program.signal, AbortSignal.timeout(PATIENCE)]),
          environment: program.environment,
          ...tokensOf(connection, program.environment),
        },
      ),
    warehouse: ({ to, schema }, readOnly) =>
      openWarehouse({ to, schema }, { ...program, readOnly, patience: 0, say: () => undefined }),
  }
  await hub.reload()
  return hub
}

/** For how long syncs are remembered, in milliseconds: a year and a month. */
const REMEMBERED = 400 * 86_400_000
const DAY = 86_400_000

/** Forgets what is too old, now and once a day. */
function forgetOld(journal: Journal, signal: AbortSignal): void {
  const forget = (): void => {
    forgetBefore(journal, now() - REMEMBERED)
    forgetWritesBefore(journal, now() - REMEMBERED)
  }
  forget()
  const daily = setInterval(forget, DAY).unref()
  signal.addEventListener('abort', () => clearInterval(daily), { once: true })
}

const VERSION = process.env.npm_package_version ?? 'from its code'

export interface AccessFlags {
  readonly 'password-file'?: string | undefined
  readonly 'trust-header'?: string | undefined
  readonly 'proxy-secret-file'?: string | undefined
  readonly admins?: string | undefined
}

/** Who may come in beside those with a link. Throws a HubError for flags that do not go together. */
export function accessIn(flags: AccessFlags): { readonly passwordFile?: string; readonly proxy?: TrustedProxy } {
  const { 'password-file': passwordFile, 'trust-header': header, 'proxy-secret-file': secretFile, admins = '' } = flags
  if (passwordFile !== undefined) readPasswords(passwordFile)
  if ((header === undefined) !== (secretFile === undefined))
    throw new HubError(
      '--trust-header and --proxy-secret-file go together: the file has the secret that the proxy sends in the header x-hub-proxy-secret.',
    )
  if (header === undefined || secretFile === undefined) return passwordFile === undefined ? {} : { passwordFile }
  const proxy = {
    header,
    secret: secretIn(secretFile),
    admins: admins
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean),
  }
  return { proxy, ...(passwordFile !== undefined && { passwordFile }) }
}

function secretIn(file: string): string {
  let text: string
  try {
    text = readFileSync(file, 'utf8').trim()
  } catch (error) {
    throw new HubError(`${file} cannot be read: ${messageOf(error)}`)
  }
  if (text.length < 16) throw new HubError(`${file} must hold a secret of 16 characters or more.`)
  return text
}
