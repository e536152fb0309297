import { HttpError } from '../model/errors.ts'
import { freePage } from '../model/raw-record.ts'
import type {
  ConfiguredStream,
  Cut,
  GetPage,
  KnownFields,
  Page,
  Picks,
  Position,
  Query,
  Reads,
  RecordData,
  Selection,
  Walk,
} from '../model/stream.ts'
import { answeredAt } from '../model/stream.ts'

/** One page of a walk: its new rows, and where it lies. */
export interface Step {
  readonly rows: readonly RecordData[]
  readonly before: Position
  readonly after: Position
  /** When Zendesk gave it, by its own clock (epoch seconds). */
  readonly at: number
  readonly warning?: string
}

export interface WalkOptions {
  readonly get: GetPage
  readonly signal: AbortSignal
  /** Side-loads of the streams that read along. */
  readonly include?: Query
  /** How the rows are cut out of their pages; left out, they are parsed. */
  readonly cut?: Cut | undefined
  /** Whether rows are still looked at when the next page has been asked for. */
  readonly keepsRows?: boolean
  /** What the configuration asks for. */
  readonly selection?: Selection
  /** The names of those streams. */
  readonly streams: readonly string[]
}

/**
 * Reads a walk from a position to its end, one page at a time; the next page is on its way while this one is handed on.
 * Rows are to be done with before the next page is taken, unless `keepsRows`.
 * Throws what the request throws, and the signal's reason once it has been given.
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

/** The same; from the walk's first row on where the place is refused: its reader knows which rows are before it. */
export async function* readFrom(walk: Walk, from: Position, options: WalkOptions): AsyncGenerator<Step> {
  let isThere = false
  try {
    for await (const step of readWalk(walk, from, options)) {
      isThere = true
      yield step
    }
  } catch (error) {
    const isRefused = error instanceof HttpError && error.status === 400 && !isThere
    if (!walk.fromStart || !isRefused) throw error
    yield* readWalk(walk.fromStart, from, options)
  }
}

function request(walk: Walk, position: Position, options: WalkOptions): Promise<Page> {
  const { get, include, cut, streams, selection } = options
  const coming = get({
    path: walk.path,
    query: { ...walk.query, ...configuredOf(walk, selection), ...include, ...walk.request(position) },
    streams,
    ...(walk.key !== undefined && { expects: walk.key }),
    ...(walk.isPage && { isPage: walk.isPage }),
    ...(cut && { cut }),
    ...(walk.bucket !== undefined && { bucket: walk.bucket }),
    ...(walk.sizedBy !== undefined && { sizedBy: walk.sizedBy }),
  })
  // It is awaited later, or never when the walk is left: until then a failure must not count as unhandled.
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
 * The error, its trace going on through the engine: the page was asked for ahead of time, so that the trace ends at the
 * client by itself.
 */
function withPlace(error: unknown, walk: Walk, streams: readonly string[]): unknown {
  if (!(error instanceof Error)) return error
  const frames = (new Error().stack ?? '').split('\n').slice(2)
  error.stack = [error.stack ?? String(error), `    reading ${walk.name} for ${streams.join(', ')}`, ...frames].join(
    '\n',
  )
  return error
}

/** The side-loads of several streams as one query, each once: `include=a,b`. */
export function joinIncludes(includes: readonly (Query | undefined)[]): Query {
  const joined: Record<string, string> = {}
  for (const [key, value] of includes.flatMap((include) => Object.entries(include ?? {})))
    joined[key] = [...new Set([...(joined[key]?.split(',') ?? []), ...String(value).split(',')])].join(',')
  return joined
}

/**
 * How the rows of a walk are cut for these streams: what they and it look at is read, what they may leave out is noted.
 * Undefined where one of them looks at more than it says.
 */
export function cutFor(walk: Walk, configured: readonly ConfiguredStream[]): Cut | undefined {
  const created = configured.flatMap(({ stream, selection }) =>
    selection?.pullBy === 'created' ? [stream.readsCreated ?? { created_at: true as const }] : [],
  )
  const loads = configured.flatMap(({ stream }) => stream.sideLoads ?? [])
  const reads = [
    walk.reads,
    ...configured.map(({ stream }) => stream.reads),
    ...created,
    ...loads.map((load) => load.reads ?? {}),
  ]
  if (!reads.every((one) => one !== undefined) || configured.some(({ includesFiles }) => includesFiles))
    return undefined
  const notes = configured.flatMap(({ omits, stream }) => [...omits, ...(stream.sets ?? [])])
  const readers = [walk, ...configured.map(({ stream }) => stream), ...created.map((one) => ({ reads: one })), ...loads]
  return {
    reads: reads.reduce(joinReads, {}),
    notes: new Set(notes),
    known: knownFor(configured),
    picks: joinPicks(readers),
  }
}

/** Of each list the rows that one of its readers picks; all of them where one does not choose. */
function joinPicks(readers: readonly { readonly reads?: Reads; readonly picks?: Picks }[]): Picks {
  const members = new Set(readers.flatMap(({ picks }) => Object.keys(picks ?? {})))
  const joined = [...members].map((member) => {
    const picks = readers.filter(({ reads }) => reads?.[member] !== undefined).map((reader) => reader.picks?.[member])
    return [member, (row: RecordData) => picks.some((pick) => pick === undefined || pick(row))] as const
  })
  return Object.fromEntries(joined)
}

/** The fields that the records of these streams have, where they stand in the rows. */
function knownFor(configured: readonly ConfiguredStream[]): KnownFields | undefined {
  return configured.reduce<KnownFields | undefined>(
    (known, { columns, stream }) =>
      columns && stream.at ? withKnown(known, stream.at, new Set([...columns, ...(stream.among ?? [])])) : known,
    undefined,
  )
}

function withKnown(
  known: KnownFields = { within: {} },
  [member, ...rest]: readonly string[],
  columns: ReadonlySet<string>,
): KnownFields {
  if (member === undefined) {
    const shared = known.fields?.values().filter((name) => columns.has(name))
    return { ...known, fields: shared ? new Set(shared) : columns }
  }
  return { ...known, within: { ...known.within, [member]: withKnown(known.within[member], rest, columns) } }
}

function joinReads(one: Reads, other: Reads): Reads {
  const joined: Record<string, true | Reads> = { ...one }
  for (const [field, reads] of Object.entries(other)) {
    const known = joined[field]
    if (known === undefined) joined[field] = reads
    else joined[field] = known === true || reads === true ? true : joinReads(known, reads)
  }
  return joined
}
