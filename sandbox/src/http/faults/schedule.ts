import { createRandom, type Random } from '../../random.ts'

/**
 * How the sandbox misbehaves:
 * - answers: `status` (any, with or without `Retry-After`), `timeout` (504 with a text), `html` (a page with 200),
 *   `garbage` (bytes that are no JSON), `wrong-shape` (JSON of another shape),
 *   `no-side-load` (the right answer without what `include` asked for);
 * - connections: `refuse` (cut, and nothing listens for a while), `reset` (cut before the answer), `reset-in-body`;
 * - bodies cut in half: `truncate` (under the content length of the whole), `truncate-fitting` (under its own),
 *   `truncate-chunked` (a chunked body that ends well), `gzip-broken` (half of a gzip stream, of the right length);
 * - lengths: `wrong-length` (the body is whole, its content length is not);
 * - times: `slow` (a late first byte), `trickle` (a few bytes a second), `hang` (no answer at all), `stall` (headers
 *   and no body), `stall-in-body` (half a body and no end).
 */
export const FAULT_KINDS = [
  'status',
  'timeout',
  'html',
  'garbage',
  'wrong-shape',
  'no-side-load',
  'refuse',
  'reset',
  'reset-in-body',
  'truncate',
  'truncate-fitting',
  'truncate-chunked',
  'gzip-broken',
  'wrong-length',
  'slow',
  'trickle',
  'hang',
  'stall',
  'stall-in-body',
] as const

/** One of the ways in which the sandbox misbehaves. */
export type FaultKind = (typeof FAULT_KINDS)[number]

/** A fault to come. `path` is a part of the request's path, or an expression over path and query. */
export type Fault = {
  readonly path?: RegExp | string
  /** Only requests of this method. */
  readonly method?: string
  /** The number of matching requests that it leaves out first; 0. */
  readonly after?: number
  /** How many requests it meets; 1, or without an end if there is a `rate`. */
  readonly times?: number
  /** Meets a request that fits with this probability (0 to 1), the same ones for the same `seed` (1). */
  readonly rate?: number
  readonly seed?: number
  readonly kind: FaultKind
  /** For `status`; 500. */
  readonly status?: number
  /** Seconds, sent as `Retry-After`. */
  readonly retryAfter?: number
  /** The body of `status`, in place of a text that no client should parse. */
  readonly body?: string
  /** For `no-side-load`: the names in `include` that are passed over, with commas; all of them. */
  readonly include?: string
  /** For `slow`: seconds until the first byte; for `refuse`: seconds without a listener; 1. */
  readonly seconds?: number
  /** For every kind: seconds before it begins, so that a fault can be late as well. */
  readonly delay?: number
  /** For `trickle`: bytes a second; 1000. */
  readonly bytesPerSecond?: number
  /** For `wrong-length`: by how many bytes the content length is too large or (below 0) too small; -1. */
  readonly by?: number
}

/** Faults to come: how many requests each spares first, and how many it is still to meet (`Infinity` without an end). */
export type FaultsSet = {
  readonly next: readonly { readonly fault: Fault; readonly spare: number; readonly left: number }[]
  readonly random:
    | { readonly rate: number; readonly kinds: readonly Fault[]; readonly path: RegExp | string }
    | undefined
}

/** The faults of a sandbox. */
export type Faults = {
  /** Adds faults, met in the order in which they were added. */
  readonly next: (...faults: readonly Fault[]) => void
  /** Until `clear`, each request meets one of the kinds with this probability. */
  readonly random: (mode: {
    rate: number
    kinds: readonly (FaultKind | Fault)[]
    seed?: number
    path?: RegExp | string
  }) => void
  /** Cuts the next `count` connections as soon as they are made. */
  readonly drop: (connections: number) => void
  /** Nothing listens for a number of real seconds: connections are refused. Open connections stay. */
  readonly refuse: (seconds: number) => void
  readonly clear: () => void
  /** How many faults were met. */
  readonly met: () => number
  /** The faults that are set, and how often each listed one will still be injected. */
  readonly set: () => FaultsSet
  /** The fault that this request meets, if any. */
  readonly take: (path: string, query: string, method?: string) => Fault | undefined
  /** Whether a connection that is being made is to be cut. */
  readonly takeConnection: () => boolean
  /** The effect of `refuse`; the server sets it. */
  readonly onRefuse: (act: (seconds: number) => void) => void
}

type Listed = { readonly fault: Fault; readonly random: Random | undefined; spare: number; left: number }

/** No faults yet. */
export function createFaults(): Faults {
  let listed: Listed[] = []
  let mode: { rate: number; kinds: readonly Fault[]; random: Random; path: RegExp | string } | undefined
  let met = 0
  let drops = 0
  let refuse: (seconds: number) => void = () => {}
  const hits = (one: Listed) => {
    if (one.spare > 0) {
      one.spare--
      return false
    }
    return one.random === undefined || one.random.chance(one.fault.rate ?? 1)
  }
  return {
    next: (...faults) => {
      listed.push(
        ...faults.map((fault) => ({
          fault,
          random: fault.rate === undefined ? undefined : createRandom(fault.seed ?? 1, 'fault'),
          spare: fault.after ?? 0,
          left: fault.times ?? (fault.rate === undefined ? 1 : Number.POSITIVE_INFINITY),
        })),
      )
    },
    random: ({ rate, kinds, seed = 1, path = '' }) => {
      const faults = kinds.map((kind): Fault => (typeof kind === 'string' ? { kind } : kind))
      mode = { rate, kinds: faults, random: createRandom(seed, 'faults'), path }
    },
    drop: (connections) => {
      drops += connections
    },
    refuse: (seconds) => refuse(seconds),
    clear: () => {
      listed = []
      mode = undefined
      drops = 0
    },
    met: () => met,
    set: () => ({ next: listed, random: mode }),
    take: (path, query, method = 'GET') => {
      const fits = ({ fault }: Listed) =>
        matches(fault.path ?? '', path, query) && (fault.method ?? method).toUpperCase() === method
      for (const one of listed) {
        if (!fits(one) || !hits(one)) continue
        one.left--
        if (one.left <= 0) listed = listed.filter((other) => other !== one)
        met++
        return one.fault
      }
      if (mode === undefined || !matches(mode.path, path, query) || !mode.random.chance(mode.rate)) return undefined
      met++
      return mode.random.pick(mode.kinds)
    },
    takeConnection: () => {
      if (drops <= 0) return false
      drops--
      met++
      return true
    },
    onRefuse: (act) => {
      refuse = act
    },
  }
}

function matches(pattern: RegExp | string, path: string, query: string): boolean {
  return typeof pattern === 'string'
    ? path.includes(pattern)
    : new RegExp(pattern.source, pattern.flags.replace('g', '')).test(`${path}?${query}`)
}
