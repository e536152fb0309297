import { describe, expect, test } from 'vitest'
import { cellsOf } from '../src/table/batch.ts'
import { columnsFor, columnType, widened } from '../src/table/column.ts'
import { fitNames, shortName } from '../src/table/names.ts'
import { fits, jsonOf, MISFIT } from '../src/table/values.ts'

describe('values', () => {
  test.each([
    ['integer', 12, 12],
    ['integer', '12345678901234567', 12345678901234567n],
    ['integer', 1.5, MISFIT],
    ['integer', 2 ** 64, MISFIT],
    ['integer', '9223372036854775808', MISFIT],
    ['integer', '-9223372036854775808', -(2n ** 63n)],
    ['integer', true, MISFIT],
    ['integer', {}, MISFIT],
    ['number', 1.5, 1.5],
    ['number', Number.POSITIVE_INFINITY, MISFIT],
    ['number', '2.25', 2.25],
    ['number', '0.12345678901234567890', MISFIT],
    ['boolean', 'true', MISFIT],
    ['date', '2024-02-29', 19782],
    ['date', '2023-02-29', MISFIT],
    ['date', '0001-01-01', -719162],
    ['date', '0000-00-00', MISFIT],
    ['time', '1970-01-01T00:00:00Z', 0],
    ['time', '2024-05-06T07:08:09.123456789Z', Date.parse('2024-05-06T07:08:09Z') * 1000 + 123456],
    ['time', '2024-05-06T09:08:09+02:00', Date.parse('2024-05-06T07:08:09Z') * 1000],
    ['time', '2024-05-06 07:08:09', Date.parse('2024-05-06T07:08:09Z') * 1000],
    ['time', '2024-05-06', Date.parse('2024-05-06T00:00:00Z') * 1000],
    ['time', '0001-01-01T00:00:00Z', BigInt(Date.parse('0001-01-01T00:00:00Z')) * 1000n],
    ['time', '2024-02-29T23:59:60Z', Date.parse('2024-03-01T00:00:00Z') * 1000],
    ['time', '2024-05-06 07:08:09Z', Date.parse('2024-05-06T07:08:09Z') * 1000],
    ['time', '2024-05-06t07:08:09z', Date.parse('2024-05-06T07:08:09Z') * 1000],
    ['time', '9999-12-31T23:59:59Z', BigInt(Date.parse('9999-12-31T23:59:59Z')) * 1000n],
    ['time', '2023-02-29T07:08:09Z', MISFIT],
    ['time', '2024-00-06T07:08:09Z', MISFIT],
    ['time', '2024-05-06T24:00:00Z', MISFIT],
    ['time', '2024-05-06T07:60:00Z', MISFIT],
    ['time', '2024-05-06T07:08:61Z', MISFIT],
    ['time', '2o24-05-06T07:08:09Z', MISFIT],
    ['time', '2024-05-06T07:08:0:Z', MISFIT],
    ['time', '2024-05-06T07.08.09Z', MISFIT],
    ['time', '2024/05/06T07:08:09Z', MISFIT],
    ['time', 'yesterday', MISFIT],
    ['time', 17, MISFIT],
    ['text', 17, '17'],
    ['text', ['a'], '["a"]'],
    ['text', 'a\ud800b', 'a\ufffdb'],
    ['json', { a: ['\ud800', '\\ud800', '😀'] }, '{"a":["\\ufffd","\\\\ud800","😀"]}'],
    ['json', null, null],
  ] as const)('%s %j', (type, value, cell) => {
    expect(fits[type](value)).toEqual(cell)
  })

  test('a lone surrogate after a backslash is replaced too', () => {
    expect(jsonOf('\\\ud800')).toBe('"\\\\\\ufffd"')
  })

  test('what no column holds goes into _more', () => {
    const columns = columnsFor({ id: { type: 'integer' }, due_at: { type: ['null', 'string'], format: 'date-time' } })
    const { cells, more, misfits } = cellsOf(
      [{ id: 1, due_at: null }, { id: 2, due_at: 'soon', colour: 'red' }, { id: 3 }, { id: 4, colour: null }],
      columns,
    )
    expect(cells).toEqual([
      [1, 2, 3, 4],
      [null, null, null, null],
    ])
    expect(more).toEqual([null, '{"colour":"red","due_at":"soon","_misfits":["due_at"]}', null, '{"colour":null}'])
    expect(misfits).toBe(1)
  })
})

describe('columns', () => {
  test.each([
    [{ type: ['null', 'integer'] }, 'integer'],
    [{ type: ['null', 'integer', 'number'] }, 'number'],
    [{ type: ['string', 'integer'] }, 'json'],
    [{}, 'json'],
    [{ type: 'string', format: 'date-time' }, 'time'],
    [{ type: ['null', 'array'] }, 'json'],
  ] as const)('%j', (schema, type) => expect(columnType(schema)).toBe(type))

  test.each([
    ['integer', 'number', 'number'],
    ['number', 'integer', 'number'],
    ['text', 'integer', 'text'],
    ['date', 'time', 'time'],
    ['json', 'text', 'json'],
  ] as const)('%s, and then %s, is %s', (has, wanted, type) => expect(widened(has, wanted)).toBe(type))

  test('names have 63 bytes at the most, differ in more than case, and stay', () => {
    const long = 'ü'.repeat(60)
    expect(Buffer.byteLength(shortName(long))).toBeLessThanOrEqual(63)
    expect(shortName(`${long}a`)).not.toBe(shortName(`${long}b`))
    const names = fitNames(['Colour', 'colour', 'COLOUR'], new Map([['colour', 'colour']]))
    expect(names.get('colour')).toBe('colour')
    expect(new Set([...names.values()].map((name) => name.toLowerCase())).size).toBe(3)
    expect(fitNames(['COLOUR', 'Colour'], names)).toEqual(
      new Map([
        ['COLOUR', names.get('COLOUR')],
        ['Colour', names.get('Colour')],
      ]),
    )
  })
})
