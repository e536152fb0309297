// A store of a test's own, in each database.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newKey } from '../../src/store/seal.ts'
import { noPostgres, postgresDatabase } from './here.ts'

export interface TestStore {
  /** `--store` */
  readonly address: string
  /** ZENDESK_HUB_KEY; undefined: the store makes its own. */
  readonly key: string | undefined
  /** Of SQLite. */
  readonly file?: string
  remove(): Promise<void>
}

export async function sqliteStore(): Promise<TestStore> {
  const folder = mkdtempSync(join(tmpdir(), 'hub-store-'))
  const file = join(folder, 'store.sqlite')
  return {
    address: `sqlite:${file}`,
    key: undefined,
    file,
    remove: async () => rmSync(folder, { recursive: true }),
  }
}

export async function postgresStore(): Promise<TestStore> {
  const { to, remove } = await postgresDatabase()
  return { address: to, key: newKey(), remove }
}

/** Both, for `describe.each`. */
export const STORES: readonly (readonly [name: string, make: () => Promise<TestStore>, skip: boolean])[] = [
  ['SQLite', sqliteStore, false],
  ['PostgreSQL', postgresStore, noPostgres !== undefined],
]
