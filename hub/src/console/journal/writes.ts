// What was written back to Zendesk: runs with their counts and first differences, and the rows that were rejected.
import { now } from '../../clock.ts'
import type { PlannedChange, RejectedRow, RowCounts } from '../../source/writer.ts'
import type { Journal } from './open.ts'

export type WriteKind = 'run' | 'dry-run' | 'replay'

/** A run; times in milliseconds since 1970 (UTC). Of a dry run: what would be done. */
export interface WriteRun {
  readonly id: number
  readonly connection: string
  readonly write: string
  readonly kind: WriteKind
  readonly asked_by: string | null
  readonly started: number
  readonly ended: number | null
  readonly status: 'running' | 'complete' | 'failed' | 'stopped' | 'killed'
  readonly rows: number
  readonly created: number
  readonly updated: number
  /** Created or updated: only Zendesk knows which. */
  readonly upserted: number
  readonly deleted: number
  readonly unchanged: number
  readonly rejected: number
  readonly error: string | null
}

/** A rejected row that was not written since. */
export interface KeptRow {
  readonly id: number
  readonly run: number
  readonly at: number
  readonly code: string
  readonly message: string
  readonly status: number | null
  readonly request_id: string | null
  /** JSON of the whole `RejectedRow`. */
  readonly row: string
}

interface Begun {
  readonly connection: string
  readonly write: string
  readonly kind: WriteKind
  readonly askedBy: string | undefined
  readonly process: number
}

export const beginWrite = (journal: Journal, { connection, write, kind, askedBy, process }: Begun): number =>
  journal.run(
    "insert into writes (connection, write, kind, asked_by, process, started, status) values (?, ?, ?, ?, ?, ?, 'running')",
    ...[connection, write, kind, askedBy ?? null, process, now()],
  ).id

export interface WriteEnd {
  readonly status: WriteRun['status']
  readonly rows: number
  readonly counts: readonly RowCounts[]
  readonly error?: string | undefined
}

/** Notes how a run ended. */
export function endWrite(journal: Journal, id: number, { status, rows, counts, error }: WriteEnd): void {
  const sum = (of: (some: RowCounts) => number): number => counts.reduce((total, some) => total + of(some), 0)
  const rejected = journal.get<{ n: number }>('select count(*) as n from rejected where run = ?', id)!.n
  journal.run(
    `update writes set ended = ?, status = ?, rows = ?, created = ?, updated = ?, upserted = ?, deleted = ?, unchanged = ?,
       rejected = ?, error = ? where id = ?`,
    ...[now(), status, rows],
    ...(['create', 'update', 'upsert', 'delete'] as const).map((action) => sum(({ actions }) => actions[action])),
    sum(({ unchanged }) => unchanged),
    // A run that broke off has no counts, and what it rejected is kept all the same.
    ...[counts.length > 0 ? sum((some) => some.rejected) : rejected, error ?? null, id],
  )
}

/** Notes a difference that a dry run found. */
export const addDifference = (journal: Journal, run: number, nth: number, change: PlannedChange): void =>
  void journal.run('insert into differences values (?, ?, ?)', run, nth, JSON.stringify(change))

export const differencesOf = (journal: Journal, run: number): readonly PlannedChange[] =>
  journal
    .all<{ change: string }>('select change from differences where run = ? order by nth', run)
    .map(({ change }) => JSON.parse(change) as PlannedChange)

