// The tables of a store: the same in SQLite and in PostgreSQL. Times are milliseconds since 1970 (UTC), `0` and `1` are no and yes.
import { setTimeout as pause } from 'node:timers/promises'
import { HubError } from '../errors.ts'
import type { StoreDatabase } from './database.ts'

/** Each once, in order, and never changed afterwards: a store knows how many of them it has. */
const STEPS: readonly (readonly string[])[] = [
  [
    // `connection` is sealed: it holds credentials. What lists show stands beside it. From `last_run` on: what its runs left,
    // so that a list of all accounts reads one small row for each.
    `create table accounts (
      id text primary key,
      subdomain text not null,
      destination text not null,
      schedule text not null,
      connection text not null,
      is_paused integer not null,
      added_at bigint not null,
      last_run text,
      outcome text,
      began_at bigint,
      ended_at bigint,
      complete_at bigint,
      failures integer not null,
      error text,
      runs bigint not null,
      rows_loaded bigint not null,
      waited bigint not null)`,
    `create table leases (
      account text primary key,
      fence bigint not null,
      holder text,
      held_until bigint)`,
    `create table runs (
      id text primary key,
      account text not null,
      fence bigint not null,
      holder text not null,
      began_at bigint not null,
      ended_at bigint,
      outcome text not null,
      rows_loaded bigint not null,
      deletions bigint not null,
      commits bigint not null,
      waited bigint not null,
      streams text not null,
      error text)`,
    'create index runs_of_account on runs (account, began_at)',
    'create index runs_by_time on runs (began_at)',
    `create table states (
      account text not null,
      stream text not null,
      state text not null,
      fence bigint not null,
      stored_at bigint not null,
      primary key (account, stream))`,
    `create table resets (
      account text not null,
      stream text not null,
      asked_at bigint not null,
      primary key (account, stream))`,
    // `sealed`: the pair of tokens that is good now. It is null until the first renewal.
    `create table tokens (
      account text primary key,
      sealed text,
      kept_at bigint)`,
    // Rows to lock while tokens are renewed: there is nothing in them.
    'create table token_locks (account text primary key)',
    // A row from before Zendesk is asked until its answer is kept: what is left behind tells of one that was cut off.
    `create table renewals (
      account text primary key,
      holder text not null,
      begun_at bigint not null)`,
  ],
]

/** Makes the tables that are not there yet. Throws a HubError if the store is newer than this program. */
export async function makeTables(database: StoreDatabase): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await makeOnce(database)
    } catch (error) {
      // Another process that makes them at the same moment: the second look finds them.
      if (error instanceof HubError || attempt === 3) throw error
      await pause(200 * (attempt + 1))
    }
  }
}

async function makeOnce(database: StoreDatabase): Promise<void> {
  await database.rows('create table if not exists store_version (version integer not null)')
  const [kept] = await database.rows('select max(version) as version from store_version')
  if (Number(kept?.['version'] ?? 0) === STEPS.length) return
  await database.atOnce(async ({ rows }) => {
    await rows('update store_version set version = version')
    const [row] = await rows('select max(version) as version from store_version')
    const version = Number(row?.['version'] ?? 0)
    if (version > STEPS.length)
      throw new HubError(`${database.name} was made by a newer zendesk-hub: use that one, or another store.`)
    for (const step of STEPS.slice(version)) for (const statement of step) await rows(statement)
    await rows('delete from store_version')
    await rows('insert into store_version (version) values ($1)', [STEPS.length])
  })
}
