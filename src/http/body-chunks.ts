// The chunks of a body as they come: fast enough, and no more than are wanted.
import { systemClock } from '../model/clock.ts'
import type { Timeouts } from '../model/runtime.ts'

/** The chunks, as long as they come fast enough. Throws where they stall, though they are never silent for long. */
export async function* fastEnough(
  chunks: AsyncIterable<Uint8Array>,
  slowest: Timeouts['slowest'],
): AsyncGenerator<Uint8Array> {
  let since = systemClock.now()
  let bytes = 0
  for await (const chunk of chunks) {
    yield chunk
    bytes += chunk.length
    if (systemClock.now() - since < slowest.in) continue
    if (bytes < slowest.bytes) throw new Error(`only ${bytes} bytes in ${slowest.in / 1000} s`)
    since = systemClock.now()
    bytes = 0
  }
}

/** The chunks up to so many bytes; what comes after them is not read. */
export async function* upTo(most: number, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let left = most
  for await (const chunk of chunks) {
    yield chunk.length > left ? chunk.subarray(0, left) : chunk
    left -= chunk.length
    if (left <= 0) return
  }
}

/** All of the chunks in one piece. */
export async function joined(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all)
}
