import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jsonFault } from '../../../src/protocols/shared/json-fault.ts'
import { jsonIn, valuesIn } from '../../../src/protocols/shared/json-files.ts'

const parses = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('the place of a fault', () => {
  test.each([
    ['{"a": 1,}', 1, 9, 'a name in double quotes is missing'],
    ['{"a": 1\n "b": 2}', 2, 2, 'a comma or } is missing'],
    ['[1,\n2,\n]', 3, 1, 'a value is missing'],
    ["{'a': 1}", 1, 2, 'a name in double quotes is missing'],
    ['{"a" 1}', 1, 6, 'a colon is missing'],
    ['{"a": "b', 1, 7, 'a string has no end, or holds what must be escaped'],
    ['{"a": 01}', 1, 7, 'a value is missing'],
    ['{"a": 1', 1, 8, 'the text ends too early'],
    ['{} {}', 1, 4, 'nothing more should come after the value'],
    ['', 1, 1, 'the text ends too early'],
    ['[truee]', 1, 2, 'a value is missing'],
  ])('%j', (text, line, column, expected) => {
    expect(jsonFault(text)).toEqual({ line, column, expected })
  })

  test('there is one exactly if it is no JSON', () => {
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', ']', '"', ':', '0', '\n', '\\', 'x'))
      .map(([json, at, put]) => {
        const place = at % (json.length + 1)
        return json.slice(0, place) + put + json.slice(place + (at % 3))
      })
    fc.assert(
      fc.property(fc.oneof(fc.json(), broken, fc.string()), (text) => {
        expect(jsonFault(text) === undefined).toBe(parses(text))
      }),
      { numRuns: 5_000 },
    )
  })
})

describe('a file', () => {
  const read = (text: string) => async () => text
  const onCut = (): void => {
    throw new Error('nothing is cut here')
  }

  test('that is no JSON is refused with line and column, and without its text', async () => {
    await expect(jsonIn('c.json', 'config', read('{\n  "api_token": "sEcReT99",\n  oops\n}'))).rejects.toThrow(
      /^The config file c\.json holds no valid JSON\. See line 3, column 3: a name in double quotes is missing\.$/,
    )
  })

  test('of lines gives the value of each; the last may be cut short', async () => {
    let cuts = 0
    const count = (): void => void cuts++
    const lines = '\n{"a":1}\r\n{"b":2}\n\n{"c":'
    expect(await valuesIn('s', 'state', read(lines), { onCut: count })).toEqual([{ a: 1 }, { b: 2 }])
    expect(cuts).toBe(1)
    expect(await valuesIn('s', 'state', read(`\uFEFF[\n1\n]\n`), { onCut })).toEqual([[1]])
    expect(await valuesIn('s', 'state', read(' \n'), { onCut })).toEqual([])
    const isWanted = (line: string): boolean => line.includes('"b"')
    expect(await valuesIn('s', 'state', read('{"a":1}\n{"b":2}\n'), { isWanted, onCut })).toEqual([{ b: 2 }])
  })

  test('with a line that is no JSON is refused, and the line named', async () => {
    const lines = '{"a":1}\n{"b":2}\noops {"c":3}\n{"d":4}\n'
    await expect(valuesIn('s.json', 'state', read(lines), { onCut })).rejects.toThrow(
      'The state file s.json holds no valid JSON. See line 3, column 1: a value is missing.',
    )
  })

  test('that is longer than a text can be says what is enough', async () => {
    const tooLong = async (): Promise<string> => {
      throw Object.assign(new Error('too long'), { code: 'ERR_STRING_TOO_LONG' })
    }
    await expect(valuesIn('s.json', 'state', tooLong, { onCut })).rejects.toThrow(/is too large.*"type":"STATE"/)
  })
})
