// JSON without loss, by value: where long whole numbers stand, and where digits are only text.
import { describe, expect, test } from 'vitest'
import { exactJson } from '../../../src/model/exact-json.ts'

describe('exactJson', () => {
  test.each([
    ['[9007199254740993]', ['9007199254740993']],
    ['{"id":9007199254740993,"n":1}', { id: '9007199254740993', n: 1 }],
    ['{"id" :\n\t -9007199254740993 }', { id: '-9007199254740993' }],
    ['[1 , 18446744073709551616]', [1, '18446744073709551616']],
    [' 9007199254740993', '9007199254740993'],
    ['[9007199254740991,-9007199254740991]', [9007199254740991, -9007199254740991]],
    ['[1234567890123456.5,12345678901234567e3]', [1234567890123456.5, 12345678901234567e3]],
    [
      '{"card":"4242424242424242","text":"a:9007199254740993"}',
      { card: '4242424242424242', text: 'a:9007199254740993' },
    ],
  ])('%s', (text, value) => {
    expect(exactJson(text)).toEqual(value)
  })

  test.each([
    [String.raw`["\ud83d\ude00"]`, ['😀']],
    [String.raw`["a\uD83Db"]`, ['a\uFFFDb']],
    [String.raw`{"id":9007199254740993,"text":"\ude00"}`, { id: '9007199254740993', text: '\uFFFD' }],
  ])('%s', (text, value) => {
    expect(exactJson(text)).toEqual(value)
  })

  test('what is no JSON throws', () => {
    expect(() => exactJson('{"id":9007199254740993')).toThrow(SyntaxError)
    expect(() => exactJson('')).toThrow(SyntaxError)
  })
})
