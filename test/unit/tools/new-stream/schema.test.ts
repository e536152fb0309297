import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { compile, type JSONSchema } from 'json-schema-to-typescript'
import { describe, expect, test } from 'vitest'
import { Refusal, type Row } from '../../../../tools/new-stream/example.ts'
import { type Column, schemaFor } from '../../../../tools/new-stream/schema.ts'
import { pascalOf, pluralOf, singularOf } from '../../../../tools/new-stream/words.ts'

const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true, keywords: ['airbyte_type'] })
addFormats.default(ajv)

const schemaOf = (...rows: readonly Row[]) => schemaFor('gadgets', 'gadgets', rows)
const columnOf = (...values: readonly unknown[]): Column => {
  const { description: _, ...column } = schemaOf(...values.map((value, id) => ({ id, value }))).properties['value']!
  return column
}

test.each([
  ['sla_policies', 'sla_policy', 'SlaPolicy'],
  ['workspaces', 'workspace', 'Workspace'],
  ['addresses', 'address', 'Address'],
  ['statuses', 'status', 'Status'],
  ['branches', 'branch', 'Branch'],
  ['news', 'new', 'New'],
  ['access', 'access', 'Access'],
  ['dynamic_content', 'dynamic_content', 'DynamicContent'],
])('one of %s is a %s, of the type %s', (name, one, type) => {
  expect(singularOf(name)).toBe(one)
  expect(pascalOf(one)).toBe(type)
})

test.each([
  ['macro', 'macros'],
  ['category', 'categories'],
  ['key', 'keys'],
  ['branch', 'branches'],
  ['status', 'statuses'],
])('many: %s, %s', (one, many) => expect(pluralOf(one)).toBe(many))

