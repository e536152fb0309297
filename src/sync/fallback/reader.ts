import { HttpError, messageOf } from '../../model/errors.ts'
import type { Message } from '../../model/message.ts'
import type { ConfiguredStream, Reader, StreamState } from '../../model/stream.ts'
import type { Failures } from '../export/read-export.ts'
import type { Sync } from '../export/run.ts'
import { readFallback } from './read-changed.ts'
import type { FallbackStream } from './run.ts'
import { closedAtOf } from './state.ts'

/** How long an export that was found closed is not asked again, in seconds. */
const ASKED_AGAIN_AFTER = 86_400

/** Whether this stream is read from lists from the start: because the configuration says so, or because its export is closed. */
export function usesFallback(one: ConfiguredStream, reader: Reader, now: number): boolean {
  if (!one.stream.fallback || reader === 'export') return false
  const closedAt = closedAtOf(one)
  return reader === 'list' || (closedAt !== undefined && now - closedAt < ASKED_AGAIN_AFTER)
}

/** The streams that share a list, by the name of that list. */
export function byListName(fallbacks: readonly FallbackStream[]): ReadonlyMap<string, readonly FallbackStream[]> {
  return Map.groupBy(fallbacks, ({ fallback }) => fallback.walk.name)
}

/** Those of these streams that have a fallback. `closedAt`: when their exports were found closed (epoch seconds). */
export const fallbackStreams = (
  configured: readonly ConfiguredStream[],
  closedAt?: number,
): readonly FallbackStream[] =>
  configured.flatMap((one) =>
    one.stream.fallback ? [{ one, fallback: one.stream.fallback, ...(closedAt !== undefined && { closedAt }) }] : [],
  )

/**
 * Continues from lists after an export has turned out to be closed, from the last checkpoints. Streams without a fallback
 * fail with what Zendesk said.
 */
export async function* switchToFallback(
  error: HttpError,
  path: string,
  configured: readonly ConfiguredStream[],
  states: ReadonlyMap<string, StreamState>,
  sync: Sync,
): AsyncGenerator<Message, Failures> {
  const failures = new Map<string, unknown>()
  for (const { stream } of configured) if (!stream.fallback) failures.set(stream.name, withoutFallback(error))
  const resumed = configured.map((one) => ({ ...one, state: states.get(one.stream.name) ?? one.state }))
  const fallbacks = fallbackStreams(resumed, Math.floor(sync.clock.now() / 1000))
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
