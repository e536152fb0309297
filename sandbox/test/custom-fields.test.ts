import { expect, test } from 'vitest'
import { type Body, bearer, call, exportPages, get, ids, listPages, openSandbox, rowsOf } from './calls.ts'
import { send } from './send.ts'

const sandbox = await openSandbox({ frozen: true })
const { account } = sandbox

test('ticket fields are written, and their options one by one', async () => {
  const options = [
    { name: 'One', value: 'one' },
    { name: 'Two', value: 'two', default: true },
  ]
  const sent = { type: 'tagger', title: 'Choice', custom_field_options: options, title_in_portal: 'Pick', unknown: 1 }
  const { status, body } = await send(sandbox, 'POST', 'ticket_fields', { ticket_field: sent })
  expect(status).toBe(201)
  const { id, custom_field_options: made, ...field } = body.ticket_field
  expect(field).toMatchObject({ title: 'Choice', raw_title: 'Choice', title_in_portal: 'Pick', removable: true })
  expect(field).not.toHaveProperty('unknown')
  expect(made.map(({ name, value }: Body) => [name, value])).toEqual([
    ['One', 'one'],
    ['Two', 'two'],
  ])
  const kept = [
    { id: made[1].id, name: 'Second', value: 'two' },
    { name: 'Three', value: 'three' },
  ]
  await send(sandbox, 'PUT', `ticket_fields/${id}`, { ticket_field: { custom_field_options: kept } })
  const list = (await get(sandbox, `ticket_fields/${id}/options`)).custom_field_options
  expect(list.map(({ name }: Body) => name)).toEqual(['Second', 'Three'])
  expect(list[0].id).toBe(made[1].id)
  const option = (value: string) => ({ custom_field_option: { name: 'X', value } })
  expect((await send(sandbox, 'POST', `ticket_fields/${id}/options`, option('four'))).status).toBe(201)
  expect((await send(sandbox, 'POST', `ticket_fields/${id}/options`, option('four'))).status).toBe(200)
  expect((await send(sandbox, 'DELETE', `ticket_fields/${id}/options/${list[1].id}`)).status).toBe(204)
  expect(
    (await get(sandbox, `ticket_fields/${id}`)).ticket_field.custom_field_options.map(({ value }: Body) => value),
  ).toEqual(['two', 'four'])
  expect((await get(sandbox, `ticket_fields/${id}?creator=true`)).ticket_field).toHaveProperty('creator_user_id')
  expect((await send(sandbox, 'DELETE', `ticket_fields/${id}`)).status).toBe(204)
  expect(account.truth('ticket_fields').deleted).toContain(id)
})

test.each([
  [{ type: 'text' }, 'title'],
  [{ type: 'nonsense', title: 'X' }, 'type'],
  [{ type: 'tagger', title: 'X' }, 'custom_field_options'],
  [{ type: 'regexp', title: 'X' }, 'regexp_for_validation'],
  [{ type: 'lookup', title: 'X' }, 'relationship_target_type'],
  [
    {
      type: 'tagger',
      title: 'X',
      custom_field_options: [
        { name: 'A', value: 'a' },
        { name: 'B', value: 'a' },
      ],
    },
    'value',
  ],
])('a ticket field is refused: %j', async (ticket_field, name) => {
  const before = (await get(sandbox, 'ticket_fields/count')).count.value
  const { status, body } = await send(sandbox, 'POST', 'ticket_fields', { ticket_field })
  expect([status, Object.keys(body.details)]).toEqual([422, [name]])
  expect((await get(sandbox, 'ticket_fields/count')).count.value).toBe(before)
})

test('system fields stay, fields move', async () => {
  const { ticket_fields } = await get(sandbox, 'ticket_fields')
  expect((await send(sandbox, 'DELETE', `ticket_fields/${ticket_fields[0].id}`)).status).toBe(422)
  const order = ids(ticket_fields).toReversed()
  await send(sandbox, 'PUT', 'ticket_fields/reorder', { ticket_field_ids: order })
  expect(ids((await get(sandbox, 'ticket_fields')).ticket_fields)).toEqual(order)
})

