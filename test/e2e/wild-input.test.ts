import fc from 'fast-check'
import { expect, test } from 'vitest'
import { configFrom } from '../../src/config/config.ts'
import { ConnectorError } from '../../src/model/errors.ts'
import type { StreamState } from '../../src/model/stream.ts'
import { configuredFrom, unknownIn } from '../../src/protocols/airbyte/catalog.ts'
import { statesFrom, statesIn } from '../../src/protocols/shared/states.ts'
import {
  namedIn as namedInCatalog,
  selectedIn,
  unknownIn as unknownInCatalog,
} from '../../src/protocols/singer/selection.ts'
import { streams } from '../../src/streams/index.ts'
import { checkState } from '../../src/sync/read.ts'

/** Input either is understood, or is refused with a sentence: never a fault of ours. */
function understoodOrRefused(understand: () => unknown): void {
  try {
    understand()
  } catch (error) {
    expect(error).toBeInstanceOf(ConnectorError)
    expect((error as ConnectorError).failureType).toBe('config_error')
  }
}

/** Some JSON, its keys often those that are looked for. */
const jsonWith = (...keys: string[]): fc.Arbitrary<unknown> =>
  fc.letrec<{ json: unknown }>((tie) => ({
    json: fc.oneof(
      { depthSize: 'small' },
      fc.oneof(fc.string(), fc.integer(), fc.double(), fc.boolean(), fc.constant(null), fc.constantFrom(...keys)),
      fc.array(tie('json'), { maxLength: 3 }),
      fc.dictionary(fc.oneof(fc.constantFrom(...keys), fc.string()), tie('json'), {
        maxKeys: 4,
        noNullPrototype: true,
      }),
    ),
  })).json

test('any configuration', () => {
  const keys = [
    'subdomain',
    'credentials',
    'api_token',
    'oauth2.0',
    'access_token',
    'email',
    'start_date',
    'base_url',
    'deleted_records',
  ]
  fc.assert(fc.property(jsonWith(...keys), (config) => understoodOrRefused(() => configFrom(config))))
  const credentials = { credentials: 'oauth2.0', access_token: 'x' }
  fc.assert(fc.property(fc.string(), (subdomain) => understoodOrRefused(() => configFrom({ subdomain, credentials }))))
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webUrl()), (base_url) =>
      understoodOrRefused(() => configFrom({ subdomain: 'a', credentials, base_url })),
    ),
  )
})

test.each([
  'acme',
  ' Acme ',
  'acme.zendesk.com',
  'ACME.zendesk.com/',
  'https://acme.zendesk.com/agent/dashboard?x=1',
  'http://acme.zendesk.com',
])('the subdomain %j is acme', (subdomain) => {
  const { origin } = configFrom({ subdomain, credentials: { credentials: 'oauth2.0', access_token: 'x' } })
  expect(origin).toBe('https://acme.zendesk.com')
})

test('any state', () => {
  const keys = [
    'type',
    'STREAM',
    'GLOBAL',
    'LEGACY',
    'stream',
    'global',
    'data',
    'stream_states',
    'stream_descriptor',
    'name',
    'stream_state',
    'tickets',
  ]
  fc.assert(fc.property(jsonWith(...keys), (state) => understoodOrRefused(() => statesFrom(state))))
})

test('any state of a stream', () => {
  const keys = [
    'generated_timestamp',
    'updated_at',
    'created_at',
    'time',
    'cursor',
    'seen',
    'parent',
    'deleted',
    'look_back',
    'ahead',
    'records',
    'until',
    'parents',
    '1763650000',
  ]
  const state = fc.dictionary(fc.constantFrom(...keys), jsonWith(...keys), { noNullPrototype: true })
  fc.assert(
    fc.property(fc.constantFrom(...streams), state, (stream, value) =>
      understoodOrRefused(() =>
        checkState({
          stream,
          syncMode: 'incremental',
          state: value as StreamState,
          omits: new Set(),
          emitsDeletions: true,
        }),
      ),
    ),
    { numRuns: 2_000 },
  )
})

