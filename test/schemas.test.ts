import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { compile, type JSONSchema } from 'json-schema-to-typescript'
import { describe, expect, test } from 'vitest'

interface Schema {
  readonly $ref?: string
  readonly $schema?: string
  readonly title?: string
  readonly description?: string
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly airbyte_type?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly required?: readonly string[]
}

const folder = join(import.meta.dirname, '../schemas')
const realRecords = join(import.meta.dirname, '../../shared/reference/real-records')

const keys: Record<string, string> = {
  tickets: 'id',
  ticket_metrics: 'ticket_id',
  ticket_audits: 'id',
  ticket_comments: 'id',
  ticket_metric_events: 'id',
  ticket_fields: 'id',
  ticket_forms: 'id',
  users: 'id',
  organizations: 'id',
  groups: 'id',
}
const streams = Object.keys(keys)

const load = (file: string): Schema => JSON.parse(readFileSync(join(folder, file), 'utf8'))
const namesIn = (path: string): string[] => readdirSync(path).filter((file) => file.endsWith('.json'))

const pieces = new Map(namesIn(join(folder, 'shared')).map((file) => [`shared/${file}`, load(`shared/${file}`)]))

const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true, keywords: ['airbyte_type'] })
addFormats.default(ajv)
for (const [name, piece] of pieces) ajv.addSchema(piece, name)

/** The schema with every `$ref` replaced by what it refers to. */
function dereferenced(schema: Schema): Schema {
  if (schema.$ref !== undefined) {
    const piece = pieces.get(schema.$ref)
    if (piece === undefined) throw new Error(`${schema.$ref} does not exist.`)
    return dereferenced(piece)
  }
  const { properties, items } = schema
  return {
    ...schema,
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, dereferenced(value)])),
    }),
    ...(items && { items: dereferenced(items) }),
  }
}

/** Every property at every level, with its path. */
function* propertiesOf(schema: Schema, path = ''): Generator<readonly [string, Schema]> {
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    yield [`${path}${name}`, property]
    yield* propertiesOf(property, `${path}${name}.`)
  }
  if (schema.items) yield* propertiesOf(schema.items, `${path}[].`)
}

const referencesIn = (schema: Schema): string[] =>
  [...JSON.stringify(schema).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? '')

test('there is one schema for each stream', () => {
  expect(namesIn(folder).sort()).toEqual(streams.map((stream) => `${stream}.json`).sort())
})

test('every shared piece is used, and refers to nothing itself', () => {
  const used = new Set(streams.flatMap((stream) => referencesIn(load(`${stream}.json`))))
  expect([...pieces.keys()].sort()).toEqual([...used].sort())
  expect([...pieces.values()].flatMap(referencesIn)).toEqual([])
})

describe.each(streams)('%s', (stream) => {
  const schema = load(`${stream}.json`)
  const whole = dereferenced(schema)
  const key = keys[stream] as string
  const validate = ajv.compile(schema)

  test('says what it is', () => {
    expect(schema).toMatchObject({ $schema: 'http://json-schema.org/draft-07/schema#', type: 'object' })
    expect(schema.title).toMatch(/^([A-Z][a-z]+)+$/)
    expect(schema.description).toMatch(/\.$/)
  })

  test('describes every property at every level, in a sentence', () => {
    const wrong = [...propertiesOf(whole)].filter(([, { description = '' }]) => !/^[^.]\S.*[^.]\.$/.test(description))
    expect(wrong.map(([path]) => path)).toEqual([])
  })

  test('has a key that is never null, and may lack everything else', () => {
    expect(schema.required).toEqual([key])
    expect(schema.properties?.[key]?.type).toBe('integer')
    expect(validate({ [key]: 1 })).toBe(true)
    expect(validate({ [key]: null })).toBe(false)
    const neverNull = [...propertiesOf(whole)].filter(([path, { type }]) => path !== key && type?.[0] !== 'null')
    expect(neverNull.map(([path]) => path)).toEqual([])
  })

  test('says of every point in time that it has a time zone', () => {
    const times = [...propertiesOf(whole)].filter(([, { format }]) => format === 'date-time')
    const vague = times.filter(([, { airbyte_type }]) => airbyte_type !== 'timestamp_with_timezone')
    expect(vague.map(([path]) => path)).toEqual([])
  })

  test('makes clean types', async () => {
    const types = await compile(schema as JSONSchema, schema.title ?? '', {
      cwd: folder,
      bannerComment: '',
      format: false,
    })
    expect(types).toContain(`export interface ${schema.title} {`)
    expect(types).not.toMatch(/export (interface|type) \w+\d\b/)
  })

  const file = join(realRecords, `${stream}.jsonl`)
  test.skipIf(!existsSync(file))('accepts records of real accounts, and has a column for each of their fields', () => {
    const records: object[] = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))
    expect(records).not.toHaveLength(0)
    for (const record of records) {
      expect(validate(record), ajv.errorsText(validate.errors)).toBe(true)
    }
    const fields = new Set(records.flatMap(Object.keys))
    expect([...fields].filter((field) => !(field in (schema.properties ?? {})))).toEqual([])
  })
})
