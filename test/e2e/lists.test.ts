import { beforeAll, describe, expect, test } from 'vitest'
import type { Sandbox } from 'zendesk-sandbox'
import plainLists from '../../sandbox/src/account/plain-lists.json' with { type: 'json' }
import {
  type Connection,
  configFor,
  connect,
  discover,
  type Output,
  openSandbox,
  runHere as run,
} from '../support/account.ts'
import type { Body } from '../support/send.ts'
import { send } from '../support/send.ts'
import { syncModeOf } from '../support/warehouse.ts'

type Values = Readonly<Record<string, unknown>>
type Id = number | string

/** How the rows of a list come, change and go. */
interface Listed {
  readonly stream: string
  /** Makes the nth new row. */
  readonly create: (nth: number) => Promise<Id> | Id
  /** Left out where a row stays as it is. */
  readonly change?: (id: Id) => unknown
  /** Left out where a row stays for ever. */
  readonly remove?: (id: Id) => unknown
}

/** A list whose rows are written like most: by POST, PUT and DELETE, in an envelope. */
function written(
  stream: string,
  one: string,
  create: (nth: number) => Values,
  change?: Values,
  { path = () => stream, method = 'PUT' }: { path?: () => string; method?: 'PUT' | 'PATCH' } = {},
): Listed {
  return {
    stream,
    create: async (nth) => (await write('POST', path(), { [one]: create(nth) }))[one].id,
    ...(change && { change: (id) => write(method, `${path()}/${id}`, { [one]: change }) }),
    remove: (id) => write('DELETE', `${path()}/${id}`),
  }
}

/** The same, of which no row can be deleted. */
const lasting = ({ remove: _, ...list }: Listed): Listed => list

const actions = [{ field: 'priority', value: 'urgent' }]
const conditions = { all: [{ field: 'status', operator: 'is', value: 'open' }], any: [] }
const metrics = [{ priority: 'high', metric: 'first_reply_time', target: 60, business_hours: false }]
const firstOf = (table: string): Id => [...sandbox.account.truth(table).live.keys()][0]!
/** The nth of the people who are in none of the organizations, or of the groups. */
function loner(nth: number, role: RegExp, memberships: string): number {
  const members = new Set([...sandbox.account.truth(memberships).live.values()].map(({ user_id }) => user_id))
  const people = [...sandbox.account.truth('users').live.values()].filter(({ role: of }) => role.test(String(of)))
  return Number(people.filter(({ id }) => !members.has(id))[nth]!['id'])
}

/** A list that the sandbox has as data: its rows come and go like this, and nothing writes them by the API. */
const plain = ({ table, columns }: { readonly table: string; readonly columns: readonly string[] }): Listed => ({
  stream: table,
  create: () => {
    const [{ id: _, created_at: __, updated_at: ___, ...row } = {}] = sandbox.account.truth(table).live.values()
    return sandbox.account.createRecord(table, row)
  },
  ...(columns.includes('updated_at') && { change: (id) => sandbox.account.updateRecord(table, id, {}) }),
  remove: (id) => sandbox.account.deleteRecord(table, id),
})

