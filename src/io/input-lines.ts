import { addAbortSignal, type Readable } from 'node:stream'
import split2 from 'split2'

/**
 * The lines of a UTF-8 stream without line breaks, with backpressure. Blank lines are left out. Throws an AbortError once the
 * signal is aborted, also while nothing comes.
 */
export async function* linesOf(input: Readable, signal: AbortSignal): AsyncGenerator<string> {
  for await (const line of addAbortSignal(signal, input.pipe(split2())))
    if ((line as string).trim() !== '') yield line as string
}
