// `zendesk-hub webhooks`: the webhook in Zendesk that `listen` lives on.
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { now, passed } from '../clock.ts'
import { HubError } from '../errors.ts'
import { openInbox } from '../live/inbox.ts'
import { inboxIn, readKept } from '../live/kept-webhooks.ts'
import { PATH } from '../live/receiver.ts'
import { replayMissed } from '../live/replay.ts'
import { type Found, install, look, type Place, repair, rotateSecret, sendTest, uninstall } from '../live/webhooks.ts'
import type { LiveSource } from '../source/source.ts'
import { readFlags } from './flags.ts'
import type { Program } from './program.ts'
import { count } from './progress.ts'
import { LIVE_FOLDER } from './receiving.ts'
import { accountOf, connectionIn } from './source-flags.ts'

export const WEBHOOKS_USAGE = `Usage: zendesk-hub webhooks ACTION --source FILE --url ADDRESS [options]
       zendesk-hub webhooks ACTION --config FILE [--connection NAME]

Sets up the webhook through which Zendesk reports changes to zendesk-hub listen. Needs an administrator.

  install              makes the webhook, or corrects the one that exists
  status               compares it with what it should be; the exit code is 0 only if nothing differs
  repair               corrects what differs, and removes duplicates
  test                 lets Zendesk send a test, and waits until it has arrived
  rotate-secret        gives the webhook a new secret; the old one is good for another hour
  replay               takes what did not arrive from Zendesk's log of the last seven days; listen does so after each sync
  uninstall            removes the webhook

  --source FILE        the connector's configuration: subdomain and credentials (docs/configuration.md)
  --url ADDRESS        the public address of zendesk-hub listen: https://hub.example.org
  --live FOLDER        where the webhook's secret is kept, the same as for zendesk-hub listen (zendesk-live)
  --config FILE        a connection of this file instead (zendesk-hub init); its "live" has the address and the folder
  --connection NAME    which one, if the file has several
  --tokens FILE        where renewed OAuth tokens are kept; needed with a refresh token
`

const FLAGS = {
  config: { type: 'string' },
  connection: { type: 'string' },
  source: { type: 'string' },
  url: { type: 'string' },
  live: { type: 'string' },
  tokens: { type: 'string' },
} as const

type Action = (source: LiveSource, place: Place, program: Program) => Promise<number>

const ACTIONS: Readonly<Record<string, Action>> = {
  install: async (source, place, { write }) => {
    const found = await install(source, place)
    write(summaryOf(found, place))
    return 0
  },
  status: async (source, place, { write }) => {
    const found = await look(source, place)
    const { ids, faults } = found
    if (ids.length > 0) write(summaryOf(found, place))
    for (const fault of faults) write(`${fault}\n`)
    write(faults.length === 0 ? 'Everything is as it should be.\n' : 'zendesk-hub webhooks repair puts this right.\n')
    return faults.length === 0 ? 0 : 1
  },
  repair: async (source, place, { write }) => {
    const { faults } = await look(source, place)
    const found = await repair(source, place)
    for (const fault of faults) write(`Put right: ${fault}\n`)
    write(summaryOf(found, place))
    return 0
  },
  test: runTest,
  'rotate-secret': async (source, place, { write }) => {
    await rotateSecret(source, place)
    write('The webhook has a new secret. The old one stays good for an hour.\n')
    return 0
  },
  replay: async (source, place, { write }) => {
    const inbox = openInbox(inboxIn(place.folder), now)
    try {
      const { missed, replayed } = await replayMissed(source, inbox, readKept(place.folder), { most: Infinity, now })
      write(`${count(missed)} deliveries did not arrive, and ${count(replayed)} of them are in the inbox now.\n`)
      if (replayed < missed) write('Zendesk has no body for the others: the next sync finds their changes.\n')
      return 0
    } finally {
      inbox.close()
    }
  },
  uninstall: async (source, place, { write }) => {
    const removed = await uninstall(source, place)
    write(removed === 0 ? `No webhook leads to ${place.endpoint}.\n` : `The webhook to ${place.endpoint} is removed.\n`)
    return 0
  },
}

/** How long a test may take to arrive, in milliseconds. */
const PATIENCE = 20_000

async function runTest(source: LiveSource, place: Place, { write, signal }: Program): Promise<number> {
  const name = randomUUID()
  const inbox = openInbox(inboxIn(place.folder), now)
  try {
    const began = passed()
    const status = await sendTest(source, place, name)
    if (status !== 200)
      throw new HubError(
        `${place.endpoint} answered ${status} to the test. ${status === 401 ? 'Does it know this secret? zendesk-hub webhooks repair.' : 'Is zendesk-hub listen behind this address?'}`,
      )
    while (!inbox.has(`test:${name}`)) {
      if (passed() - began > PATIENCE)
        throw new HubError(
          `The test was answered, but did not arrive in ${place.folder}: zendesk-hub listen has another --live, or something else answers at ${place.endpoint}.`,
        )
      await pause(100, undefined, { signal })
    }
    write(`The test arrived ${((passed() - began) / 1000).toFixed(1)} s after it was asked for.\n`)
    return 0
  } finally {
    inbox.close()
  }
}

function summaryOf({ ids, refused, byTrigger }: Found, { endpoint }: Place): string {
  const which = ids.length === 1 ? `Webhook ${ids[0]} leads` : `Webhooks ${ids.join(' and ')} lead`
  const trigger = byTrigger ? 'This account has no events for tickets: a trigger reports their changes instead.\n' : ''
  const left =
    refused.length === 0
      ? ''
      : `Left out, as Zendesk refuses it: ${refused.join(', ')}. The next sync finds these changes.\n`
  return `${which} to ${endpoint}.\n${trigger}${left}`
}

export async function webhooksCommand(program: Program, args: readonly string[]): Promise<number> {
  const { values, positionals } = readFlags(args, FLAGS, 2)
  const [name = '', ...more] = positionals
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined
  if (action === undefined || more.length > 0)
    throw new HubError(`webhooks takes one of ${Object.keys(ACTIONS).join(', ')}. See --help.`)
  const connection = await connectionIn(program, values)
  const { live } = connection
  const endpoint = endpointOf(values.url ?? live?.url)
  const source = await accountOf(connection, program, (message) => {
    if (message.kind === 'log' && message.level !== 'debug') program.say(`${message.level}: ${message.message}\n`)
  })
  return await action(source, { endpoint, folder: values.live ?? live?.folder ?? LIVE_FOLDER, now }, program)
}

/** The public address with the path of the receiver. Zendesk calls HTTPS only; plain HTTP is for the sandbox. */
function endpointOf(text: string | undefined): string {
  if (text === undefined) throw new HubError('Say where Zendesk reaches zendesk-hub listen: --url https://…')
  if (!URL.canParse(text)) throw new HubError(`"${text}" is not an address such as https://hub.example.org.`)
  const url = new URL(text)
  if (url.pathname === '/') url.pathname = PATH
  return url.href
}
