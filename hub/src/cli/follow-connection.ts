// Events of one connection of `serve`, between two of its syncs.
import { now } from '../clock.ts'
import { type Connection, type LiveSettings, streamsFor } from '../config/connection.ts'
import { messageOf } from '../errors.ts'
import { beside, type Followed, failedIn, followEvents, liveStreams } from '../live/follow.ts'
import { createOwedRecords } from '../live/owed-records.ts'
import { openWriter } from '../live/write.ts'
import { openBooks } from '../load/books.ts'
import type { SourceMessage } from '../source/source.ts'
import type { SyncResult } from '../sync/sync.ts'
import { openWarehouse } from './destination.ts'
import { createTotals } from './followed.ts'
import type { Program } from './program.ts'
import { createCatchUp, type Receiving } from './receiving.ts'
import { accountOf } from './source-flags.ts'

export interface ConnectionFollower {
  /** Follows until the signal: the account is idle, and nobody else has the warehouse open. Throws what opening throws. */
  follow(signal: AbortSignal): Promise<void>
  /** What a sync came to: streams whose tables it could not make are left out. */
  synced(result: SyncResult): void
  /** What events brought since the last sync, for people. */
  sentence(): string
}

export const SECONDS = 2
export const READS = 10
export const LISTS = 60

/** Follows the events that come in here; `onFollowed` is told what they brought. */
export function createFollower(
  program: Program,
  connection: Connection & { readonly live: LiveSettings },
  receiving: Receiving,
  onFollowed?: (followed: Followed) => void,
): ConnectionFollower {
  const { to, schema, streams, capability, mode, modes, columns, deleted, contracts, live } = connection
  const plan = { streams, among: streamsFor(capability), mode, modeOf: modes, columnsOf: columns }
  const owed = createOwedRecords(live.lists ?? LISTS, now)
  const totals = createTotals()
  const catchUp = createCatchUp(receiving, program)
  const report = (message: SourceMessage): void => tell(program, message)
  const followed = (some: Followed): void => {
    totals.add(some)
    onFollowed?.(some)
  }
  let failed: ReadonlySet<string> = new Set()
  return {
    synced(result) {
      failed = failedIn(result)
    },
    sentence: () => totals.sentence(receiving.receiver.counts),
    async follow(signal) {
      const source = await accountOf(connection, { ...program, signal }, report)
      const warehouse = await openWarehouse({ to, schema }, { ...program, signal })
      try {
        await openBooks(warehouse)
        const [last] = await warehouse.rows(`select max(id) as id from ${warehouse.schema}._syncs`)
        const some = await liveStreams(source, plan, failed)
        const write = await openWriter(warehouse, some, { deleted, contracts, syncId: Number(last?.['id'] ?? 0) })
        const following = { source, inbox: receiving.inbox, streams: some, write, owed }
        const window = (live.window ?? SECONDS) * 1000
        const readsPerMinute = live.reads ?? READS
        const options = { window, readsPerMinute, now, signal, report, onFollowed: followed }
        await beside(
          signal,
          (until) => catchUp(source, until),
          () => followEvents(Number.POSITIVE_INFINITY, following, options),
        )
      } finally {
        await warehouse.close()
      }
    },
  }
}

/** What is reported to people while events are followed. */
export function tell({ say }: Pick<Program, 'say'>, message: SourceMessage): void {
  if (message.kind === 'error')
    say(`error: ${message.stream === undefined ? '' : `${message.stream}: `}${messageOf(message.error)}\n`)
  if (message.kind === 'log' && message.level !== 'debug' && message.level !== 'info')
    say(`${message.level}: ${message.message}\n`)
}
