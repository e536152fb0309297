// The store of one machine: a SQLite file.
import { createHash } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { passed } from '../clock.ts'
import { HubError, messageOf } from '../errors.ts'
import { createTurnstile } from '../in-turn.ts'
import { type Queries, StoreAway, type StoreDatabase, type StoreRow } from './database.ts'

/** How long a statement waits for another process that writes, in milliseconds. */
const PATIENCE = 10_000
/** Between two attempts, in milliseconds. SQLite's own wait would hold this process up. */
const LOOK = 20

/** Opens the file, and makes it where it is not there. Throws a HubError. */
export async function openSqlite(path: string): Promise<StoreDatabase> {
  const database = opened(path)
  // Each transaction is on the disk before it is answered.
  await patiently(path, () => database.exec('pragma journal_mode = wal; pragma synchronous = full'))
  const rows: Queries['rows'] = (sql, values = []) =>
    patiently(path, () => database.prepare(sql.replace(/\$(\d+)/g, '?$1')).all(...values) as StoreRow[])
  // One transaction after the other: a connection has one at a time.
  const inTurn = createTurnstile()
  return {
    name: `the store ${path}`,
    now: "cast(unixepoch('subsec') * 1000 as integer)",
    rows: (sql, values) => inTurn(() => rows(sql, values)),
    atOnce: (work) =>
      inTurn(async () => {
        await rows('begin immediate')
        try {
          const result = await work({ rows })
          await rows('commit')
          return result
        } catch (error) {
          if (database.isTransaction) database.exec('rollback')
          throw error
        }
      }),
    async aloneWithTokens(account, act, signal) {
      const lock = await locked(lockFile(path, account), signal)
      try {
        return await act()
      } finally {
        lock.close()
      }
    },
    close: async () => database.close(),
  }
}

function opened(path: string): DatabaseSync {
  try {
    return new DatabaseSync(path, { timeout: 0 })
  } catch (error) {
    throw new HubError(`The store ${path} cannot be opened: ${messageOf(error)}`)
  }
}

/** Acts again while another process writes. Throws StoreAway if that takes too long. */
async function patiently<Result>(path: string, act: () => Result): Promise<Result> {
  for (const until = passed() + PATIENCE; ; await pause(LOOK * (0.5 + Math.random()))) {
    try {
      return act()
    } catch (error) {
      if (!isBusy(error)) throw error
      if (passed() > until) throw new StoreAway(`${path} is busy: ${messageOf(error)}`)
    }
  }
}

/** SQLite locks whole files, so a row that is locked for the time of a request is a file of its own, which stays empty. */
const lockFile = (path: string, account: string): string =>
  `${path}.${createHash('sha256').update(account).digest('hex').slice(0, 12)}.lock`

/** Waits for the lock and takes it: the system gives it back when the process ends. */
async function locked(path: string, signal: AbortSignal): Promise<DatabaseSync> {
  const lock = new DatabaseSync(path, { timeout: 0 })
  for (;;) {
    try {
      lock.exec('begin exclusive')
      return lock
    } catch (error) {
      if (!isBusy(error)) {
        lock.close()
        throw error
      }
    }
    await pause(LOOK, undefined, { signal }).catch((error: unknown) => {
      lock.close()
      throw error
    })
  }
}

/** SQLITE_BUSY and its extended codes. */
const isBusy = (error: unknown): boolean => ((error as { readonly errcode?: number }).errcode ?? 0) % 256 === 5
