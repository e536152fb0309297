/**
 * Records in the order of (major, minor), kept while they move: a record that changes is placed again at its new
 * position, and the entry at the old one is passed over from then on.
 */
export type Index<T> = {
  /** Replaces the content, in any order; with the items' majors if they are known. */
  readonly fill: (items: readonly T[], majors?: readonly number[]) => void
  /** Puts a record at the position that its fields now give. */
  readonly place: (item: T) => void
  /** The records strictly after (1) or before (-1) a position, walking away from it. */
  readonly from: (major: number, minor: number, direction?: 1 | -1) => Generator<T>
  readonly major: (item: T) => number
  readonly minor: (item: T) => number
}

/** An empty index. `major` may move (mostly epoch seconds), `minor` is unique and fixed (mostly the id). */
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

  const fill = (source: readonly T[], known?: readonly number[]) => {
    const majorAt = (place: number) => known?.[place] ?? major(source[place] as T)
    const byMinor = inOrder(source.length, (place) => minor(source[place] as T))
    const order = inOrder(source.length, (rank) => majorAt(byMinor(rank)))
    items = source.map((_, nth) => source[byMinor(order(nth))] as T)
    majors = source.map((_, nth) => majorAt(byMinor(order(nth))))
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
    if (items.length > 2 * live + 1024) fill(items.filter((_, place) => current(place)))
  }

  function* from(wantedMajor: number, wantedMinor: number, direction: 1 | -1 = 1): Generator<T> {
    const start = bound(wantedMajor, wantedMinor, direction === 1)
    for (let at = direction === 1 ? start : start - 1; at >= 0 && at < items.length; at += direction)
      if (current(at)) yield items[at] as T
  }

  return { fill, place, from, major, minor }
}

/** The items in the order of a whole number; those with the same one stay as they were. */
export function sortedBy<T>(items: readonly T[], key: (item: T) => number): T[] {
  const order = inOrder(items.length, (place) => key(items[place] as T))
  return items.map((_, nth) => items[order(nth)] as T)
}

/** Sorts `count` items by whole-number keys, equal ones in their present order: gives the place of the nth (both from 0). */
function inOrder(count: number, key: (place: number) => number): (nth: number) => number {
  let [least, most, sorted] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, true]
  for (let place = 0; place < count; place++) {
    const one = key(place)
    sorted &&= one >= most
    least = Math.min(least, one)
    most = Math.max(most, one)
  }
  if (sorted) return (nth) => nth
  // Key and place in one number: numbers sort many times faster by themselves than by a comparison. And in one array,
  // since memory outside the heap makes for whole collections, which take seconds when there are a million tickets.
  const packed = new Float64Array(count)
  const fits = (most - least + 1) * count <= Number.MAX_SAFE_INTEGER
  for (let place = 0; place < count; place++) packed[place] = fits ? (key(place) - least) * count + place : place
  if (fits) packed.sort()
  else packed.sort((one, other) => key(one) - key(other))
  return (nth) => (packed[nth] as number) % count
}
