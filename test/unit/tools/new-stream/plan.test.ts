import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { familyOf } from '../../../../tools/new-stream/declaration.ts'
import { exampleIn, Refusal } from '../../../../tools/new-stream/example.ts'
import { isServed, seedRows } from '../../../../tools/new-stream/plain-list.ts'
import { planFor, type Repository, referencesIn } from '../../../../tools/new-stream/plan.ts'

const root = join(import.meta.dirname, '../../../..')
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8')
/** This repository, with these files in the place of its own. */
const repository = (instead: Readonly<Record<string, string>> = {}): Repository => ({
  read: (file) => instead[file] ?? (existsSync(join(root, file)) ? textOf(file) : undefined),
  schemas: new Map(
    readdirSync(join(root, 'schemas'))
      .filter((file) => file.endsWith('.json'))
      .map((file) => [file.replace('.json', ''), JSON.parse(textOf(`schemas/${file}`)).title]),
  ),
  references: new Map([['author_id', 'users']]),
  truths: () => ['target_failures'],
  others: ['open_tickets'],
})

test('a column references what all columns of its name do', () => {
  const schema = (properties: object) => ({ properties }) as Parameters<typeof referencesIn>[0][number]
  const tickets = schema({ author_id: { references: 'users' }, item_id: { references: 'posts' }, category_id: {} })
  const comments = schema({ author_id: { references: 'users' }, item_id: {}, category_id: { references: null } })
  expect(referencesIn([tickets, comments])).toEqual(new Map([['author_id', 'users']]))
  const { created } = plan('gadgets', { text: JSON.stringify({ gadgets: [{ id: 1, author_id: 2, other_id: 3 }] }) })
  const { properties } = JSON.parse(created.get('schemas/gadgets.json')!)
  expect(properties.author_id.references).toBe('users')
  expect(properties.other_id).not.toHaveProperty('references')
})

const row = { id: 17, title: 'A', updated_at: '2026-01-31T12:00:00Z' }
const page = JSON.stringify({ gadgets: [row], meta: { has_more: false } })
interface Given {
  readonly path?: string
  readonly text?: string
  readonly instead?: Readonly<Record<string, string>>
}
const plan = (name = 'gadgets', { path = name, text = page, instead = {} }: Given = {}) =>
  planFor(name, path, text, repository(instead))

describe('what an example page shows', () => {
  test.each<[string, object, object]>([
    ['pages by cursor', { gadgets: [row], meta: {}, links: {} }, { key: 'gadgets', paging: 'cursor' }],
    ['pages by number', { gadgets: [row], next_page: null, count: 1 }, { key: 'gadgets', paging: 'numbered' }],
    ['all at once', { gadgets: [row] }, { key: 'gadgets', paging: 'whole' }],
    ['the list of its name, beside others', { users: [], gadgets: [row] }, { key: 'gadgets' }],
    ['the list of the last part of its path', { users: [], things: [row] }, { key: 'things' }],
    ['the only list', { items: [row], count: 1 }, { key: 'items' }],
  ])('%s', (_, found, example) => {
    expect(exampleIn(found, 'gadgets', 'all/things')).toMatchObject({ rows: [row], ...example })
  })

  test.each<[string, unknown, RegExp]>([
    ['no object', [row], /whole answer/],
    ['null', null, /whole answer/],
    ['no list', { gadget: row }, /no list.* It has: gadget/],
    ['nothing', {}, /It has: nothing/],
    ['several lists of other names', { a: [row], b: [row] }, /several lists.*: a, b/],
    ['an empty list', { gadgets: [] }, /is empty/],
    ['a list of texts', { gadgets: ['a'] }, /no list of rows/],
    ['a row without id', { gadgets: [row, { title: 'B' }] }, /Row 2 of "gadgets" has no "id"/],
    ['an id that is null', { gadgets: [{ id: null }] }, /Row 1 of "gadgets" has no "id"/],
    ['an id with a fraction', { gadgets: [{ id: 1.5 }] }, /neither a whole number nor text/],
    ['ids of two kinds', { gadgets: [{ id: 1 }, { id: 'a' }] }, /numbers and texts/],
    ['an id twice', { gadgets: [row, row] }, /same "id"/],
  ])('a page with %s is refused', (_, found, message) => {
    expect(() => exampleIn(found, 'gadgets', 'gadgets')).toThrow(message)
  })
})