test('ticket forms: filters, conditions, clones, the default one', async () => {
  const { ticket_forms } = await get(sandbox, 'ticket_forms')
  const off = ticket_forms.filter(({ active }: Body) => !active)
  expect((await get(sandbox, 'ticket_forms?active=false')).ticket_forms).toEqual(off)
  const first = ticket_forms.find((one: Body) => one.default)
  expect((await get(sandbox, `ticket_forms/show_many?ids=${first.id},1`)).ticket_forms).toEqual([first])
  expect((await send(sandbox, 'DELETE', `ticket_forms/${first.id}`)).status).toBe(422)
  const clone = (await send(sandbox, 'POST', `ticket_forms/${first.id}/clone`, {})).body.ticket_form
  expect(clone).toMatchObject({ default: false, ticket_field_ids: first.ticket_field_ids })
  expect(clone.id).not.toBe(first.id)
  const conditions = [{ parent_field_id: first.ticket_field_ids[0], value: 'x', child_fields: [{ id: 1 }] }]
  const wrong = await send(sandbox, 'PUT', `ticket_forms/${clone.id}`, {
    ticket_form: { agent_conditions: conditions },
  })
  expect(wrong.status).toBe(422)
  await send(sandbox, 'PUT', `ticket_forms/${clone.id}`, { ticket_form: { default: true } })
  const defaults = (await get(sandbox, 'ticket_forms')).ticket_forms.filter((one: Body) => one.default)
  expect(ids(defaults)).toEqual([clone.id])
  expect((await send(sandbox, 'DELETE', `ticket_forms/${first.id}`)).status).toBe(204)
  expect(account.truth('ticket_forms').deleted).toContain(first.id)
})

test('custom statuses: no pages, filters, defaults', async () => {
  const all = await get(sandbox, 'custom_statuses?page[size]=2')
  expect(Object.keys(all)).toEqual(['custom_statuses'])
  expect(all.custom_statuses.length).toBeGreaterThan(5)
  const open = (await get(sandbox, 'custom_statuses?status_categories=open,hold&default=true')).custom_statuses
  expect(open.map((one: Body) => one.status_category)).toEqual(['open', 'hold'])
  const sent = { status_category: 'pending', agent_label: 'Later ⏰' }
  const { body } = await send(sandbox, 'POST', 'custom_statuses', { custom_status: sent })
  expect(body.custom_status).toMatchObject({ raw_agent_label: 'Later ⏰', end_user_label: 'Later ⏰', default: false })
  await send(sandbox, 'PUT', 'custom_status/default', { ids: String(body.custom_status.id) })
  const pending = (await get(sandbox, 'custom_statuses?status_categories=pending&default=true')).custom_statuses
  expect(ids(pending)).toEqual([body.custom_status.id])
  const { ticket_fields } = await get(sandbox, 'ticket_fields')
  const field = ticket_fields.find(({ type }: Body) => type === 'custom_status')
  expect(ids(field.custom_statuses)).toContain(body.custom_status.id)
  expect(
    (await send(sandbox, 'POST', 'custom_statuses', { custom_status: { status_category: 'gone', agent_label: 'X' } }))
      .status,
  ).toBe(422)
})

test('custom objects: lists and export give the truth', async () => {
  const truth = account.truth('custom_object_vehicle_records').live
  const listed = await rowsOf(
    listPages(sandbox, 'custom_objects/vehicle/records?page[size]=40&sort=-updated_at'),
    'custom_object_records',
  )
  expect(new Map(listed.map((row: Body) => [row.id, row]))).toEqual(new Map(truth))
  const times = listed.map(({ updated_at }) => updated_at)
  expect(times).toEqual(times.toSorted().toReversed())
  const pages = exportPages(sandbox, 'incremental/custom_objects/vehicle/cursor?start_time=0&per_page=25')
  const exported = await rowsOf(pages, 'custom_object_records')
  expect(exported).toHaveLength(truth.size)
  expect(new Set(ids(exported))).toEqual(new Set(truth.keys()))
  const [one, two] = listed
  expect(
    ids(
      (await get(sandbox, `custom_objects/vehicle/records?filter[ids]=${one.id},${two.id}`)).custom_object_records,
    ).sort(),
  ).toEqual([one.id, two.id].sort())
  const red = listed.filter(({ custom_object_fields }) => custom_object_fields.color === 'red').length
  const filter = { $and: [{ 'custom_object_fields.color': { $eq: 'red' } }] }
  expect((await send(sandbox, 'POST', 'custom_objects/vehicle/records/search', { filter })).body.count).toBe(red)
})

