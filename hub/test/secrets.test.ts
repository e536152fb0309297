// Secrets on the disk: encrypted, for their place alone, and with a key that nobody else can read.
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readConnections } from '../src/config/read.ts'
import { readOrMakeKey } from '../src/secrets/key.ts'
import { seal, unseal } from '../src/secrets/seal.ts'
import { openVault, vaultFolder, withSecrets } from '../src/secrets/vault.ts'

const folder = mkdtempSync(join(tmpdir(), 'hub-'))
afterAll(() => rmSync(folder, { recursive: true }))
const environment = { ZENDESK_HUB_KEY_FILE: join(folder, 'elsewhere/key') }
const vault = vaultFolder(join(folder, 'hub.yaml'))

test('a secret stands for its name in the configuration, and is not on the disk as it is', async () => {
  openVault(vault, environment).put({ HUB_SECRET: 's3cret-ünïcode', OTHER: 'x' })
  openVault(vault, environment).put({ OTHER: undefined })
  const kept = readFileSync(join(vault, 'secrets.json'), 'utf8')
  expect(kept).not.toContain('s3cret')
  expect(statSync(join(vault, 'secrets.json')).mode & 0o777).toBe(0o600)
  expect(statSync(environment.ZENDESK_HUB_KEY_FILE).mode & 0o777).toBe(0o600)
  writeFileSync(
    join(folder, 'hub.yaml'),
    `connections: [{ source: { subdomain: a, credentials: { api_token: "$\{HUB_SECRET}" } }, to: "duckdb:x" }]`,
  )
  const [connection] = await readConnections(
    join(folder, 'hub.yaml'),
    withSecrets(join(folder, 'hub.yaml'), environment),
  )
  expect(connection?.source).toMatchObject({ credentials: { api_token: 's3cret-ünïcode' } })
  expect(openVault(vault, environment).has('OTHER')).toBe(false)
})

test('a configuration without secrets needs no key', () => {
  expect(withSecrets(join(folder, 'none.yaml'), environment)).toBe(environment)
  const none = { ZENDESK_HUB_KEY_FILE: join(folder, 'no-key') }
  expect(openVault(join(folder, 'none.secrets'), none).all()).toEqual({})
  expect(existsSync(join(folder, 'no-key'))).toBe(false)
})

describe('what was sealed is not opened', () => {
  const key = readOrMakeKey(environment)
  const other = readOrMakeKey({ ZENDESK_HUB_KEY: 'ab'.repeat(32) })
  const sealed = seal(key, 'A', 'text')
  test.each([
    ['with another key', () => unseal(other, 'A', sealed), /encrypted with the key/],
    ['in another place', () => unseal(key, 'B', sealed), /was changed/],
    [
      'after it was changed',
      () =>
        unseal(
          key,
          'A',
          sealed.replace(/:(.)([^:]*)$/, (_, first, rest) => `:${first === 'A' ? 'B' : 'A'}${rest}`),
        ),
      /was changed/,
    ],
    ['if it never was', () => unseal(key, 'A', 'text'), /not sealed/],
  ])('%s', (_, act, error) => expect(act).toThrow(error))
  test('twice, it looks different', () => expect(seal(key, 'A', 'text')).not.toBe(sealed))
})

test.each([
  [
    'a key that others may read',
    () => chmodSync(environment.ZENDESK_HUB_KEY_FILE, 0o644),
    environment,
    /Other users can read/,
  ],
  ['a key that is too short', () => undefined, { ZENDESK_HUB_KEY: 'short' }, /must hold a key/],
])('%s is refused', (_, prepare, given, error) => {
  prepare()
  expect(() => readOrMakeKey(given)).toThrow(error)
})
