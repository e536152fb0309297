// Records by their ids, as they are now: for programs that hear of changes before the next sync.
import { ConnectorError } from '../model/errors.ts'
import type { Message } from '../model/message.ts'
import { slicesOf } from '../model/slices.ts'
import type { ConfiguredStream, Id, RecordData, Stream } from '../model/stream.ts'
import { childReader } from './children.ts'
import { recordsMessage } from './emit/records.ts'
import { childrenIn, joinIncludes, LISTS_AT_ONCE } from './pages.ts'
import type { ReadOptions } from './run.ts'
import { showByIds, shownRecord } from './show.ts'
import { sideLoader } from './side-loads.ts'

/** As many as Zendesk shows at once. */
const MOST = 100

/** The kind of record whose ids `showMany` takes for this stream: `tickets` for what belongs to tickets too; undefined if it cannot. */
export function shownBy({ feeds: [, fallback], show, showParent }: Stream): string | undefined {
  if (fallback?.rowsShown) return fallback.show?.([]).path.split('/')[0]
  const kinds = (show ?? showParent)?.('').path.split('/').slice(0, -1)
  // `help_center/articles/ID`; ids of custom objects are those of one object.
  return kinds?.[0] === 'custom_objects' ? kinds.join('/') : kinds?.at(-1)
}

/**
 * Reads these records of streams that are shown by the same kind, with the fewest requests: one for a hundred ids, and one for
 * the newest children of each id if a stream is made of children; for articles and posts one for each, and for each list
 * below. What there is no more is left out. Throws a ConnectorError for streams that cannot be shown, and what a request
 * throws.
 */
export async function* showMany(
  configured: readonly ConfiguredStream[],
  ids: readonly Id[],
  options: ReadOptions,
): AsyncGenerator<Message> {
  const { asEmitted = (message) => message } = options
  for await (const message of shown(configured, ids, options)) yield asEmitted(message)
}

async function* shown(
  configured: readonly ConfiguredStream[],
  ids: readonly Id[],
  options: ReadOptions,
): AsyncGenerator<Message> {
  const kinds = new Set(configured.map(({ stream }) => shownBy(stream)))
  if (kinds.size > 1 || kinds.has(undefined))
    throw new ConnectorError(
      `These streams cannot be read together by id, because their ids are not of one kind: ${configured.map(({ stream }) => stream.name).join(', ')}.`,
      'config_error',
    )
  if (configured.some(({ stream }) => stream.feeds[1]?.rowsShown === undefined))
    return yield* showListed(configured, ids, options)
  const byChildren = Map.groupBy(configured, ({ stream }) => childrenOf(stream)?.name)
  const own = byChildren.get(undefined) ?? []
  byChildren.delete(undefined)
  for (const some of slicesOf(ids, MOST)) yield* showRows(own, some, options)
  for (const streams of byChildren.values()) yield* showChildren(streams, ids, options)
}

/** The children that the fallback of a stream is made of. */
const childrenOf = ({ feeds: [, fallback] }: Stream) =>
  fallback?.children?.due === 'byTime' ? fallback.children : undefined

async function* showRows(
  streams: readonly ConfiguredStream[],
  ids: readonly Id[],
  options: ReadOptions,
): AsyncGenerator<Message> {
  const [first] = streams
  const feed = first?.stream.feeds[1]
  if (!first || !feed?.show) return
  const include = joinIncludes(streams.map(({ stream }) => stream.feeds[1]?.include))
  const found = await showByIds(ids, { stream: first.stream, feed, include, get: options.get })
  const rows = [...found.rows.values()]
  const fillRows = sideLoader(options)
  for (const one of streams) {
    const { name, feeds } = one.stream
    const path = feed.show(ids).path
    const filled = await fillRows({ stream: name, path, loads: feeds[1]?.sideLoads, rows })
    yield* recordsMessage(one, feeds[1]?.records(filled) ?? [], options.deletedRecords)
  }
}

/** The first page of each list: the newest children. */
async function* showChildren(
  streams: readonly ConfiguredStream[],
  ids: readonly Id[],
  options: ReadOptions,
): AsyncGenerator<Message> {
  const names = streams.map(({ stream }) => stream.name)
  const newest = async (id: Id): Promise<readonly RecordData[]> => {
    const walk = streams[0] && childrenOf(streams[0].stream)?.walk({ id })
    if (!walk) return []
    for await (const rows of childrenIn(walk, { ...options, streams: names, isEnough: () => true })) return rows
    return []
  }
  for (const some of slicesOf(ids, LISTS_AT_ONCE)) {
    const lists = await Promise.all(some.map(newest))
    for (const one of streams)
      yield* recordsMessage(one, one.stream.feeds[1]?.records(lists.flat()) ?? [], options.deletedRecords)
  }
}

/**
 * Records of lists that show one record at a time, such as articles, and all that belongs to them: a request for each, and
 * for each list of its children.
 */
async function* showListed(
  configured: readonly ConfiguredStream[],
  ids: readonly Id[],
  options: ReadOptions,
): AsyncGenerator<Message> {
  const show = configured.map(({ stream }) => stream.show ?? stream.showParent).find((one) => one !== undefined)
  if (!show) return
  const streams = configured.map(({ stream }) => stream)
  const names = streams.map(({ name }) => name)
  for (const id of ids) {
    const row = await shownRecord(options.get, { ...show(String(id)), streams: names })
    if (!row) continue
    const readChildren = childReader(streams, options)
    for (const one of configured) {
      const { children, records } = one.stream.feeds[0]
      if (!children) yield* recordsMessage(one, records([row]), options.deletedRecords)
      for await (const rows of readChildren(one.stream, row))
        yield* recordsMessage(one, records(rows, row), options.deletedRecords)
    }
  }
}
