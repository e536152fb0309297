import type { Index } from '../../account/ordered-index.ts'

/** One value of a position: epoch seconds or an id as a number, a name as text. */
export type Key = readonly (number | string)[]

/** Records in one order, which can be entered anywhere. `order` is Zendesk's name of it: `-created_at,id`. */
export type Sequence<T> = {
  readonly order: string
  /** Types of the key's parts as cursors pack them: `i` integer, `d` time, `s` text. */
  readonly shape: string
  readonly key: (item: T) => Key
  /** The records strictly after (1) or before (-1) a key, walking away from it; without a key from the end. */
  readonly walk: (key: Key | undefined, direction: 1 | -1) => Iterable<T>
}

/** An index whose position is its id alone. */
export function byId<T>(index: Index<T>, order = 'id'): Sequence<T> {
  return {
    order,
    shape: 'i',
    key: (item) => [index.minor(item)],
    walk: (key, direction) => index.from(0, Number(key?.[0] ?? -direction * Number.POSITIVE_INFINITY), direction),
  }
}

/** An index in time; with `newestFirst` its major is the time negated. */
export function byTime<T>(index: Index<T>, order: string, newestFirst = false): Sequence<T> {
  const sign = newestFirst ? -1 : 1
  return {
    order,
    shape: 'di',
    key: (item) => [sign * index.major(item), index.minor(item)],
    walk: (key, direction) => {
      const [time, id] = key ?? [-sign * direction * Number.POSITIVE_INFINITY, 0]
      return index.from(sign * Number(time), Number(id), direction)
    },
  }
}

/** A list small enough to sort at each request. `key` gives the values of `order`, whose parts may begin with `-`. */
export function sorted<T>(items: Iterable<T>, order: string, shape: string, key: (item: T) => Key): Sequence<T> {
  const signs = order.split(',').map((part) => (part.startsWith('-') ? -1 : 1))
  const compare = (one: Key, other: Key) => {
    for (const [at, sign] of signs.entries()) {
      const [a, b] = [one[at] ?? 0, other[at] ?? 0]
      if (a !== b) return a < b ? -sign : sign
    }
    return 0
  }
  const all = Array.from(items, (item) => ({ item, key: key(item) })).sort((one, other) => compare(one.key, other.key))
  return {
    order,
    shape,
    key,
    walk: (from, direction) => {
      const rest = from === undefined ? all : all.filter((one) => compare(one.key, from) === direction)
      return (direction === 1 ? rest : rest.toReversed()).map(({ item }) => item)
    },
  }
}

/** Records in the order in which they are given. Assumed (fact 339): cursors of such lists hold a position. */
export function byPosition<T>(items: readonly T[]): Sequence<T> {
  const positions = new Map(items.map((item, at) => [item, at]))
  return sorted(items, 'position', 'i', (item) => [positions.get(item) ?? 0])
}

/** The same records the other way round. */
export function reversed<T>(sequence: Sequence<T>): Sequence<T> {
  const flip = (part: string) => (part.startsWith('-') ? part.slice(1) : `-${part}`)
  return {
    ...sequence,
    order: sequence.order.split(',').map(flip).join(','),
    walk: (key, direction) => sequence.walk(key, direction === 1 ? -1 : 1),
  }
}

/** Only the records that pass. */
export function only<T>(sequence: Sequence<T>, passes: (item: T) => boolean): Sequence<T> {
  return {
    ...sequence,
    *walk(key, direction) {
      for (const item of sequence.walk(key, direction)) if (passes(item)) yield item
    },
  }
}
