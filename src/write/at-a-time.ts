/** Does this with every item, so many at a time. Rejects with the first error. */
export async function atATime<T>(count: number, items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items]
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await act(item)
  }
  await Promise.all(Array.from({ length: Math.min(count, items.length) }, worker))
}
