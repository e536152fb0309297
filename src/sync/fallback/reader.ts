import { HttpError, messageOf } from '../../model/errors.ts'
import type { Message } from '../../model/message.ts'
import type { ConfiguredStream, Reader, StreamState } from '../../model/stream.ts'
import type { Failures } from '../export/read-export.ts'
import type { Sync } from '../export/run.ts'
import { readSweep } from './read-changed.ts'
import type { Swept } from './run.ts'
import { closedAtOf } from './state.ts'

/** For how many seconds an export that was found closed is not asked again. */
const REMEMBERED = 86_400

/** Whether this stream is read from lists from the start: as it was configured, or since its export was found closed. */
export function isSwept(one: ConfiguredStream, reader: Reader, now: number): boolean {
  if (!one.stream.byList || reader === 'export') return false
  const closedAt = closedAtOf(one)
  return reader === 'list' || (closedAt !== undefined && now - closedAt < REMEMBERED)
}

/** Streams that one list feeds, by its name. */
export function sweepsOf(swept: readonly Swept[]): ReadonlyMap<string, readonly Swept[]> {
  return Map.groupBy(swept, ({ way }) => way.walk.name)
}

/** The streams that are read from lists, as they are configured; the others are left out. */
export const sweptOf = (configured: readonly ConfiguredStream[], closedAt?: number): readonly Swept[] =>
  configured.flatMap((one) =>
    one.stream.byList ? [{ one, way: one.stream.byList, ...(closedAt !== undefined && { closedAt }) }] : [],
  )

/**
 * Goes on from lists where an export has turned out closed: from the states that were written last. Streams that have no
 * such way fail with what Zendesk said.
 */
export async function* readOn(
  error: HttpError,
  path: string,
  members: readonly ConfiguredStream[],
  states: ReadonlyMap<string, StreamState>,
  sync: Sync,
): AsyncGenerator<Message, Failures> {
  const failures = new Map<string, unknown>()
  for (const { stream } of members) if (!stream.byList) failures.set(stream.name, withoutWay(error))
  const here = members.map((one) => ({ ...one, state: states.get(one.stream.name) ?? one.state }))
  const swept = sweptOf(here, Math.floor(sync.clock.now() / 1000))
  const names = swept.map(({ one }) => one.stream.name).join(', ')
  if (swept.length > 0)
    yield {
      kind: 'log',
      level: 'info',
      message:
        `Zendesk does not give ${path} to this connection (HTTP ${error.status}): ${names} are read from lists instead. ` +
        'The export is asked again in a day.',
    }
  for (const together of sweepsOf(swept).values())
    try {
      const failed = yield* readSweep(together[0]!.way.walk, together, sync)
      for (const [name, failure] of failed) failures.set(name, failure)
    } catch (failure) {
      for (const { one } of together) failures.set(one.stream.name, failure)
    }
  return failures
}

const withoutWay = (error: HttpError): HttpError =>
  new HttpError(
    `${messageOf(error)} Zendesk has no other list of these records: leave this stream out, or use credentials that may use its Incremental Export API.`,
    'config_error',
    { status: error.status, cause: error },
  )
