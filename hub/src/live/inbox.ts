// Deliveries on disk before they are answered: what was taken is not lost, whenever the process ends.
import { DatabaseSync } from 'node:sqlite'
import { HubError, messageOf } from '../errors.ts'
import type { Delivery, Hint } from './event.ts'

/** Hints of one kind that wait to be followed. */
export interface Pending {
  readonly kind: string
  /** How many they are; several may name one record. */
  readonly hints: number
  /** When the first of them came, in milliseconds since 1970. */
  readonly since: number
}

/** A hint in the inbox. */
export interface Waiting extends Hint {
  /** Its place in the inbox: `settle` asks for it. */
  readonly nth: number
}

export interface Inbox {
  /** Stores a delivery, and resolves once it is on the disk. Rejects with what the disk says; nothing was taken then. */
  put(delivery: Delivery): Promise<'new' | 'duplicate'>
  /** What waits, by kind. */
  pending(): readonly Pending[]
  /** The oldest of these kinds that wait. */
  waiting(kinds: readonly string[], most: number): readonly Waiting[]
  /** Notes that these were followed, and forgets deliveries that are too old to come again. */
  settle(followed: readonly Waiting[]): void
  has(key: string): boolean
  /** Whether this invocation was taken out of Zendesk's log before. */
  isReplayed(invocation: string): boolean
  noteReplayed(invocation: string): void
  /** Resolves when something came, or the signal is given. */
  arrival(signal: AbortSignal): Promise<void>
  close(): void
}

/** How long keys are kept: longer than a signature is good. */
const REMEMBERED = 2 * 3_600_000

/** How long replays are remembered, in milliseconds: longer than Zendesk keeps its log. */
const REPLAYS_REMEMBERED = 8 * 86_400_000

const TABLES = `create table if not exists deliveries (key text primary key, received integer not null) without rowid;
  create table if not exists hints (nth integer primary key autoincrement, kind text not null, id integer not null,
    at integer not null, is_deletion integer not null, received integer not null);
  create index if not exists by_age on deliveries (received);
  create table if not exists replays (invocation text primary key, at integer not null) without rowid;`

/** Opens the inbox in this file, and makes it where it is not there. `now` in milliseconds. Throws a HubError. */
export function openInbox(path: string, now: () => number): Inbox {
  const database = opened(path)
  const addKey = database.prepare('insert or ignore into deliveries values (?, ?)')
  const addHint = database.prepare('insert into hints (kind, id, at, is_deletion, received) values (?, ?, ?, ?, ?)')
  const removeHint = database.prepare('delete from hints where nth = ?')
  let queue: { delivery: Delivery; answer: PromiseWithResolvers<'new' | 'duplicate'> }[] = []
  let arrived = Promise.withResolvers<void>()

  const store = (delivery: Delivery): 'new' | 'duplicate' => {
    if (addKey.run(delivery.key, now()).changes === 0) return 'duplicate'
    for (const { kind, id, at, isDeletion } of delivery.hints) addHint.run(kind, id, at, isDeletion ? 1 : 0, now())
    return 'new'
  }
  /** One transaction, and one write to the disk, for all that came meanwhile. */
  const flush = (): void => {
    const some = queue
    queue = []
    try {
      const results = together(database, () => some.map(({ delivery }) => store(delivery)))
      for (const [nth, { answer }] of some.entries()) answer.resolve(results[nth]!)
      arrived.resolve()
      arrived = Promise.withResolvers()
    } catch (error) {
      for (const { answer } of some) answer.reject(error)
    }
  }
  return {
    put(delivery) {
      const answer = Promise.withResolvers<'new' | 'duplicate'>()
      queue.push({ delivery, answer })
      if (queue.length === 1) setImmediate(flush)
      return answer.promise
    },
    pending: () => pendingIn(database),
    waiting: (kinds, most) => waitingIn(database, kinds, most),
    settle: (followed) =>
      together(database, () => {
        for (const { nth } of followed) removeHint.run(nth)
        database.prepare('delete from deliveries where received < ?').run(now() - REMEMBERED)
      }),
    has: (key) => database.prepare('select 1 from deliveries where key = ?').get(key) !== undefined,
    isReplayed: (invocation) =>
      database.prepare('select 1 from replays where invocation = ?').get(invocation) !== undefined,
    noteReplayed(invocation) {
      database.prepare('insert or ignore into replays values (?, ?)').run(invocation, now())
      database.prepare('delete from replays where at < ?').run(now() - REPLAYS_REMEMBERED)
    },
    async arrival(signal) {
      if (signal.aborted) return
      const ended = Promise.withResolvers<void>()
      const end = (): void => ended.resolve()
      signal.addEventListener('abort', end, { once: true })
      await Promise.race([arrived.promise, ended.promise])
      signal.removeEventListener('abort', end)
    },
    close: () => database.close(),
  }
}

/** Does `act` in one transaction: all of it is on the disk, or nothing. Throws what it throws. */
function together<Result>(database: DatabaseSync, act: () => Result): Result {
  database.exec('begin immediate')
  try {
    const result = act()
    database.exec('commit')
    return result
  } catch (error) {
    if (database.isTransaction) database.exec('rollback')
    throw error
  }
}

const marks = (values: readonly unknown[]): string => values.map(() => '?').join(', ')

const pendingIn = (database: DatabaseSync): readonly Pending[] =>
  database
    .prepare('select kind, count(*) as hints, min(received) as since from hints group by kind')
    .all()
    .map(({ kind, hints, since }) => ({ kind: String(kind), hints: Number(hints), since: Number(since) }))

function waitingIn(database: DatabaseSync, kinds: readonly string[], most: number): readonly Waiting[] {
  const rows = database
    .prepare(`select * from hints where kind in (${marks(kinds)}) order by nth limit ?`)
    .all(...kinds, most)
  return rows.map(({ nth, kind, id, at, is_deletion }) => ({
    nth: Number(nth),
    kind: String(kind),
    id: Number(id),
    at: Number(at),
    isDeletion: is_deletion === 1,
  }))
}

function opened(path: string): DatabaseSync {
  try {
    const database = new DatabaseSync(path, { timeout: 500 })
    // Each transaction is on the disk before it is answered.
    database.exec(`pragma journal_mode = wal; pragma synchronous = full; ${TABLES}`)
    return database
  } catch (error) {
    throw new HubError(`The inbox ${path} cannot be opened: ${messageOf(error)}`)
  }
}
