import { fingerprintOf } from '../model/fingerprint.ts'
import type { Message } from '../model/message.ts'
import type { RecordData, Stream, Walk } from '../model/stream.ts'
import { type ComparedRun, emitFound, findRecords, keep } from './comparison.ts'
import { merge } from './merge.ts'
import { readUnder, readWalk, type WalkOptions } from './pages.ts'
import type { ReadOptions, Sync } from './run.ts'
import { isNotFound } from './show.ts'

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

export async function allOf(pages: Pages): Promise<readonly RecordData[]> {
  const rows: RecordData[] = []
  for await (const page of pages) rows.push(...page)
  return rows
}

/** The lists of children of the rows of one page, for all streams that read them. */
export interface ChildLists {
  /**
   * The rows that this stream's records are made of, page by page: children of `parent`, or children of those. `onChildren`
   * gets the direct children of `parent`, as they are read.
   */
  read(stream: Stream, parent: RecordData, onChildren?: (rows: readonly RecordData[]) => void): Pages
}

const listUnder = ({ feeds: [{ children }] }: Stream, parent: RecordData): Walk | undefined => children?.walk(parent)

/** Lists that several of these streams need are requested once, and kept for as long as the page is read. */
export function childLists(
  parents: readonly RecordData[],
  streams: readonly Stream[],
  options: ReadOptions,
): ChildLists {
  const withLists = streams.filter(({ feeds: [{ children }] }) => children !== undefined)
  const wanted = Map.groupBy(
    withLists.flatMap((stream) =>
      parents.flatMap((parent) => {
        const path = listUnder(stream, parent)?.path
        return path === undefined ? [] : [{ path, name: stream.name }]
      }),
    ),
    ({ path }) => path,
  )
  const kept = new Map<string, Promise<readonly RecordData[]>>()

  async function* directChildren(walk: Walk, name: string): Pages {
    const names = wanted.get(walk.path)?.map((one) => one.name) ?? []
    if (names.length < 2) return yield* childrenIn(walk, { ...options, streams: [name] })
    const coming = kept.get(walk.path) ?? allOf(childrenIn(walk, { ...options, streams: names }))
    kept.set(walk.path, coming)
    yield await coming
  }

  return {
    async *read(stream, parent, onChildren) {
      const walk = listUnder(stream, parent)
      if (!walk) return
      for await (const rows of directChildren(walk, stream.name)) {
        onChildren?.(rows)
        if (!walk.childList) yield rows
        else for (const row of rows) yield* readUnder(walk, row, { ...options, streams: [stream.name] })
      }
    },
  }
}

/** Emits what differs in a page of a list that is compared: in its rows, or in their children whose lists may have changed. */
export async function* emitCompared(
  run: ComparedRun,
  rows: readonly RecordData[],
  lists: ChildLists,
  sync: Sync,
): AsyncGenerator<Message> {
  const { one, feed, comparison } = run
  const { before, parents, empty } = comparison
  if (feed.children?.due !== 'byVersion') return yield* emitFound(run, findRecords(run, feed.records(rows)), sync)
  const { version, versionOfEmpty } = feed.children

  /** The children of one parent, which is remembered once its list was read to the end. */
  async function* ofParent(
    id: string,
    fingerprint: string | undefined,
    parent: RecordData,
  ): AsyncGenerator<Iterable<Message>> {
    const keys: string[] = []
    let isEmpty = true
    const onChildren = (children: readonly RecordData[]): void => {
      isEmpty &&= children.length === 0
    }
    for await (const found of lists.read(one.stream, parent, onChildren)) {
      const records = findRecords(run, feed.records(found, parent))
      keys.push(...records.map(({ key }) => key))
      yield emitFound(run, records, sync)
    }
    if (fingerprint !== undefined) parents.set(id, { version: fingerprint, keys })
    if (isEmpty && versionOfEmpty) empty.set(id, fingerprintOf(versionOfEmpty(parent)))
  }

  const due = rows.flatMap((parent) => {
    const id = String(parent['id'])
    const fingerprint = version && fingerprintOf(version(parent))
    const known = before.parents.get(id)
    if (known && known.version === fingerprint) {
      parents.set(id, known)
      for (const key of known.keys) keep(comparison, key)
      return []
    }
    const ofEmpty = versionOfEmpty && fingerprintOf(versionOfEmpty(parent))
    if (ofEmpty !== undefined && before.empty.get(id) === ofEmpty) {
      empty.set(id, ofEmpty)
      return []
    }
    return [ofParent(id, fingerprint, parent)]
  })
  for await (const messages of merge(due, LISTS_AT_ONCE)) yield* messages
}
