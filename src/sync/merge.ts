/**
 * Runs up to `limit` of these generators at a time, started in their order, and yields what comes from any of them. Who stops
 * taking ends all of them: also the one whose value was taken last, which others may wait for.
 */
export async function* merge<T>(generators: Iterable<AsyncGenerator<T>>, limit: number): AsyncGenerator<T> {
  const waiting = generators[Symbol.iterator]()
  const running = new Map<AsyncGenerator<T>, Promise<{ from: AsyncGenerator<T>; result: IteratorResult<T> }>>()
  const pull = (from: AsyncGenerator<T>): void => {
    running.set(
      from,
      from.next().then((result) => ({ from, result })),
    )
  }
  const start = (): void => {
    const next = waiting.next()
    if (!next.done) pull(next.value)
  }
  let taken: AsyncGenerator<T> | undefined
  try {
    for (let i = 0; i < limit; i++) start()
    while (running.size > 0) {
      const { from, result } = await Promise.race(running.values())
      running.delete(from)
      if (result.done) start()
      else {
        taken = from
        yield result.value
        taken = undefined
        pull(from) // After the yield: a rejection would count as unhandled while nobody awaits the promise.
      }
    }
  } finally {
    const left = taken === undefined ? running.keys() : [taken, ...running.keys()]
    await Promise.allSettled([...left].map((generator) => generator.return(undefined)))
  }
}