/** A wild catalog: entries of any shape, some as they should be, some spoiled in one place. */
const catalogsOf = (keys: string[], entry: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof(jsonWith(...keys), fc.record({ streams: fc.array(fc.oneof(jsonWith(...keys), entry), { maxLength: 4 }) }))
const names = fc.oneof(fc.constantFrom('tickets', 'users', 'groups', '__proto__', 'no_such'), fc.string())
const isStream = (name: string): boolean => streams.some((stream) => stream.name === name)

test('any catalog: every stream is read, named as missing, or warned of; or all of it is refused', () => {
  const keys = [
    'streams',
    'stream',
    'name',
    'json_schema',
    'properties',
    'sync_mode',
    'incremental',
    'tickets',
    'sync_id',
  ]
  const entry = fc.record(
    {
      stream: fc.record({ name: names, json_schema: jsonWith('properties', 'id') }, { requiredKeys: ['name'] }),
      sync_mode: fc.oneof(fc.constantFrom('incremental', 'full_refresh'), fc.anything()),
      include_files: fc.boolean(),
    },
    { requiredKeys: ['stream'] },
  )
  const connector = { streams, deletedRecords: 'delete' as const }
  fc.assert(
    fc.property(catalogsOf(keys, entry), (catalog) =>
      understoodOrRefused(() => {
        const warned: string[] = []
        const read = configuredFrom(catalog, new Map(), connector, (_, message) => warned.push(message))
        const missing = unknownIn(catalog, streams)
        const asked = (catalog as { streams: { stream?: { name: string }; name: string }[] }).streams
        expect(asked.length > 0 || warned.some((one) => one.includes('names no stream'))).toBe(true)
        for (const one of asked) {
          const { name } = one.stream ?? one
          expect([read.some(({ stream }) => stream.name === name), missing.includes(name)]).toEqual([
            isStream(name),
            !isStream(name),
          ])
        }
      }),
    ),
    { numRuns: 4_000 },
  )
})

test("any catalog of Singer's: every stream that is selected is read, or named as missing; or all of it is refused", () => {
  const keys = [
    'streams',
    'stream',
    'tap_stream_id',
    'metadata',
    'breadcrumb',
    'selected',
    'schema',
    'properties',
    'tickets',
  ]
  const entry = fc.record(
    {
      tap_stream_id: names,
      schema: fc.record(
        { selected: fc.oneof(fc.boolean(), fc.anything()), properties: jsonWith('id') },
        { requiredKeys: [] },
      ),
      metadata: fc.array(
        fc.oneof(
          fc.record({ breadcrumb: fc.constant([]), metadata: fc.record({ selected: fc.boolean() }) }),
          jsonWith('breadcrumb', 'metadata', 'selected'),
        ),
        { maxLength: 2 },
      ),
    },
    { requiredKeys: ['tap_stream_id'] },
  )
  fc.assert(
    fc.property(catalogsOf(keys, entry), (catalog) =>
      understoodOrRefused(() => {
        const options = { streams, deletedRecords: 'delete' as const, bookmarks: new Map(), log: () => undefined }
        const selected = selectedIn(catalog, options).map(({ configured }) => configured.stream.name)
        const asked = namedInCatalog(catalog).map(({ name }) => name)
        expect(new Set([...selected, ...unknownInCatalog(catalog, streams)])).toEqual(new Set(asked))
        for (const one of (catalog as { streams: object[] }).streams)
          expect('metadata' in one || 'schema' in one).toBe(true)
      }),
    ),
    { numRuns: 4_000 },
  )
})

test('any text of a state file: it is understood, or refused with a sentence', async () => {
  const line = fc.oneof(
    fc.json(),
    fc.constantFrom(
      '{"type":"STATE","state":{"type":"STREAM","stream":{"stream_descriptor":{"name":"users"},"stream_state":{"updated_at":"2024-01-01T00:00:00Z"}}}}',
      '{"type":"STATE","value":{"bookmarks":{"users":{"updated_at":"5"}}}}',
      '{"type":"RECORD","record":{"stream":"users","data":{}}}',
      '{"type":"STATE","state":{"type":"GLOBAL","global":{"stream_states":7}}}',
      '{"type":"STATE","state":{"type":"GLOBAL","global":null}}',
      '{"type":"STATE"}',
      '{"type":"ST',
    ),
    fc.string(),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 4 }), async (lines) => {
      try {
        await statesIn(
          'state.jsonl',
          async () => lines.join('\n'),
          () => undefined,
        )
      } catch (error) {
        expect(error).toMatchObject({ name: 'ConnectorError', failureType: 'config_error' })
      }
    }),
    { numRuns: 4_000 },
  )
})
