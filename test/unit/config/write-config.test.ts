import { expect, test } from 'vitest'
import source from '../../../spec.json' with { type: 'json' }
import destination from '../../../spec-destination.json' with { type: 'json' }
import { writeConfigFrom } from '../../../src/config/write-config.ts'

const account = { subdomain: 'acme', credentials: { credentials: 'api_token', email: 'a@b.c', api_token: 'token' } }

test('everything that could disturb somebody is off', () => {
  const { allowed, sets, isDryRun, mostRejected } = writeConfigFrom(account, {})
  expect(Object.entries(allowed).filter(([, isOn]) => isOn)).toEqual([])
  expect(Object.keys(allowed)).toHaveLength(7)
  expect([sets.mode, isDryRun, mostRejected]).toEqual(['add', false, 0.2])
})

test('a token that is asked for may write', () => {
  const credentials = { credentials: 'oauth2_client_credentials', client_id: 'id', client_secret: 'secret-secret' }
  expect(writeConfigFrom({ ...account, credentials }, {}).account['credentials']).toMatchObject({ scope: 'read write' })
})

test('what cannot be used is named, and so is what was probably misspelled', () => {
  expect(() => writeConfigFrom({ ...account, tags_mode: 'replace' }, {})).toThrow(/"tags_mode" must be one of add/)
  expect(writeConfigFrom({ ...account, tag_mode: 'set' }, {}).unknown).toEqual(['tag_mode (did you mean tags_mode?)'])
})

test('the account is described as it is for the source', () => {
  const [mine, theirs] = [destination, source].map(({ connectionSpecification }) => connectionSpecification.properties)
  expect(mine!.subdomain).toEqual(theirs!.subdomain)
  const kinds = (of: typeof mine): readonly unknown[] =>
    of!.credentials.oneOf.map(({ required, properties }) => [required, Object.keys(properties)])
  expect(kinds(mine)).toEqual(kinds(theirs))
})

test('managed tags take a prefix', () => {
  expect(() => writeConfigFrom({ ...account, tags_mode: 'managed' }, {})).toThrow(/"tags_prefix"/)
  expect(writeConfigFrom({ ...account, tags_mode: 'managed', tags_prefix: 'crm_' }, {}).sets).toEqual({
    mode: 'managed',
    prefix: 'crm_',
  })
})
