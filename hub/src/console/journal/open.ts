// What the console remembers: syncs with their streams and logs, who changed what, who is signed in. One SQLite file.
import { chmodSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { HubError, messageOf } from '../../errors.ts'
import { makeFolder } from '../../make-folder.ts'

export interface Journal {
  /** All rows of a query. */
  all<Row>(sql: string, ...values: readonly SQLInputValue[]): readonly Row[]
  /** The first row of a query. */
  get<Row>(sql: string, ...values: readonly SQLInputValue[]): Row | undefined
  /** Runs a statement. Returns the number of the row that it inserted, and how many rows it changed. */
  run(sql: string, ...values: readonly SQLInputValue[]): { readonly id: number; readonly changes: number }
  /** Runs all of it in one transaction. */
  atOnce(work: () => void): void
  close(): void
}

const TABLES = `
create table if not exists syncs (id integer primary key, connection text not null, number integer,
  started integer not null, ended integer, status text not null, rows integer not null default 0,
  deletions integer not null default 0, requests integer not null default 0, waited integer not null default 0, error text);
create index if not exists syncs_by_connection on syncs (connection, started);
create index if not exists syncs_by_start on syncs (started);
create unique index if not exists syncs_by_number on syncs (connection, number) where number is not null;
create table if not exists streams (sync integer not null references syncs on delete cascade, stream text not null,
  status text not null, rows integer not null, deletions integer not null, misfits integer not null default 0,
  requests integer not null default 0, waited integer not null default 0, started integer, ended integer, error text,
  primary key (sync, stream)) without rowid;
create table if not exists lines (sync integer not null references syncs on delete cascade, nth integer not null,
  at integer not null, level text not null, text text not null, primary key (sync, nth)) without rowid;
create table if not exists audit (id integer primary key, at integer not null, who text not null, action text not null,
  subject text, detail text);
create table if not exists sessions (hash text primary key, csrf text not null, who text not null, role text not null,
  began integer not null, used integer not null) without rowid;
create table if not exists links (hash text primary key, until integer not null) without rowid;
create table if not exists tokens (id integer primary key, hash text not null unique, name text not null, role text not null,
  made integer not null, used integer);
create table if not exists writes (id integer primary key, connection text not null, write text not null, kind text not null,
  asked_by text, process integer not null, started integer not null, ended integer, status text not null,
  rows integer not null default 0, created integer not null default 0, updated integer not null default 0,
  upserted integer not null default 0, deleted integer not null default 0, unchanged integer not null default 0,
  rejected integer not null default 0, error text);
create index if not exists writes_by_name on writes (connection, write, started);
create table if not exists differences (run integer not null references writes on delete cascade, nth integer not null,
  change text not null, primary key (run, nth)) without rowid;
create table if not exists rejected (id integer primary key, run integer not null references writes on delete cascade,
  connection text not null, write text not null, at integer not null, mark text not null, code text not null,
  message text not null, status integer, request_id text, row text not null, settled integer);
create index if not exists rejected_by_name on rejected (connection, write, settled, id);
create index if not exists rejected_by_run on rejected (run);
create table if not exists notes (name text primary key, value text not null) without rowid;`

/** Opens the journal in this folder, and makes it where it is not there. Throws a HubError. */
export function openJournal(folder: string): Journal {
  const path = folder === ':memory:' ? folder : join(folder, 'console.sqlite')
  const database = opened(path)
  const prepared = new Map<string, StatementSync>()
  const statement = (sql: string): StatementSync => {
    const known = prepared.get(sql) ?? database.prepare(sql)
    prepared.set(sql, known)
    return known
  }
  return {
    all: <Row>(sql: string, ...values: readonly SQLInputValue[]) => statement(sql).all(...values) as Row[],
    get: <Row>(sql: string, ...values: readonly SQLInputValue[]) => statement(sql).get(...values) as Row | undefined,
    run(sql, ...values) {
      const { lastInsertRowid, changes } = statement(sql).run(...values)
      return { id: Number(lastInsertRowid), changes: Number(changes) }
    },
    atOnce(work) {
      database.exec('begin immediate')
      try {
        work()
        database.exec('commit')
      } catch (error) {
        database.exec('rollback')
        throw error
      }
    },
    close: () => database.close(),
  }
}

function opened(path: string): DatabaseSync {
  try {
    if (path !== ':memory:') makeFolder(dirname(path), 0o700)
    const database = new DatabaseSync(path)
    database.exec(
      'pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on; pragma busy_timeout = 5000',
    )
    database.exec(TABLES)
    if (path !== ':memory:') chmodSync(path, 0o600)
    return database
  } catch (error) {
    throw new HubError(`The console's ${path} cannot be opened: ${messageOf(error)}`)
  }
}
