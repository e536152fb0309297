// What listens where it cannot: one sentence that says what to change, and exit code 1.
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { startSandbox } from 'zendesk-sandbox'
import { configFor, duckdbFile } from './support/here.ts'
import { hub, ranIn } from './support/hub.ts'

const other = createServer().listen(0, '127.0.0.1')
await once(other, 'listening')
const { port } = other.address() as AddressInfo
const sandbox = await startSandbox({ tickets: 5 })
const folder = mkdtempSync(join(tmpdir(), 'hub-ports-'))
const file = join(folder, 'hub.json')
const live = { url: `http://127.0.0.1:${port}/hook`, port, folder: join(folder, 'live') }
const connection = { name: 'one', source: configFor(sandbox), to: duckdbFile().to, streams: ['tickets'], live }
writeFileSync(file, JSON.stringify({ connections: [connection] }))
afterAll(async () => {
  other.close()
  await sandbox.close()
  rmSync(folder, { recursive: true })
})

const TAKEN = {
  code: 1,
  said: `zendesk-hub: Port ${port} is taken by another program. Choose another; 0 takes any free one.\n`,
}

test('metrics', async () => {
  const key = { ZENDESK_HUB_KEY: Buffer.alloc(32, 1).toString('base64') }
  const metrics = ['metrics', '--store', `sqlite:${join(folder, 'store.db')}`, '--port', String(port)]
  expect(await ranIn(key, metrics)).toMatchObject(TAKEN)
  // 203.0.113.0/24 is for documents: no machine has such an address.
  expect(await ranIn(key, [...metrics, '--host', '203.0.113.7'])).toMatchObject({
    code: 1,
    said: 'zendesk-hub: This machine has no address 203.0.113.7.\n',
  })
})

test('serve with its console, and without it', async () => {
  const serve = ['serve', '--config', file, '--port', String(port)]
  expect(await hub(...serve)).toMatchObject(TAKEN)
  expect(await hub(...serve, '--no-console')).toMatchObject(TAKEN)
})

test('listen, once its webhooks are there', async () => {
  expect((await hub('webhooks', 'install', '--config', file, '--connection', 'one')).code).toBe(0)
  const { code, said } = await hub('listen', '--config', file, '--connection', 'one')
  expect([code, said]).toEqual([1, expect.stringContaining(TAKEN.said)])
})
