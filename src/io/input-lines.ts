import type { Readable } from 'node:stream'
import split2 from 'split2'

/** The lines of a UTF-8 stream without line breaks, with backpressure. Blank lines are left out. */
export async function* linesOf(input: Readable): AsyncGenerator<string> {
  for await (const line of input.pipe(split2())) if ((line as string).trim() !== '') yield line as string
}
