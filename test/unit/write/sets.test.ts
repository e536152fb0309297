import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SetRule } from '../../../src/model/writing.ts'
import { fieldValues, listOf } from '../../../src/write/field-values.ts'
import { changedSet, mergedSet, setDelta } from '../../../src/write/sets.ts'

const members = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'crm_a', 'crm_b', 'crm_c', 'größe', '日本'))
const rules = fc.constantFrom<SetRule>(
  { mode: 'add', prefix: '' },
  { mode: 'remove', prefix: '' },
  { mode: 'set', prefix: '' },
  { mode: 'managed', prefix: 'crm_' },
)
const after = (held: readonly string[], given: readonly string[], rule: SetRule): readonly string[] => {
  const delta = setDelta(given, held, rule)
  return delta === undefined ? held : changedSet(held, delta)
}
const sorted = (all: readonly string[]) => [...new Set(all)].toSorted()

test('two rows of one key as one leave what the one after the other would have left', () => {
  fc.assert(
    fc.property(members, members, members, rules, (held, first, second, rule) => {
      const inTurn = after(after(held, first, rule), second, rule)
      expect(sorted(after(held, mergedSet(first, second, rule), rule))).toEqual(sorted(inTurn))
    }),
  )
})

test('a row that was written changes nothing the next time, and no rule but "set" removes what is not ours', () => {
  fc.assert(
    fc.property(members, members, rules, (held, given, rule) => {
      const now = after(held, given, rule)
      expect(setDelta(given, now, rule)).toBeUndefined()
      const gone = held.filter((one) => !now.includes(one))
      if (rule.mode === 'add') expect(gone).toEqual([])
      if (rule.mode === 'remove') expect(gone.filter((one) => !given.includes(one))).toEqual([])
      if (rule.mode === 'managed') expect(gone.filter((one) => !one.startsWith(rule.prefix))).toEqual([])
    }),
  )
})

const kinds = new Map(
  ['tagger', 'multiselect', 'checkbox', 'integer', 'decimal', 'date', 'text'].map((type) => [
    type,
    { title: type, type, choices: new Set(type === 'tagger' || type === 'multiselect' ? ['gold', 'tin'] : []) },
  ]),
)

test.each([
  ['tagger', 'gold', 'gold'],
  ['tagger', '', null],
  ['multiselect', 'gold,tin', ['gold', 'tin']],
  ['multiselect', null, []],
  ['checkbox', 'TRUE', true],
  ['checkbox', 0, false],
  ['integer', ' 7 ', '7'],
  ['decimal', 1.5, 1.5],
  ['date', '2026-03-01T00:00:00Z', '2026-03-01'],
  ['text', 5, 5],
])('a value of a %s field: %j is sent as %j', (type, given, sent) => {
  expect(fieldValues({ [type]: given }, kinds)).toEqual({ values: { [type]: sent } })
})

test.each([
  ['tagger', 'silver'],
  ['multiselect', ['gold', 'silver']],
  ['checkbox', 'maybe'],
  ['integer', 1.5],
  ['decimal', 'much'],
  ['date', '2026-03-01T10:00:00Z'],
])('a %s field cannot hold %j, and says so', (type, given) => {
  expect(fieldValues({ [type]: given }, kinds)).toMatchObject({
    rejection: { code: 'invalid_value', message: expect.stringContaining(`"${type}"`) },
  })
})

test('whatever comes, a value is sent or refused', () => {
  fc.assert(
    fc.property(fc.constantFrom(...kinds.keys()), fc.anything(), (type, value) => {
      const made = fieldValues({ [type]: value }, kinds)
      expect('values' in made || made.rejection.code === 'invalid_value').toBe(true)
      expect(listOf(value).every((one) => one !== '')).toBe(true)
    }),
  )
})
