import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { beginningOf, LARGEST_FAILURE, wholeBody } from '../../../src/http/whole-body.ts'

/** The bytes in pieces of this size; `read` counts how many were taken. */
function chunked(bytes: Uint8Array, size: number) {
  const counted = { read: 0 }
  const chunks = (async function* () {
    for (let at = 0; at < bytes.length; at += size) {
      counted.read += Math.min(size, bytes.length - at)
      yield bytes.subarray(at, at + size)
    }
  })()
  return { chunks, counted }
}

test('a body up to the largest size comes whole, zipped or not; one beyond it is refused', async () => {
  const largest = 1000
  await fc.assert(
    fc.asyncProperty(fc.nat(2000), fc.boolean(), fc.integer({ min: 1, max: 300 }), async (length, isZipped, size) => {
      const body = Buffer.alloc(length, 'abc')
      const { chunks, counted } = chunked(isZipped ? gzipSync(body) : body, size)
      const came = wholeBody(chunks, isZipped, largest)
      if (length <= largest) expect((await came).body.equals(body)).toBe(true)
      else await expect(came).rejects.toThrow(/which no page has/)
      expect(counted.read).toBeLessThanOrEqual(largest + 1 + size)
    }),
  )
})

test('a bomb is refused before it takes much memory', async () => {
  const bomb = gzipSync(Buffer.alloc(300 * 1024 * 1024))
  const before = process.memoryUsage().arrayBuffers
  await expect(wholeBody(chunked(bomb, 65_536).chunks, true)).rejects.toThrow(/more than 256 MB/)
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(600 * 1024 * 1024)
})

test('of a failure only the beginning is read, zipped or not', async () => {
  const text = Buffer.alloc(10_000_000, 'failure ')
  for (const isZipped of [false, true]) {
    const { chunks, counted } = chunked(isZipped ? gzipSync(text) : text, 1000)
    const { body } = await beginningOf(chunks, isZipped)
    expect(body.equals(text.subarray(0, LARGEST_FAILURE))).toBe(true)
    expect(counted.read).toBeLessThanOrEqual(LARGEST_FAILURE + 1000)
  }
  const noise = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 7919 * (at % 251)) & 255))
  const { body } = await beginningOf(chunked(gzipSync(noise, { level: 0 }), 1000).chunks, true)
  expect(body.equals(noise.subarray(0, body.length))).toBe(true)
  expect(body.length).toBeGreaterThan(60_000)
})

test('a short failure that is zipped and cut is no answer', async () => {
  const zipped = gzipSync('{"error":"Forbidden"}')
  await expect(beginningOf(chunked(zipped.subarray(0, 15), 5).chunks, true)).rejects.toThrow()
})
