import { expect, test } from 'vitest'
import type { ConfiguredStream } from '../../../../src/model/stream.ts'
import { unknownFields } from '../../../../src/sync/emit/records.ts'

const configured = () => ({ stream: { name: 'groups' }, columns: new Set(['id']) }) as unknown as ConfiguredStream
const said = (one: ConfiguredStream, names: readonly string[]): readonly string[] =>
  [...unknownFields(one, [{ id: 1, ...Object.fromEntries(names.map((name) => [name, 0])) }])].map((message) =>
    message.kind === 'log' ? message.message : '',
  )

test('each field without a column is named once', () => {
  const one = configured()
  expect(said(one, ['a', 'b'])).toHaveLength(2)
  expect(said(one, ['a', 'b', 'c'])).toEqual([
    'Stream "groups" has the field "c", for which its schema has no column: it is emitted unchanged.',
  ])
})

test('of any number of fields 20 are named, the others counted, and after that nothing is said', () => {
  const one = configured()
  const many = Array.from({ length: 300_000 }, (_, at) => `key_${at}`)
  const first = said(one, many)
  expect(first).toHaveLength(21)
  expect(first.at(-1)).toBe(
    'Stream "groups" has 299980 more such fields. They, and others that come, are emitted unchanged, and not named.',
  )
  expect(said(one, ['another'])).toEqual([])
  const slow = configured()
  const all = Array.from({ length: 50 }, (_, at) => said(slow, [`key_${at}`])).flat()
  expect(all).toHaveLength(21)
})

test('a name of any length is shortened', () => {
  expect(said(configured(), ['x'.repeat(1_000_000)])[0]!.length).toBeLessThan(300)
})
