import { describe, expect, test } from 'vitest'
import { type Body, bearer, call, get, ids, listPages, openSandbox, rowsOf } from './calls.ts'

const sandbox = await openSandbox({ now: 1_760_000_000, frozen: true })
const { account } = sandbox

async function send(
  method: string,
  path: string,
  body?: Body,
): Promise<{ status: number; body: Body; headers: Headers }> {
  const response = await fetch(`${sandbox.url}/api/v2/${path}`, {
    method,
    headers: { ...bearer(sandbox.credentials.accessToken), 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) }
}
const newUser = async (user: Body): Promise<Body> => (await send('POST', 'users', { user })).body.user
const results = async (body: Body): Promise<Body[]> => {
  account.advance(5)
  const { job_status } = await get(sandbox, `job_statuses/${body.job_status.id}`)
  expect(job_status.status).toBe('completed')
  return job_status.results
}
// The limits of writes count by the minute.
const later = () => account.advance(61)

describe('users', () => {
  test('what is written is read back, and breaks no rule', async () => {
    const given = { name: 'Zoë', email: 'zoe@new.test', role: 'agent', tags: ['a', 'b'], notes: '', details: 'x' }
    const { status, body, headers } = await send('POST', 'users', { user: { ...given, nonsense: 1 } })
    expect([status, headers.get('location')]).toEqual([201, body.user.url])
    expect(body.user).toMatchObject({ ...given, verified: false, alias: null, role_type: 0, active: true })
    expect((await get(sandbox, `users/${body.user.id}`)).user).toEqual(body.user)
    for (const [user, field, error] of [
      [{ name: '' }, 'name', 'ValueTooShort'],
      [{ name: 'x', email: 'ZOE@new.test' }, 'email', 'DuplicateValue'],
      [{ name: 'x', email: 'nonsense' }, 'email', 'InvalidFormat'],
      [{ name: 'x', user_fields: { loyalty_tier: 'tin' } }, 'loyalty_tier', 'InvalidValue'],
    ] as const) {
      const refused = await send('POST', 'users', { user })
      expect([refused.status, refused.body.details[field][0].error]).toEqual([422, error])
    }
  })

  test('an address in an update is another identity; the primary one changes by the identities alone', async () => {
    const { id } = await newUser({ name: 'Two', email: 'one@two.test' })
    const put = await send('PUT', `users/${id}`, { user: { email: 'two@two.test', user_fields: { vip: true } } })
    expect(put.body.user).toMatchObject({ email: 'one@two.test', user_fields: { vip: true, seats: null } })
    const { identities } = await get(sandbox, `users/${id}/identities?page[size]=10`)
    expect(identities.map((one: Body) => [one.value, one.primary])).toEqual([
      ['one@two.test', true],
      ['two@two.test', false],
    ])
    account.advance(100)
    await send('PUT', `users/${id}/identities/${identities[1].id}/make_primary`)
    const { users, identities: exported } = await get(
      sandbox,
      `incremental/users/cursor?start_time=${account.now() - 61}&include=identities`,
    )
    expect([users, exported]).toEqual([[], []])
    expect(
      (await send('POST', `users/${id}/identities`, { identity: { type: 'email', value: 'One@two.test' } })).status,
    ).toBe(422)
    expect((await send('DELETE', `users/${id}/identities/${identities[1].id}`)).status).toBe(204)
    expect((await get(sandbox, `users/${id}`)).user.email).toBe('one@two.test')
    expect(account.truth('user_identities').deleted).toContain(identities[1].id)
    account.advance(100)
    const after = await get(sandbox, `incremental/users/cursor?start_time=${account.now() - 150}&include=identities`)
    expect(ids(after.users)).toContain(id)
  })

  test('upserts match the external id in any case, then any address; two different users are refused', async () => {
    later()
    const upsert = (user: Body) => {
      later()
      return send('POST', 'users/create_or_update', { user })
    }
    const first = await upsert({ name: 'Up', external_id: 'Up-1', email: 'up@up.test' })
    expect(first.status).toBe(201)
    const again = await upsert({ name: 'Upper', external_id: 'UP-1' })
    expect([again.status, again.body.user.id, again.body.user.external_id]).toEqual([200, first.body.user.id, 'UP-1'])
    const byAddress = await upsert({ name: 'Uppest', email: 'UP@up.test' })
    expect(byAddress.body.user).toMatchObject({ id: first.body.user.id, name: 'Uppest' })
    await newUser({ name: 'Other', email: 'other@up.test' })
    expect((await upsert({ name: 'x', external_id: 'up-1', email: 'other@up.test' })).status).toBe(422)
  })

  test('merged, deleted and permanently deleted users', async () => {
    const [loser, winner] = [
      await newUser({ name: 'L', email: 'l@m.test' }),
      await newUser({ name: 'W', email: 'w@m.test' }),
    ]
    const ticket = account.createTicket({ requester_id: loser.id })
    expect((await send('PUT', `users/${loser.id}/merge`, { user: { id: winner.id } })).body.user.email).toBe('w@m.test')
    expect((await get(sandbox, `tickets/${ticket}`)).ticket.requester_id).toBe(winner.id)
    const { identities } = await get(sandbox, `users/${winner.id}/identities`)
    expect(identities.map((one: Body) => one.value).sort()).toEqual(['l@m.test', 'w@m.test'])
    expect(ids((await get(sandbox, 'deleted_users?page[size]=100&sort=-id')).deleted_users)).toContain(loser.id)
    const removed = await send('DELETE', `users/${winner.id}`)
    expect([removed.status, removed.body.user.active, removed.body.user.email]).toEqual([200, false, null])
    await send('DELETE', `deleted_users/${winner.id}`)
    expect((await get(sandbox, `deleted_users/${winner.id}`)).deleted_user.name).toBe('Permanently Deleted User')
    expect((await call(sandbox, 'deleted_users?page[size]=5&sort=updated_at')).status).toBe(400)
  })

  test('bulk writes are jobs whose items fail alone; imports can be switched off', async () => {
    const users = [{ name: 'B1', email: 'b1@bulk.test' }, { name: '' }, { name: 'B3', email: 'b3@bulk.test' }]
    const lines = await results((await send('POST', 'users/create_many', { users })).body)
    expect(lines).toMatchObject([{ status: 'Created' }, { index: 1, error: 'UserCreateFailed' }, { status: 'Created' }])
    const both = `${lines[0].id},${lines[2].id}`
    await results((await send('PUT', `users/update_many?ids=${both}`, { user: { notes: 'bulk' } })).body)
    const { users: shown } = await get(sandbox, `users/show_many?ids=${both}`)
    expect(shown.map((one: Body) => one.notes)).toEqual(['bulk', 'bulk'])
    const gone = await results((await send('DELETE', `users/destroy_many?ids=${both}`)).body)
    expect(gone).toMatchObject([
      { action: 'delete', success: true },
      { action: 'delete', success: true },
    ])
    account.setUserImports(false)
    expect((await send('POST', 'users/create_many', { users })).status).toBe(403)
    account.setUserImports(true)
    const tooMany = await send('POST', 'users/create_many', { users: Array(101).fill({ name: 'x' }) })
    expect(tooMany.body.description).toBe('Maximum 100 users may be created per call')
  })

  test('end users see the short record of themselves only', async () => {
    const me = (await call(sandbox, 'users/me', bearer(sandbox.credentials.endUserToken))).body.user
    expect(me).not.toHaveProperty('tags')
    expect((await call(sandbox, `users/${me.id}`, bearer(sandbox.credentials.endUserToken))).status).toBe(403)
  })
})

test('organizations: names are unique, the domain takes new users in, a merge moves members', async () => {
  const make = (organization: Body) => send('POST', 'organizations', { organization })
  const { organization: loser } = (await make({ name: 'Loser Ltd', domain_names: ['loser.test'] })).body
  const { organization: winner } = (await make({ name: 'Winner Ltd' })).body
  expect((await make({ name: 'WINNER ltd' })).body.details.name[0].error).toBe('DuplicateValue')
  const member = await newUser({ name: 'M', email: 'm@loser.test' })
  expect(member.organization_id).toBe(loser.id)
  const again = { organization_membership: { user_id: member.id, organization_id: loser.id } }
  const twice = await send('POST', 'organization_memberships', again)
  expect(twice.body.details.user_id[0].description).toBe(' This user is already a member of this organization.')
  const sent = { organization_merge: { winner_id: winner.id } }
  const { organization_merge } = (await send('POST', `organizations/${loser.id}/merge`, sent)).body
  expect(organization_merge.status).toBe('new')
  account.advance(10)
  expect((await get(sandbox, `organization_merges/${organization_merge.id}`)).organization_merge.status).toBe(
    'complete',
  )
  expect(ids((await get(sandbox, `organizations/${winner.id}/users`)).users)).toEqual([member.id])
  expect((await call(sandbox, `organizations/${loser.id}`)).status).toBe(404)
  expect(account.truth('organizations').deleted).toContain(loser.id)
})

test.each(['organization_memberships', 'group_memberships'] as const)(
  '%s: lists, parents and truth agree',
  async (name) => {
    const truth = account.truth(name)
    const rows = await rowsOf(listPages(sandbox, `${name}?page[size]=50`), name)
    expect(ids(rows)).toEqual([...truth.live.keys()])
    const [key, path] =
      name === 'group_memberships'
        ? ['group_id', 'groups/%/memberships']
        : ['organization_id', `organizations/%/${name}`]
    const { [key]: parent, user_id } = rows[0]
    const nested = await get(sandbox, path.replace('%', parent))
    expect(ids(nested[name])).toEqual(ids(rows.filter((row) => row[key] === parent)))
    expect(ids((await get(sandbox, `users/${user_id}/${name}`))[name])).toEqual(
      ids(rows.filter((row) => row.user_id === user_id)),
    )
    for (const user of account.truth('users').live.values() as Iterable<Body>) {
      const standard = rows.find((row) => row.user_id === user.id && row.default === true)
      expect(name === 'group_memberships' ? user.default_group_id : user.organization_id).toBe(standard?.[key] ?? null)
    }
  },
)

test('user fields: a new one is in every user, its options are checked, a deleted one is gone', async () => {
  const field = { type: 'dropdown', key: 'size', title: 'Size', custom_field_options: [{ name: 'S', value: 's' }] }
  const { user_field } = (await send('POST', 'user_fields', { user_field: field })).body
  const { users } = await get(sandbox, 'users?page[size]=5')
  for (const user of users) expect(user.user_fields).toHaveProperty('size', null)
  const option = { custom_field_option: { name: 'M', value: 'm' } }
  expect((await send('POST', `user_fields/${user_field.id}/options`, option)).status).toBe(201)
  expect((await send('POST', `user_fields/${user_field.id}/options`, option)).status).toBe(200)
  expect((await send('POST', 'user_fields', { user_field: field })).status).toBe(422)
  await send('DELETE', `user_fields/${user_field.id}`)
  expect((await get(sandbox, `users/${users[0].id}`)).user.user_fields).not.toHaveProperty('size')
  expect(account.truth('user_fields').deleted).toContain(user_field.id)
})
