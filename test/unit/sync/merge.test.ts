import { expect, test } from 'vitest'
import { merge } from '../../../src/sync/merge.ts'

/** A walk, and one that waits for its end as children wait for their parents. */
function parentAndChild() {
  const ended = Promise.withResolvers<void>()
  const seen: string[] = []
  async function* parent(): AsyncGenerator<string> {
    try {
      for (let page = 1; page <= 3; page++) yield `page ${page}`
    } finally {
      seen.push('the parent ended')
      ended.resolve()
    }
  }
  async function* child(): AsyncGenerator<string> {
    await ended.promise
    try {
      yield 'a child'
    } finally {
      seen.push('the child ended')
    }
  }
  return { seen, generators: [parent(), child()] }
}

test('all that the generators give is given, and one may wait for the end of another', async () => {
  const { generators } = parentAndChild()
  const given: string[] = []
  for await (const message of merge(generators, 2)) given.push(message)
  expect(given).toEqual(['page 1', 'page 2', 'page 3', 'a child'])
})

test('who stops taking ends them all, also those that wait for the one that gave last', async () => {
  const { seen, generators } = parentAndChild()
  for await (const message of merge(generators, 2)) {
    expect(message).toBe('page 1')
    break
  }
  expect(seen).toContain('the parent ended')
})

test('who fails while taking gets this failure', async () => {
  const { generators } = parentAndChild()
  const take = async (): Promise<void> => {
    for await (const _ of merge(generators, 2)) throw new Error('full')
  }
  await expect(take()).rejects.toThrow('full')
})
