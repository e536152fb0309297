import type { RecordData, Stream, Walk } from '../model/stream.ts'
import { childrenIn, lowestOf, type Pages } from './pages.ts'
import type { ReadOptions } from './run.ts'

/**
 * The rows that a stream's records are made of, page by page: children of `parent`, or children of those. `onChildren` gets the
 * direct children of `parent`, as they are read.
 */
export type ReadChildren = (
  stream: Stream,
  parent: RecordData,
  onChildren?: (rows: readonly RecordData[]) => void,
) => Pages

/** Reads children for these streams. Lists that several of them need are requested once, and kept for as long as this is. */
export function childReader(streams: readonly Stream[], options: ReadOptions): ReadChildren {
  const kept = new Map<string, Promise<readonly (readonly RecordData[])[]>>()

  async function* direct(walk: Walk, names: readonly string[]): Pages {
    const pages = () => childrenIn(walk, { ...options, streams: names })
    if (names.length < 2) return yield* pages()
    const coming = kept.get(walk.path) ?? Array.fromAsync(pages())
    kept.set(walk.path, coming)
    yield (await coming).flat()
  }

  return async function* (stream, parent, onChildren) {
    const walk = listUnder(stream, parent)
    if (!walk) return
    const names = streams.filter((one) => listUnder(one, parent)?.path === walk.path).map(({ name }) => name)
    for await (const rows of direct(walk, names)) {
      onChildren?.(rows)
      yield* lowestOf(walk, rows, { ...options, streams: [stream.name] })
    }
  }
}

const listUnder = ({ feeds: [{ children }] }: Stream, parent: RecordData): Walk | undefined => children?.walk(parent)
