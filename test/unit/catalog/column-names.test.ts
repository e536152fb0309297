import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { columnsOfFields } from '../../../src/catalog/custom-field-columns.ts'
import type { CustomField } from '../../../src/zendesk/custom-fields.ts'

const none = { properties: {} }
const field = (id: number, title: string, type = 'text'): CustomField => ({
  ...{ id, key: undefined, title, type, isActive: true },
  ...{ choices: new Map(), target: undefined },
})
const namesOf = (...titles: readonly string[]): string[] =>
  columnsOfFields(
    titles.map((title, nth) => field(nth + 1, title)),
    none,
    {},
  ).map(({ name }) => name)

describe('the column of a custom field', () => {
  test.each([
    ['Order Number', 'order_number'],
    ['orderNumber', 'order_number'],
    ['Prénom du client', 'prenom_du_client'],
    ['Größe (€)', 'grosse'],
    ['Łódź', 'lodz'],
    ['Urgent ⚠️', 'urgent'],
    ['⚠️', 'field_1'],
    ['Приоритет', 'field_1'],
    ['優先度 Priority', 'field_1'],
    ['…', 'field_1'],
    ['x'.repeat(80), 'x'.repeat(63)],
  ])('of "%s" is called %s', (title, name) => {
    expect(namesOf(title)).toEqual([name])
  })

  test('keeps the name that a catalog has, whatever it looks like', () => {
    const catalog = { größe: { custom_field: { id: 1 } } }
    expect(columnsOfFields([field(1, 'Größe')], none, catalog)[0]?.name).toBe('größe')
  })

  test('is safe everywhere, and no other has its name', () =>
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 90 }), { maxLength: 12 }), (titles) => {
        const long = titles.flatMap((title) => [title, title, `${'long '.repeat(20)}${title}`])
        const columns = columnsOfFields(
          long.map((title, nth) => field(36_000_000_000_000 + nth, title, nth % 2 === 0 ? 'tagger' : 'text')),
          none,
          {},
        )
        const names = columns.flatMap(({ name, label }) => [name, ...(label === undefined ? [] : [label])])
        expect(new Set(names).size).toBe(names.length)
        for (const name of names) expect(name).toMatch(/^[a-z0-9_]{1,63}$/)
      }),
      { numRuns: 500 },
    ))
})
