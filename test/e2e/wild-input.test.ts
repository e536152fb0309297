import fc from 'fast-check'
import { expect, test } from 'vitest'
import { configFrom } from '../../src/config/config.ts'
import { ConnectorError } from '../../src/model/errors.ts'
import type { StreamState } from '../../src/model/stream.ts'
import { configuredFrom } from '../../src/protocols/airbyte/catalog.ts'
import { statesFrom } from '../../src/protocols/shared/states.ts'
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

test('any catalog', () => {
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
  const connector = { streams, deletedRecords: 'delete' as const }
  fc.assert(
    fc.property(fc.oneof(jsonWith(...keys), fc.record({ streams: fc.array(jsonWith(...keys)) })), (catalog) =>
      understoodOrRefused(() => configuredFrom(catalog, new Map(), connector, () => undefined)),
    ),
    { numRuns: 2_000 },
  )
})