describe('the type of a column is what its values show', () => {
  const time = { type: ['null', 'string'], format: 'date-time', airbyte_type: 'timestamp_with_timezone' }
  test.each<[string, readonly unknown[], Column]>([
    ['whole numbers', [1, null, 2], { type: ['null', 'integer'] }],
    ['numbers, if one has a fraction', [1, 2.5], { type: ['null', 'number'] }],
    ['texts', ['a', ''], { type: ['null', 'string'] }],
    ['true and false', [true, false], { type: ['null', 'boolean'] }],
    ['times', ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00.123+02:00'], time],
    ['texts, if one is no time', ['2026-01-31T12:00:00Z', 'never'], { type: ['null', 'string'] }],
    ['texts, if a time has no zone', ['2026-01-31T12:00:00'], { type: ['null', 'string'] }],
    ['texts, if there is no such day', ['2026-02-30T12:00:00Z'], { type: ['null', 'string'] }],
    ['days', ['2026-01-31', null], { type: ['null', 'string'], format: 'date' }],
    ['numbers or texts', [1, 'one'], { type: ['null', 'integer', 'string'] }],
    ['lists of numbers', [[1], [], null], { type: ['null', 'array'], items: { type: ['null', 'integer'] } }],
    ['lists of which nothing is known', [[], []], { type: ['null', 'array'] }],
    ['objects whose keys are values', [{ '17': 'a' }], { type: ['null', 'object'] }],
    ['objects or texts', [{ a: 1 }, 'a'], { type: ['null', 'object', 'string'] }],
  ])('%s', (_, values, column) => expect(columnOf(...values)).toEqual(column))

  test('objects, with all members that any of them has', () => {
    expect(columnOf({ a: 1 }, { b: [{ c: true }] })).toEqual({
      type: ['null', 'object'],
      properties: {
        a: { type: ['null', 'integer'], description: '`value.a` of the gadget, as Zendesk gives it.' },
        b: {
          type: ['null', 'array'],
          description: '`value.b` of the gadget, as Zendesk gives it.',
          items: {
            type: ['null', 'object'],
            properties: {
              c: { type: ['null', 'boolean'], description: '`value.b[].c` of the gadget, as Zendesk gives it.' },
            },
          },
        },
      },
    })
  })
})

test('the key is never null and stands where the example has it; what is told of a column is true of any list', () => {
  const time = '2026-01-31T12:00:00Z'
  const row = {
    name: 'A',
    id: 'x-1',
    brand_id: 1,
    macro_ids: [1],
    created_at: time,
    updated_at: time,
    url: 'https://a.example',
  }
  const { properties, required, title, description } = schemaFor('sla_policies', 'slas/policies', [row])
  expect([title, description, required]).toEqual([
    'SlaPolicy',
    'One sla policy, as the list `slas/policies` gives it.',
    ['id'],
  ])
  expect(properties['id']!.type).toBe('string')
  expect(Object.entries(properties).map(([name, column]) => [name, column.description])).toEqual([
    ['name', '`name` of the sla policy, as Zendesk gives it.'],
    ['id', 'Id of the sla policy.'],
    ['brand_id', 'Id of the brand.'],
    ['macro_ids', 'Ids of the macros.'],
    ['created_at', 'When the sla policy was created.'],
    ['updated_at', 'When the sla policy was last changed.'],
    ['url', 'Address of the sla policy in the API.'],
  ])
})

test.each<[string, Row, RegExp]>([
  ['is null everywhere', { id: 1, note: null }, /"note" is null in every row/],
  ['is null everywhere, inside', { id: 1, via: { source: { from: null } } }, /"via.source.from" is null/],
  ['is null in a list', { id: 1, tags: [null] }, /"tags\[\]" is null/],
  ['has a name with a blank', { id: 1, 'a b': 1 }, /"a b" can be no column/],
  ['has the name of a reference', { id: 1, $ref: 'x' }, /"\$ref" can be no column/],
  ['has the name of a member of every object', { id: 1, constructor: 1 }, /"constructor" can be no column/],
  ['has a name of JavaScript', JSON.parse('{"id": 1, "__proto__": 1}'), /"__proto__" can be no column/],
])('a column that %s is refused', (_, row, message) => {
  expect(() => schemaOf(row)).toThrow(Refusal)
  expect(() => schemaOf(row)).toThrow(message)
})

/** Rows as no documentation shows them. */
const wildRows = fc.array(
  fc.dictionary(
    fc.oneof(
      fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/),
      fc.constantFrom(
        'title',
        'type',
        'properties',
        'items',
        'format',
        'constructor',
        'required',
        'Url',
        'description',
      ),
      fc.string({ maxLength: 3 }),
    ),
    fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.constantFrom('2026-01-31', '2026-01-31t12:00:00z', '24:00', '2026-13-01'),
    ),
    { maxKeys: 6 },
  ),
  { minLength: 1, maxLength: 4 },
)

/** Every column at every level. */
function* columnsIn({ properties = {}, items }: Column): Generator<readonly [string, Column]> {
  for (const [name, column] of Object.entries(properties)) {
    yield [name, column]
    yield* columnsIn(column)
  }
  if (items) yield* columnsIn(items)
}

test('whatever rows are like: they are refused, or the schema holds for each of them and has all of their columns', async () => {
  await fc.assert(
    fc.asyncProperty(wildRows, async (found) => {
      const rows = found.map((row, id): Row => JSON.parse(JSON.stringify({ ...row, id })))
      const schema = (() => {
        try {
          return schemaOf(...rows)
        } catch (error) {
          if (error instanceof Refusal) return undefined
          throw error
        }
      })()
      if (schema === undefined) return
      const validate = new Ajv({ strict: true, allowUnionTypes: true, keywords: ['airbyte_type'] })
      addFormats.default(validate)
      const holds = validate.compile(schema)
      for (const row of rows) expect(holds(row), JSON.stringify([holds.errors, row])).toBe(true)
      expect(Object.keys(schema.properties).sort()).toEqual([...new Set(rows.flatMap(Object.keys))].sort())
      for (const [name, { type, description }] of columnsIn(schema)) {
        expect(description).toMatch(/^[^.]\S.*[^.]\.$/)
        if (name !== 'id') expect(type[0], name).toBe('null')
      }
      const types = await compile(schema as JSONSchema, 'Gadget', { bannerComment: '', format: false })
      expect(types).toContain('export interface Gadget {')
      expect(types).not.toMatch(/export (interface|type) \w+\d\b/)
    }),
    { numRuns: 200 },
  )
})
