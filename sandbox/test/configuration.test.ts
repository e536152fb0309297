import { describe, expect, test } from 'vitest'
import { type Body, bearer, call, cursor, get, listPages, openSandbox, rowsOf } from './calls.ts'
import { answer, record } from './fixtures.ts'
import { send } from './send.ts'

const sandbox = await openSandbox({ frozen: true })
const agent = bearer(sandbox.credentials.agentToken)

describe('records have the keys of real ones, in their order', () => {
  const kinds: [stream: string, path: string, key: string][] = [
    ['brands', 'brands', 'brands'],
    ['macros', 'macros', 'macros'],
    ['triggers', 'triggers', 'triggers'],
    ['automations', 'automations', 'automations'],
    ['views', 'views', 'views'],
    ['custom_statuses', 'custom_statuses', 'custom_statuses'],
    ['recipient_addresses', 'recipient_addresses', 'recipient_addresses'],
    ['schedules', 'business_hours/schedules', 'schedules'],
    ['sla_policies', 'slas/policies', 'sla_policies'],
    ['account_attributes', 'routing/attributes', 'attributes'],
    ['audit_logs', 'audit_logs', 'audit_logs'],
    ['tags', 'tags', 'tags'],
  ]
  test.each(kinds)('%s', async (stream, path, key) => {
    const theirs = Object.keys(record(stream))
    for (const row of (await get(sandbox, path))[key]) expect(Object.keys(row)).toEqual(theirs)
  })

  test('custom roles have every permission that was seen', async () => {
    const sample = answer('custom_role').custom_role
    const { custom_roles, count } = await get(sandbox, 'custom_roles')
    expect(count).toBe(custom_roles.length)
    for (const role of custom_roles) {
      expect(Object.keys(role).sort()).toEqual(Object.keys(sample).sort())
      expect(Object.keys(role.configuration)).toEqual(expect.arrayContaining(Object.keys(sample.configuration)))
    }
    const users = (await get(sandbox, 'users?page[size]=100&role=agent')).users as Body[]
    const roles = new Set(custom_roles.map(({ id }: Body) => id))
    for (const { custom_role_id } of users) if (custom_role_id !== null) expect(roles).toContain(custom_role_id)
  })

  test('fields of a custom object’s records and the object itself', async () => {
    const { custom_objects } = await get(sandbox, 'custom_objects')
    for (const one of custom_objects)
      expect(Object.keys(one)).toEqual(Object.keys(answer('custom_object').custom_object))
    const ours = await get(sandbox, 'custom_objects/vehicle/records?page[size]=2')
    const theirs = answer('custom_object_records')
    expect(Object.keys(ours)).toEqual(Object.keys(theirs))
    expect(Object.keys(ours.custom_object_records[0])).toEqual(Object.keys(theirs.custom_object_records[0]))
  })
})

test.each([
  ['brands', 'brands', 'brands', 'id', 'i'],
  ['macros', 'macros', 'macros', 'title,id', 'si'],
  ['automations', 'automations', 'automations', 'position,id', 'ii'],
  ['triggers', 'triggers', 'triggers', 'position,position,title,id', 'iisi'],
  ['views', 'views', 'views', 'created_at,id', 'di'],
  ['recipient_addresses', 'recipient_addresses', 'recipient_addresses', 'id', 'i'],
  ['audit_logs', 'audit_logs', 'audit_logs', '-created_at,-id', 'di'],
  ['dynamic_content', 'dynamic_content/items', 'items', 'id', 'i'],
])('%s: all pages by cursor and by number give the truth', async (stream, path, key, order) => {
  const byCursor = await rowsOf(listPages(sandbox, `${path}?page[size]=2`), key)
  const { after_cursor } = (await get(sandbox, `${path}?page[size]=2`)).meta
  expect(JSON.parse(Buffer.from(after_cursor, 'base64').toString()).o).toBe(order)
  const numbered: Body[] = []
  for (let next = `${path}?per_page=3`; next !== null; ) {
    const page = await get(sandbox, next)
    numbered.push(...page[key])
    next = page.next_page
  }
  expect(numbered).toEqual(byCursor)
  const { live } = sandbox.account.truth(stream)
  expect(new Map(byCursor.map((row: Body) => [row.id, row]))).toEqual(new Map(live))
})

test('tags are counted over what changed lately, the most used first', async () => {
  const tags = await rowsOf(listPages(sandbox, 'tags?page[size]=3'), 'tags')
  expect(tags.map(({ count }) => count)).toEqual(tags.map(({ count }) => count).sort((a, b) => b - a))
  expect(await get(sandbox, `tags?page[size]=3&page[after]=${cursor('-score,id', 'ii', 0n, 0n)}`)).toMatchObject({
    tags: [],
  })
  expect((await get(sandbox, 'tags/count')).count.value).toBe(tags.length)
  const { account } = sandbox
  const id = account.createUser({ name: 'Tagged', tags: ['only_here'] })
  expect((await get(sandbox, 'tags?per_page=100')).tags).toContainEqual({ name: 'only_here', count: 1 })
  account.deleteUser(id)
  expect((await get(sandbox, 'tags?per_page=100')).tags).not.toContainEqual({ name: 'only_here', count: 1 })
})

