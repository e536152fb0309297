import { HttpError, messageOf } from '../../model/errors.ts'
import type { Message } from '../../model/message.ts'
import type { ConfiguredStream, Reader, StreamState } from '../../model/stream.ts'
import type { Failures } from '../export/read-export.ts'
import type { Sync } from '../export/run.ts'
import { readFallback } from './read-changed.ts'
import type { FallbackStream } from './run.ts'
import { closedAtOf } from './state.ts'

/** For how many seconds an export that was found closed is not asked again. */
const ASKED_AGAIN_AFTER = 86_400

/** Whether this stream is read from lists from the start: as it was configured, or since its export was found closed. */
export function usesFallback(one: ConfiguredStream, reader: Reader, now: number): boolean {
  if (!one.stream.fallback || reader === 'export') return false
  const closedAt = closedAtOf(one)
  return reader === 'list' || (closedAt !== undefined && now - closedAt < ASKED_AGAIN_AFTER)
}

/** Streams that one list feeds, by its name. */
export function byListName(fallbacks: readonly FallbackStream[]): ReadonlyMap<string, readonly FallbackStream[]> {
  return Map.groupBy(fallbacks, ({ fallback }) => fallback.walk.name)
}

/** The streams that are read from lists, as they are configured; the others are left out. */
export const fallbackStreams = (
  configured: readonly ConfiguredStream[],
  closedAt?: number,
): readonly FallbackStream[] =>
  configured.flatMap((one) =>
    one.stream.fallback ? [{ one, fallback: one.stream.fallback, ...(closedAt !== undefined && { closedAt }) }] : [],
  )

/**
 * Goes on from lists where an export has turned out closed: from the states that were written last. Streams that have no
 * such way fail with what Zendesk said.
 */
export async function* switchToFallback(
  error: HttpError,
  path: string,
  members: readonly ConfiguredStream[],
  states: ReadonlyMap<string, StreamState>,
  sync: Sync,
): AsyncGenerator<Message, Failures> {
  const failures = new Map<string, unknown>()
  for (const { stream } of members) if (!stream.fallback) failures.set(stream.name, withoutFallback(error))
  const here = members.map((one) => ({ ...one, state: states.get(one.stream.name) ?? one.state }))
  const fallbacks = fallbackStreams(here, Math.floor(sync.clock.now() / 1000))
  const names = fallbacks.map(({ one }) => one.stream.name).join(', ')
  if (fallbacks.length > 0)
    yield {
      kind: 'log',
      level: 'info',
      message:
        `Zendesk does not give ${path} to this connection (HTTP ${error.status}): ${names} are read from lists instead. ` +
        'The export is asked again in a day.',
    }
  for (const together of byListName(fallbacks).values())
    try {
      const failed = yield* readFallback(together[0]!.fallback.walk, together, sync)
      for (const [name, failure] of failed) failures.set(name, failure)
    } catch (failure) {
      for (const { one } of together) failures.set(one.stream.name, failure)
    }
  return failures
}

const withoutFallback = (error: HttpError): HttpError =>
  new HttpError(
    `${messageOf(error)} Zendesk has no other list of these records: leave this stream out, or use credentials that may use its Incremental Export API.`,
    'config_error',
    { status: error.status, cause: error },
  )
