import type { StreamState } from '../../model/stream.ts'

/** The state of all streams, as one STATE message holds it. */
export interface Bookmarks {
  set(stream: string, state: StreamState): void
  /** The message as it stands; `syncing`: the stream that is being read. */
  line(syncing: string | undefined): string
  /** How long that message is, in characters, as nearly as makes a difference. */
  length(): number
}

/**
 * Bookmarks that begin with those handed in: what is not read this time keeps its place. The text of each is made once,
 * as those of long lists are long.
 */
export function createBookmarks(given: ReadonlyMap<string, StreamState>): Bookmarks {
  const texts = new Map<string, string>()
  let length = 0
  const set = (stream: string, state: StreamState): void => {
    const text = `${JSON.stringify(stream)}:${JSON.stringify(state)}`
    length += text.length - (texts.get(stream)?.length ?? 0)
    texts.set(stream, text)
  }
  for (const [stream, state] of given) set(stream, state)
  return {
    set,
    length: () => length,
    line(syncing) {
      const now = syncing === undefined ? '' : `,"currently_syncing":${JSON.stringify(syncing)}`
      return `{"type":"STATE","value":{"bookmarks":{${[...texts.values()].join(',')}}${now}}}\n`
    },
  }
}
