/** Messages that wait to be loaded: each may hold a page. */
const MOST_WAITING = 2

/**
 * Reads on while what was read is being loaded, a few messages ahead. What the source throws is handed to `onFailure`; what
 * it said before still comes.
 */
export async function* ahead<Message>(
  messages: AsyncIterable<Message>,
  onFailure: (error: unknown) => void,
): AsyncGenerator<Message> {
  const waiting: Message[] = []
  let isOver = false
  let wake = Promise.withResolvers<void>()
  const signal = (): void => {
    wake.resolve()
    wake = Promise.withResolvers<void>()
  }
  const reading = (async () => {
    try {
      for await (const message of messages) {
        waiting.push(message)
        signal()
        while (waiting.length >= MOST_WAITING && !isOver) await wake.promise
        if (isOver) return
      }
    } catch (error) {
      onFailure(error)
    } finally {
      isOver = true
      signal()
    }
  })()
  try {
    while (waiting.length > 0 || !isOver) {
      const next = waiting.shift()
      if (next === undefined) {
        await wake.promise
        continue
      }
      signal()
      yield next
    }
  } finally {
    isOver = true
    signal()
    await reading
  }
}
