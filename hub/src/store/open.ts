// Opens a store: SQLite for one machine, PostgreSQL for many.
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { HubError, messageOf } from '../errors.ts'
import type { StoreDatabase } from './database.ts'
import { newKey, type Seals, sealsWith } from './seal.ts'
import { makeTables } from './tables.ts'

/** A fleet's accounts, leases, states, runs and tokens. */
export interface Store extends StoreDatabase {
  /** Opens and seals what is secret in it. Throws a HubError if there is no key. */
  readonly seals: () => Seals
}

/**
 * Opens the store at `sqlite:PATH` or `postgres://…` and makes its tables where they are not there. `keys` (ZENDESK_HUB_KEY)
 * are needed only for what is secret: lists go without. Beside a SQLite file a key is made if none is given. Throws a HubError.
 */
export async function openStore(address: string, keys?: string): Promise<Store> {
  const [, path] = /^sqlite:(?:\/\/)?(.+)$/.exec(address) ?? []
  const database = path === undefined ? await openServer(address) : await (await import('./sqlite.ts')).openSqlite(path)
  if (path !== undefined) chmodSync(path, 0o600)
  try {
    await makeTables(database)
  } catch (error) {
    await database.close()
    throw error
  }
  let seals: Seals | undefined
  return {
    ...database,
    seals() {
      seals ??= sealsWith(keys ?? keyBeside(path))
      return seals
    },
  }
}

async function openServer(address: string): Promise<StoreDatabase> {
  if (!/^postgres(ql)?:/.test(address))
    throw new HubError(`"${address}" is no store: it reads sqlite:PATH or postgres://user:password@host/database.`)
  return await (await import('./postgres.ts')).openPostgresStore(address)
}

/** The key in the file beside a SQLite store, which is made with the first secret. */
function keyBeside(path: string | undefined): string {
  if (path === undefined)
    throw new HubError(
      'The store holds secrets, sealed with a key that is not in it: set ZENDESK_HUB_KEY. `openssl rand -base64 32` makes one.',
    )
  const file = `${path}.key`
  try {
    if (!existsSync(file)) writeFileSync(file, `${newKey()}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    // Another process may have made it meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
      throw new HubError(`The key ${file} cannot be made: ${messageOf(error)}`)
  }
  return readFileSync(file, 'utf8').trim()
}
