import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { compile, type JSONSchema } from 'json-schema-to-typescript'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from 'zendesk-sandbox'
import { streams as declared } from '../../src/streams/index.ts'
import { exampleIn } from '../../tools/new-stream/example.ts'
import { madeAs } from '../support/expected-rows.ts'
import { addRareKinds } from '../support/rare-kinds.ts'
/** They have their columns of Zendesk's documentation alone. */
import unseenStreams from './unseen-streams.json' with { type: 'json' }

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

const folder = join(import.meta.dirname, '../../schemas')
/** By stream, records of the shapes that real accounts gave, with values that are made up: `STREAM.jsonl`. */
const fixtures = join(import.meta.dirname, '../fixtures/records')
const seen = new Set(readdirSync(fixtures).map((file) => file.replace('.jsonl', '')))

const namesIn = (path: string): string[] => readdirSync(path).filter((file) => file.endsWith('.json'))

/** By stream: its key, in the order of its fields. */
const keys: Record<string, readonly string[]> = {
  ...Object.fromEntries(namesIn(folder).map((file) => [file.replace('.json', ''), ['id']])),
  ticket_metrics: ['ticket_id'],
  ticket_field_history: ['id', 'field_name'],
  ticket_attachments: ['id', 'comment_id'],
  ticket_form_conditions_agent: ['ticket_form_id', 'parent_field_id', 'value', 'child_field_id'],
  ticket_form_conditions_end_user: ['ticket_form_id', 'parent_field_id', 'value', 'child_field_id'],
  tags: ['name'],
  agents_activity: ['agent_id'],
  attribute_definitions: [],
  current_queue_activity: [],
  talk_settings: [],
  account_overview: [],
  agents_overview: [],
  custom_objects: ['key'],
  custom_object_fields: ['custom_object_key', 'key'],
  view_counts: ['view_id'],
  engagements: ['engagement_id'],
}
const streams = Object.keys(keys)

/** Example pages of lists, with made-up values: `STREAM.json`. */
const pages = join(import.meta.dirname, '../fixtures/pages')
const pagesThere = existsSync(pages) ? namesIn(pages) : []

const load = (file: string): Schema => JSON.parse(readFileSync(join(folder, file), 'utf8'))

const pieces = new Map(namesIn(join(folder, 'shared')).map((file) => [`shared/${file}`, load(`shared/${file}`)]))

const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true, keywords: ['airbyte_type', 'references'] })
addFormats.default(ajv)
for (const [name, piece] of pieces) ajv.addSchema(piece, name)

/** Streams whose rows Zendesk does not give as such: they are made of others, or change an id to text, and are tested end to end. */
const ofOurMaking = new Set(['ticket_field_history', 'greetings', 'phone_numbers', 'lines'])

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

const recordsIn = (file: string): readonly Record<string, unknown>[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ tickets: 300 })
  await addRareKinds(sandbox)
})
afterAll(() => sandbox.close())

/** A stream's rows in the sandbox, as Zendesk gives them where a connector reads them. */
async function rowsInSandbox(stream: string): Promise<readonly object[]> {
  const { account, url, credentials } = sandbox
  const truth = (name: string): readonly Record<string, unknown>[] => [...account.truth(name).live.values()]
  const read = async (path: string, key: string, token: string): Promise<readonly object[]> => {
    const response = await fetch(`${url}/api/v2/${path}`, { headers: { authorization: `Bearer ${token}` } })
    return ((await response.json()) as Record<string, object[]>)[key] ?? []
  }
  switch (stream) {
    case 'ticket_events':
      return read('incremental/ticket_events?start_time=0&include=comment_events', stream, credentials.accessToken)
    case 'deleted_tickets':
      return read('deleted_tickets', stream, credentials.accessToken)
    case 'requests':
      return read('requests', stream, credentials.endUserToken)
    case 'ticket_attachments':
      return truth('ticket_comments').flatMap(({ id, ticket_id, created_at, attachments }) =>
        ((attachments ?? []) as object[]).map((file) => ({ ...file, comment_id: id, ticket_id, created_at })),
      )
    case 'oauth_clients':
      return truth(stream).map(({ secret: _, ...client }) => client)
    case 'engagements':
    case 'ivr_menus':
    case 'ivr_routes':
    case 'view_counts': {
      const made = madeAs(stream)!
      return truth(made.of).flatMap(made.rows)
    }
    case 'custom_object_records':
      return truth('custom_object_vehicle_records')
    default:
      return truth(stream)
  }
}

