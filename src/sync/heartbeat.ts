import type { Message } from '../model/message.ts'
import type { Clock } from '../model/runtime.ts'
import type { ConfiguredStream } from '../model/stream.ts'
import { progressFrom, stateFrom, stateToUse } from './state/progress.ts'

/**
 * A platform takes a source for dead that hands on neither records nor states for a while: Airbyte after three hours, or
 * after the 90 minutes that connectors commonly ask for. Statuses and logs don't count.
 * https://docs.airbyte.com/platform/understanding-airbyte/heartbeats
 */
const SILENCE = 20 * 60_000

type Checkpoint = Extract<Message, { kind: 'checkpoint' }>

/** Says the last checkpoint of a stream that is still being read again, where nothing else is said for twenty minutes. */
export async function* withHeartbeat(
  messages: AsyncGenerator<Message>,
  begun: Iterable<Checkpoint>,
  clock: Clock,
): AsyncGenerator<Message> {
  const open = new Map<string, Checkpoint>([...begun].map((checkpoint) => [checkpoint.stream, checkpoint]))
  const pull = () => {
    const next = messages.next()
    // It is awaited later: until then a failure must not count as unhandled.
    next.catch(() => undefined)
    return next
  }
  let beatAt = clock.now() + SILENCE
  try {
    for (let coming = pull(); ; ) {
      const next = await orSilence(coming, beatAt - clock.now(), clock)
      if (next?.done) return
      const message = next ? next.value : open.values().next().value
      if (next === undefined || message?.kind === 'records' || message?.kind === 'checkpoint')
        beatAt = clock.now() + SILENCE
      if (message) {
        note(message, open)
        yield message
      }
      if (next) coming = pull()
    }
  } finally {
    await messages.return(undefined)
  }
}

/** Where streams begin, as checkpoints: exports at their state or the start date, lists at the state that they have. */
export const beginnings = (
  configured: readonly ConfiguredStream[],
  isSwept: (one: ConfiguredStream) => boolean,
): readonly Checkpoint[] =>
  configured.flatMap((one) => {
    const isExport = one.stream.walk.order === 'ascending' && !isSwept(one)
    const state = isExport ? stateFrom(one, progressFrom(one), false) : stateToUse(one)
    return state ? [{ kind: 'checkpoint', stream: one.stream.name, state }] : []
  })

/** Undefined where nothing comes for so many ms. */
async function orSilence<T>(coming: Promise<T>, milliseconds: number, { after }: Clock): Promise<T | undefined> {
  const silence = Promise.withResolvers<undefined>()
  const cancel = after(milliseconds, () => silence.resolve(undefined))
  try {
    return await Promise.race([coming, silence.promise])
  } finally {
    cancel()
  }
}

/** A stream that has come to its end says nothing more. */
function note(message: Message, open: Map<string, Checkpoint>): void {
  if (message.kind === 'checkpoint') open.set(message.stream, message)
  if (message.kind === 'status' && (message.status === 'complete' || message.status === 'incomplete'))
    open.delete(message.stream)
}
