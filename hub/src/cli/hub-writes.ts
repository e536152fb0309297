import type { Connection, WriteSettings } from '../config/connection.ts'
import type { HubWrites } from '../console/console.ts'
import type { Keeper } from '../schedule/keep.ts'
import type { AccountWriter } from '../source/writer.ts'
import { writerConfig } from '../write/write-rows.ts'
import type { Program } from './program.ts'
import type { Scheduler } from './scheduled.ts'
import { keyOf, openWriterOf, writeFolder } from './write-connection.ts'

/** How long an account may take to answer when a person waits, in milliseconds. */
const PATIENCE = 20_000

/** Writing back, as the console sees it. */
export function writesOf(program: Program, config: string, { writes }: Scheduler, keeper: () => Keeper): HubWrites {
  const opened = (connection: Connection, settings: object, more: object): Promise<AccountWriter> => {
    const signal = AbortSignal.any([program.signal, AbortSignal.timeout(PATIENCE)])
    return openWriterOf({ ...program, signal }, connection, { ...settings, ...more })
  }
  const base = (connection: Connection, settings: WriteSettings): object =>
    writerConfig(connection, settings, { folder: writeFolder(config, connection.name), isDryRun: true })
  return {
    async operations(connection) {
      const none = { name: 'none', object: 'users', mode: 'update' } as const
      // Whether deletions are switched on is each write's own.
      const writer = await opened(connection, base(connection, none), { allow_deletes: true, max_retry_minutes: 0 })
      try {
        return await writer.operations()
      } finally {
        writer.close()
      }
    },
    async check(connection, settings) {
      const writer = await opened(connection, base(connection, settings), { max_retry_minutes: 0 })
      try {
        await writer.check()
      } finally {
        writer.close()
      }
    },
    health: (connection, write) =>
      keeper()
        .health()
        .find(({ name }) => name === keyOf(connection, write)),
    ask(connection, write, wish) {
      const key = keyOf(connection, write)
      if (writes.wishes.has(key)) return false
      if (!keeper().runNow(key)) return false
      writes.wishes.set(key, wish)
      return true
    },
    stop(connection, write) {
      const key = keyOf(connection, write)
      writes.wishes.delete(key)
      return keeper().stop(key)
    },
  }
}
