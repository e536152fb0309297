// What the writer remembers between two runs: in a SQLite file, or in memory for this run only.
import { closeSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Agreed, Ledger, Written } from '../model/writing.ts'
import { makeFolder } from './make-folder.ts'

const TABLES = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA busy_timeout = 10000;
  CREATE TABLE IF NOT EXISTS written (
    object TEXT NOT NULL, key TEXT NOT NULL, id TEXT, fingerprint TEXT NOT NULL, PRIMARY KEY (object, key)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS agreed (
    object TEXT NOT NULL, key TEXT NOT NULL, fields TEXT NOT NULL, PRIMARY KEY (object, key)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS remembered (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS intents (intent INTEGER PRIMARY KEY, object TEXT NOT NULL, job TEXT, keys TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS stretches (one INTEGER PRIMARY KEY CHECK (one = 1), stretch INTEGER NOT NULL);
  INSERT OR IGNORE INTO stretches VALUES (1, 0);
`

interface WrittenRow {
  readonly id: string | null
  readonly fingerprint: string
}

interface IntentRow {
  readonly intent: number
  readonly object: string
  readonly job: string | null
  readonly keys: string
}

/**
 * Opens the ledger in a file, and creates file and folder if needed; `:memory:` keeps nothing. Throws an Error of `fs` or of
 * SQLite if it cannot be used.
 */
export function openLedger(path: string): Ledger & { close(): void } {
  if (path !== ':memory:') {
    makeFolder(dirname(path), 0o700)
    // It holds keys, such as addresses: for its owner only. SQLite gives its other files the mode of this one.
    closeSync(openSync(path, 'a', 0o600))
  }
  const database = new DatabaseSync(path)
  database.exec(TABLES)
  // Rows without a key count only within their own stretch.
  database.exec(
    "DELETE FROM written WHERE key LIKE 'row:%' AND key NOT LIKE 'row:' || (SELECT stretch FROM stretches) || ':%'",
  )
  const known = database.prepare('SELECT id, fingerprint FROM written WHERE object = ? AND key = ?')
  const intend = database.prepare('INSERT INTO intents (object, keys) VALUES (?, ?)')
  const began = database.prepare('UPDATE intents SET job = ? WHERE intent = ?')
  const noted = database.prepare(
    'INSERT INTO written VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET id = coalesce(excluded.id, id), fingerprint = excluded.fingerprint',
  )
  const forget = database.prepare('DELETE FROM intents WHERE intent = ?')
  const agreed = database.prepare('SELECT fields FROM agreed WHERE object = ? AND key = ?')
  const agree = database.prepare(
    'INSERT INTO agreed VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET fields = json_patch(fields, excluded.fields)',
  )
  const atOnce = (act: () => void): void => {
    database.exec('BEGIN IMMEDIATE')
    try {
      act()
      database.exec('COMMIT')
    } catch (error) {
      database.exec('ROLLBACK')
      throw error
    }
  }
  const noteAll = (object: string, written: readonly Written[]): void => {
    for (const { key, id, fingerprint, agreed: fields } of written) {
      noted.run(object, key, id ?? null, fingerprint)
      if (fields !== undefined) agree.run(object, key, JSON.stringify(fields))
    }
  }
  const remembered = database.prepare('SELECT value FROM remembered WHERE name = ?')
  const remember = database.prepare('INSERT OR REPLACE INTO remembered VALUES (?, ?)')
  return {
    known(object, key) {
      const row = known.get(object, key) as WrittenRow | undefined
      return row && { id: row.id ?? undefined, fingerprint: row.fingerprint }
    },
    intend: (object, keys) => Number(intend.run(object, JSON.stringify(keys)).lastInsertRowid),
    began: (intent, job) => void began.run(job, intent),
    done: (intent, object, written: readonly Written[]) =>
      atOnce(() => {
        noteAll(object, written)
        forget.run(intent)
      }),
    agreed(object, key) {
      const row = agreed.get(object, key) as { readonly fields: string } | undefined
      return row && (JSON.parse(row.fields) as Agreed)
    },
    note: (object, all) => atOnce(() => noteAll(object, all)),
    remembered: (name) => (remembered.get(name) as { readonly value: string } | undefined)?.value,
    remember: (name, value) => void remember.run(name, value),
    open: () =>
      (database.prepare('SELECT intent, object, job, keys FROM intents').all() as unknown as IntentRow[]).map(
        ({ intent, object, job, keys }) => ({
          intent,
          object,
          job: job ?? undefined,
          keys: JSON.parse(keys) as readonly string[],
        }),
      ),
    forget: (intent) => void forget.run(intent),
    stretch: () => (database.prepare('SELECT stretch FROM stretches').get() as { stretch: number }).stretch,
    next: () => void database.exec('UPDATE stretches SET stretch = stretch + 1'),
    close: () => database.close(),
  }
}
