// `zendesk-hub listen`
import { setTimeout as pause } from 'node:timers/promises'
import { now } from '../clock.ts'
import { type LiveSettings, streamsFor } from '../config/connection.ts'
import { HubError, messageOf } from '../errors.ts'
import { follow } from '../live/follow.ts'
import type { SourceMessage } from '../source/source.ts'
import type { SyncResult } from '../sync/sync.ts'
import { readFlags } from './flags.ts'
import { LISTS, READS, SECONDS, tell } from './follow-connection.ts'
import { createTotals } from './followed.ts'
import { openOutlet } from './outlets.ts'
import type { Program } from './program.ts'
import { count, duration } from './progress.ts'
import { createCatchUp, openReceivers, type Receiving } from './receiving.ts'
import { accountOf, CONNECTION_FLAGS, connectionIn } from './source-flags.ts'

export const LISTEN_USAGE = `Usage: zendesk-hub listen --source FILE --to DESTINATION [options]
       zendesk-hub listen --config FILE [--connection NAME] [options]

Takes Zendesk's webhooks (zendesk-hub webhooks install) and brings what changed into the tables within seconds. A sync
from time to time finds what no event reported. Runs until a signal ends it, and then loads what it is reading.

  --source FILE        the connector's configuration: subdomain and credentials (docs/configuration.md)
  --to DESTINATION     duckdb:PATH, or postgres://user:password@host:5432/database (duckdb:zendesk.duckdb);
                       stdout: Singer's lines (SCHEMA, RECORD, STATE); nats://host:4222/NAME: NATS JetStream;
                       kafka://host:9092/NAME: topics of Kafka
  --state FILE         with --to stdout: the last STATE that an earlier run wrote, or its value
  --schema NAME        the schema of the tables (main in DuckDB, zendesk in PostgreSQL)
  --streams A,B        streams to keep fresh (all that the account has)
  --mode MODE, --deleted WHAT, --contracts WHAT, --tokens FILE
                       as for zendesk-hub sync
  --config FILE        a connection of this file instead (zendesk-hub init)
  --connection NAME    which one, if the file has several
  --live FOLDER        where events wait, and the secrets of webhooks are kept (zendesk-live)
  --host ADDRESS       the address to listen on (127.0.0.1)
  --port N             the port to listen on (8321)
  --every MINUTES      from the end of a sync to the next (15)
  --window SECONDS     how long events are collected, at least (2); longer while Zendesk's limits leave no room
  --reads N            how often a minute records of one kind are read, or for each hundred events (10)
  --lists N            requests a minute for what belongs to tickets: comments, audits, metric events (60)
`

const FLAGS = {
  ...CONNECTION_FLAGS,
  live: { type: 'string' },
  state: { type: 'string' },
  host: { type: 'string' },
  port: { type: 'string' },
  every: { type: 'string' },
  window: { type: 'string' },
  reads: { type: 'string' },
  lists: { type: 'string' },
} as const

export async function listenCommand(program: Program, args: readonly string[]): Promise<number> {
  const { values } = readFlags(args, FLAGS)
  const connection = await connectionIn(program, values)
  const { to, streams, capability, mode, modes: modeOf, columns, live } = connection
  const plan = { streams, among: streamsFor(capability), mode, modeOf, columnsOf: columns }
  const report = (message: SourceMessage): void => tell(program, message)
  const source = await accountOf(connection, program, report)
  const { receivers, close } = await openReceivers([settingsIn(values, live)], program)
  const [receiving] = receivers as [Receiving]
  try {
    program.say(`Listening on ${receiving.url}\n`)
    const followed = createTotals()
    const catchUp = createCatchUp(receiving, program)
    const options = {
      every: numberIn('every', values.every, 15) * 60_000,
      window: numberIn('window', values.window, live?.window ?? SECONDS) * 1000,
      readsPerMinute: numberIn('reads', values.reads, live?.reads ?? READS),
      listsPerMinute: numberIn('lists', values.lists, live?.lists ?? LISTS),
      now,
      signal: program.signal,
      report,
      onFollowed: followed.add,
      catchUp: (signal: AbortSignal) => catchUp(source, signal),
    }
    await persistently(program, async (noteSuccess) => {
      const outlet = await openOutlet(program, { connection, source, plan, report, folder: receiving.folder, values })
      const onSync = (result: SyncResult): void => {
        noteSuccess()
        const text = `${sentence(result)}${followed.sentence(receiving.receiver.counts)}\n`
        if (to === 'stdout') program.say(text)
        else program.write(text)
      }
      try {
        await follow({ source, inbox: receiving.inbox }, outlet, plan, { ...options, onSync })
      } finally {
        await outlet.close()
      }
    })
  } finally {
    await close()
  }
  return 0
}

/** Milliseconds before another attempt: doubled each time, up to the longest. */
const FIRST_PAUSE = 1000
const LONGEST_PAUSE = 60_000

/**
 * Runs this until the signal ends it. If it fails after it had succeeded, as with a full disk, it begins again: deliveries
 * are taken all the while. Throws what it throws before that.
 */
async function persistently({ signal, say }: Program, work: (noteSuccess: () => void) => Promise<void>): Promise<void> {
  let hasSucceeded = false
  let wait = FIRST_PAUSE
  while (!signal.aborted) {
    try {
      await work(() => {
        hasSucceeded = true
        wait = FIRST_PAUSE
      })
    } catch (error) {
      // What was under way when it was told to stop is in the inbox, or in the next sync.
      if (signal.aborted) return
      if (!hasSucceeded) throw error
      say(`error: ${messageOf(error)} Events wait; another attempt follows in ${wait / 1000} s.\n`)
      await pause(wait, undefined, { signal }).catch(() => undefined)
      wait = Math.min(LONGEST_PAUSE, wait * 2)
    }
  }
}

/** Flags come before what the connection says. */
function settingsIn(
  { live: folder, host, port }: { live?: string | undefined; host?: string | undefined; port?: string | undefined },
  live: LiveSettings = {},
): LiveSettings {
  return {
    ...live,
    ...(folder !== undefined && { folder }),
    ...(host !== undefined && { host }),
    ...(port !== undefined && { port: numberIn('port', port, 0) }),
  }
}

function numberIn(flag: string, text: string | undefined, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text)
  if (!(value >= 0) || text === '') throw new HubError(`--${flag} takes a number, not "${text}".`)
  return value
}

function sentence({ syncId, status, tallies, seconds }: SyncResult): string {
  const rows = [...tallies.values()].reduce((sum, tally) => sum + tally.rows, 0)
  return `Sync ${syncId} is ${status}: ${count(rows)} rows in ${duration(seconds)}.`
}