/** Keeps a rejected row. `mark` tells it apart from others of its write; those of dry runs are settled from the start. */
export function addRejected(
  journal: Journal,
  { id, connection, write, isSettled }: { id: number; connection: string; write: string; isSettled: boolean },
  mark: string,
  row: RejectedRow,
): void {
  journal.run(
    `insert into rejected (run, connection, write, at, mark, code, message, status, request_id, row, settled)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[id, connection, write, now(), mark, row.code, row.message, row.status ?? null, row.requestId ?? null],
    ...[JSON.stringify(row), isSettled ? id : null],
  )
}

/** The marks of rejected rows that were not written since. */
export const openMarks = (journal: Journal, connection: string, write: string): ReadonlySet<string> =>
  new Set(
    journal
      .all<{ mark: string }>(
        'select mark from rejected where connection = ? and write = ? and settled is null',
        ...[connection, write],
      )
      .map(({ mark }) => mark),
  )

/** Rows that a later run took: what became of them stands there. */
export function settle(journal: Journal, run: WriteRun, marks: ReadonlySet<string>): void {
  const open = journal.all<{ id: number; mark: string }>(
    'select id, mark from rejected where connection = ? and write = ? and settled is null and run <> ?',
    ...[run.connection, run.write, run.id],
  )
  journal.atOnce(() => {
    for (const { id, mark } of open)
      if (marks.has(mark)) journal.run('update rejected set settled = ? where id = ?', run.id, id)
  })
}

export interface RejectedQuery {
  readonly connection: string
  readonly write: string
  /** Those of this run, settled or not; left out: all that were not written since. */
  readonly run?: number | undefined
  /** Those before this one. */
  readonly before?: number | undefined
  readonly limit: number
}

/** The newest first. */
export const rejectedOf = (
  journal: Journal,
  { connection, write, run, before, limit }: RejectedQuery,
): readonly KeptRow[] =>
  journal.all<KeptRow>(
    `select id, run, at, code, message, status, request_id, row from rejected where connection = ?1 and write = ?2
       and (?3 is null and settled is null or run = ?3) and (?4 is null or id < ?4) order by id desc limit ?5`,
    ...[connection, write, run ?? null, before ?? null, limit],
  )

/** Rows by their numbers, of those that were not written since. */
export const rejectedBy = (
  journal: Journal,
  connection: string,
  write: string,
  ids: readonly number[],
): readonly (RejectedRow & { readonly mark: string })[] =>
  journal
    .all<{ mark: string; row: string }>(
      `select mark, row from rejected where connection = ? and write = ? and settled is null
         and id in (select value from json_each(?)) order by id`,
      ...[connection, write, JSON.stringify(ids)],
    )
    .map(({ mark, row }) => ({ ...(JSON.parse(row) as RejectedRow), mark }))

export const countRejected = (journal: Journal, connection: string, write: string): number =>
  journal.get<{ n: number }>(
    'select count(*) as n from rejected where connection = ? and write = ? and settled is null',
    ...[connection, write],
  )!.n

/** The newest first. */
export const runsOf = (
  journal: Journal,
  {
    connection,
    write,
    before,
    limit,
  }: { connection: string; write: string; before?: number | undefined; limit: number },
): readonly WriteRun[] =>
  journal.all<WriteRun>(
    'select * from writes where connection = ?1 and write = ?2 and (?3 is null or id < ?3) order by id desc limit ?4',
    ...[connection, write, before ?? null, limit],
  )

export const runOf = (journal: Journal, id: number): WriteRun | undefined =>
  journal.get<WriteRun>('select * from writes where id = ?', id)

/** When the last run began, and when one was complete; dry runs and replays are none. */
export function pastOfWrite(journal: Journal, connection: string, write: string) {
  const row = journal.get<{ begun: number | null; complete: number | null }>(
    `select max(started) as begun, max(case when status = 'complete' then ended end) as complete from writes
       where connection = ? and write = ? and kind = 'run'`,
    ...[connection, write],
  )
  return { begunAt: row?.begun ?? undefined, completeAt: row?.complete ?? undefined }
}

/** What writes for this connection now, in any process; what runs no more is noted as killed. */
export function writingNow(
  journal: Journal,
  connection: string,
  isAlive: (process: number) => boolean,
): WriteRun | undefined {
  const running = journal.all<WriteRun & { readonly process: number }>(
    "select * from writes where connection = ? and status = 'running'",
    connection,
  )
  for (const { id, process } of running)
    if (!isAlive(process))
      journal.run(
        "update writes set status = 'killed', error = 'Its process ended.', ended = ? where id = ?",
        now(),
        id,
      )
  return running.find(({ process }) => isAlive(process))
}

/** Forgets what was written by a connection, or by one write of it. */
export const forgetWrites = (journal: Journal, connection: string, write?: string): void =>
  void journal.run('delete from writes where connection = ?1 and (?2 is null or write = ?2)', connection, write ?? null)

/** Forgets runs that began before this time, in milliseconds, with what they kept. */
export const forgetWritesBefore = (journal: Journal, time: number): void =>
  void journal.run('delete from writes where started < ?', time)
