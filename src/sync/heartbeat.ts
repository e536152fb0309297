import type { Clock } from '../model/clock.ts'
import type { Checkpoint, Message } from '../model/message.ts'
import { checkpoint, isFallback, type OpenStream } from './run.ts'
import { stateToUse } from './state/progress.ts'

/**
 * A platform takes a source for dead that emits neither records nor states for a while: Airbyte after three hours, or after
 * the 90 minutes that connectors commonly ask for. Statuses and logs don't count.
 * https://docs.airbyte.com/platform/understanding-airbyte/heartbeats
 */
const SILENCE = 20 * 60_000

/** A sync to which Zendesk gave nothing for so many ms is not kept alive: the platform may end it. */
const PATIENCE = 3 * 3_600_000

/**
 * These messages; after twenty minutes of silence the last checkpoint of an unfinished stream is emitted once more, as long
 * as answers come. `answeredAt`: when the last one did (epoch ms).
 */
export async function* withHeartbeat(
  messages: AsyncGenerator<Message>,
  begun: Iterable<Checkpoint>,
  clock: Clock,
  answeredAt: () => number = clock.now,
): AsyncGenerator<Message> {
  const open = new Map<string, Checkpoint>([...begun].map((checkpoint) => [checkpoint.stream, checkpoint]))
  const pull = () => {
    const next = messages.next()
    // Awaited later: until then a rejection must not count as unhandled.
    next.catch(() => undefined)
    return next
  }
  let beatAt = clock.now() + SILENCE
  try {
    for (let coming = pull(); ; ) {
      const next = await orSilence(coming, beatAt - clock.now(), clock)
      if (next?.done) return
      const isAlive = clock.now() - answeredAt() < PATIENCE
      const repeated = isAlive ? open.values().next().value : undefined
      const message = next ? next.value : repeated
      if (next === undefined || message?.kind === 'records' || message?.kind === 'checkpoint')
        beatAt = clock.now() + SILENCE
      if (message) {
        remember(message, open)
        yield message
      }
      if (next) coming = pull()
    }
  } finally {
    await messages.return(undefined)
  }
}

/** Checkpoints of where the streams begin: exports at their state or the start date, lists at their state if they have one. */
export const beginnings = (opened: readonly OpenStream[]): readonly Checkpoint[] =>
  opened.flatMap((open): readonly Checkpoint[] => {
    if (!open.feed.compares && !isFallback(open)) return [checkpoint(open, false)]
    const state = stateToUse(open.one)
    return state ? [{ kind: 'checkpoint', stream: open.one.stream.name, state }] : []
  })

/** The message that is coming; undefined if there is none within so many ms. */
async function orSilence<T>(coming: Promise<T>, milliseconds: number, { after }: Clock): Promise<T | undefined> {
  const silence = Promise.withResolvers<undefined>()
  const cancel = after(milliseconds, () => silence.resolve(undefined))
  try {
    return await Promise.race([coming, silence.promise])
  } finally {
    cancel()
  }
}

/** Remembers the last checkpoint of each stream, and forgets streams that have ended. */
function remember(message: Message, open: Map<string, Checkpoint>): void {
  if (message.kind === 'checkpoint') open.set(message.stream, message)
  if (message.kind === 'status' && (message.status === 'complete' || message.status === 'incomplete'))
    open.delete(message.stream)
}