test('custom objects: objects, fields, records, upserts, jobs', async () => {
  const object = { key: 'boat', title: 'Boat', title_pluralized: 'Boats' }
  expect((await send(sandbox, 'POST', 'custom_objects', { custom_object: object })).status).toBe(201)
  expect((await send(sandbox, 'POST', 'custom_objects', { custom_object: object })).body.errors[0]).toMatchObject({
    source: { pointer: '/key' },
  })
  const field = { type: 'integer', key: 'masts', title: 'Masts' }
  expect((await send(sandbox, 'POST', 'custom_objects/boat/fields', { custom_object_field: field })).status).toBe(201)
  expect(
    (await get(sandbox, 'custom_objects/boat/fields?include_standard_fields=true')).custom_object_fields.map(
      ({ key }: Body) => key,
    ),
  ).toEqual(['standard::name', 'standard::external_id', 'masts'])
  const record = (values: Body) => ({ custom_object_record: values })
  const path = 'custom_objects/boat/records'
  const made = await send(sandbox, 'POST', path, record({ name: 'Ida', custom_object_fields: { masts: 2 } }))
  expect(made).toMatchObject({ status: 201, body: record({ external_id: null, custom_object_fields: { masts: 2 } }) })
  for (const wrong of [
    {},
    { name: 'X', custom_object_fields: { masts: 'many' } },
    { name: 'X', custom_object_fields: { sails: 1 } },
  ])
    expect((await send(sandbox, 'POST', path, record(wrong))).status).toBe(422)
  expect((await send(sandbox, 'PATCH', `${path}?external_id=b1`, record({ name: 'Bo' }))).status).toBe(201)
  expect(
    (await send(sandbox, 'PATCH', `${path}?external_id=b1`, record({ name: 'Bob' }))).body.custom_object_record.name,
  ).toBe('Bob')
  const job = {
    action: 'create_or_update_by_external_id',
    items: [{ external_id: 'b1', name: 'Bobby' }, { external_id: 'b2', name: 'New' }, { external_id: 'b3' }],
  }
  const { job_status } = (await send(sandbox, 'POST', 'custom_objects/boat/jobs', { job })).body
  account.advance(5)
  const { results } = (await get(sandbox, `job_statuses/${job_status.id}`)).job_status
  expect(results.map(({ status = null, success }: Body) => [status, success])).toEqual([
    ['Updated', true],
    ['Created', true],
    [null, false],
  ])
  expect((await get(sandbox, `${path}/count`)).count.value).toBe(3)
  expect((await send(sandbox, 'DELETE', `${path}/${made.body.custom_object_record.id}`)).status).toBe(204)
  const gone = await call(sandbox, `${path}/${made.body.custom_object_record.id}`)
  expect([gone.status, gone.body.errors[0].status]).toEqual([404, '404'])
  expect(
    (
      await send(
        sandbox,
        'POST',
        'custom_objects',
        { custom_object: { ...object, key: 'x' } },
        bearer(sandbox.credentials.agentToken),
      )
    ).status,
  ).toBe(403)
  account.setPlan({ name: 'team' })
  expect((await send(sandbox, 'POST', 'custom_objects', { custom_object: { ...object, key: 'raft' } })).status).toBe(
    422,
  )
  account.setPlan({ name: 'enterprise' })
  expect((await send(sandbox, 'DELETE', 'custom_objects/boat')).status).toBe(204)
  expect(account.truth('custom_object_boat_records').live.size).toBe(0)
  expect(account.truth('custom_objects').deleted).toContain('boat')
})
