import { setTimeout as delay } from 'node:timers/promises'
import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { createRandom, type Random } from '../random.ts'

/**
 * How the sandbox misbehaves: an error status; the connection cut before the answer; a body cut in half under its full
 * content length; a chunked body that ends well but is half of its JSON; an HTML page with 200; a late first byte;
 * bytes that are no JSON; JSON of another shape; no answer at all.
 */
export type FaultKind =
  | 'status'
  | 'reset'
  | 'truncate'
  | 'truncate-chunked'
  | 'html'
  | 'slow'
  | 'garbage'
  | 'wrong-shape'
  | 'hang'

/** A fault to come. `path` is a part of the request's path, or an expression over path and query. */
export type Fault = {
  readonly path?: RegExp | string
  /** How many requests it meets; 1. */
  readonly times?: number
  readonly kind: FaultKind
  /** For `status`; 500. */
  readonly status?: number
  /** Seconds, sent as `Retry-After`. */
  readonly retryAfter?: number
  /** What `status` answers, instead of a text that no client should parse. */
  readonly body?: string
  /** For `slow`: seconds until the first byte; 1. */
  readonly seconds?: number
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
  readonly clear: () => void
  /** How many faults were met. */
  readonly met: () => number
  /** The fault that this request meets, if any. */
  readonly take: (path: string, query: string) => Fault | undefined
}

/** No faults yet. */
export function createFaults(): Faults {
  let listed: { fault: Fault; left: number }[] = []
  let mode: { rate: number; kinds: readonly Fault[]; random: Random; path: RegExp | string } | undefined
  let met = 0
  return {
    next: (...faults) => {
      listed.push(...faults.map((fault) => ({ fault, left: fault.times ?? 1 })))
    },
    random: ({ rate, kinds, seed = 1, path = '' }) => {
      const faults = kinds.map((kind): Fault => (typeof kind === 'string' ? { kind } : kind))
      mode = { rate, kinds: faults, random: createRandom(seed, 'faults'), path }
    },
    clear: () => {
      listed = []
      mode = undefined
    },
    met: () => met,
    take: (path, query) => {
      const one = listed.find(({ fault }) => matches(fault.path ?? '', path, query))
      if (one !== undefined) {
        one.left--
        if (one.left <= 0) listed = listed.filter((other) => other !== one)
        met++
        return one.fault
      }
      if (mode === undefined || !matches(mode.path, path, query) || !mode.random.chance(mode.rate)) return undefined
      met++
      return mode.random.pick(mode.kinds)
    },
  }
}

/** Answers a request wrongly, on the raw connection where no framework would; `answer` gives the right answer. */
export async function misbehave(
  fault: Fault,
  { outgoing }: HttpBindings,
  answer: () => Promise<Response>,
): Promise<Response> {
  const json = { 'content-type': 'application/json; charset=utf-8' }
  switch (fault.kind) {
    case 'status': {
      const headers = fault.retryAfter === undefined ? json : { ...json, 'retry-after': String(fault.retryAfter) }
      return new Response(fault.body ?? '<html><body>upstream trouble</body></html>', {
        status: fault.status ?? 500,
        headers,
      })
    }
    case 'html':
      return new Response('<!DOCTYPE html><html><title>Please wait</title></html>', {
        headers: { 'content-type': 'text/html' },
      })
    case 'garbage':
      return new Response(new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x00, 0x80, 0x0a]), { headers: json })
    case 'wrong-shape':
      return new Response('{"unexpected":[true,null]}', { headers: json })
    case 'slow':
      await delay((fault.seconds ?? 1) * 1000)
      return answer()
    case 'hang':
      return RESPONSE_ALREADY_SENT
    case 'reset':
      outgoing.destroy()
      return RESPONSE_ALREADY_SENT
    default:
      return truncated(fault.kind === 'truncate-chunked', outgoing, await answer())
  }
}

async function truncated(chunked: boolean, outgoing: HttpBindings['outgoing'], right: Response): Promise<Response> {
  const body = Buffer.from(await right.arrayBuffer())
  const half = body.subarray(0, Math.floor(body.length / 2))
  const headers: Record<string, string> = {
    ...Object.fromEntries(right.headers),
    'content-length': String(body.length),
  }
  if (chunked) delete headers['content-length']
  outgoing.writeHead(right.status, headers)
  if (chunked) outgoing.end(half)
  else outgoing.write(half, () => outgoing.destroy())
  return RESPONSE_ALREADY_SENT
}

function matches(pattern: RegExp | string, path: string, query: string): boolean {
  return typeof pattern === 'string'
    ? path.includes(pattern)
    : new RegExp(pattern.source, pattern.flags.replace('g', '')).test(`${path}?${query}`)
}
