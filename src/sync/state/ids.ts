import type { Id } from '../../model/stream.ts'

/** The order of ids of one kind: numbers by their value, text by its characters. */
export const byId = (one: Id, other: Id): number => (one < other ? -1 : one > other ? 1 : 0)

/** Where an id stands among others that ascend; undefined: it does not. */
export function placeOf(id: Id, ids: readonly Id[]): number | undefined {
  let [from, to] = [0, ids.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((ids[middle] as Id) < id) from = middle + 1
    else to = middle
  }
  return ids[from] === id ? from : undefined
}
