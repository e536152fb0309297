// One endpoint of many that is out of order decides neither about the connection nor about the catalog.
import { expect, test } from 'vitest'
import { configFor, discover, openSandbox, runHere } from '../support/account.ts'
import { type Answer, openHostile } from './server.ts'

const sandbox = await openSandbox({ tickets: 10 })
const whole = await discover(configFor(sandbox, { custom_fields: 'columns' }))

const broken: Record<string, Answer> = {
  '500, as HTML': (response) => response.writeHead(500).end('<html>Sorry</html>'),
  '503 for an hour': (response) => response.writeHead(503, { 'retry-after': '3600' }).end(),
  'garbage with 200': (response) => response.end('not JSON'),
  'another shape': (response) => response.end('{"unexpected":[]}'),
  'a cut connection': (response) => response.destroy(),
}

test.each(Object.entries(broken))('%s, of single lists', async (_, answer) => {
  const out = ['slas/policies', 'views', 'channels/voice/phone_numbers', 'community/posts', 'groups']
  const server = await openHostile(Object.fromEntries(out.map((path) => [`/api/v2/${path}`, answer])), sandbox.url)
  const config = { ...configFor(sandbox, { custom_fields: 'columns' }), base_url: server.url }
  expect([...server.asked.keys()]).toEqual([])
  const check = await runHere('check', { config })
  expect(check.lines.find(({ connectionStatus }) => connectionStatus)?.connectionStatus?.status).toBe('SUCCEEDED')
  for (const path of out) expect(server.asked.get(`/api/v2/${path}`), path).toHaveLength(1)
  expect(check.logs.filter((line) => line.includes('counts as readable'))).toHaveLength(out.length)
  const found = await runHere('discover', { config })
  expect(found.exitCode).toBe(0)
  expect(found.lines.find(({ catalog }) => catalog)?.catalog?.streams).toEqual(whole)
})

test('lists of custom fields and objects that are out of order leave their columns out, and no more', async () => {
  const answer = broken['500, as HTML']!
  const out = ['ticket_fields', 'user_fields', 'custom_objects']
  const server = await openHostile(Object.fromEntries(out.map((path) => [`/api/v2/${path}`, answer])), sandbox.url)
  const config = {
    ...configFor(sandbox, { custom_fields: 'columns', max_retry_minutes: 0 }),
    base_url: server.url,
  }
  const check = await runHere('check', { config })
  expect(check.lines.find(({ connectionStatus }) => connectionStatus)?.connectionStatus?.status).toBe('SUCCEEDED')
  const found = await runHere('discover', { config })
  expect(found.exitCode).toBe(0)
  const names = found.lines.find(({ catalog }) => catalog)!.catalog!.streams.map(({ name }) => name)
  expect(names).toEqual(whole.map(({ name }) => name).filter((name) => !/^custom_object_.*_records$/.test(name)))
  expect(found.logs.join('\n')).toMatch(/ticket_fields: HTTP 500.*no columns in this catalog/)
})
