/**
 * Records in the order of (major, minor), kept while they move: a record that changes is placed again at its new
 * position, and the entry at the old one is passed over from then on.
 */
export type Index<T> = {
  /** Replaces the content, in any order. */
  readonly fill: (items: readonly T[]) => void
  /** Puts a record at the position that its fields now give. */
  readonly place: (item: T) => void
  /** The records strictly after (1) or before (-1) a position, walking away from it. */
  readonly from: (major: number, minor: number, direction?: 1 | -1) => Generator<T>
  readonly major: (item: T) => number
  readonly minor: (item: T) => number
}

/** An empty index. `major` is what may move (mostly epoch seconds), `minor` is unique and fixed (mostly the id). */
export function createIndex<T>(major: (item: T) => number, minor: (item: T) => number): Index<T> {
  let items: T[] = []
  let majors: number[] = []
  let live = 0

  // The number of entries at or before the position (or only before it).
  const bound = (wantedMajor: number, wantedMinor: number, inclusive: boolean): number => {
    let low = 0
    let high = items.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const middleMajor = majors[middle] as number
      const order = middleMajor - wantedMajor || minor(items[middle] as T) - wantedMinor
      if (order < 0 || (inclusive && order === 0)) low = middle + 1
      else high = middle
    }
    return low
  }

  const current = (at: number) => major(items[at] as T) === majors[at]

  const fill = (source: readonly T[]) => {
    const keys = Float64Array.from(source, major)
    const ids = Float64Array.from(source, minor)
    const order = Uint32Array.from(source.keys())
    order.sort((a, b) => (keys[a] as number) - (keys[b] as number) || (ids[a] as number) - (ids[b] as number))
    items = Array.from(order, (at) => source[at] as T)
    majors = Array.from(order, (at) => keys[at] as number)
    live = items.length
  }

  const place = (item: T) => {
    const at = bound(major(item), minor(item), false)
    const found = items[at]
    if (found !== undefined && majors[at] === major(item) && minor(found) === minor(item)) {
      items[at] = item
      return
    }
    items.splice(at, 0, item)
    majors.splice(at, 0, major(item))
    if (items.length > 2 * live + 1024) fill(items.filter((_, index) => current(index)))
  }

  function* from(wantedMajor: number, wantedMinor: number, direction: 1 | -1 = 1): Generator<T> {
    const start = bound(wantedMajor, wantedMinor, direction === 1)
    for (let at = direction === 1 ? start : start - 1; at >= 0 && at < items.length; at += direction)
      if (current(at)) yield items[at] as T
  }

  return { fill, place, from, major, minor }
}