const referencesIn = (schema: Schema): string[] =>
  [...JSON.stringify(schema).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? '')

test('there is a schema for each stream, with the key that the stream has', () => {
  for (const { name, primaryKey } of declared) expect([name, primaryKey]).toEqual([name, keys[name]])
})

test('the streams of which nobody published a record of a real account are known', () => {
  const unseen = streams.filter((stream) => !seen.has(stream))
  expect(unseen.sort()).toEqual(unseenStreams)
})

test('every shared piece is used, and refers to nothing itself', () => {
  const used = new Set(streams.flatMap((stream) => referencesIn(load(`${stream}.json`))))
  expect([...pieces.keys()].sort()).toEqual([...used].sort())
  expect([...pieces.values()].flatMap(referencesIn)).toEqual([])
})

describe.each(streams)('%s', (stream) => {
  const schema = load(`${stream}.json`)
  const whole = dereferenced(schema)
  const key = keys[stream] ?? []
  const aRow = Object.fromEntries(key.map((name) => [name, schema.properties?.[name]?.type === 'string' ? 'x' : 1]))
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
    expect(schema.required ?? []).toEqual(key)
    expect(validate(aRow), ajv.errorsText(validate.errors)).toBe(true)
    for (const name of key) expect(validate({ ...aRow, [name]: null }), name).toBe(false)
    const neverNull = [...propertiesOf(whole)].filter(([path, { type }]) => !key.includes(path) && type?.[0] !== 'null')
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

  if (seen.has(stream))
    test('accepts records as real accounts give them, and has a column for each of their fields', () => {
      const { records: made = (rows: readonly object[]) => rows } = ['job_statuses', 'engagements'].includes(stream)
        ? declared.find(({ name }) => name === stream)!.feeds[0]
        : {}
      const records = made(recordsIn(join(fixtures, `${stream}.jsonl`)))
      expect(records).not.toHaveLength(0)
      expect(misfits(records)).toEqual([])
    })

  if (pagesThere.includes(`${stream}.json`))
    test('accepts the rows of its example page, and has a column for each of their fields', () => {
      const page = JSON.parse(readFileSync(join(pages, `${stream}.json`), 'utf8'))
      const { rows } = exampleIn(page, stream, declared.find(({ name }) => name === stream)!.feeds[0].walk.path)
      expect(misfits(rows)).toEqual([])
    })

  if (!ofOurMaking.has(stream))
    test('accepts the rows of the sandbox, and has a column for each of their fields', async () => {
      const rows = await rowsInSandbox(stream)
      expect(rows).not.toHaveLength(0)
      expect(misfits(rows)).toEqual([])
    })

  function misfits(rows: readonly object[]): readonly string[] {
    const fields = new Set(rows.flatMap(Object.keys))
    const nameless = [...fields].filter((field) => !(field in (schema.properties ?? {})))
    return [...nameless, ...rows.filter((row) => !validate(row)).map(() => ajv.errorsText(validate.errors))]
  }
})

test('tickets that were searched for fit the columns of tickets', () => {
  const validate = ajv.compile(load('tickets.json'))
  const found = recordsIn(join(fixtures, 'search_results.jsonl')).filter((row) => row['result_type'] === 'ticket')
  expect(found).not.toHaveLength(0)
  for (const { result_type: _, ...ticket } of found) {
    expect(validate(ticket), ajv.errorsText(validate.errors)).toBe(true)
    expect(Object.keys(ticket).filter((field) => !(field in (load('tickets.json').properties ?? {})))).toEqual([])
  }
})
