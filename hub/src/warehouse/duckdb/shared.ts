// One instance of DuckDB for a file in this process: its lock keeps other processes out, and not a second instance here, which
// would write over the first one's pages.
import { resolve } from 'node:path'
import type { DuckDBInstance } from '@duckdb/node-api'

interface Shared {
  readonly instance: Promise<DuckDBInstance>
  users: number
}

const writing = new Map<string, Shared>()

/**
 * The instance of this file that is open for writing here, or a new one. It closes with the last `release`. Who only reads gets
 * one of its own if nobody writes here.
 */
export async function sharedInstance(
  path: string,
  readOnly: boolean,
  create: () => Promise<DuckDBInstance>,
): Promise<{ readonly instance: DuckDBInstance; release(): void }> {
  const key = path === ':memory:' ? undefined : resolve(path)
  const known = key === undefined ? undefined : writing.get(key)
  if (key === undefined || (readOnly && known === undefined)) {
    const instance = await create()
    return { instance, release: () => instance.closeSync() }
  }
  const shared = known ?? { instance: create(), users: 0 }
  writing.set(key, shared)
  shared.users++
  const leave = (): boolean => {
    shared.users--
    if (shared.users > 0) return false
    if (writing.get(key) === shared) writing.delete(key)
    return true
  }
  try {
    const instance = await shared.instance
    return { instance, release: () => void (leave() && instance.closeSync()) }
  } catch (error) {
    leave()
    throw error
  }
}
