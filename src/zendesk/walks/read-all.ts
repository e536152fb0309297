import type { GetPage, Position, RecordData, Walk } from '../../model/stream.ts'
import { progressCheck } from '../../model/walk-progress.ts'

/**
 * All rows of a short list. `streams`: those that wait for it, for reports of long waits. Throws what a request throws, and
 * for a list without an end.
 */
export async function allRows(get: GetPage, walk: Walk, streams: readonly string[]): Promise<readonly RecordData[]> {
  const { path, key } = walk
  const all: RecordData[] = []
  const check = progressCheck(path)
  let position: Position = { time: 0 }
  for (;;) {
    const query = { ...walk.query, ...walk.request(position) }
    const page = await get({ path, query, streams, ...(key !== undefined && { expects: key }) })
    const { rows, last, position: next } = walk.advance(page, position)
    all.push(...rows)
    if (last) return all
    check({ ...next, rows, timeOf: walk.timeOf })
    position = next
  }
}
