/**
 * Records in the order of (major, minor), kept while they move: a record that changes is placed again at its new
 * position, and the entry at the old one is passed over from then on.
 */
export type Index<T> = {
  /** Replaces the content, in any order; with the items' majors where they are at hand. */
  readonly fill: (items: readonly T[], majors?: readonly number[]) => void
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

  const fill = (source: readonly T[], known?: readonly number[]) => {
    const keys = known === undefined ? numbers(source, major) : Float64Array.from(known)
    const byMinor = ascending(numbers(source, minor))
    const order = ascending(keys, byMinor)
    items = at(source, order)
    majors = at(keys, order)
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
  return at(items, ascending(numbers(items, key)))
}

/** The places of whole numbers in the numbers' order; where they are equal, in the order of `before`. */
function ascending(keys: Float64Array, before: Float64Array = places(keys.length)): Float64Array {
  let [least, most, sorted] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, true]
  for (const place of before) {
    const key = keys[place] as number
    sorted &&= key >= most
    least = Math.min(least, key)
    most = Math.max(most, key)
  }
  if (sorted) return before
  const { length } = keys
  if ((most - least + 1) * length > Number.MAX_SAFE_INTEGER)
    return before.toSorted((one, other) => (keys[one] as number) - (keys[other] as number))
  // Key and rank in one number: numbers sort many times faster by themselves than by a comparison.
  const packed = before.map((place, rank) => ((keys[place] as number) - least) * length + rank)
  return packed.sort().map((one) => before[one % length] as number)
}

function places(count: number): Float64Array {
  return new Float64Array(count).map((_, place) => place)
}

function numbers<T>(items: readonly T[], key: (item: T) => number): Float64Array {
  return new Float64Array(items.length).map((_, place) => key(items[place] as T))
}

// Copied once more, since what has grown to its length keeps room for half as much again.
function at<T>(items: ArrayLike<T>, places: Float64Array): T[] {
  return Array.from(places, (place) => items[place] as T).slice()
}
