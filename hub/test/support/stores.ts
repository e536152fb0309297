// A store of a test's own, in each database.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { noPostgres, postgresDatabase } from './here.ts'

export interface TestStore {
  /** `--store` */
  readonly address: string
  /** With its key. */
  readonly environment: { readonly ZENDESK_HUB_KEY: string }
  /** Of SQLite. */
  readonly file?: string
  remove(): Promise<void>
}

export async function sqliteStore(): Promise<TestStore> {
  const folder = mkdtempSync(join(tmpdir(), 'hub-store-'))
  const file = join(folder, 'store.sqlite')
  return {
    address: `sqlite:${file}`,
    environment: { ZENDESK_HUB_KEY: newKey() },
    file,
    remove: async () => rmSync(folder, { recursive: true }),
  }
}

export async function postgresStore(): Promise<TestStore> {
  const { to, remove } = await postgresDatabase()
  return { address: to, environment: { ZENDESK_HUB_KEY: newKey() }, remove }
}

export const newKey = (): string => randomBytes(32).toString('base64')

/** Both, for `describe.each`. */
export const STORES: readonly (readonly [name: string, make: () => Promise<TestStore>, skip: boolean])[] = [
  ['SQLite', sqliteStore, false],
  ['PostgreSQL', postgresStore, noPostgres !== undefined],
]
