// One file for several accounts, and the questions that write one.
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, expect, test } from 'vitest'
import { startSandbox } from 'zendesk-sandbox'
import { allowed } from '../../test/support/auth-program.ts'
import { runCommand } from '../src/cli/commands.ts'
import { streamsFor } from '../src/config/connection.ts'
import { readConnections } from '../src/config/read.ts'
import { configFor } from './support/here.ts'
import { hub, hubReading } from './support/hub.ts'

const folder = mkdtempSync(join(tmpdir(), 'hub-'))
const sandbox = await startSandbox({ tickets: 20 })
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
afterAll(async () => {
  await sandbox.close()
  rmSync(folder, { recursive: true })
})

test('connections of one file are synced one after the other, and one that fails keeps no other back', async () => {
  file('config.json', JSON.stringify(configFor(sandbox)))
  const to = (name: string): string => `duckdb:${join(folder, name)}`
  const hubFile = file(
    'hub.yaml',
    `connections:
  - name: wrong
    source: { subdomain: wrong, base_url: "${sandbox.url}", credentials: { credentials: api_token, email: a@b.c, api_token: no } }
    to: ${to('wrong.duckdb')}
    streams: [groups]
  - name: right
    source: config.json
    to: ${to('right.duckdb')}
    capability: content
    deleted: delete
  - name: few
    source: config.json
    to: ${to('few.duckdb')}
    streams: [groups]
    modes: { groups: history }
`,
  )
  const all = await hub('sync', '--config', hubFile)
  expect(all.code).toBe(1)
  expect(all.said).toMatch(/zendesk-hub: (wrong: )?.+/)
  expect(all.out).toMatch(/^right\n[\s\S]*^articles +complete/m)
  expect(all.out).toMatch(/^few\n[\s\S]*^groups +complete/m)
  expect((await hub('status', '--to', to('few.duckdb'))).out).toMatch(/^groups +history +complete/m)
  expect((await hub('sync', '--config', hubFile, '--connection', 'few')).code).toBe(0)
  const other = await hub('sync', '--config', hubFile, '--connection', 'fewer')
  expect(other).toMatchObject({ code: 1, said: expect.stringContaining('no connection "fewer": wrong, right, few') })
})

test.each([
  ['connections: []', /connections must NOT have fewer than 1 items/],
  ['connections: [{ source: {}, to: mysql }]', /connections\/0\/to must match pattern/],
  [
    'connections: [{ source: {}, to: "duckdb:x", mode: upsert }]',
    /mode must be equal to one of the allowed values: merge, append/,
  ],
  ['connections: [{ source: {}, to: "duckdb:x", strems: [a] }]', /additional properties: strems/],
  [`connections: [{ source: { subdomain: "\${NOT_SET}" }, to: "duckdb:x" }]`, /environment variable NOT_SET/],
  ['connections: [{ source: {}, to: "duckdb:x", schedule: every 90m }]', /schedule must match/],
  ['{', /cannot be read/],
])('%s is refused with a sentence', async (text, said) => {
  await expect(readConnections(file('wrong.yaml', text), {})).rejects.toThrow(said)
})

test('texts may hold environment variables', async () => {
  const hubFile = file(
    'env.json',
    `{"connections":[{"source":{"subdomain":"\${ACCOUNT}"},"to":"duckdb:\${ACCOUNT}.duckdb"}]}`,
  )
  const [connection] = await readConnections(hubFile, { ACCOUNT: 'acme' })
  expect(connection).toMatchObject({
    name: '1',
    source: { subdomain: 'acme' },
    to: 'duckdb:acme.duckdb',
    deleted: 'mark',
  })
})

test('init writes what it was told, without secrets, for its owner alone; and overwrites nothing', async () => {
  const made = join(folder, 'made.yaml')
  const answers = 'acme\nnobody\ntoken\nadmin@acme.com\n\n\n12\n'
  const { code, said } = await hubReading(answers, 'init', made)
  expect(code).toBe(0)
  expect(said).toContain('That is not one of the answers.')
  expect(said).toContain('Set ZENDESK_API_TOKEN')
  expect(statSync(made).mode & 0o777).toBe(0o600)
  const [connection] = await readConnections(made, { ZENDESK_API_TOKEN: 'secret' })
  expect(connection).toMatchObject({
    name: 'acme',
    source: {
      subdomain: 'acme',
      credentials: { credentials: 'api_token', email: 'admin@acme.com', api_token: 'secret' },
    },
    to: 'duckdb:zendesk.duckdb',
    capability: 'helpdesk',
    schedule: 'every 12h',
  })
  expect(readFileSync(made, 'utf8')).not.toContain('secret')
  // It says so before it asks anything.
  expect(await hubReading('', 'init', made)).toMatchObject({
    code: 1,
    said: expect.stringContaining('exists already and was not changed'),
  })
})

test('init takes the whole address of an account as well, and nothing that names none', async () => {
  const made = join(folder, 'pasted.yaml')
  const answers = 'not a name\nhttps://Acme.zendesk.com/agent/home\ntoken\nadmin@acme.com\n\n\n\n'
  const { code, said } = await hubReading(answers, 'init', made)
  expect([code, said.split('That is not one of the answers.').length]).toEqual([0, 2])
  const [connection] = await readConnections(made, { ZENDESK_API_TOKEN: 'secret' })
  expect(connection).toMatchObject({ name: 'acme', source: { subdomain: 'acme' } })
})

test.each(['helpdesk', 'crm', 'content'] as const)('capability %s is what its ready catalog has', (capability) => {
  const catalog = JSON.parse(readFileSync(join(import.meta.dirname, `../../catalog/${capability}.json`), 'utf8')) as {
    streams: { stream: { name: string } }[]
  }
  expect(streamsFor(capability)).toEqual(catalog.streams.map(({ stream }) => stream.name))
})

/** Any web page may send a browser to the port that waits for a consent, with an address that is none. */
async function asStranger(address: string): Promise<void> {
  const { port } = new URL(new URL(address).searchParams.get('redirect_uri')!)
  const socket = connect(Number(port), 'localhost')
  socket.end('GET //[ HTTP/1.1\r\nHost: x\r\n\r\n')
  await once(socket.resume(), 'close')
}

test('init takes a consent in the browser; the first sync signs in with it, and no secret stands in hub.yaml', async () => {
  const place = mkdtempSync(join(folder, 'consent-'))
  const made = join(place, 'hub.yaml')
  const said: string[] = []
  const to = `duckdb:${join(place, 'acme.duckdb')}`
  const answers = ['acme', 'browser', sandbox.credentials.publicClientId, 'crm', to, '6']
  const code = await runCommand({
    argv: ['init', made, '--base-url', sandbox.url, '--port', '0'],
    write: () => {},
    say(text) {
      said.push(text)
      const [address] = /http\S+\/oauth\/authorizations\S+/.exec(text) ?? []
      if (address) void asStranger(address).then(() => allowed(new URL(address)))
    },
    watched: undefined,
    input: Readable.from([Buffer.from(`${answers.join('\n')}\n`)]),
    signal: AbortSignal.timeout(60_000),
    processId: process.pid,
    isAlive: (processId) => processId === process.pid,
    environment: {},
  })
  expect([code, said.at(-1)]).toEqual([0, `${made} is written. Now: zendesk-hub sync --config ${made}\n`])
  expect(readFileSync(made, 'utf8')).not.toMatch(/secret|access_token|refresh_token/)
  expect(statSync(join(place, 'acme.config.json')).mode & 0o777).toBe(0o600)
  const { out } = await hub('sync', '--config', made)
  expect(out).toMatch(/^groups +complete/m)
})
