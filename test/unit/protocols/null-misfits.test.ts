import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { declaredSchema } from '../../../src/catalog/columns.ts'
import { legacySchemaOf, withLegacySchema } from '../../../src/catalog/legacy-columns.ts'
import type { RecordData, Stream } from '../../../src/model/stream.ts'
import { createFit } from '../../../src/protocols/shared/null-misfits.ts'
import { streams } from '../../../src/streams/index.ts'

const strict = (name: string, records: readonly RecordData[]) =>
  createFit(declaredSchema(name), { primaryKey: ['id'] })({ kind: 'records', stream: name, records })

describe('strict types', () => {
  test('look into objects and lists, and leave what fits as it was', () => {
    const events = [
      { id: 1, type: 'Comment', public: 'yes', body: 'Hello' },
      { id: 'two', type: 'Change' },
    ]
    const audit = { id: 7, ticket_id: 1, events, via: { channel: 'web', source: { to: [] } } }
    const { message, misfits } = strict('ticket_audits', [audit, { id: 8, events: [{ id: 1 }] }])
    expect(message.records).toEqual([
      {
        ...{ id: 7, ticket_id: 1, via: { channel: 'web', source: { to: null } } },
        events: [
          { id: 1, type: 'Comment', public: null, body: 'Hello' },
          { id: null, type: 'Change' },
        ],
      },
      { id: 8, events: [{ id: 1 }] },
    ])
    expect(misfits).toEqual([['events.public', 'events.id', 'via.source.to'], []])
  })

  test('a primary key stays, whatever it is', () => {
    expect(strict('tickets', [{ id: 'x', subject: 5 }]).message.records).toEqual([{ id: 'x', subject: null }])
  })
})

describe('what Zendesk is known to give fits its column', () => {
  test.each([
    ['ticket_audits', { events: [{ type: 'AnswerBotNotification', body: [{ article: { id: 1 }, viewed: true }] }] }],
    ['ticket_audits', { events: [{ type: 'Error', message: 453 }] }],
    ['ticket_audits', { events: [{ type: 'External', resource: { id: 4 }, body: { a: 1 } }] }],
    ['ticket_audits', { via: { channel: 2 }, events: [{ via: { channel: 33 } }] }],
    ['tickets', { satisfaction_rating: { score: 'offered' }, satisfaction_probability: 0.3 }],
    ['tickets', { via: { channel: 5 } }],
    ['ivrs', { menus: [{ greeting_id: 'voicemail_en' }] }],
    ['phone_numbers', { greeting_ids: ['12', 'voicemail_en'] }],
    ['ticket_forms', { form_type: 'standard' }],
  ])('%s: %j', (name, values) => {
    const record = { id: 1, ...values }
    expect(strict(name, [record]).misfits).toEqual([[]])
    for (const column of Object.keys(record)) expect(declaredSchema(name).properties).toHaveProperty(column)
  })

  test('greetings have their ids as text, of numbers too', () => {
    const greetings = streams.find(({ name }) => name === 'greetings')
    const records = greetings?.feeds[0].records([{ id: 'voicemail_en' }, { id: 219 }]) ?? []
    expect(records.map(({ id }) => id)).toEqual(['voicemail_en', '219'])
  })
})

/** The stream with its rows as its records. */
const asTheyCome = (stream: Stream): Stream => ({
  ...stream,
  feeds: [{ ...stream.feeds[0], records: (rows) => rows }],
})

const ajv = new Ajv({ strict: false, allErrors: true })
addFormats.default(ajv)
const values = fc.oneof(
  ...[fc.string(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null)],
  ...[fc.constant('-'), fc.constant('12'), fc.constant('true'), fc.constant('2026-01-01T00:00:00Z')],
)
const wild = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, values, fc.array(tie('value'), { maxLength: 3 }), tie('object')),
  object: fc.dictionary(
    fc.constantFrom('id', 'value', 'field', 'channel', 'source', 'from', 'type', 'body', 'name', 'via', 'title'),
    tie('value'),
    { maxKeys: 5 },
  ),
})).value

/** Rows of a stream in which each column holds any value. */
const rowsOf = (columns: readonly string[]) =>
  fc.record(Object.fromEntries(columns.map((name) => [name, wild])), { requiredKeys: [] })

describe('whatever comes', () => {
  const names = ['tickets', 'ticket_audits', 'users', 'macros', 'triggers', 'views', 'custom_roles']
  test.each(names)('%s: with strict types, every record fits the schema of its stream', (name) => {
    const { properties } = declaredSchema(name)
    const isValid = ajv.compile({ type: 'object', properties })
    fc.assert(
      fc.property(rowsOf(Object.keys(properties)), (row) => {
        const [record] = strict(name, [{ ...row, id: 1 }]).message.records
        expect([isValid(record), isValid.errors]).toEqual([true, null])
      }),
      { numRuns: 200 },
    )
  })

  test.each(streams.filter(({ name }) => legacySchemaOf(name)).map((stream) => [stream.name, stream] as const))(
    '%s: with the old schema, every value fits it that ours takes, or another one',
    (name, stream) => {
      const legacy = withLegacySchema(asTheyCome(stream))
      const { properties } = legacySchemaOf(name)!
      const changing = Object.keys(properties).filter(
        (column) => legacy.sets?.includes(column) && !stream.sets?.includes(column),
      )
      const isValid = ajv.compile({ type: 'object', properties })
      fc.assert(
        fc.property(rowsOf(changing), (row) => {
          const [record] = legacy.feeds[0].records([row])
          expect([isValid({ ...record }), isValid.errors]).toEqual([true, null])
        }),
        { numRuns: 50 },
      )
    },
  )

  test('the old schema has text where it says so, at every depth', () => {
    const [tickets, macros] = ['tickets', 'macros'].map((name) =>
      withLegacySchema(asTheyCome(streams.find((one) => one.name === name)!)),
    )
    const custom_fields = [
      { id: 101, value: true },
      { id: 102, value: ['a', 'b'] },
      { id: 103, value: 3.5 },
      { id: 104, value: 'text' },
    ]
    expect(tickets?.feeds[0].records([{ custom_fields }])[0]?.['custom_fields']).toEqual([
      { id: 101, value: 'true' },
      { id: 102, value: '["a","b"]' },
      { id: 103, value: '3.5' },
      { id: 104, value: 'text' },
    ])
    const actions = [{ field: 'side_conversation', value: ['Hello', '<p>text</p>'] }]
    expect(macros?.feeds[0].records([{ actions }])[0]?.['actions']).toEqual([
      { field: 'side_conversation', value: '["Hello","<p>text</p>"]' },
    ])
  })
})