describe('what is written', () => {
  test('a schema, the page, the declaration, the entry in the list, the row of the contract, and the endpoint', () => {
    const { created, changed, isServed: isThere } = plan()
    expect([...created.keys()]).toEqual(['schemas/gadgets.json', 'test/fixtures/pages/gadgets.json'])
    expect(created.get('test/fixtures/pages/gadgets.json')).toBe(page)
    expect([...changed.keys()]).toEqual([
      'src/streams/account/account-settings.ts',
      'src/streams/index.ts',
      'test/contract/unseen-streams.json',
      'sandbox/src/account/plain-lists.json',
    ])
    expect(changed.get('src/streams/account/account-settings.ts')).toContain(`
export const gadgets = defineStream<Gadget>()({
  name: 'gadgets',
  cursorField: 'updated_at',
  walk: cursorList({ path: 'gadgets' }),
})
`)
    expect(JSON.parse(changed.get('test/contract/unseen-streams.json')!)).toContain('gadgets')
    expect(JSON.parse(changed.get('sandbox/src/account/plain-lists.json')!).at(-1)).toMatchObject({
      table: 'gadgets',
      path: '/gadgets',
      key: 'gadgets',
      paging: 'list',
      columns: ['id', 'title', 'updated_at'],
    })
    expect(isThere).toBe(false)
  })

  test('another path and another key, numbered pages, rows without a time of their change', () => {
    const text = JSON.stringify({ items: [{ id: 'a', name: 'B' }], next_page: null })
    const { changed } = plan('voice_gadgets', { path: 'channels/voice/gadgets', text })
    expect(changed.get('src/streams/talk/talk-settings.ts')).toContain(`
export const voiceGadgets = defineStream<VoiceGadget>()({
  name: 'voice_gadgets',
  walk: numberedList({ path: 'channels/voice/gadgets', key: 'items' }),
})
`)
    expect(changed.get('src/streams/index.ts')).toMatch(/talkSettings, voiceGadgets\s*\]/)
  })

  test('no endpoint if the sandbox has it, no row if real records were seen, no page if it is there', () => {
    const text = JSON.stringify({ target_failures: [row] })
    const instead = {
      'test/fixtures/records/target_failures.jsonl': '{}',
      'test/fixtures/pages/target_failures.json': text,
    }
    const { created, changed, isServed: isThere } = plan('target_failures', { text, instead })
    expect(isThere).toBe(true)
    expect([...created.keys()]).toEqual(['schemas/target_failures.json'])
    expect([...changed.keys()]).toEqual(['src/streams/account/account-settings.ts', 'src/streams/index.ts'])
  })

  test('that the truth of a list is its answer, if the sandbox has the list and tells no truth of it', () => {
    const { changed } = plan('global_clients', {
      path: 'oauth/global_clients',
      text: JSON.stringify({ global_clients: [row] }),
    })
    expect(JSON.parse(changed.get('sandbox/src/control/answered-lists.json')!).at(-1)).toEqual({
      stream: 'global_clients',
      path: 'oauth/global_clients',
      key: 'global_clients',
    })
    expect([...changed.keys()]).not.toContain('sandbox/src/account/plain-lists.json')
  })

  test.each<string>(['gadgets', 'ticket_gadgets', 'user_gadgets', 'ticket_field_gadgets'])(
    '%s: a file that is changed keeps every word that it had, in order',
    (name) => {
      const text = JSON.stringify({ [name]: [row], meta: {} })
      const { changed } = plan(name, { text })
      for (const [file, after] of changed) {
        const words: readonly string[] = after.match(/\w+/g) ?? []
        let at = -1
        const lost = (textOf(file).match(/\w+/g) ?? []).filter((word) => {
          const found = words.indexOf(word, at + 1)
          if (found >= 0) at = found
          return found < 0
        })
        expect(lost, file).toEqual([])
        expect(words.length).toBeGreaterThan((textOf(file).match(/\w+/g) ?? []).length)
      }
    },
  )
})

