import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { createBodyCache } from '../src/http/body-cache.ts'

const text = (letter: string) => letter.repeat(100)

test('a body is kept for its version of the account', async () => {
  const cache = createBodyCache(1000)
  const put = cache.put('a', 1, text('ü'))
  expect(cache.get('a', 1)).toBe(put)
  expect(put.length).toBe(200)
  expect(Buffer.from(await put.plain()).toString()).toBe(text('ü'))
  expect(gunzipSync(await put.gzipped()).toString()).toBe(text('ü'))
  expect(Buffer.from(await put.plain()).toString()).toBe(text('ü'))
  expect(put.gzipped()).toBe(put.gzipped())
  expect(cache.get('a', 2)).toBeUndefined()
  expect(cache.get('a', 1)).toBeUndefined()
})

test('what was used least recently makes room', () => {
  const cache = createBodyCache(250)
  for (const key of ['a', 'b']) cache.put(key, 1, text(key))
  cache.get('a', 1)
  cache.put('c', 1, text('c'))
  expect(['a', 'b', 'c'].map((key) => cache.get(key, 1) !== undefined)).toEqual([true, false, true])
  expect(cache.put('large', 1, 'x'.repeat(300)).length).toBe(300)
  expect(cache.get('large', 1)).toBeUndefined()
})

test('a gzipped body takes the room of its gzipped bytes', async () => {
  const cache = createBodyCache(210)
  await cache.put('a', 1, text('a')).gzipped()
  await cache.put('b', 1, text('b')).gzipped()
  cache.put('c', 1, text('c'))
  expect(['a', 'b', 'c'].map((key) => cache.get(key, 1) !== undefined)).toEqual([true, true, true])
  // 100 bytes that no gzip makes less of.
  const noise = cache.put('noise', 1, Buffer.from(Array.from({ length: 100 }, (_, at) => (at * 89) % 128)).toString())
  expect((await noise.gzipped()).length).toBeGreaterThan(100)
  expect(cache.get('a', 1)).toBeUndefined()
  expect(cache.get('noise', 1)).toBe(noise)
})
