import type { Readable } from 'node:stream'
import split2 from 'split2'

/** The lines of a stream of UTF-8 text, without their line breaks. Throws what the stream throws. */
export const linesOf = (source: Readable): AsyncIterable<string> => {
  const lines = split2()
  source.on('error', (error) => lines.destroy(error))
  return source.pipe(lines)
}
