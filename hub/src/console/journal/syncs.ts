// The syncs that the journal knows.
import type { Journal } from './open.ts'

/** A sync; times in milliseconds since 1970 (UTC), `waited` in milliseconds. */
export interface SyncRow {
  readonly id: number
  readonly connection: string
  /** `_syncs.id` of its warehouse; null before that is known. */
  readonly number: number | null
  readonly started: number
  readonly ended: number | null
  readonly status: string
  readonly rows: number
  readonly deletions: number
  readonly requests: number
  readonly waited: number
  readonly error: string | null
}

/** A stream of a sync. */
export interface StreamRow {
  readonly stream: string
  readonly status: string
  readonly rows: number
  readonly deletions: number
  readonly misfits: number
  readonly requests: number
  readonly waited: number
  readonly started: number | null
  readonly ended: number | null
  readonly error: string | null
}

export interface LogLine {
  readonly at: number
  readonly level: string
  readonly text: string
}

export const beginSync = (journal: Journal, connection: string, started: number): number =>
  journal.run("insert into syncs (connection, started, status) values (?, ?, 'running')", connection, started).id

/** Notes how a sync ended, with all of its streams. */
export function endSync(
  journal: Journal,
  sync: Omit<SyncRow, 'connection' | 'started'>,
  streams: readonly StreamRow[],
): void {
  const { id, number, ended, status, rows, deletions, requests, waited, error } = sync
  journal.atOnce(() => {
    journal.run(
      `update syncs set number = ?, ended = ?, status = ?, rows = ?, deletions = ?, requests = ?, waited = ?, error = ?
       where id = ?`,
      ...[number, ended, status, rows, deletions, requests, waited, error, id],
    )
    for (const one of streams)
      journal.run(
        `insert or replace into streams (sync, stream, status, rows, deletions, misfits, requests, waited, started, ended, error)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[
          id,
          one.stream,
          one.status,
          one.rows,
          one.deletions,
          one.misfits,
          one.requests,
          one.waited,
          one.started,
          one.ended,
          one.error,
        ],
      )
  })
}

/** Takes in syncs that a warehouse remembers and the journal does not. */
export function importSyncs(
  journal: Journal,
  connection: string,
  syncs: readonly (Omit<SyncRow, 'id' | 'connection' | 'requests' | 'waited'> & {
    readonly streams: readonly StreamRow[]
  })[],
): void {
  journal.atOnce(() => {
    for (const { streams, ...sync } of syncs) {
      const { number, started, ended, status, rows, deletions, error } = sync
      const { id, changes } = journal.run(
        `insert or ignore into syncs (connection, number, started, ended, status, rows, deletions, error)
         values (?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[connection, number, started, ended, status, rows, deletions, error],
      )
      if (changes === 0) continue
      for (const one of streams)
        journal.run(
          `insert or ignore into streams (sync, stream, status, rows, deletions, misfits, ended, error) values (?, ?, ?, ?, ?, ?, ?, ?)`,
          ...[id, one.stream, one.status, one.rows, one.deletions, one.misfits, one.ended, one.error],
        )
    }
  })
}

/** What ran when the process ended was cut off. */
export const noteKilled = (journal: Journal): void =>
  void journal.run("update syncs set status = 'killed', error = 'Its process ended.' where status = 'running'")

export const lastNumber = (journal: Journal, connection: string): number =>
  journal.get<{ number: number | null }>('select max(number) as number from syncs where connection = ?', connection)
    ?.number ?? 0

export interface SyncQuery {
  readonly connection?: string | undefined
  readonly status?: string | undefined
  /** Those before this one. */
  readonly before?: number | undefined
  /** Those that began since, in milliseconds. */
  readonly since?: number | undefined
  readonly limit: number
}

/** The newest first. */
export const syncsOf = (
  journal: Journal,
  { connection, status, before, since, limit }: SyncQuery,
): readonly SyncRow[] =>
  journal.all<SyncRow>(
    `select * from syncs where (?1 is null or connection = ?1) and (?2 is null or status = ?2) and (?3 is null or id < ?3)
       and (?4 is null or started >= ?4) order by started desc, id desc limit ?5`,
    ...[connection ?? null, status ?? null, before ?? null, since ?? null, limit],
  )

export const syncOf = (journal: Journal, id: number): SyncRow | undefined =>
  journal.get<SyncRow>('select * from syncs where id = ?', id)

export const streamsOf = (journal: Journal, sync: number): readonly StreamRow[] =>
  journal.all<StreamRow>('select * from streams where sync = ? order by stream', sync)

/** The last sync of each connection. */
export const lastSyncs = (journal: Journal): ReadonlyMap<string, SyncRow> =>
  new Map(
    journal
      .all<SyncRow>(
        'select s.* from syncs s join (select connection, max(started) as m from syncs group by connection) l on l.connection = s.connection and l.m = s.started',
      )
      .map((row) => [row.connection, row]),
  )

/** How a day went: its worst outcome, and the rows that it brought. */
export interface Day {
  readonly connection: string
  /** Days since 1970 (UTC). */
  readonly day: number
  readonly syncs: number
  readonly failed: number
  readonly rows: number
}

export const daysSince = (journal: Journal, since: number): readonly Day[] =>
  journal.all<Day>(
    `select connection, started / 86400000 as day, count(*) as syncs, sum(status not in ('complete', 'running')) as failed,
       sum(rows) as rows from syncs where started >= ? group by connection, day`,
    since,
  )

/** By stream of a connection: its last outcome, and when it was complete for the last time. */
export interface StreamFreshness extends StreamRow {
  readonly completeAt: number | null
}

export const freshnessOf = (journal: Journal, connection: string): readonly StreamFreshness[] =>
  journal.all<StreamFreshness>(
    `with recent as (select id, started from syncs where connection = ?1 order by started desc limit 500),
       own as (select t.*, r.started as sync_started from recent r join streams t on t.sync = r.id),
       last as (select stream, max(sync_started) as last, max(case when status = 'complete' then ended end) as completeAt
                from own group by stream)
     select o.stream, o.status, o.rows, o.deletions, o.misfits, o.requests, o.waited, o.started, o.ended, o.error, l.completeAt
     from last l join own o on o.stream = l.stream and o.sync_started = l.last order by o.stream`,
    connection,
  )

/** Lines of a sync's log from the nth on. */
export const linesOf = (
  journal: Journal,
  sync: number,
  { from = 0, limit = 1000, search = '', level = '' },
): readonly (LogLine & { nth: number })[] =>
  journal.all(
    `select nth, at, level, text from lines where sync = ?1 and nth >= ?2 and (?3 = '' or instr(lower(text), lower(?3)) > 0)
       and (?4 = '' or level = ?4) order by nth limit ?5`,
    ...[sync, from, search, level, limit],
  )

export const addLine = (journal: Journal, sync: number, nth: number, { at, level, text }: LogLine): void =>
  void journal.run('insert or ignore into lines values (?, ?, ?, ?, ?)', sync, nth, at, level, text)

/** Forgets what a connection did. */
export const forgetConnection = (journal: Journal, connection: string): void =>
  void journal.run('delete from syncs where connection = ?', connection)

/** Forgets syncs that began before this time, in milliseconds, and keeps the newest ones of each connection. */
export const forgetBefore = (journal: Journal, time: number): void =>
  void journal.run(
    `delete from syncs where started < ?1 and id not in (select id from syncs s where started =
       (select max(started) from syncs t where t.connection = s.connection))`,
    time,
  )
