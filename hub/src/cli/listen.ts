// `zendesk-hub listen`
import { mkdir } from 'node:fs/promises'
import { now } from '../clock.ts'
import { streamsFor } from '../config/connection.ts'
import { HubError, messageOf } from '../errors.ts'
import { type Followed, follow } from '../live/follow.ts'
import { type Inbox, openInbox } from '../live/inbox.ts'
import { inboxIn, keep, readKept, watchKept } from '../live/kept-webhooks.ts'
import { warehouseOutlet } from '../live/outlet.ts'
import { type Counts, createReceiver, listenOn, PATH } from '../live/receiver.ts'
import { replayMissed } from '../live/replay.ts'
import type { LiveSource, SourceMessage } from '../source/source.ts'
import type { SyncResult } from '../sync/sync.ts'
import { openWarehouse } from './destination.ts'
import { readFlags } from './flags.ts'
import type { Program } from './program.ts'
import { count, duration } from './progress.ts'
import { accountOf, CONNECTION_FLAGS, connectionIn } from './source-flags.ts'

export const LISTEN_USAGE = `Usage: zendesk-hub listen --source FILE --to DESTINATION [options]
       zendesk-hub listen --config FILE [--connection NAME] [options]

Takes Zendesk's webhooks (zendesk-hub webhooks install) and brings what changed into the tables within seconds. A sync
from time to time finds what no event told. Runs until a signal ends it: what is under way is loaded then.

  --source FILE        the connector's configuration: subdomain and credentials (docs/configuration.md)
  --to DESTINATION     duckdb:PATH, or postgres://user:password@host:5432/database (duckdb:zendesk.duckdb)
  --schema NAME        the schema for the tables (main in DuckDB, zendesk in PostgreSQL)
  --streams A,B        streams to keep (all that the account has)
  --mode MODE, --deleted WHAT, --contracts WHAT, --tokens FILE
                       as for zendesk-hub sync
  --config FILE        a connection of this file instead (zendesk-hub init), by its name if there are several
  --live FOLDER        where events wait, and the secrets of webhooks are kept (zendesk-live)
  --host ADDRESS       address to listen on (127.0.0.1)
  --port NUMBER        port to listen on (8321)
  --every MINUTES      from the end of a sync to the next (15)
  --window SECONDS     for how long events are collected (2); longer while Zendesk's limits leave no room
  --lists NUMBER       requests a minute for what belongs to tickets: comments, audits, metric events (60)
  --help               prints this text
`

const FLAGS = {
  ...CONNECTION_FLAGS,
  live: { type: 'string' },
  host: { type: 'string' },
  port: { type: 'string' },
  every: { type: 'string' },
  window: { type: 'string' },
  lists: { type: 'string' },
} as const

const MOST = { rows: 50_000, milliseconds: 30_000 }

/** The folder of `--live`, if nobody says another. */
export const LIVE_FOLDER = 'zendesk-live'

export async function listenCommand(program: Program, args: readonly string[]): Promise<number> {
  const { values } = readFlags(args, FLAGS)
  const { live: folder = LIVE_FOLDER, host = '127.0.0.1' } = values
  const connection = await connectionIn(program, values)
  const { to, schema, streams, capability, mode, modes: modeOf, columns, deleted, contracts } = connection
  const plan = { streams, among: streamsFor(capability), mode, modeOf, columnsOf: columns }
  const port = numberIn('port', values.port, 8321)
  const report = (message: SourceMessage): void => tell(program, message)
  const source = await accountOf(connection, program, report)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const inbox = openInbox(inboxIn(folder), now)
  const learn = (account: string): void =>
    void keep(folder, { ...readKept(folder), account }).catch((error) => program.say(`${messageOf(error)}\n`))
  const receiver = createReceiver({ inbox, kept: watchKept(folder), learn, now, say: program.say })
  const listening = await listenOn(receiver, { host, port })
  try {
    program.say(`Listening on ${listening.url}${PATH}\n`)
    const warehouse = await openWarehouse({ to, schema }, program)
    const followed = createTotals()
    try {
      await follow(
        { source, inbox },
        warehouseOutlet(source, warehouse, plan, { deleted, contracts, most: MOST, report }),
        plan,
        {
          every: numberIn('every', values.every, 15) * 60_000,
          window: numberIn('window', values.window, 2) * 1000,
          listsPerMinute: numberIn('lists', values.lists, 60),
          now,
          signal: program.signal,
          report,
          onSync: (result) => program.write(`${sentence(result)}${followed.sentence(receiver.counts)}\n`),
          onFollowed: followed.add,
          catchUp: createCatchUp({ source, inbox, folder, program }),
        },
      )
    } catch (error) {
      // What was under way when it was told to stop is in the inbox, or in the next sync.
      if (!program.signal.aborted) throw error
    } finally {
      await warehouse.close()
    }
  } finally {
    await listening.close()
    inbox.close()
  }
  return 0
}

