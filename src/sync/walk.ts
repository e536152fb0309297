import type { GetPage, Page, Position, Query, RecordData, Walk } from '../stream.ts'

/** One page of a walk: its new rows, and where it lies. */
export interface Step {
  readonly rows: readonly RecordData[]
  readonly before: Position
  readonly after: Position
  readonly warning?: string
}

export interface WalkOptions {
  readonly get: GetPage
  readonly signal: AbortSignal
  /** Side-loads of the streams that read along. */
  readonly include?: Query
  /** The names of those streams. */
  readonly streams: readonly string[]
}

/**
 * Reads a walk from a position to its end, one page at a time; the next page is on its way while this one is handed on.
 * Throws what the request throws, and the signal's reason once it has been given.
 */
export async function* readWalk(walk: Walk, from: Position, options: WalkOptions): AsyncGenerator<Step> {
  let before = walk.rewind?.(from) ?? from
  let coming: Promise<Page> | undefined = request(walk, before, options)
  while (coming) {
    options.signal.throwIfAborted()
    const page = await orCaughtUp(walk, coming)
    if (page === undefined) return
    const { rows, position: after, last, warning } = walk.advance(page, before)
    coming = last ? undefined : request(walk, after, options)
    yield { rows, before, after, ...(warning !== undefined && { warning }) }
    before = after
  }
}

function request(walk: Walk, position: Position, { get, include, streams }: WalkOptions): Promise<Page> {
  const coming = get({
    path: walk.path,
    query: { ...walk.query, ...include, ...walk.request(position) },
    expects: walk.key,
    streams,
    ...(walk.bucket !== undefined && { bucket: walk.bucket }),
  })
  // It is awaited later, or never when the walk is left: until then a failure must not count as unhandled.
  coming.catch(() => undefined)
  return coming
}

async function orCaughtUp(walk: Walk, coming: Promise<Page>): Promise<Page | undefined> {
  try {
    return await coming
  } catch (error) {
    if (walk.isCaughtUp?.(error)) return undefined
    throw error
  }
}

/** The side-loads of several streams as one query: `include=a,b`. */
export function joinIncludes(includes: readonly (Query | undefined)[]): Query {
  const joined: Record<string, string> = {}
  for (const [key, value] of includes.flatMap((include) => Object.entries(include ?? {})))
    joined[key] = joined[key] === undefined ? String(value) : `${joined[key]},${value}`
  return joined
}
