// What a connection can do one at a time.

/** Makes a function that begins each work when the one before it has ended, in whatever way; it resolves to what the work does. */
export function createTurnstile(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = last.then(work)
    last = mine.catch(() => undefined)
    return mine
  }
}
