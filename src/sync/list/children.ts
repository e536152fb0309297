import { HttpError } from '../../model/errors.ts'
import type { ConfiguredStream, RecordData, Walk } from '../../model/stream.ts'
import type { ReadOptions } from '../export/run.ts'
import { readWalk } from '../pages.ts'

/** The lists of children of the rows of one page, for all streams that read them. */
export interface ChildLists {
  /**
   * The rows that this stream's records are made of, page by page: children of `parent`, or children of those. None if the
   * list was deleted with its parent meanwhile. `onChildren` gets the direct children of `parent`, as they are read.
   */
  read(one: ConfiguredStream, parent: RecordData, onChildren: (rows: readonly RecordData[]) => void): Pages
}

type Pages = AsyncGenerator<readonly RecordData[]>

/** Lists that several of these streams need are requested once, and kept for as long as the page is read. */
export function childLists(
  parents: readonly RecordData[],
  configured: readonly ConfiguredStream[],
  sync: ReadOptions,
): ChildLists {
  const wanted = Map.groupBy(
    configured.flatMap(({ stream }) =>
      parents.flatMap((parent) => {
        const path = stream.childList?.(parent)?.path
        return path === undefined ? [] : [{ path, name: stream.name }]
      }),
    ),
    ({ path }) => path,
  )
  const kept = new Map<string, Promise<readonly RecordData[]>>()

  async function* pagesOf(walk: Walk, streams: readonly string[]): Pages {
    for await (const { rows } of readWalk(walk, { time: 0 }, { ...sync, streams })) yield rows
  }

  async function whole(walk: Walk, streams: readonly string[]): Promise<readonly RecordData[]> {
    const rows: RecordData[] = []
    for await (const page of pagesOf(walk, streams)) rows.push(...page)
    return rows
  }

  async function* directChildren(walk: Walk, name: string): Pages {
    const streams = wanted.get(walk.path)?.map((one) => one.name) ?? []
    if (streams.length < 2) return yield* pagesOf(walk, [name])
    const coming = kept.get(walk.path) ?? whole(walk, streams)
    kept.set(walk.path, coming)
    yield await coming
  }

  async function* descendants(rows: readonly RecordData[], { childList }: Walk, name: string): Pages {
    for (const row of rows) {
      const walk = childList?.(row)
      if (!walk) continue
      const pages = orNone(pagesOf(walk, [name]))
      for await (const children of pages)
        if (walk.childList) yield* descendants(children, walk, name)
        else yield children
    }
  }

  return {
    async *read({ stream: { childList, name } }, parent, onChildren) {
      const walk = childList?.(parent)
      if (!walk) return
      for await (const rows of orNone(directChildren(walk, name))) {
        onChildren(rows)
        if (walk.childList) yield* descendants(rows, walk, name)
        else yield rows
      }
    },
  }
}

/** These pages; none if the list does not exist (any more). */
async function* orNone(pages: Pages): Pages {
  try {
    yield* pages
  } catch (error) {
    if (!(error instanceof HttpError && error.status === 404)) throw error
  }
}
