// Records by their ids, as they are now: for programs that hear of changes before the next sync.
import { ConnectorError, HttpError } from '../model/errors.ts'
import type { Message } from '../model/message.ts'
import type { ConfiguredStream, Id, RecordData, Stream } from '../model/stream.ts'
import { recordsMessage } from './emit/records.ts'
import type { ReadOptions } from './export/run.ts'
import { joinIncludes, readWalk } from './pages.ts'
import { showListed } from './show-listed.ts'
import { createSideLoader } from './side-loads.ts'

/** As many as Zendesk shows at once. */
const MOST = 100
/** How many lists of children are requested at once. */
const LISTS_AT_ONCE = 8

/** The kind of record whose ids `showMany` takes for this stream: `tickets` for what belongs to tickets too; undefined if it cannot. */
export function shownBy({
  fallback,
  show,
  showParent,
}: Pick<Stream, 'fallback' | 'show' | 'showParent'>): string | undefined {
  if (fallback?.rowsShown) return fallback.show?.([]).path.split('/')[0]
  const one = show ?? showParent
  // `help_center/articles/ID`
  return one?.('').path.split('/').at(-2)
}

/**
 * Reads these records of streams that are shown by the same kind, with the fewest requests: one for a hundred ids, and one for
 * the newest children of each id if a stream is made of children; for articles and posts one for each, and for each list below. What there is no more is left out. Throws a ConnectorError
 * for streams that cannot be shown, and what a request throws.
 */
export async function* showMany(
  configured: readonly ConfiguredStream[],
  ids: readonly Id[],
  options: ReadOptions,
): AsyncGenerator<Message> {
  const kinds = new Set(configured.map(({ stream }) => shownBy(stream)))
  if (kinds.size > 1 || kinds.has(undefined))
    throw new ConnectorError(
      `These streams are not shown by the ids of one kind: ${configured.map(({ stream }) => stream.name).join(', ')}.`,
      'config_error',
    )
  if (configured.some(({ stream }) => stream.fallback?.rowsShown === undefined))
    return yield* showListed(configured, ids, options)
  const own = configured.filter(({ stream }) => stream.fallback?.children === undefined)
  const below = Map.groupBy(
    configured.filter((one) => !own.includes(one)),
    ({ stream }) => stream.fallback?.children?.name,
  )
  for (let at = 0; at < ids.length; at += MOST) yield* showRows(own, ids.slice(at, at + MOST), options)
  for (const streams of below.values()) yield* showChildren(streams, ids, options)
}

async function* showRows(
  streams: readonly ConfiguredStream[],
  ids: readonly Id[],
  options: ReadOptions,
): AsyncGenerator<Message> {
  const { show, rowsShown } = streams[0]?.stream.fallback ?? {}
  if (!show || !rowsShown) return
  const include = joinIncludes(streams.map(({ stream }) => stream.fallback?.include))
  const request = show(ids)
  const names = streams.map(({ stream }) => stream.name)
  const rows = rowsShown(await options.get({ ...request, query: { ...request.query, ...include }, streams: names }))
  const sideLoads = createSideLoader(options)
  for (const one of streams) {
    const { name, fallback } = one.stream
    const filled = await sideLoads.filled({ stream: name, path: request.path, loads: fallback?.sideLoads, rows })
    yield* recordsMessage(one, fallback?.records(filled) ?? [], options.deletedRecords)
  }
}

/** The first page of each list: the newest children. */
async function* showChildren(
  streams: readonly ConfiguredStream[],
  ids: readonly Id[],
  options: ReadOptions,
): AsyncGenerator<Message> {
  for (let at = 0; at < ids.length; at += LISTS_AT_ONCE) {
    const lists = await Promise.all(ids.slice(at, at + LISTS_AT_ONCE).map((id) => newest(streams, id, options)))
    for (const one of streams)
      yield* recordsMessage(one, one.stream.fallback?.records(lists.flat()) ?? [], options.deletedRecords)
  }
}

async function newest(
  streams: readonly ConfiguredStream[],
  id: Id,
  options: ReadOptions,
): Promise<readonly RecordData[]> {
  const walk = streams[0]?.stream.fallback?.children?.walk({ id })
  if (!walk) return []
  const names = streams.map(({ stream }) => stream.name)
  try {
    for await (const { rows } of readWalk(walk, { time: 0 }, { ...options, streams: names, isEnough: () => true }))
      return rows
  } catch (error) {
    // A list that is not there went with its ticket.
    if (!(error instanceof HttpError && error.status === 404)) throw error
  }
  return []
}
