import type { Id } from '../../model/stream.ts'

/** Orders ids of one kind: numbers by value, text by characters. */
export const byId = (one: Id, other: Id): number => (one < other ? -1 : one > other ? 1 : 0)

/** The index of an id in a sorted list; undefined if it is not in it. */
export function placeOf(id: Id, ids: readonly Id[]): number | undefined {
  let [from, to] = [0, ids.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((ids[middle] as Id) < id) from = middle + 1
    else to = middle
  }
  return ids[from] === id ? from : undefined
}
