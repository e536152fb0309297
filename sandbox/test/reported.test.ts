// What users and authors of other clients report of Zendesk, and its documentation does not say.
import { expect, test } from 'vitest'
import { type Body, call, get, openSandbox } from './calls.ts'
import { send } from './send.ts'

const sandbox = await openSandbox()

test('greetings that Zendesk ships have names for ids', async () => {
  const { greetings } = await get(sandbox, 'channels/voice/greetings')
  const shipped = greetings.filter((one: Body) => one.default)
  expect(shipped.length).toBeGreaterThan(0)
  for (const { id } of shipped) expect(id).toMatch(/^[a-z_-]+_en$/)
  for (const { id } of greetings.filter((one: Body) => !one.default)) expect(id).toBeTypeOf('number')
})

test('deleted groups are listed and not counted', async () => {
  const { account } = sandbox
  const id = [...account.truth('groups').live.keys()].at(-1)
  const before = (await get(sandbox, 'groups/count')).count.value
  await send(sandbox, 'DELETE', `groups/${id}`)
  expect((await get(sandbox, 'groups/count')).count.value).toBe(before - 1)
  const { groups } = await get(sandbox, 'groups')
  expect(groups).toContainEqual(expect.objectContaining({ id, deleted: true }))
  expect(groups.filter((one: Body) => !one.deleted)).toHaveLength(before - 1)
})

test('audits have events whose body is a list, and errors whose message is a number', async () => {
  const { account } = await openSandbox({ tickets: 900, seed: 2 })
  const events = [...account.truth('ticket_audits').live.values()].flatMap((one) => one['events'] as Body[])
  const suggestions = events.filter(({ type }) => type === 'AnswerBotNotification')
  expect(suggestions.length).toBeGreaterThan(0)
  for (const { body } of suggestions) expect(body).toEqual([expect.objectContaining({ viewed: true })])
  expect(events.filter(({ type, message }) => type === 'Error' && typeof message === 'number')).not.toEqual([])
})

test('a time of an import that is none is refused', async () => {
  const ticket = { subject: 'Old', comments: [{ value: 'Hello' }], updated_at: 1_580_807_694_654 }
  const { status, body } = await send(sandbox, 'POST', 'imports/tickets', { ticket })
  expect([status, body.error.title]).toEqual([400, 'Invalid attribute'])
  expect(body.error.message).toContain('updated_at It must be an acceptable ISO 8601 date format')
  const dated = { ...ticket, updated_at: '2020-02-04T09:14:54Z' }
  expect((await send(sandbox, 'POST', 'imports/tickets', { ticket: dated })).status).toBe(201)
})

test('a size of a page that is no number is refused, with the name of the list', async () => {
  const { status, body } = await call(sandbox, 'satisfaction_ratings?page[size]=True')
  expect(status).toBe(400)
  expect(body.error.message).toBe(
    'You passed an invalid value for the page.size attribute. ' +
      'Invalid parameter: page.size must be an integer from api/v2/satisfaction_ratings/index',
  )
})

test.each([
  ['asked', 'tickets?page[size]=5', false],
  ['asked', 'tickets?page[size]=5&include_boundary_indicators=true', true],
  ['never', 'tickets?page[size]=5&include_boundary_indicators=true', false],
  ['never', 'help_center/articles?page[size]=5', true],
  ['always', 'tickets?page[size]=5', true],
] as const)('has_more %s: %s', async (boundaryIndicators, path, has) => {
  const { meta, links } = await get(await openSandbox({ tickets: 30, boundaryIndicators }), path)
  expect('has_more' in meta).toBe(has)
  expect([typeof meta.after_cursor, typeof links.next]).toEqual(['string', 'string'])
})

test('side conversation events come a hundred a page, and no more of one second', async () => {
  const still = await openSandbox({ frozen: true, tickets: 100 })
  const { account } = still
  const second = account.now()
  const [[ticket] = []] = [...account.truth('tickets').live].filter(([, row]) => row['status'] === 'open')
  const message = { subject: 'S', body: 'one', to: [{ email: 'vendor@example.net' }] }
  for (let nth = 0; nth < 130; nth++) await send(still, 'POST', `tickets/${ticket}/side_conversations`, { message })
  account.advance(120)
  const path = `tickets/side_conversations/events?start_time=${second}`
  const page = await get(still, path)
  expect(page).toMatchObject({ count: 100, end_time: second })
  expect(page.next_page.replace('.json', '')).toBe(`${still.url}/api/v2/${path}`)
  expect(await get(still, page.next_page)).toEqual(page)
})
