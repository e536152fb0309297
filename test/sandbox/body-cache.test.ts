import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { createBodyCache } from '../../src/sandbox/http/body-cache.ts'

const text = (letter: string) => letter.repeat(100)

test('a body is kept for its version of the account', async () => {
  const cache = createBodyCache(1000)
  const put = cache.put('a', 1, text('ü'))
  expect(cache.get('a', 1)).toBe(put)
  expect(Buffer.from(put.bytes).toString()).toBe(text('ü'))
  expect(gunzipSync(await put.gzipped()).toString()).toBe(text('ü'))
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
  expect(cache.put('large', 1, 'x'.repeat(300)).bytes).toHaveLength(300)
  expect(cache.get('large', 1)).toBeUndefined()
})

test('gzipped bytes count too', async () => {
  const cache = createBodyCache(210)
  const a = cache.put('a', 1, text('a'))
  const b = cache.put('b', 1, text('b'))
  await a.gzipped()
  await b.gzipped()
  expect(cache.get('a', 1)).toBeUndefined()
  expect(cache.get('b', 1)).toBe(b)
})