const LISTS: readonly Listed[] = [
  ...plainLists.map(plain),
  written('macros', 'macro', (nth) => ({ title: `M${nth}`, actions }), { active: false }),
  written('triggers', 'trigger', (nth) => ({ title: `T${nth}`, actions, conditions }), { title: 'Renamed' }),
  written(
    'automations',
    'automation',
    (nth) => ({
      title: `A${nth}`,
      actions,
      conditions: { all: [...conditions.all, { field: 'OPEN', operator: 'is', value: '24' }], any: [] },
    }),
    { active: false },
  ),
  written('views', 'view', (nth) => ({ title: `V${nth}`, ...conditions }), { description: 'What it is for' }),
  written('user_fields', 'user_field', (nth) => ({ type: 'text', key: `new_${nth}`, title: `U${nth}` }), {
    title: 'ß',
  }),
  written(
    'organization_fields',
    'organization_field',
    (nth) => ({ type: 'text', key: `new_${nth}`, title: `O${nth}` }),
    {
      active: false,
    },
  ),
  lasting(
    written('custom_statuses', 'custom_status', (nth) => ({ status_category: 'open', agent_label: `S${nth}` }), {
      active: false,
    }),
  ),
  written('custom_roles', 'custom_role', (nth) => ({ name: `R${nth}`, configuration: {} }), { description: 'New' }),
  written('brands', 'brand', (nth) => ({ name: `B${nth}`, subdomain: `brand-${nth}` }), { name: 'Nordwind' }),
  written(
    'sla_policies',
    'sla_policy',
    (nth) => ({ title: `S${nth}`, filter: { all: [], any: [] }, policy_metrics: metrics }),
    { title: 'Sooner' },
    { path: () => 'slas/policies' },
  ),
  written(
    'schedules',
    'schedule',
    (nth) => ({ name: `W${nth}`, time_zone: 'Copenhagen' }),
    { name: 'Sommer' },
    { path: () => 'business_hours/schedules' },
  ),
  written(
    'schedule_holidays',
    'holiday',
    (nth) => ({ name: `H${nth}`, start_date: '2026-12-24', end_date: '2026-12-26' }),
    { name: '🎄' },
    { path: () => `business_hours/schedules/${firstOf('schedules')}/holidays` },
  ),
  written(
    'account_attributes',
    'attribute',
    (nth) => ({ name: `K${nth}` }),
    { name: 'Sprache' },
    { path: () => 'routing/attributes' },
  ),
  written(
    'dynamic_content',
    'item',
    (nth) => ({ name: `D${nth}`, default_locale_id: 1, variants: [{ locale_id: 1, default: true, content: 'Hello' }] }),
    { name: 'Renamed' },
    { path: () => 'dynamic_content/items' },
  ),
  {
    stream: 'locales',
    create: (nth) => sandbox.account.createRecord('locales', { id: 2000 + nth, locale: `x-${nth}`, name: `L${nth}` }),
    change: (id) => sandbox.account.updateRecord('locales', id, { name: 'Renamed' }),
    remove: (id) => sandbox.account.deleteRecord('locales', id),
  },
  written(
    'recipient_addresses',
    'recipient_address',
    (nth) => ({ name: `E${nth}`, email: `e${nth}@northwind.example` }),
    {
      name: 'Post',
    },
  ),
  written('sharing_agreements', 'sharing_agreement', (nth) => ({ remote_subdomain: `other-${nth}` }), {
    status: 'accepted',
  }),
  written(
    'targets',
    'target',
    (nth) => ({ title: `Z${nth}`, type: 'email_target', email: 'a@b.example', subject: 's' }),
    {
      active: false,
    },
  ),
  written(
    'webhooks',
    'webhook',
    (nth) => ({
      name: `X${nth}`,
      status: 'active',
      endpoint: 'https://receiver.example/x',
      http_method: 'POST',
      request_format: 'json',
    }),
    { name: 'Renamed' },
    { method: 'PATCH' },
  ),
  {
    stream: 'organization_memberships',
    create: (nth) =>
      sandbox.account.createOrganizationMembership(
        loner(nth, /end-user/, 'organization_memberships'),
        Number(firstOf('organizations')),
      ),
    remove: (id) => sandbox.account.deleteOrganizationMembership(Number(id)),
  },
  {
    stream: 'group_memberships',
    create: (nth) =>
      sandbox.account.createGroupMembership(
        sandbox.account.createUser({ name: `Agent ${nth}`, role: 'agent' }),
        Number(firstOf('groups')),
      ),
    remove: (id) => sandbox.account.deleteGroupMembership(Number(id)),
  },
  written(
    'categories',
    'category',
    (nth) => ({ name: `C${nth}`, locale: 'en-us' }),
    { position: 77 },
    { path: () => 'help_center/categories' },
  ),
  {
    ...written('sections', 'section', () => ({}), { position: 77 }, { path: () => 'help_center/sections' }),
    create: async (nth) => {
      const path = `help_center/categories/${firstOf('categories')}/sections`
      return (await write('POST', path, { section: { name: `P${nth}`, locale: 'en-us' } })).section.id
    },
  },
  {
    stream: 'labels',
    create: async (nth) =>
      (await write('POST', `help_center/articles/${firstOf('articles')}/labels`, { label: { name: `l${nth}` } })).label
        .id,
    // Taken from its last article it is there still.
    remove: (id) => sandbox.account.deleteRecord('labels', id),
  },
  written(
    'user_segments',
    'user_segment',
    (nth) => ({ name: `G${nth}`, user_type: 'staff' }),
    { name: 'Renamed' },
    { path: () => 'help_center/user_segments' },
  ),
  written('topics', 'topic', (nth) => ({ name: `Q${nth}` }), { name: 'Renamed' }, { path: () => 'community/topics' }),
  written(
    'phone_numbers',
    'phone_number',
    (nth) => ({ token: `t${nth}`, nickname: `N${nth}` }),
    { nickname: '☎️' },
    { path: () => 'channels/voice/phone_numbers' },
  ),
  written(
    'talk_addresses',
    'address',
    (nth) => ({ name: `J${nth}`, city: 'Aarhus' }),
    { city: 'Århus' },
    { path: () => 'channels/voice/addresses' },
  ),
  written(
    'greetings',
    'greeting',
    (nth) => ({ name: `Y${nth}`, category_id: 1 }),
    { name: '🎙️' },
    { path: () => 'channels/voice/greetings' },
  ),
  written('ivrs', 'ivr', (nth) => ({ name: `I${nth}` }), undefined, { path: () => 'channels/voice/ivr' }),
  {
    stream: 'job_statuses',
    create: async (nth) =>
      (await write('POST', 'tickets/create_many', { tickets: [{ comment: { body: `T${nth}` } }] })).job_status.id,
  },
]

