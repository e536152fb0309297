import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Body, get, openSandbox } from './calls.ts'

const sandbox = await openSandbox({ tickets: 60, control: true })
async function control(path: string, body?: object): Promise<{ status: number; body: Body }> {
  const response = await fetch(
    `${sandbox.url}/__sandbox/${path}`,
    body && { method: 'POST', body: JSON.stringify(body) },
  )
  return { status: response.status, body: await response.json() }
}

test('the truth, single changes and random ones, the clock', async () => {
  const truth = async () => (await control('truth/tickets')).body
  expect((await truth()).live).toEqual([...sandbox.account.truth('tickets').live.values()])
  const { result } = (await control('one', { action: 'createTicket', args: [{ subject: 'From outside' }] })).body
  expect((await get(sandbox, `tickets/${result}`)).ticket.subject).toBe('From outside')
  expect((await control('one', { action: 'deleteTicket', args: [result] })).body.result).toBeNull()
  expect((await truth()).deleted).toContain(result)
  expect((await control('one', { action: 'deleteTicket', args: [result] })).status).toBe(422)
  expect((await control('one', { action: 'nonsense' })).status).toBe(400)
  const { changed } = (await control('changes', { count: 20, seed: 2 })).body
  expect(Object.keys(changed).length).toBeGreaterThan(3)
  const { now } = (await control('advance', { seconds: 5000 })).body
  expect(now).toBeGreaterThan(Date.now() / 1000 + 4900)
  expect((await control('truth/nonsense')).status).toBe(404)
})

test.each(['changes', 'one', 'advance', 'faults'])('what is no object is refused: %s', async (path) => {
  for (const body of ['null', '7', '"text"', '{'])
    expect([body, (await fetch(`${sandbox.url}/__sandbox/${path}`, { method: 'POST', body })).status]).toEqual([
      body,
      422,
    ])
})

test('arguments that are no list are refused', async () => {
  for (const args of [7, 'text', { subject: 'x' }])
    expect((await control('one', { action: 'createTicket', args })).status).toBe(422)
})

test('faults and the log of requests', async () => {
  await control('faults', { next: [{ path: 'groups$|groups\\?', kind: 'status', status: 502 }] })
  await control('requests/reset', {})
  await expect(get(sandbox, 'groups')).rejects.toThrow()
  await get(sandbox, 'groups?page[size]=1')
  expect((await control('requests')).body.requests).toMatchObject([
    { method: 'GET', path: '/api/v2/groups', query: {}, status: 502 },
    { method: 'GET', path: '/api/v2/groups', query: { 'page[size]': '1' }, status: 200 },
  ])
})

test('nothing of it is there unless asked for', async () => {
  const closed = await openSandbox({ tickets: 10 })
  expect((await fetch(`${closed.url}/__sandbox/requests`)).status).toBe(404)
})

test('the program tells how to reach it, and stops when told', async () => {
  const program = join(import.meta.dirname, '../src/bin/zendesk-sandbox.ts')
  const start = (...args: string[]) =>
    spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
  const child = start('--port', '0', '--tickets', '20', '--control')
  let told = ''
  while (!told.includes('}\n')) told += String((await once(child.stderr, 'data'))[0])
  const config = JSON.parse(/^\{.*\}$/m.exec(told)?.[0] ?? '')
  const { email, api_token } = config.credentials
  const authorization = `Basic ${Buffer.from(`${email}/token:${api_token}`).toString('base64')}`
  const me = await fetch(`${config.base_url}/api/v2/users/me`, { headers: { authorization } })
  expect(((await me.json()) as Body).user.role).toBe('admin')
  child.kill('SIGTERM')
  expect((await once(child, 'exit'))[0]).toBe(0)
})
