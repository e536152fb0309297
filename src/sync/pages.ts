import { type Clock, systemClock } from '../model/clock.ts'
import { ConnectorError, HttpError, isClosed, isNotFound } from '../model/errors.ts'
import { freePage } from '../model/raw-record.ts'
import type { Cut, GetPage, Page, Position, Query, RecordData, SecondAgain, Selection, Walk } from '../model/stream.ts'
import { answeredAt, dateOf } from '../model/stream.ts'
import { isoOf } from '../model/time.ts'
import { progressCheck } from '../model/walk-progress.ts'

/** One page of a walk: its new rows, and the positions before and after it. */
export interface Step {
  readonly rows: readonly RecordData[]
  readonly before: Position
  readonly after: Position
  /** When Zendesk answered, by its own clock (epoch seconds). */
  readonly at: number
  /** The same; left out if it did not say. */
  readonly date?: number | undefined
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
  /** Whether no page is wanted beyond this position; left out: all are. */
  readonly isEnough?: (position: Position) => boolean
  /** What the configuration asks for. */
  readonly selection?: Selection
  /** The names of the streams that share the walk. */
  readonly streams: readonly string[]
  /** The priority of a stream, by its name: see PageRequest. */
  readonly priorityOf?: ((stream: string) => number) | undefined
  /** The time, if an answer does not tell it; left out: this machine's. */
  readonly clock?: Clock
}

/**
 * Reads a walk from a position to its end, one page at a time; the next page is requested while this one is used. If Zendesk
 * refuses the position, from the first row on where the walk can (`fromStart`): the caller knows which rows are before it.
 * Slices must not be used after the next page was taken, unless `keepsRows`: their memory is freed.
 * Throws what the request throws, a ConnectorError for a walk that does not come on, and the signal's reason once it is
 * aborted.
 */
export async function* readWalk(walk: Walk, from: Position, options: WalkOptions): AsyncGenerator<Step> {
  let before = walk.rewind?.(from) ?? from
  const check = progressCheck(walk.path)
  let isFirst = true
  let coming: Promise<Page> | undefined = request(walk, before, options)
  while (coming) {
    options.signal.throwIfAborted()
    let page: Page
    try {
      page = await coming
    } catch (error) {
      if (isFirst && walk.fromStart && isRefused(error)) return yield* readWalk(walk.fromStart, from, options)
      if (error instanceof HttpError && walk.isCaughtUp?.(error) && isNow(walk, before, error, options)) return
      throw withPlace(error, walk, options.streams)
    }
    isFirst = false
    const { rows: given, position: after, last, isCrowded, ahead } = walk.advance(page, before)
    const { rows, warning = aheadWarning(walk, ahead) } = isCrowded
      ? await crowdedSecond(walk, page, before, options)
      : { rows: given }
    if (!last)
      check({
        ...after,
        rows: allRowsOf(page, walk) ?? rows,
        idField: walk.idField,
        timeOf: walk.timeOf,
        reached: walk.reachedBy?.(after),
      })
    coming = last || options.isEnough?.(after) ? undefined : request(walk, after, options)
    yield { rows, before, after, at: answeredAt(page), date: dateOf(page), ...(warning !== undefined && { warning }) }
    if (!options.keepsRows) freePage(page)
    before = after
  }
}

const aheadWarning = ({ path }: Walk, rows = 0): string | undefined =>
  rows === 0
    ? undefined
    : `${path}: ${rows} ${rows === 1 ? 'row has' : 'rows have'} a time ahead of Zendesk's own. They are emitted, but their time does not move the position.`

const isRefused = (error: unknown): boolean => error instanceof HttpError && error.status === 400