/** As many as are replayed after a sync, which has found most of what they told. */
const MOST_REPLAYED = 200
/** A delivery may be tried for so long, in milliseconds. */
const RETRIES = 900_000

/** Takes what did not arrive out of Zendesk's log. Who may not read it lives on with the syncs. */
export function createCatchUp(on: { source: LiveSource; inbox: Inbox; folder: string; program: Program }) {
  const { source, inbox, folder, program } = on
  let since = 0
  let isTold = false
  return async (): Promise<void> => {
    const began = now()
    try {
      const { missed, replayed } = await replayMissed(source, inbox, readKept(folder), {
        most: MOST_REPLAYED,
        since,
        now,
      })
      since = began - RETRIES
      if (missed > 0)
        program.say(
          `${count(missed)} deliveries had not arrived; ${count(replayed)} of them come out of Zendesk's log.\n`,
        )
    } catch (error) {
      if (!isTold && !program.signal.aborted)
        program.say(`warn: Zendesk's log of deliveries cannot be read: ${messageOf(error)}\n`)
      isTold = true
    }
  }
}

function numberIn(flag: string, text: string | undefined, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text)
  if (!(value >= 0) || text === '') throw new HubError(`--${flag} takes a number, not "${text}".`)
  return value
}

/** What people want to know while it runs. */
function tell({ say }: Program, message: SourceMessage): void {
  if (message.kind === 'error')
    say(`error: ${message.stream === undefined ? '' : `${message.stream}: `}${messageOf(message.error)}\n`)
  if (message.kind === 'log' && message.level !== 'debug' && message.level !== 'info')
    say(`${message.level}: ${message.message}\n`)
}

function sentence({ syncId, status, tallies, seconds }: SyncResult): string {
  const rows = [...tallies.values()].reduce((sum, tally) => sum + tally.rows, 0)
  return `Sync ${syncId} is ${status}: ${count(rows)} rows in ${duration(seconds)}.`
}

/** What events brought since the last sentence. */
function createTotals() {
  let events = 0
  let records = 0
  let latencies: number[] = []
  return {
    add(some: Followed): void {
      events += some.events
      records += some.records
      // Enough for a percentile, however many come.
      latencies = [...latencies, ...some.latencies].slice(-10_000)
    },
    sentence(counts: Counts): string {
      if (events === 0) return ''
      const sorted = latencies.toSorted((one, other) => one - other)
      const at = (share: number): string => ((sorted[Math.floor((sorted.length - 1) * share)] ?? 0) / 1000).toFixed(1)
      const text = ` Before it, ${count(events)} events brought ${count(records)} records, half of them within ${at(0.5)} s, 99 % within ${at(0.99)} s.`
      const { accepted: _, duplicate: __, ...refused } = counts
      const reasons = Object.entries(refused).filter(([, times]) => times > 0)
      ;[events, records, latencies] = [0, 0, []]
      return reasons.length === 0
        ? text
        : `${text} Refused so far: ${reasons.map(([reason, times]) => `${count(times)} ${reason}`).join(', ')}.`
    },
  }
}
