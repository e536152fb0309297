import type { Readable } from 'node:stream'
import split2 from 'split2'

/** The lines of a stream of UTF-8, without their line breaks, as fast as they are taken. Blank ones are left out. */
export async function* linesOf(input: Readable): AsyncGenerator<string> {
  for await (const line of input.pipe(split2())) if ((line as string).trim() !== '') yield line as string
}