test('the audit log filters, and tells of writes, deletions and roles', async () => {
  const { account } = sandbox
  const now = new Date(account.now() * 1000).toISOString()
  const range = (from: string, to: string) => `filter[created_at][]=${from}&filter[created_at][]=${to}`
  const all = (await get(sandbox, `audit_logs?${range('2000-01-01T00:00:00Z', now)}&per_page=100`)).count
  expect(all).toBe(sandbox.account.truth('audit_logs').live.size)
  expect(
    (await get(sandbox, `audit_logs?${range('2000-01-01T00:00:00Z', '2000-01-02T00:00:00Z')}`)).audit_logs,
  ).toEqual([])
  expect((await call(sandbox, `audit_logs?filter[created_at][]=${now}`)).status).toBe(400)
  const paged = await get(sandbox, `audit_logs?${range('2000-01-01T00:00:00Z', now)}&sort=created_at&page[size]=1`)
  expect(new URL(paged.links.next).searchParams.getAll('filter[created_at][]')).toEqual(['2000-01-01T00:00:00Z', now])

  account.advance(10)
  const { body } = await send(sandbox, 'POST', 'brands', { brand: { name: 'Fresh', subdomain: 'fresh' } })
  await send(sandbox, 'PUT', `brands/${body.brand.id}`, { brand: { name: 'Stale' } })
  await send(sandbox, 'DELETE', `organizations/${account.createOrganization({ name: 'Gone & forgotten' })}`)
  const user = account.createUser({ name: 'Climber' })
  await send(sandbox, 'PUT', `users/${user}`, { user: { role: 'agent' } })
  const [role, organization, update, creation] = (await get(sandbox, 'audit_logs?per_page=4')).audit_logs
  const { id: actor_id, name: actor_name } = (await get(sandbox, 'users/me')).user
  expect(role).toMatchObject({
    actor_id,
    actor_name,
    source_id: user,
    change_description: 'Role changed from end-user to agent',
  })
  expect(organization).toMatchObject({
    actor_id,
    actor_name,
    ip_address: '127.0.0.1',
    source_type: 'organization',
    action: 'destroy',
    source_label: 'Organization: Gone & forgotten',
  })
  expect(update).toMatchObject({
    action: 'update',
    action_label: 'Updated',
    change_description: 'Name changed from Fresh to Stale',
  })
  expect(creation).toMatchObject({ action: 'create', source_id: body.brand.id, actor_name: expect.any(String) })
  expect((await get(sandbox, 'audit_logs?filter[action]=destroy&filter[source_type]=organization')).count).toBe(1)
  expect((await call(sandbox, 'audit_logs', agent)).status).toBe(403)
})

test('plans close what they lack', async () => {
  const { account } = sandbox
  account.setPlan({ name: 'team' })
  const closed = [
    'audit_logs',
    'custom_roles',
    'slas/policies',
    'group_slas/policies',
    'routing/attributes',
    'business_hours/schedules',
  ]
  for (const path of closed) expect([path, (await call(sandbox, path)).status]).toEqual([path, 403])
  expect((await get(sandbox, 'account/settings')).settings.active_features.ticket_forms).toBe(false)
  account.setPlan({ name: 'enterprise' })
  for (const path of closed) expect([path, (await call(sandbox, path)).status]).toEqual([path, 200])
})

test('settings are written over those of the plan, unknown ones are ignored', async () => {
  const { body } = await send(sandbox, 'PUT', 'account/settings', {
    settings: { tickets: { markdown_ticket_comments: true, nonsense: 1 }, nothing: { a: 1 } },
  })
  expect(body.settings.tickets.markdown_ticket_comments).toBe(true)
  const { settings } = await get(sandbox, 'account/settings')
  expect(settings).toEqual(body.settings)
  expect(settings.active_features.organization_access_enabled).toBe(true)
  expect(settings).not.toHaveProperty('nothing')
  expect(settings.tickets).not.toHaveProperty('nonsense')
  expect((await send(sandbox, 'PUT', 'account/settings', { settings: {} }, agent)).status).toBe(403)
})

test('brands: the default one stays, subdomains are taken once, deleted ones are gone', async () => {
  const { brands } = await get(sandbox, 'brands')
  const first = brands.find((one: Body) => one.default)
  expect((await send(sandbox, 'DELETE', `brands/${first.id}`)).status).toBe(422)
  const twice = await send(sandbox, 'POST', 'brands', { brand: { name: 'Again', subdomain: first.subdomain } })
  expect(twice.body.details.subdomain[0].error).toBe('DuplicateValue')
  const made = await send(sandbox, 'POST', 'brands', {
    brand: { name: 'Short-lived', subdomain: 'short', is_deleted: true },
  })
  expect(made).toMatchObject({
    status: 201,
    body: { brand: { is_deleted: false, brand_url: 'https://short.zendesk.com' } },
  })
  expect(made.headers.get('location')).toBe(made.body.brand.url)
  expect((await send(sandbox, 'DELETE', `brands/${made.body.brand.id}`)).status).toBe(204)
  expect((await call(sandbox, `brands/${made.body.brand.id}`)).status).toBe(404)
  expect(sandbox.account.truth('brands').deleted).toContain(made.body.brand.id)
})