function request(walk: Walk, position: Position, options: WalkOptions): Promise<Page> {
  const { get, include, cut, streams, selection, priorityOf } = options
  const coming = get({
    path: walk.path,
    query: { ...walk.query, ...configuredOf(walk, selection), ...include, ...walk.request(position) },
    streams,
    ...(priorityOf && { priority: Math.min(...streams.map(priorityOf)) }),
    ...(walk.key !== undefined && { expects: walk.key }),
    ...(walk.isBare && { isBare: true }),
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

/** The new rows of a second that no page holds whole, read in another way. Throws a ConnectorError where there is none. */
async function crowdedSecond(
  walk: Walk,
  page: Page,
  before: Position,
  options: WalkOptions,
): Promise<{ readonly rows: readonly RecordData[]; readonly warning: string }> {
  const known = allRowsOf(page, walk) ?? []
  const missing = `${walk.path}: ${known.length} rows of the second ${isoOf(before.time)} fill a page, and Zendesk gives no more of that second`
  const { secondAgain } = walk
  const found = secondAgain && (await rowsOfSecond(secondAgain, before.time, walk, known, options))
  if (!found)
    throw new ConnectorError(
      `${missing}. ${options.streams.join(', ')} cannot go on without losing rows; the next sync tries this second again.`,
      'transient_error',
    )
  return { rows: found, warning: `${missing}; they are read from ${secondAgain.path} instead.` }
}

/**
 * All rows of one second but the known ones, from the lists of their parents: one way after the other, until none of the known
 * ones is lacking. Undefined where one is, so that these do not tell all: those of parents that were deleted are not expected.
 */
async function rowsOfSecond(
  { walks, parentOf }: SecondAgain,
  second: number,
  { timeOf }: Walk,
  known: readonly RecordData[],
  { include: _, cut: __, ...options }: WalkOptions,
): Promise<readonly RecordData[] | undefined> {
  const rows = new Map<unknown, RecordData>()
  const lost = new Set<unknown>()
  const isMissing = (row: RecordData): boolean =>
    timeOf?.(row) === second && !rows.has(row['id']) && !lost.has(parentOf(row))
  for (const walk of walks(second)) {
    try {
      for await (const { rows: some } of readWalk(walk, { time: second }, options))
        for await (const found of lowestOf(walk, some, options, (row) => lost.add(row['id'])))
          for (const row of found) if (timeOf?.(row) === second) rows.set(row['id'], row)
    } catch (error) {
      if (!isClosed(error)) throw error
    }
    if (known.some(isMissing)) continue
    for (const { id } of known) rows.delete(id)
    return [...rows.values()]
  }
  return undefined
}

/** How many lists of children are requested at once. */
export const LISTS_AT_ONCE = 8

/** The rows of a list, page by page. */
export type Pages = AsyncGenerator<readonly RecordData[]>

/** The list of a row's children; none, and `onNone` is called, if it was deleted with its parent meanwhile. */
export async function* childrenIn(walk: Walk, options: WalkOptions, onNone?: () => unknown): Pages {
  try {
    for await (const { rows } of readWalk(walk, { time: 0 }, options)) yield rows
  } catch (error) {
    if (!isNotFound(error)) throw error
    onNone?.()
  }
}

/** These rows of a walk; if it has lists below its rows, those of the lowest. `onNone` is given rows whose list is not there. */
export async function* lowestOf(
  { childList }: Walk,
  rows: readonly RecordData[],
  options: WalkOptions,
  onNone?: (row: RecordData) => unknown,
): Pages {
  if (!childList) return yield rows
  for (const row of rows) {
    const child = childList(row)
    if (!child) continue
    for await (const below of childrenIn(child, options, () => onNone?.(row)))
      yield* lowestOf(child, below, options, onNone)
  }
}

/** The rows of a page, the known ones too. */
const allRowsOf = (page: Page, { key }: Walk): readonly RecordData[] | undefined =>
  key === undefined ? undefined : (page[key] as readonly RecordData[])

/** An export withholds its newest minute, and clocks differ: a start so many seconds from now means that nothing is newer. */
const NEAR = 600

/**
 * Whether the place that was refused as too recent lies near the account's time. Throws a ConnectorError for one ahead of
 * it, which would be refused for ever.
 */
function isNow(
  walk: Walk,
  position: Position,
  { answeredAt: at }: HttpError,
  { clock = systemClock, streams }: WalkOptions,
): boolean {
  const now = at ?? Math.floor(clock.now() / 1000)
  const start = Math.floor(walk.reachedBy?.(position) ?? position.time)
  if (start <= now + NEAR) return start >= now - NEAR
  throw new ConnectorError(
    `${walk.path}: ${streams.join(', ')} would be read from ${isoOf(start)} on, which is ahead of the account's time, ${isoOf(now)}. ` +
      'Use an earlier state or start date, or reset the stream.',
    'config_error',
  )
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