/** Lists that follow from something else. */
const DERIVED = [
  'attribute_definitions',
  'lines',
  'greeting_categories',
  'agents_activity',
  'current_queue_activity',
  'talk_settings',
]

const checked = async (config: object) => {
  const { lines } = await run('check', { config })
  return lines.find(({ connectionStatus }) => connectionStatus)!.connectionStatus!
}

let sandbox: Sandbox
let connection: Connection
/** What the first, second and third sync left wrong, by stream. */
const wrong: Record<string, unknown>[] = []
const outputs: Output[] = []
/** By stream: the ids of the row that is changed, the one that is deleted, and the one that is new. */
const ids = new Map<string, readonly [changed: Id, deleted: Id, created: Id]>()

async function write(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: Body): Promise<Body> {
  const answer = await send(sandbox, method, path, body)
  if (answer.status >= 300) throw new Error(`${method} ${path}: HTTP ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}

async function sync(): Promise<void> {
  outputs.push(await connection.sync())
  wrong.push(connection.differences())
}

beforeAll(async () => {
  sandbox = await openSandbox({ tickets: 100 })
  connection = await connect(sandbox, { names: [...LISTS.map(({ stream }) => stream), ...DERIVED] })
  for (const list of LISTS) ids.set(list.stream, [await list.create(1), await list.create(2), ''])
  sandbox.account.advance(5)
  await sync()
  for (const { stream, create, change, remove } of LISTS) {
    const [changed, deleted] = ids.get(stream)!
    await change?.(changed)
    await remove?.(deleted)
    ids.set(stream, [changed, deleted, await create(3)])
  }
  await write('PUT', `channels/voice/availabilities/${firstOf('group_memberships') && loner(0, /admin/, 'calls')}`, {
    availability: { agent_state: 'online' },
  })
  await write('PUT', 'channels/voice/settings', { settings: { maximum_queue_size: 9 } })
  sandbox.account.advance(5)
  await sync()
  sandbox.requests.reset()
  await sync()
})

describe.each(LISTS)('$stream', ({ stream, change, remove }) => {
  const isWhole = (): boolean => syncModeOf(connection.catalog.find(({ name }) => name === stream)!) === 'full_refresh'
  const told = (sync: number, deleted: boolean): readonly string[] =>
    outputs[sync]!.records(stream)
      .filter((record) => (record['_ab_cdc_deleted_at'] != null) === deleted)
      .map(({ id }) => String(id))
      .sort()

  test('the first sync brings what the account holds', () => {
    expect(outputs[0]!.errors).toEqual([])
    expect(wrong[0]![stream]).toBeUndefined()
    expect(connection.warehouse.rows(stream).size).toBeGreaterThan(0)
  })

  test('the second one brings what was created, changed and deleted since, and nothing else', () => {
    const [changed, deleted, created] = ids.get(stream)!.map(String) as [string, string, string]
    expect(wrong[1]![stream]).toBeUndefined()
    expect(connection.warehouse.rows(stream).has(created)).toBe(true)
    expect(connection.warehouse.rows(stream).has(deleted)).toBe(!remove)
    if (isWhole()) return
    expect(told(1, false)).toEqual([...(change ? [changed] : []), created].sort())
    expect(told(1, true)).toEqual(remove ? [deleted] : [])
  })

  test('the third one brings nothing', () => {
    expect(wrong[2]![stream]).toBeUndefined()
    if (!isWhole()) expect(outputs[2]!.records(stream)).toEqual([])
  })
})

test.each(DERIVED)('%s follows', (stream) => {
  expect(connection.warehouse.rows(stream).size).toBeGreaterThan(0)
  expect(wrong.map((differences) => differences[stream])).toEqual([undefined, undefined, undefined])
})

test('a sync costs a request for each list, and one for the holidays of each schedule', () => {
  const paths = sandbox.requests.all().map(({ path }) => path)
  const holidays = sandbox.account.truth('schedules').live.size
  expect(paths.filter((path) => path.endsWith('/holidays'))).toHaveLength(holidays)
  expect(new Set(paths).size).toBe(paths.length)
  // The schedules come with their holidays.
  expect(paths).toHaveLength(LISTS.length + DERIVED.length - 1 + holidays)
})

test('forms and their conditions cost the requests of one, and the conditions go with their form', async () => {
  const names = ['ticket_forms', 'ticket_form_conditions_agent', 'ticket_form_conditions_end_user']
  const forms = await openSandbox({ tickets: 50 })
  const { account } = forms
  const together = await connect(forms, { names })
  forms.requests.reset()
  await together.sync()
  expect(forms.requests.all().filter(({ path }) => path.includes('ticket_forms'))).toHaveLength(1)
  expect(together.differences()).toEqual({})
  const [, agent, endUser] = names as [string, string, string]
  expect([agent, endUser].map((name) => together.warehouse.rows(name).size)).toEqual([2, 1])

  const [parent, child, other] = [...account.truth('ticket_fields').live.keys()].slice(-3) as [number, number, number]
  const condition = (value: string | boolean, ...children: number[]) => ({
    parent_field_id: parent,
    parent_field_type: 'checkbox',
    value,
    child_fields: children.map((id) => ({ id, is_required: false })),
  })
  const form = account.createTicketForm({ agentConditions: [condition(true, child, other), condition('x', child)] })
  await together.sync()
  expect(together.differences()).toEqual({})
  expect(together.warehouse.rows(agent).has(`${form}/${parent}/true/${other}`)).toBe(true)

  account.updateTicketForm(form, {
    agentConditions: [condition(true, child)],
    endUserConditions: [condition(true, child)],
  })
  const output = await together.sync()
  expect(together.differences()).toEqual({})
  expect(output.records(agent).filter((record) => record['_ab_cdc_deleted_at'] != null)).toHaveLength(2)

  account.deleteTicketForm(form)
  await together.sync()
  expect(together.differences()).toEqual({})
  expect([agent, endUser].map((name) => together.warehouse.rows(name).size)).toEqual([2, 1])
})

test('tags are read whole each time: one that is used no more is not there any more', async () => {
  const tagged = await openSandbox({ tickets: 50 })
  const { account } = tagged
  const ticket = account.createTicket({ tags: ['very_new', 'größe'] })
  const connection = await connect(tagged, { names: ['tags'] })
  expect(connection.catalog.find(({ name }) => name === 'tags')).toMatchObject({
    supported_sync_modes: ['full_refresh'],
    source_defined_primary_key: [['name']],
  })
  await connection.sync()
  expect(connection.differences()).toEqual({})
  expect(connection.warehouse.rows('tags').has('größe')).toBe(true)
  account.deleteTicket(ticket)
  await connection.sync()
  expect(connection.differences()).toEqual({})
  expect(connection.warehouse.rows('tags').has('größe')).toBe(false)
})

test('memberships by the thousand: what changed comes, what is gone is told, and the state stays small', async () => {
  const large = await openSandbox({ tickets: 50 })
  const { account } = large
  const [organization, other] = [...account.truth('organizations').live.keys()] as [number, number]
  const users = Array.from({ length: 5_300 }, () => account.createUser({}))
  const memberships = users.map((user) => account.createOrganizationMembership(user, organization))
  const many = await connect(large, { names: ['organization_memberships'] })
  large.requests.reset()
  await many.sync()
  expect(many.differences()).toEqual({})
  expect(large.requests.all()).toHaveLength(Math.ceil(many.warehouse.rows('organization_memberships').size / 100))
  const state = many.warehouse.stateOf('organization_memberships')!
  expect(state['records']).toBeUndefined()
  expect(JSON.stringify(state).length).toBeLessThan(8 * memberships.length)

  account.deleteOrganizationMembership(memberships[2_000]!)
  account.createOrganizationMembership(users[3_000]!, other)
  account.makeOrganizationDefault([...account.truth('organization_memberships').live.keys()].at(-1)!)
  large.requests.reset()
  const second = await many.sync()
  expect(many.differences()).toEqual({})
  expect(second.records('organization_memberships').length).toBeLessThan(40)
  expect(
    second
      .records('organization_memberships')
      .filter((record) => record['_ab_cdc_deleted_at'] != null)
      .map(({ id }) => id),
  ).toEqual([memberships[2_000]])
  expect((await many.sync()).records('organization_memberships')).toEqual([])
})

test('a row that changes its place while the list is read is not taken for deleted, nor one that may not be seen any more', async () => {
  const lists = await openSandbox({ tickets: 50 })
  const { account, faults } = lists
  const title = (nth: number): string => `M${String(nth).padStart(3, '0')}`
  const ids = Array.from({ length: 250 }, (_, nth) =>
    account.createRecord('macros', { title: title(nth), active: true }),
  )
  const macros = await connect(lists, { names: ['macros'] })
  await macros.sync()
  const [first, gone, last] = [ids[0]!, ids[100]!, ids[249]!]
  account.updateRecord('macros', first, { active: false })
  account.deleteRecord('macros', gone)
  faults.next({ kind: 'status', status: 503, retryAfter: 1, path: /macros.*after/ })
  faults.next({ kind: 'status', status: 403, path: new RegExp(`macros/${gone}`), body: '{}' })
  let renamed = false
  const output = await macros.sync(() => {
    // The first page has been handed on, the second one has to wait.
    if (!renamed && macros.warehouse.rows('macros').get(String(first))?.['active'] === false) {
      renamed = true
      account.updateRecord('macros', last, { title: 'A first one' })
    }
  })
  expect(renamed).toBe(true)
  expect(lists.requests.all().map(({ path }) => path)).toContain(`/api/v2/macros/${last}`)
  const told = output.records('macros').map((record) => [record['id'], record['_ab_cdc_deleted_at'] != null])
  expect(told).toEqual([
    [first, false],
    [last, false],
  ])
  expect(output.logs).toContainEqual(
    expect.stringMatching(/macros: 1 records .*refuses to show them to this user \(403\)/),
  )
  // It stays known: once Zendesk says that it is not there, it is told.
  const next = (await macros.sync())
    .records('macros')
    .map((record) => [record['id'], record['_ab_cdc_deleted_at'] != null])
  expect(next).toEqual([[gone, true]])
  expect(macros.differences()).toEqual({})
  expect((await macros.sync()).records('macros')).toEqual([])
})

test('what the plan or the role does not have is left out, and said', async () => {
  const poor = await openSandbox({ tickets: 50, plan: 'essential' })
  const { status, message } = await checked(configFor(poor))
  expect(status).toBe('SUCCEEDED')
  const missing = ['phone_numbers', 'categories', 'topics', 'custom_roles', 'sla_policies', 'schedule_holidays']
  for (const name of missing) expect(message).toContain(name)
  const names = (await discover(configFor(poor))).map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['tickets', 'macros', 'tags', 'brands']))
  expect(names.filter((name) => missing.includes(name))).toEqual([])

  // With ten requests a minute, not every list can be tried at once: those count as readable.
  const slow = await openSandbox({ tickets: 50, limits: true, accountLimit: 10 })
  expect((await checked(configFor(slow))).status).toBe('SUCCEEDED')

  // A connection from before says so, and reads the rest.
  const rich = await openSandbox({ tickets: 50 })
  const connection = await connect(rich, { names: ['phone_numbers', 'schedules', 'schedule_holidays', 'macros'] })
  rich.account.setPlan({ features: { talk: false } })
  const output = await connection.sync()
  expect(output.exitCode).toBe(1)
  expect(output.statuses('phone_numbers')).toEqual(['STARTED', 'INCOMPLETE'])
  for (const name of ['schedules', 'schedule_holidays', 'macros'])
    expect(output.statuses(name)).toEqual(['STARTED', 'RUNNING', 'COMPLETE'])
})

test('a state of a connector that reads it whole is gone on from; a stream that is only read whole is, whatever is asked', async () => {
  const lists = await openSandbox({ tickets: 50 })
  const config = configFor(lists)
  const catalog = await discover(config)
  const state = ['brands', 'tags'].map((name) => ({
    type: 'STREAM',
    stream: { stream_descriptor: { name }, stream_state: { __ab_no_cursor_state_message: true } },
  }))
  const asked = catalog
    .filter(({ name }) => name === 'brands' || name === 'tags')
    .map((stream) => ({ stream, sync_mode: 'incremental', destination_sync_mode: 'append_dedup' }))
  const output = await run('read', { config, catalog: { streams: asked }, state })
  expect(output.exitCode).toBe(0)
  expect(output.records('brands')).toHaveLength(lists.account.truth('brands').live.size)
  expect(output.records('tags')).toHaveLength(lists.account.truth('tags').live.size)
  expect(output.logs.join()).toMatch(/Stream "tags" has no sync mode "incremental"; it is read as full_refresh/)
})
