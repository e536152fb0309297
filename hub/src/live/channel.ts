// Records and states on their way out, where no warehouse takes them: lines, or a durable queue.
import { readFileSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { HubError, messageOf } from '../errors.ts'
import type { Row } from '../table/batch.ts'
import type { LiveStream } from './write.ts'

/** One record, or its deletion. */
export interface Outgoing {
  readonly stream: string
  /** The record's id; the values of its key, if that has several. */
  readonly key: string
  readonly record: Row
  /** When it was deleted (ISO 8601, UTC). */
  readonly deletedAt: string | undefined
}

export type States = Readonly<Record<string, Row>>

export interface Channel {
  /** What comes of these streams from now on: before the first record. */
  announce(streams: readonly Pick<LiveStream, 'name' | 'primaryKey' | 'properties'>[]): Promise<void>
  /** Resolves once all of these are safe where they go. Messages with the same key arrive in this order; on trouble some come again. */
  send(messages: readonly Outgoing[]): Promise<void>
  /** How far each stream was read. */
  states(): States
  /** Stores how far each stream was read: everything before it is safe. */
  keep(states: States): Promise<void>
  close(): Promise<void>
}

/** A message of a queue. */
export const bodyOf = ({ stream, key, record, deletedAt }: Outgoing): string =>
  JSON.stringify({ stream, key, ...(deletedAt !== undefined && { deleted_at: deletedAt }), record })

/** States in a file, put in place as a whole. Throws a HubError for a file that cannot be read. */
export function fileOfStates(path: string): Pick<Channel, 'states' | 'keep'> {
  return {
    states: () => readStates(path) ?? {},
    async keep(states) {
      await writeFile(`${path}.unfinished`, `${JSON.stringify(states)}\n`, { mode: 0o600, flush: true })
      await rename(`${path}.unfinished`, path)
    },
  }
}

/** The JSON of a file; undefined if there is none. Throws a HubError. */
export function readStates(path: string): States | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as States
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new HubError(`${path} cannot be read: ${messageOf(error)}`)
  }
}
