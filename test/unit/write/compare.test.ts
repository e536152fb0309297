import { describe, expect, test } from 'vitest'
import type { FieldKind, TagsMode } from '../../../src/model/writing.ts'
import { organizations } from '../../../src/objects/organizations.ts'
import { tickets } from '../../../src/objects/tickets.ts'
import { users } from '../../../src/objects/users.ts'
import { differenceOf, isSame } from '../../../src/write/compare.ts'

const rule = (mode: TagsMode, prefix = '', kinds: ReadonlyMap<string, FieldKind> = new Map()) => ({
  sets: { mode, prefix },
  kinds,
})

describe('what is the same to Zendesk', () => {
  test.each([
    ['ids as numbers and as text', 360_000_000_001, '360000000001'],
    ['nothing, in its three forms', null, ''],
    ['an empty list and null', [], null],
    ['a day, with and without a time', '2026-03-01', '2026-03-01T00:00:00+00:00'],
    ['numbers in two spellings', '1.50', 1.5],
    ['lists in another order', ['a', 'b'], ['b', 'a']],
    ['addresses in another case', 'Ann@Example.com', 'ann@example.com'],
    ['a telephone number that people can read', '+1 (555) 010-9999', '+15550109999'],
  ])('%s', (_, one, other) => {
    expect(isSame(one, other)).toBe(true)
  })

  test.each([
    ['texts in another case', 'Ann', 'ann'],
    ['false and nothing', false, null],
    ['zero and nothing', 0, null],
    ['long ids that differ in their last digit', '12345678901234567', '12345678901234568'],
  ])('but not %s', (_, one, other) => {
    expect(isSame(one, other)).toBe(false)
  })
})

describe('only what differs is written', () => {
  test('nothing, if nothing does; of custom fields those that do', () => {
    const held = { id: 1, name: 'Ann', user_fields: { score: 1, plan: 'gold' } }
    expect(
      differenceOf({ id: 1, name: 'Ann', user_fields: { plan: 'gold' } }, held, users, rule('add')),
    ).toBeUndefined()
    expect(differenceOf({ name: 'Ann', user_fields: { score: 2, plan: 'gold' } }, held, users, rule('add'))).toEqual({
      body: { user_fields: { score: 2 } },
    })
  })

  test('custom fields of tickets are sent as a list', () => {
    const held = { custom_fields: [{ id: 9, value: 'old' }] }
    expect(differenceOf({ custom_fields: { 9: 'new' } }, held, tickets, rule('add'))).toEqual({
      body: { custom_fields: [{ id: 9, value: 'new' }] },
    })
  })

  test('tags of tickets are added without the others, those of organizations with them', () => {
    const held = { tags: ['theirs'] }
    expect(differenceOf({ tags: ['Ours'] }, held, tickets, rule('add'))).toEqual({
      body: {},
      tags: { add: ['ours'], remove: [] },
    })
    expect(differenceOf({ tags: ['ours'] }, held, organizations, rule('add'))).toEqual({
      body: { tags: ['theirs', 'ours'] },
    })
    expect(differenceOf({ tags: ['theirs'] }, held, organizations, rule('add'))).toBeUndefined()
    expect(differenceOf({ tags: ['theirs'] }, held, organizations, rule('remove'))).toEqual({ body: { tags: [] } })
    expect(differenceOf({ tags: ['ours'] }, held, organizations, rule('set'))).toEqual({ body: { tags: ['ours'] } })
  })

  test('with a prefix, only tags that have it are removed', () => {
    const held = { tags: ['theirs', 'crm_old', 'crm_vip'] }
    expect(differenceOf({ tags: ['crm_vip', 'crm_new'] }, held, organizations, rule('managed', 'crm_'))).toEqual({
      body: { tags: ['theirs', 'crm_vip', 'crm_new'] },
    })
  })

  test('fields with several choices are sets like tags', () => {
    const kinds = new Map([['likes', { title: 'Likes', type: 'multiselect', choices: new Set<string>() }]])
    const held = { organization_fields: { likes: ['tea'] } }
    const wanted = { organization_fields: { likes: ['milk'] } }
    const changed = (mode: TagsMode) => differenceOf(wanted, held, organizations, rule(mode, '', kinds))?.body
    expect(changed('add')).toEqual({ organization_fields: { likes: ['tea', 'milk'] } })
    expect(changed('set')).toEqual({ organization_fields: { likes: ['milk'] } })
    expect(changed('remove')).toBeUndefined()
  })
})
