/** A source of repeatable randomness: the same seed and name give the same numbers on every machine. */
export type Random = {
  /** A number in [0, 1). */
  readonly next: () => number
  /** A whole number in [from, to]. */
  readonly between: (from: number, to: number) => number
  /** True with this probability. */
  readonly chance: (probability: number) => boolean
  /** One of the items, each as likely as the others. */
  readonly pick: <T>(items: readonly T[]) => T
  /** Up to `count` different items, in their order. */
  readonly some: <T>(items: readonly T[], count: number) => T[]
  /** Where it is in its numbers: `resume` makes this or another one go on from there. */
  readonly state: () => RandomState
  readonly resume: (state: RandomState) => void
}

/** The four words of a generator. */
export type RandomState = readonly [number, number, number, number]

/** A generator (sfc32) whose four words of state come from the seed and a name, so that parts don't share a stream. */
export function createRandom(seed: number, name = ''): Random {
  let a = hash(name, 0x9e3779b9)
  let b = hash(name, 0x243f6a88)
  let c = seed | 0
  let counter = 1
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return (sum >>> 0) / 4294967296
  }
  for (let warm = 0; warm < 16; warm++) next()
  const between = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  const pick = <T>(items: readonly T[]): T => {
    const item = items[Math.floor(next() * items.length)]
    if (item === undefined) throw new RangeError('Nothing to pick from.')
    return item
  }
  const some = <T>(items: readonly T[], count: number): T[] => {
    let wanted = Math.min(count, items.length)
    return items.filter((_, at) => {
      if (next() >= wanted / (items.length - at)) return false
      wanted--
      return true
    })
  }
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick,
    some,
    state: () => [a, b, c, counter],
    resume: (state) => {
      ;[a, b, c, counter] = state
    },
  }
}

function hash(text: string, seed: number): number {
  let value = seed
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 2654435761)
  return value | 0
}
