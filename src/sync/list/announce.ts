import type { Message } from '../../model/message.ts'
import type { ConfiguredStream } from '../../model/stream.ts'
import { announcedState } from '../state/list-state.ts'
import type { ListedRow } from './emitted-list.ts'

/** New rows wait for one announcement until they are as many as were announced before, or this many. */
const MOST_HELD = 2_000

/**
 * Emits rows of a list. A list has its state at its end: if the sync is cut off before that, and a new row is deleted
 * before the next sync, nothing else would tell that the row was emitted. So a state announces new rows before they are.
 */
export interface Announcer {
  /** Takes messages with these rows; gives what may be emitted now. */
  emit(rows: readonly ListedRow[], messages: Iterable<Message>): Generator<Message>
  /** What was held back. */
  rest(): Generator<Message>
}

/** `isKnown`: whether a row with this key is in the stream's state; `announced`: those that an unfinished sync announced. */
export function createAnnouncer(
  one: ConfiguredStream,
  isKnown: (key: string) => boolean,
  announced: ReadonlySet<string>,
): Announcer {
  const all = new Set(announced)
  let fresh: string[] = []
  let held: Message[] = []
  function* rest(): Generator<Message> {
    const [keys, messages] = [fresh, held]
    fresh = []
    held = []
    for (const key of keys) all.add(key)
    if (keys.length > 0)
      yield { kind: 'checkpoint', stream: one.stream.name, state: announcedState(one, all), announces: true }
    yield* messages
  }
  return {
    *emit(rows, messages) {
      for (const { key } of rows) if (!isKnown(key) && !all.has(key)) fresh.push(key)
      held.push(...messages)
      if (fresh.length === 0 || fresh.length >= Math.min(all.size, MOST_HELD)) yield* rest()
    },
    rest,
  }
}
