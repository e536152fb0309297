import { expect, test } from 'vitest'
import { type Body, bearer, call, get, openSandbox } from './calls.ts'

const sandbox = await openSandbox({ tickets: 20, control: true, limits: true })

async function one(action: string, ...args: unknown[]): Promise<Body> {
  const body = JSON.stringify({ action, args })
  const response = await fetch(`${sandbox.url}/__sandbox/one`, { method: 'POST', body })
  const answer = (await response.json()) as Body
  if (response.status !== 200) throw new Error(answer.description)
  return answer.result
}
const truth = async (stream: string): Promise<Body> =>
  (await fetch(`${sandbox.url}/__sandbox/truth/${stream}`)).json() as Promise<Body>

test('tickets are made, changed, merged, archived, deleted and restored from outside', async () => {
  const [source, target] = [await one('createTicket', { subject: 'a' }), await one('createTicket', { subject: 'b' })]
  await one('updateTicket', source, { status: 'open', tags: ['x'] })
  await one('mergeTickets', [source], target)
  const { ticket } = await get(sandbox, `tickets/${source}`)
  expect([ticket.status, ticket.tags]).toEqual(['closed', ['x', 'closed_by_merge']])
  await one('deleteTicket', target)
  expect((await truth('tickets')).deleted).toContain(target)
  await one('restoreTicket', target)
  expect((await truth('tickets')).deleted).not.toContain(target)
  await one('archiveTicket', target)
  expect((await get(sandbox, `tickets?page[size]=100&sort=-id`)).tickets.map(({ id }: Body) => id)).not.toContain(
    target,
  )
  expect((await get(sandbox, `tickets/${target}`)).ticket.status).toBe('closed')
  await expect(one('mergeTickets', [source], target)).rejects.toThrow()
})

test('people and the records of tables, too', async () => {
  const user = await one('createUser', { name: 'From outside' })
  await one('updateUser', user, { notes: 'seen' })
  expect((await get(sandbox, `users/${user}`)).user.notes).toBe('seen')
  await one('deleteUser', user)
  expect((await truth('users')).deleted).toContain(user)
  const brand = await one('createRecord', 'brands', { name: 'New', subdomain: 'new', active: true })
  await one('updateRecord', 'brands', brand, { name: 'Newer' })
  expect((await get(sandbox, `brands/${brand}`)).brand.name).toBe('Newer')
  await one('deleteRecord', 'brands', brand)
  expect((await truth('brands')).deleted).toContain(brand)
})

test('the clock, the plan, the exports and the credentials', async () => {
  const before = await one('now')
  await one('advance', 3600)
  expect(await one('now')).toBeGreaterThanOrEqual(before + 3600)
  await one('setPlan', { name: 'team', highVolume: false })
  expect((await call(sandbox, 'groups')).headers.get('x-rate-limit')).toBe('200')
  await expect(one('setPlan', { name: 'gold' })).rejects.toThrow('There is no plan gold')
  await one('setPlan', { name: 'enterprise_plus' })
  await one('setExports', 410)
  expect((await call(sandbox, 'incremental/tickets/cursor?start_time=0')).status).toBe(410)
  await one('setExports')
  const { agentToken } = sandbox.credentials
  await one('revokeToken', agentToken)
  expect((await call(sandbox, 'groups', bearer(agentToken))).status).toBe(401)
  expect(JSON.stringify(await truth('oauth_tokens'))).not.toContain(sandbox.credentials.accessToken)
  expect(JSON.stringify(await truth('oauth_clients'))).not.toContain(sandbox.credentials.clientSecret)
})
