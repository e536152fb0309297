// Opens a store: SQLite for one machine, PostgreSQL for many.
import { chmodSync } from 'node:fs'
import { HubError } from '../errors.ts'
import { KEY_VARIABLE, type Key, readKey, readOrMakeKey } from '../secrets/key.ts'
import { seal, unseal } from '../secrets/seal.ts'
import type { StoreDatabase } from './database.ts'
import { makeTables } from './tables.ts'

/** A fleet's accounts, leases, states, runs and tokens. */
export interface Store extends StoreDatabase {
  /** Encrypts a text. `about` says what it is: it opens as nothing else. Throws a HubError if there is no key. */
  seal(about: string, text: string): string
  /** The text again. Throws a HubError if there is no key, or another one. */
  unseal(about: string, sealed: string): string
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Opens the store at `sqlite:PATH` or `postgres://…` and makes its tables where they are not there. The environment's key is
 * needed only for what is secret: lists go without. Throws a HubError.
 */
export async function openStore(address: string, environment: Environment): Promise<Store> {
  const [, path] = /^sqlite:(?:\/\/)?(.+)$/.exec(address) ?? []
  const database = path === undefined ? await openServer(address) : await (await import('./sqlite.ts')).openSqlite(path)
  if (path !== undefined) chmodSync(path, 0o600)
  try {
    await makeTables(database)
  } catch (error) {
    await database.close()
    throw error
  }
  let key: Key | undefined
  const known = (): Key => {
    // A store of many machines needs the same key on all of them: none is made in silence.
    key ??= path === undefined ? readKey(environment) : readOrMakeKey(environment)
    if (key === undefined)
      throw new HubError(
        `The store holds secrets, encrypted with a key that is not in it: set ${KEY_VARIABLE}, the same everywhere. \`openssl rand -base64 32\` makes one.`,
      )
    return key
  }
  return {
    ...database,
    seal: (about, text) => seal(known(), about, text),
    unseal: (about, sealed) => unseal(known(), about, sealed),
  }
}

async function openServer(address: string): Promise<StoreDatabase> {
  if (!/^postgres(ql)?:/.test(address))
    throw new HubError(`"${address}" is not a store. Write sqlite:PATH or postgres://user:password@host/database.`)
  return await (await import('./postgres.ts')).openPostgresStore(address)
}