test('schedules with their workweek and holidays', async () => {
  const list = await get(sandbox, 'business_hours/schedules?page[size]=100')
  expect(Object.keys(list)).toEqual(['schedules', 'url'])
  const path = 'business_hours/schedules'
  const { body } = await send(sandbox, 'POST', path, { schedule: { name: 'New', time_zone: 'Copenhagen' } })
  const { id } = body.schedule
  const intervals = [{ start_time: 60, end_time: 120 }]
  expect((await send(sandbox, 'PUT', `${path}/${id}/workweek`, { workweek: { intervals } })).body.workweek).toEqual({
    intervals,
  })
  expect((await get(sandbox, `${path}/${id}`)).schedule.intervals).toEqual(intervals)
  const overlap = { workweek: { intervals: [...intervals, { start_time: 100, end_time: 200 }] } }
  expect((await send(sandbox, 'PUT', `${path}/${id}/workweek`, overlap)).status).toBe(422)
  const holiday = { name: 'Off', start_date: '2028-02-29', end_date: '2028-02-29' }
  const made = await send(sandbox, 'POST', `${path}/${id}/holidays`, { holiday })
  expect(made).toMatchObject({ status: 201, body: { holiday } })
  expect((await get(sandbox, `${path}/${id}/holidays`)).holidays).toEqual([made.body.holiday])
  const other = list.schedules[0].id
  expect((await call(sandbox, `${path}/${other}/holidays/${made.body.holiday.id}`)).status).toBe(404)
  expect((await send(sandbox, 'DELETE', `${path}/${id}`)).status).toBe(204)
  expect(sandbox.account.truth('schedule_holidays').deleted).toContain(made.body.holiday.id)
})

test('skills: writes come in the exports', async () => {
  const before = await get(sandbox, 'incremental/routing/attributes')
  const path = before.next_page
  expect(await get(sandbox, path)).toMatchObject({ attributes: [], count: 0 })
  const { body } = await send(sandbox, 'POST', 'routing/attributes', { attribute: { name: 'Mood' } })
  const { id } = body.attribute
  const value = (await send(sandbox, 'POST', `routing/attributes/${id}/values`, { attribute_value: { name: 'Good' } }))
    .body.attribute_value
  const user = (await get(sandbox, 'users/me')).user.id
  const held = await send(sandbox, 'POST', `routing/agents/${user}/instance_values`, {
    attribute_value_ids: [value.id],
  })
  expect(held.body.attribute_values).toEqual([value])
  await send(sandbox, 'DELETE', `routing/attributes/${id}`)
  expect((await get(sandbox, path)).attributes.map(({ type }: Body) => type)).toEqual(['create', 'delete'])
  expect((await get(sandbox, `routing/agents/${user}/instance_values`)).attribute_values).toEqual([])
  expect(sandbox.account.truth('attribute_values').deleted).toContain(value.id)
})

test('dynamic content: a new default text makes the others outdated', async () => {
  const item = {
    name: 'Hi there',
    default_locale_id: 1,
    variants: [
      { locale_id: 1, content: 'Hi' },
      { locale_id: 8, content: 'Hallo' },
    ],
  }
  const { body } = await send(sandbox, 'POST', 'dynamic_content/items', { item })
  const [first] = body.item.variants
  expect(body.item.placeholder).toBe('{{dc.hi_there}}')
  await send(sandbox, 'PUT', `dynamic_content/items/${body.item.id}/variants/${first.id}`, {
    variant: { content: 'Hey' },
  })
  const { item: after } = await get(sandbox, `dynamic_content/items/${body.item.id}`)
  expect(after).toMatchObject({ outdated: true, variants: [{ content: 'Hey', outdated: false }, { outdated: true }] })
  expect((await get(sandbox, 'dynamic_content/items/show_many?identifiers=hi_there')).items).toEqual([after])
})

test('people read the languages that the account has, each under its name', async () => {
  const { locales } = await get(sandbox, 'locales')
  const [english, ...others] = locales as Body[]
  expect(english).toMatchObject({ id: 1, locale: 'en-US', name: 'English', default: true, created_at: null })
  expect(english.url).toMatch(/\/api\/v2\/locales\/en-US\.json$/)
  expect(others.every((one) => one.default === false && one.native_name !== '' && one.created_at !== null)).toBe(true)
  const ids = locales.map(({ id }: Body) => id)
  expect((await get(sandbox, 'account/settings')).settings.localization.locale_ids).toEqual(ids)
  const spoken = new Set(
    sandbox.account
      .truth('users')
      .live.values()
      .map((user) => (user as Body).locale_id),
  )
  expect([...spoken].filter((id) => !ids.includes(id))).toEqual([])
})
