import { HttpError } from '../../model/errors.ts'
import type { ConfiguredStream, RecordData, Walk } from '../../model/stream.ts'
import type { Sync } from '../export/run.ts'
import { readWalk } from '../pages.ts'

/** The rows of the lists below the rows of one page, for all streams that read them. */
export interface Lists {
  /**
   * The pages of the lists below a row that this stream's records are in; none where they have gone with their row
   * meanwhile. `found` is told of the rows of the list right below it.
   */
  below(one: ConfiguredStream, parent: RecordData, found: (rows: readonly RecordData[]) => void): Pages
}

type Pages = AsyncGenerator<readonly RecordData[]>

/** A list that several of the streams want is asked for once, and kept until the page is done with. */
export function childLists(parents: readonly RecordData[], configured: readonly ConfiguredStream[], sync: Sync): Lists {
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

  async function* read(walk: Walk, streams: readonly string[]): Pages {
    for await (const { rows } of readWalk(walk, { time: 0 }, { ...sync, streams })) yield rows
  }

  async function whole(walk: Walk, streams: readonly string[]): Promise<readonly RecordData[]> {
    const rows: RecordData[] = []
    for await (const page of read(walk, streams)) rows.push(...page)
    return rows
  }

  async function* right(walk: Walk, name: string): Pages {
    const streams = wanted.get(walk.path)?.map((one) => one.name) ?? []
    if (streams.length < 2) return yield* read(walk, [name])
    const coming = kept.get(walk.path) ?? whole(walk, streams)
    kept.set(walk.path, coming)
    yield await coming
  }

  async function* deeper(rows: readonly RecordData[], { childList }: Walk, name: string): Pages {
    for (const row of rows) {
      const walk = childList?.(row)
      if (!walk) continue
      const pages = orNone(read(walk, [name]))
      for await (const below of pages)
        if (walk.childList) yield* deeper(below, walk, name)
        else yield below
    }
  }

  return {
    async *below({ stream: { childList, name } }, parent, found) {
      const walk = childList?.(parent)
      if (!walk) return
      for await (const rows of orNone(right(walk, name))) {
        found(rows)
        if (walk.childList) yield* deeper(rows, walk, name)
        else yield rows
      }
    },
  }
}

/** A list that is there no more has no rows. */
async function* orNone(pages: Pages): Pages {
  try {
    yield* pages
  } catch (error) {
    if (!(error instanceof HttpError && error.status === 404)) throw error
  }
}
