// One request as a line of the log. Queries are left out: they may hold private search terms.
import { accountIn, bucketsIn, type Headers } from './limits/headers.ts'

/** The answer to a request, or why there was none. */
export type LoggedOutcome =
  | { readonly status: number; readonly bytes: number; readonly headers: Headers }
  | { readonly failure: string }

interface Request {
  readonly method: string
  /** With a leading slash. */
  readonly path: string
  readonly streams?: readonly string[] | undefined
  /** How long it took, in ms. */
  readonly ms: number
}

/** `GET /api/v2/users 200 in 41 ms, 18203 bytes, left 188 (incremental-exports 9), for users`. */
export function requestLine({ method, path, streams = [], ms, ...outcome }: Request & LoggedOutcome): string {
  const result =
    'status' in outcome
      ? `${outcome.status} in ${Math.round(ms)} ms, ${outcome.bytes} bytes${left(outcome.headers)}`
      : `no answer in ${Math.round(ms)} ms (${outcome.failure})`
  return `${method} ${path} ${result}${streams.length > 0 ? `, for ${streams.join(', ')}` : ''}`
}

/** How many requests are left of the limits, according to the answer. */
function left(headers: Headers): string {
  const account = accountIn(headers)
  const buckets = [...bucketsIn(headers)].map(([name, { remaining }]) => `${name} ${remaining}`)
  if (account === undefined && buckets.length === 0) return ''
  return `, left ${[account?.remaining ?? [], buckets.length > 0 ? `(${buckets.join(', ')})` : []].flat().join(' ')}`
}
