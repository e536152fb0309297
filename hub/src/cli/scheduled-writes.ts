// Writes as the keeper keeps them: by their schedule, and when somebody asks for one.
import type { Connection, WriteSettings } from '../config/connection.ts'
import type { Wish } from '../console/console.ts'
import type { Journal } from '../console/journal/open.ts'
import { pastOfWrite } from '../console/journal/writes.ts'
import { messageOf } from '../errors.ts'
import { BY_HAND } from '../schedule/due.ts'
import type { Scheduled } from '../schedule/keep.ts'
import type { Program } from './program.ts'
import { keyOf, writeConnection } from './write-connection.ts'
import { sentence } from './write-sentence.ts'

export interface ScheduledWrites {
  /** Those of a connection. */
  of(connection: Connection): readonly Scheduled[]
  /** What the next run of a write does instead of what its schedule says; undefined: as the schedule says. */
  readonly wishes: Map<string, Wish>
}

/** `journal` is asked for with the first write; `changed` is called when one begins or ends. */
export function createScheduledWrites(
  program: Program,
  config: string,
  journal: () => Journal,
  failed: (connection: Connection, error: string) => Promise<void>,
): ScheduledWrites & { onChange(listener: () => void): void } {
  const wishes = new Map<string, Wish>()
  let changed = (): void => undefined
  const one = (connection: Connection, settings: WriteSettings): Scheduled => {
    const key = keyOf(connection.name, settings.name)
    return {
      name: key,
      account: connection.source.subdomain,
      target: connection.name,
      schedule: settings.schedule ?? BY_HAND,
      past: async () => pastOfWrite(journal(), connection.name, settings.name),
      async sync(signal) {
        const { kind, rejected, askedBy } = wishes.get(key) ?? { kind: 'run' as const }
        wishes.delete(key)
        const isAside = kind !== 'run'
        changed()
        try {
          const request = { connection, settings, kind, rejected, askedBy }
          const run = await writeConnection({ ...program, signal, watched: undefined }, journal(), config, request)
          program.say(`${sentence(run)}${run.error === null ? '' : `${key}: ${run.error}\n`}`)
          const error = run.status === 'complete' ? undefined : (run.error ?? `It is ${run.status}.`)
          return { error, rows: run.rows, isAside }
        } catch (error) {
          program.say(`${key}: ${messageOf(error)}\n`)
          return { error: messageOf(error), rows: 0, isAside }
        } finally {
          changed()
        }
      },
      failed: (error) => failed(connection, error),
    }
  }
  return {
    wishes,
    of: (connection) => (connection.writes ?? []).map((settings) => one(connection, settings)),
    onChange(listener) {
      changed = listener
    },
  }
}