test.each<[string, Parameters<typeof plan>, RegExp]>([
  ['a stream that exists', ['tickets'], /There is a stream tickets already/],
  ['a ready search', ['open_tickets'], /There is a stream open_tickets already/],
  ['records of a custom object', ['custom_object_car_records'], /custom object's records/],
  ['upper case', ['Gadgets'], /no name of a stream/],
  ['a dash', ['our-gadgets'], /no name of a stream/],
  ['a path for a name', ['../gadgets'], /no name of a stream/],
  ['nothing', [''], /no name of a stream/],
  ['a digit', ['gadgets2'], /no name of a stream/],
  ['a word of TypeScript', ['class'], /TypeScript's own/],
  ['a full address', ['gadgets', { path: 'https://a.example/gadgets' }], /no path of a list/],
  ['a path with a query', ['gadgets', { path: 'gadgets?page=1' }], /no path of a list/],
  ['no JSON', ['gadgets', { text: '{' }], /no JSON/],
  ['a type that another stream has', ['brand', { text: JSON.stringify({ brand: [row] }) }], /called Brand too/],
  [
    'a name that the list of streams has',
    ['families', { text: JSON.stringify({ families: [row] }) }],
    /named families/,
  ],
  [
    'another page than the one that is there',
    ['gadgets', { instead: { 'test/fixtures/pages/gadgets.json': '{}' } }],
    /another page/,
  ],
])('%s is refused', (_, args, message) => {
  expect(() => plan(...args)).toThrow(Refusal)
  expect(() => plan(...args)).toThrow(message)
})

test.each([
  ['ticket_gadgets', 'ticket_gadgets', 'Tickets'],
  ['archived_tickets', 'archived_tickets', 'Tickets'],
  ['ticket_field_gadgets', 'ticket_fields/gadgets', 'Forms and fields of tickets'],
  ['user_gadgets', 'users/gadgets', 'People'],
  ['badges', 'help_center/community/badges', 'Community'],
  ['themes', 'help_center/themes', 'Help center'],
  ['digital_lines', 'channels/voice/digital_lines', 'Talk'],
  ['workspaces', 'workspaces', 'Settings'],
])('%s, listed at %s, is of the family %s', (name, path, family) => expect(familyOf(name, path)).toBe(family))

test.each([
  ['users', true],
  ['slas/policies', true],
  ['target_failures', true],
  ['tickets/create_many', false],
  ['gadgets', false],
  ['polic', false],
])("the sandbox's page of endpoints says of %s whether it is served: %s", (path, served) => {
  expect(isServed(textOf('sandbox/docs/endpoints.md'), path)).toBe(served)
})

test('the sandbox has three rows at least, the example first, each with an id of its own', () => {
  const ids = fc.oneof(
    fc.uniqueArray(fc.maxSafeInteger(), { minLength: 1, maxLength: 5 }),
    fc.uniqueArray(fc.string({ minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
  )
  fc.assert(
    fc.property(ids, (all) => {
      const rows = (all as readonly unknown[]).map((id) => ({ id, name: 'A', url: 'https://a.example' }))
      const seeds = seedRows(rows)
      expect(seeds.length).toBe(Math.max(3, rows.length))
      expect(seeds.slice(0, rows.length)).toEqual(rows.map(({ url: _, ...rest }) => rest))
      expect(new Set(seeds.map(({ id }) => id)).size).toBe(seeds.length)
      for (const { id } of seeds) expect([typeof id, id === '']).toEqual([typeof all[0], false])
      for (const { id } of seeds) if (typeof id === 'number') expect(Number.isSafeInteger(id)).toBe(true)
    }),
  )
})
