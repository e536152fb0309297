import { HttpError } from '../model/errors.ts'
import { freePage } from '../model/raw-record.ts'
import type { Cut, GetPage, Page, Position, Query, RecordData, Selection, Walk } from '../model/stream.ts'
import { answeredAt } from '../model/stream.ts'

/** One page of a walk: its new rows, and the positions before and after it. */
export interface Step {
  readonly rows: readonly RecordData[]
  readonly before: Position
  readonly after: Position
  /** When Zendesk answered, by its own clock (epoch seconds). */
  readonly at: number
  readonly warning?: string
}

export interface WalkOptions {
  readonly get: GetPage
  readonly signal: AbortSignal
  /** Side-loads for the streams that share the walk. */
  readonly include?: Query
  /** How the rows are cut out of their pages; left out: they are parsed. */
  readonly cut?: Cut | undefined
  /** Whether slices are still used after the next page was taken. Parsed rows always may be. */
  readonly keepsRows?: boolean
  /** What the configuration asks for. */
  readonly selection?: Selection
  /** The names of the streams that share the walk. */
  readonly streams: readonly string[]
  /** The priority of a stream, by its name: see PageRequest. */
  readonly priorityOf?: ((stream: string) => number) | undefined
}

/**
 * Reads a walk from a position to its end, one page at a time; the next page is requested while this one is used.
 * Slices must not be used after the next page was taken, unless `keepsRows`: their memory is freed.
 * Throws what the request throws, and the signal's reason once it is aborted.
 */
export async function* readWalk(walk: Walk, from: Position, options: WalkOptions): AsyncGenerator<Step> {
  let before = walk.rewind?.(from) ?? from
  let coming: Promise<Page> | undefined = request(walk, before, options)
  while (coming) {
    options.signal.throwIfAborted()
    const page = await orCaughtUp(walk, coming, options.streams)
    if (page === undefined) return
    const { rows, position: after, last, warning } = walk.advance(page, before)
    coming = last ? undefined : request(walk, after, options)
    yield { rows, before, after, at: answeredAt(page), ...(warning !== undefined && { warning }) }
    if (!options.keepsRows) freePage(page)
    before = after
  }
}

/** Like `readWalk`, but from the first row if Zendesk refuses the position: the caller knows which rows are before it. */
export async function* readFrom(walk: Walk, from: Position, options: WalkOptions): AsyncGenerator<Step> {
  let hasBegun = false
  try {
    for await (const step of readWalk(walk, from, options)) {
      hasBegun = true
      yield step
    }
  } catch (error) {
    const isRefused = error instanceof HttpError && error.status === 400 && !hasBegun
    if (!walk.fromStart || !isRefused) throw error
    yield* readWalk(walk.fromStart, from, options)
  }
}

function request(walk: Walk, position: Position, options: WalkOptions): Promise<Page> {
  const { get, include, cut, streams, selection, priorityOf } = options
  const coming = get({
    path: walk.path,
    query: { ...walk.query, ...configuredOf(walk, selection), ...include, ...walk.request(position) },
    streams,
    ...(priorityOf && { priority: Math.min(...streams.map(priorityOf)) }),
    ...(walk.key !== undefined && { expects: walk.key }),
    ...(walk.isPage && { isPage: walk.isPage }),
    ...(cut && { cut }),
    ...(walk.bucket !== undefined && { bucket: walk.bucket }),
    ...(walk.sizedBy !== undefined && { sizedBy: walk.sizedBy }),
  })
  // Awaited later, or never if the walk is left: until then a rejection must not count as unhandled.
  coming.catch(() => undefined)
  return coming
}

function configuredOf({ configured = [] }: Walk, selection: Selection | undefined): Query {
  const set = configured.flatMap((name) => {
    const value = selection?.query[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return Object.fromEntries(set)
}

async function orCaughtUp(walk: Walk, coming: Promise<Page>, streams: readonly string[]): Promise<Page | undefined> {
  try {
    return await coming
  } catch (error) {
    if (walk.isCaughtUp?.(error)) return undefined
    throw withPlace(error, walk, streams)
  }
}

/**
 * The error with a stack trace that goes on through the engine. The page was requested ahead of time, so that the error's
 * own trace ends at the client.
 */
function withPlace(error: unknown, walk: Walk, streams: readonly string[]): unknown {
  if (!(error instanceof Error)) return error
  const frames = (new Error().stack ?? '').split('\n').slice(2)
  error.stack = [error.stack ?? String(error), `    reading ${walk.name} for ${streams.join(', ')}`, ...frames].join(
    '\n',
  )
  return error
}

/** One query with the side-loads of several streams, each once: `include=a,b`. */
export function joinIncludes(includes: readonly (Query | undefined)[]): Query {
  const joined: Record<string, string> = {}
  for (const [key, value] of includes.flatMap((include) => Object.entries(include ?? {})))
    joined[key] = [...new Set([...(joined[key]?.split(',') ?? []), ...String(value).split(',')])].join(',')
  return joined
}
