import { describe, expect, test } from 'vitest'
import { openSandbox } from '../support/account.ts'
import {
  catalogFor,
  destinationHere,
  freshFolder,
  recordLine,
  rejectedIn,
  stateLine,
  write,
  writesIn,
  writingTo,
} from '../support/destination.ts'
import { type Body, send } from '../support/send.ts'

const sandbox = await openSandbox({ tickets: 60 })
const rowsOf = (name: string): readonly Body[] => [...sandbox.account.truth(name).live.values()]
const oneOf = (name: string, like: object): Body =>
  rowsOf(name).find((row) => Object.entries(like).every(([key, value]) => row[key] === value))

/** Writes rows to one object, and gives what became of them. */
async function written(
  object: string,
  rows: readonly object[],
  {
    key,
    mode = 'append_dedup',
    folder = freshFolder(),
    ...more
  }: { key: readonly string[]; mode?: string; folder?: string; [option: string]: unknown },
) {
  const before = sandbox.requests.all().length
  const catalog = catalogFor({ name: 'rows', object, key, mode })
  const lines = [...rows.map((row) => recordLine('rows', row)), stateLine('rows', 1)]
  const { errors, states, logs } = await write(writingTo(sandbox, folder, more), catalog, lines)
  expect(errors).toEqual([])
  return {
    stats: states[0]?.destinationStats,
    rejected: rejectedIn(folder),
    writes: writesIn(sandbox, before),
    logs: logs.filter((line) => line.startsWith('WARN')),
  }
}
const all = (count: number) => ({ recordCount: count, rejectedRecordCount: 0 })

describe('what is found in a list that is read once', () => {
  test('groups are created, changed where they differ, and deleted only if that is on', async () => {
    const rows = [{ name: 'Night shift', description: 'At night' }, { name: 'Day shift' }]
    expect((await written('groups', rows, { key: ['name'] })).stats).toEqual(all(2))
    const again = await written('groups', [{ ...rows[0], description: 'After ten' }, rows[1]!], { key: ['name'] })
    expect([again.stats, again.writes.length]).toEqual([all(2), 1])
    expect(oneOf('groups', { name: 'Night shift' }).description).toBe('After ten')
    const gone = await written('groups', [{ name: 'Day shift' }], {
      key: ['name'],
      mode: 'soft_delete',
      allow_deletes: true,
    })
    expect(gone.stats).toEqual(all(1))
    expect(oneOf('groups', { name: 'Day shift' })?.deleted ?? true).toBe(true)
  })

  test('two of one name are ambiguous', async () => {
    for (const _ of [1, 2]) await send(sandbox, 'POST', 'groups', { group: { name: 'Twins' } })
    const { rejected } = await written('groups', [{ name: 'Twins', description: 'x' }], { key: ['name'] })
    expect(rejected).toMatchObject([{ code: 'ambiguous_match', key: ['Twins'] }])
  })

  test('macros, with their actions compared as a whole', async () => {
    const row = {
      title: 'Close politely',
      actions: [{ field: 'status', value: 'solved' }],
      description: 'From the warehouse',
    }
    expect((await written('macros', [row], { key: ['title'] })).stats).toEqual(all(1))
    expect((await written('macros', [row], { key: ['title'] })).writes).toEqual([])
    const changed = { ...row, actions: [...row.actions, { field: 'priority', value: 'low' }] }
    expect((await written('macros', [changed], { key: ['title'] })).writes).toHaveLength(1)
    expect(oneOf('macros', { title: row.title }).actions).toHaveLength(2)
  })

  test('fields are created only if that is on; what cannot change later is refused', async () => {
    const row = { key: 'nps', title: 'NPS', type: 'integer' }
    const { rejected } = await written('user_fields', [row], { key: ['key'] })
    expect(rejected).toMatchObject([{ code: 'forbidden', message: expect.stringMatching(/create_fields/) }])
    await written('user_fields', [row], { key: ['key'], create_fields: true })
    expect(oneOf('user_fields', { key: 'nps' }).type).toBe('integer')
    const other = await written('user_fields', [{ ...row, type: 'text' }], { key: ['key'] })
    expect(other.rejected).toMatchObject([{ code: 'invalid_value', message: expect.stringMatching(/"type"/) }])
  })
})

describe('what is found below its parent', () => {
  test('identities: added without a mail, made primary, and removed', async () => {
    sandbox.account.createUser({ name: 'Ann', externalId: 'ann', email: 'ann@example.com' })
    const mails = sandbox.account.mails().length
    const key = ['user_external_id', 'value']
    const row = { user_external_id: 'ann', type: 'email', value: 'ann@work.example' }
    expect((await written('user_identities', [row], { key })).stats).toEqual(all(1))
    expect((await written('user_identities', [row], { key })).writes).toEqual([])
    await written('user_identities', [{ ...row, primary: true }], { key })
    expect(oneOf('users', { external_id: 'ann' }).email).toBe('ann@work.example')
    const old = { user_external_id: 'ann', value: 'ann@example.com' }
    expect((await written('user_identities', [old], { key, mode: 'soft_delete', allow_deletes: true })).stats).toEqual(
      all(1),
    )
    expect(oneOf('user_identities', { value: 'ann@example.com' })).toBeUndefined()
    expect(sandbox.account.mails()).toHaveLength(mails)
  })

  test('memberships of groups and organizations: made default, and ended by their pair', async () => {
    const agent = rowsOf('users').find(({ role }) => role === 'agent')
    const groups = [1, 2].map((nth) => ({ name: `Team ${nth}` }))
    await written('groups', groups, { key: ['name'] })
    const key = ['user_id', 'group_name']
    const rows = groups.map(({ name }) => ({ user_id: agent.id, group_name: name }))
    expect((await written('group_memberships', rows, { key })).stats).toEqual(all(2))
    const again = await written('group_memberships', [{ ...rows[1], default: true }], { key })
    expect(again.stats).toEqual(all(1))
    const ofAgent = () => rowsOf('group_memberships').filter(({ user_id }) => user_id === agent.id)
    const second = oneOf('groups', { name: 'Team 2' }).id
    expect(ofAgent().find(({ group_id }) => group_id === second).default).toBe(true)
    const count = ofAgent().length
    await written('group_memberships', [rows[0]!], { key, mode: 'soft_delete', allow_deletes: true })
    expect(ofAgent()).toHaveLength(count - 1)
  })

  test.each([
    ['user_field_options', 'user_fields', 'field_key', 'key'],
    ['organization_field_options', 'organization_fields', 'field_key', 'key'],
    ['ticket_field_options', 'ticket_fields', 'field_title', 'title'],
  ])('%s are added if that is on, renamed, and none of the others is lost', async (object, fields, column, by) => {
    const type = fields === 'ticket_fields' ? 'tagger' : 'dropdown'
    const field = rowsOf(fields).find((one) => one.type === type && one.custom_field_options?.length > 0)
    const optionsOf = (): Body[] => rowsOf(fields).find(({ id }) => id === field.id).custom_field_options
    const before = optionsOf()
    const key = [column, 'value']
    const row = { [column]: field[by], value: 'brand_new', name: 'Brand new' }
    expect((await written(object, [row], { key })).rejected).toMatchObject([
      { code: 'forbidden', message: expect.stringMatching(/create_options/) },
    ])
    expect((await written(object, [row], { key, create_options: true })).stats).toEqual(all(1))
    expect(optionsOf().map(({ value }) => value)).toEqual([...before.map(({ value }) => value), 'brand_new'])
    expect((await written(object, [row], { key })).writes).toEqual([])
    await written(object, [{ ...row, name: 'Renamed' }], { key })
    expect(optionsOf().find(({ value }) => value === 'brand_new').name).toBe('Renamed')
    expect(optionsOf()).toHaveLength(before.length + 1)
    await written(object, [row], { key, mode: 'soft_delete', allow_deletes: true })
    expect(optionsOf().map(({ value }) => value)).toEqual(before.map(({ value }) => value))
  })
})

describe('the Help Center', () => {
  test('categories, sections, articles and translations, parents first, texts where Zendesk keeps them, and no mail', async () => {
    const [permission] = rowsOf('permission_groups')
    const article = {
      title: 'How to reset',
      section_name: 'Passwords',
      body: '<p>Press it.</p>',
      locale: 'en-us',
      label_names: ['reset'],
      permission_group_id: permission.id,
      user_segment_id: null,
    }
    const translation = { source_title: 'How to reset', locale: 'da', title: 'Zurücksetzen', body: '<p>Drücken.</p>' }
    const catalog = catalogFor(
      { name: 'article_translations', key: ['source_title', 'locale'] },
      { name: 'categories', key: ['name'] },
      { name: 'sections', key: ['name'] },
      { name: 'articles', key: ['title'] },
    )
    const sync = async (some: object, texts: object = translation) => {
      const folder = freshFolder()
      const before = sandbox.requests.all().length
      const { errors } = await write(writingTo(sandbox, folder), catalog, [
        recordLine('categories', { name: 'Accounts', locale: 'en-us' }),
        recordLine('sections', { name: 'Passwords', category_name: 'Accounts', locale: 'en-us' }),
        recordLine('articles', some),
        recordLine('article_translations', texts),
      ])
      expect(errors).toEqual([])
      return { rejected: rejectedIn(folder), writes: writesIn(sandbox, before) }
    }
    const mails = sandbox.account.mails().length
    expect((await sync(article)).rejected).toEqual([])
    const made = oneOf('articles', { title: 'How to reset' })
    expect([made.body, made.label_names]).toEqual(['<p>Press it.</p>', ['reset']])
    const german = () => oneOf('article_translations', { source_id: made.id, locale: 'da' })
    expect(german().title).toBe('Zurücksetzen')
    expect((await sync(article)).writes).toEqual([])
    // Title and body belong to the translation: written to the article itself they are ignored.
    const changed = { ...article, body: '<p>Press it twice.</p>', promoted: true, label_names: ['key'] }
    const again = await sync(changed, { ...translation, body: '<p>Zweimal.</p>' })
    expect(again.rejected).toEqual([])
    const now = oneOf('articles', { title: 'How to reset' })
    expect([now.body, now.promoted, now.label_names]).toEqual(['<p>Press it twice.</p>', true, ['reset', 'key']])
    expect(german().body).toBe('<p>Zweimal.</p>')
    // Translations go, but for the one in the article's own language.
    const key = ['source_title', 'locale']
    const gone = ['da', 'en-us'].map((locale) => ({ source_title: 'How to reset', locale }))
    const removal = await written('article_translations', gone, { key, mode: 'soft_delete', allow_deletes: true })
    expect(removal.rejected).toMatchObject([{ key: ['How to reset', 'en-us'], code: 'invalid_value' }])
    expect(german()).toBeUndefined()
    expect(oneOf('article_translations', { source_id: made.id, locale: 'en-us' })).toBeDefined()
    expect(sandbox.account.mails()).toHaveLength(mails)
  })

  test('an article needs to say who may see it', async () => {
    const row = { title: 'Open', section_id: rowsOf('sections')[0].id, permission_group_id: 1 }
    const { rejected } = await written('articles', [row], { key: ['title'] })
    expect(rejected).toMatchObject([{ code: 'required_field', message: expect.stringMatching(/user_segment_id/) }])
  })
})

test('comments in rows of their own are added to their tickets, in their order and once', async () => {
  const folder = freshFolder()
  const catalog = catalogFor(
    { name: 'ticket_comments', mode: 'append', key: ['ticket_external_id'] },
    { name: 'tickets' },
  )
  const comments = Array.from({ length: 6 }, (_, nth) => ({
    id: 100 + nth,
    ticket_external_id: `talk-${nth % 2}`,
    body: 'Thanks',
    html_body: nth === 4 ? '<p>Thanks <b>again</b></p>' : null,
    created_at: '2026-01-01T00:00:00Z',
    public: true,
  }))
  const input = [
    ...[0, 1].map((nth) => recordLine('tickets', { external_id: `talk-${nth}`, description: 'Hello' })),
    ...comments.map((row) => recordLine('ticket_comments', row)),
    recordLine('ticket_comments', { id: 200, ticket_external_id: 'talk-nowhere', body: 'Lost' }),
  ]
  for (const _ of [1, 2]) expect((await write(writingTo(sandbox, folder), catalog, input)).errors).toEqual([])
  await write(writingTo(sandbox, freshFolder()), catalog, input)
  const { id } = oneOf('tickets', { external_id: 'talk-0' })
  const held = rowsOf('ticket_comments').filter(({ ticket_id }) => ticket_id === id)
  expect(held.map((one) => [one.plain_body.trim(), one.public])).toEqual([
    ['Hello', false],
    ['Thanks', false],
    ['Thanks', false],
    ['Thanks again', false],
  ])
  expect(rejectedIn(folder)).toMatchObject([{ code: 'not_found' }, { code: 'not_found' }])
})

test('tickets with their history are imported once, and nobody is told', async () => {
  const [mails, firings] = [sandbox.account.mails().length, sandbox.account.firings().length]
  const rows = Array.from({ length: 30 }, (_, nth) => ({
    external_id: `old-${nth}`,
    subject: `Old ${nth}`,
    status: 'closed',
    created_at: '2019-03-01T10:00:00Z',
    comments: [
      { body: 'First', created_at: '2019-03-01T10:00:00Z' },
      { body: 'Second', created_at: '2019-03-02T10:00:00Z', public: true },
    ],
  }))
  const options = { key: ['external_id'], mode: 'append', folder: freshFolder() }
  const first = await written('ticket_imports', rows, options)
  expect([first.stats, first.writes]).toEqual([all(30), ['POST imports/tickets/create_many']])
  const { id, created_at } = oneOf('tickets', { external_id: 'old-7' })
  expect(created_at).toBe('2019-03-01T10:00:00Z')
  const comments = rowsOf('ticket_comments').filter(({ ticket_id }) => ticket_id === id)
  expect(comments.map((one) => [one.body, one.public])).toEqual([
    ['First', false],
    ['Second', true],
  ])
  const second = await written('ticket_imports', rows, options)
  expect([second.stats, second.writes]).toEqual([all(30), []])
  // Open ones are found without the ledger too. Closed ones may be archived, and are then in no list.
  const open = { ...rows[0], external_id: 'old-open', status: 'open' }
  for (const nth of [1, 0]) {
    const { writes } = await written('ticket_imports', [open], { key: ['external_id'], mode: 'append' })
    expect(writes).toHaveLength(nth)
  }
  expect([sandbox.account.mails().length, sandbox.account.firings().length]).toEqual([mails, firings])
})

test('imports whose job nobody knows any more are found in the export, and none is there twice', async () => {
  const rows = Array.from({ length: 25 }, (_, nth) => ({
    external_id: `lost-import-${nth}`,
    status: 'closed',
    created_at: '2019-03-01T10:00:00Z',
    comments: [{ body: 'First' }],
  }))
  sandbox.account.setJobs({ lost: 1, waits: 100, item: 1 })
  // The program's clock runs ahead of the account's, whose export leaves out the last minute.
  const ahead = setInterval(() => sandbox.account.advance(30), 250)
  const { stats, writes } = await written('ticket_imports', rows, { key: ['external_id'], mode: 'append' })
  clearInterval(ahead)
  sandbox.account.setJobs({ waits: 300, item: 10 })
  expect([stats, writes]).toEqual([all(25), ['POST imports/tickets/create_many']])
  const held = rowsOf('tickets').filter(({ external_id }) => String(external_id).startsWith('lost-import-'))
  expect(held).toHaveLength(25)
})

describe('records of a custom object', () => {
  const [object] = rowsOf('custom_objects')
  const name = `custom_object_${object.key}_records`
  const records = (): readonly Body[] => [...sandbox.account.truth(name).live.values()]

  test('in jobs, with fields as columns, compared, and deleted', async () => {
    const field = rowsOf('custom_object_fields').find(
      (one) => one.custom_object_key === object.key && one.type === 'text' && !String(one.key).startsWith('standard::'),
    )
    const rows = Array.from({ length: 40 }, (_, nth) => ({
      external_id: `rec-${nth}`,
      name: `Record ${nth}`,
      [field.key]: `value ${nth}`,
    }))
    const first = await written(name, rows, { key: ['external_id'] })
    expect([first.stats, first.writes]).toEqual([all(40), [`POST custom_objects/${object.key}/jobs`]])
    const held = records().find(({ external_id }) => external_id === 'rec-3')
    expect(held.custom_object_fields[field.key]).toBe('value 3')
    expect((await written(name, rows, { key: ['external_id'] })).writes).toEqual([])
    const one = await written(name, [{ ...rows[3], name: 'Other' }], { key: ['external_id'] })
    expect(one.writes).toEqual([`PATCH custom_objects/${object.key}/records/${held.id}`])
    const gone = { key: ['external_id'], mode: 'soft_delete', allow_deletes: true }
    expect((await written(name, rows.slice(0, 25), gone)).stats).toEqual(all(25))
    expect(records().filter(({ external_id }) => String(external_id).startsWith('rec-'))).toHaveLength(15)
  })

  test('one that is not there is named', async () => {
    const config = writingTo(sandbox, freshFolder())
    const catalog = catalogFor({ name: 'custom_object_nothing_records' })
    const { errors } = await write(config, catalog, [])
    expect(errors[0]?.message).toMatch(/no custom object "nothing"/)
  })
})

describe('Zendesk Sell', () => {
  const sell = { access_token: 'sandbox-sell-access-token', base_url: sandbox.url }
  const sellRows = (many: string): readonly Body[] => rowsOf(many)

  test('contacts by their address: created, compared, changed, and sets are united', async () => {
    const row = {
      email: 'Eve@example.net',
      last_name: 'Evans',
      tags: ['warehouse'],
      'Loyalty tier': 'gold',
      Interests: ['chess'],
    }
    const options = { key: ['email'], sell }
    expect((await written('sell_contacts', [row], options)).stats).toEqual(all(1))
    const eve = () => sellRows('contacts').find(({ last_name }) => last_name === 'Evans')
    expect(eve()).toMatchObject({ name: 'Evans', custom_fields: { 'Loyalty tier': 'gold', Interests: ['chess'] } })
    expect((await written('sell_contacts', [row], options)).writes).toEqual([])
    await written('sell_contacts', [{ ...row, title: 'CTO', tags: ['vip'], Interests: ['opera'] }], options)
    expect(eve()).toMatchObject({
      title: 'CTO',
      tags: ['warehouse', 'vip'],
      custom_fields: { Interests: ['chess', 'opera'] },
    })
    const wrong = await written('sell_contacts', [{ ...row, 'Loyalty tier': 'tin' }], options)
    expect(wrong.rejected).toMatchObject([{ code: 'invalid_value', message: expect.stringMatching(/"tin"/) }])
  })

  test('employers may stand in the same batch as those who work for them', async () => {
    const rows = [
      { email: 'ceo@firm.example', last_name: 'Chief', contact_email: 'hello@firm.example', is_organization: false },
      { email: 'hello@firm.example', name: 'Firm', is_organization: true },
    ]
    expect((await written('sell_contacts', rows, { key: ['email'], sell })).rejected).toEqual([])
    const firm = oneOf('contacts', { name: 'Firm' })
    expect(oneOf('contacts', { last_name: 'Chief' }).contact_id).toBe(firm.id)
  })

  test('leads, deals and notes; a note is written once', async () => {
    const lead = { email: 'lead@example.net', organization_name: 'Lead Ltd', Score: 7 }
    expect((await written('sell_leads', [lead], { key: ['email'], sell })).stats).toEqual(all(1))
    await written('sell_contacts', [{ email: 'buyer@example.net', last_name: 'Buyer' }], { key: ['email'], sell })
    const deal = { name: 'Big one', contact_email: 'buyer@example.net', value: 1200 }
    const options = { key: ['name', 'contact_email'], sell }
    expect((await written('sell_deals', [deal], options)).rejected).toEqual([])
    expect((await written('sell_deals', [deal], options)).writes).toEqual([])
    const { id } = oneOf('deals', { name: 'Big one' })
    const note = { resource_type: 'deal', resource_id: id, content: 'Called them' }
    const key = ['resource_type', 'resource_id', 'content']
    await written('sell_notes', [note], { key, sell })
    await written('sell_notes', [note], { key, sell })
    expect(sellRows('notes').filter(({ resource_id }) => resource_id === id)).toHaveLength(1)
  })

  test('audiences of contacts: the status goes into a field, and unchanged members cost nothing', async () => {
    const columns = { mail: 'email', surname: 'last_name' }
    const audiences = [{ name: 'spenders', field: 'audience_status' }]
    const mappings = [{ stream: 'members', object: 'sell_contacts', key: ['mail'], columns, audiences }]
    const config = writingTo(sandbox, freshFolder(), { sell, mappings })
    const sync = async (spenders: string) => {
      const before = sandbox.requests.all().length
      const row = { mail: 'member@example.net', surname: 'Member', spenders }
      const { errors } = await write(config, catalogFor({ name: 'members' }), [recordLine('members', row)])
      expect(errors).toEqual([])
      return sandbox.requests
        .all()
        .slice(before)
        .filter(({ path }) => path.startsWith('/v2/contacts'))
    }
    await sync('realized')
    const status = () => oneOf('contacts', { last_name: 'Member' }).custom_fields.audience_status
    expect(status()).toBe('realized')
    expect(await sync('realized')).toEqual([])
    await sync('exited')
    expect(status()).toBe('exited')
  })

  test('two with the same address are ambiguous; without a token it says what is missing', async () => {
    const row = { email: 'twin@example.net', last_name: 'Twin' }
    const headers = { authorization: `Bearer ${sell.access_token}`, 'content-type': 'application/json' }
    for (const _ of [1, 2])
      await fetch(`${sandbox.url}/v2/contacts`, { method: 'POST', headers, body: JSON.stringify({ data: row }) })
    const { rejected } = await written('sell_contacts', [row], { key: ['email'], sell })
    expect(rejected).toMatchObject([{ code: 'ambiguous_match' }])
    const catalog = catalogFor({ name: 'sell_contacts', key: ['email'] })
    const { errors } = await write(writingTo(sandbox, freshFolder()), catalog, [recordLine('sell_contacts', row)])
    expect(errors[0]?.message).toMatch(/set "sell"/)
  })
})

test('a changed address becomes the main one of its user, and the sync comes to rest', async () => {
  sandbox.account.createUser({ name: 'Mover', externalId: 'mover', email: 'old@example.com' })
  const mails = sandbox.account.mails().length
  const row = { external_id: 'mover', name: 'Mover', email: 'new@example.com', phone: '+15550100001' }
  const options = { key: ['external_id'] }
  expect((await written('users', [row], options)).stats).toEqual(all(1))
  expect(oneOf('users', { external_id: 'mover' }).email).toBe('new@example.com')
  expect((await written('users', [row], options)).writes).toEqual([])
  // A row without one takes none away.
  expect((await written('users', [{ ...row, email: null }], options)).writes).toEqual([])
  expect(sandbox.account.mails()).toHaveLength(mails)
})

describe('what Zendesk would drop without a word is refused', () => {
  test('choices, dates and checkboxes of custom fields; fields that do not exist', async () => {
    const field = rowsOf('ticket_fields').find(({ type, removable }) => type === 'tagger' && removable)
    const row = { external_id: 'dropped', description: 'x' }
    const { rejected } = await written(
      'tickets',
      [
        { ...row, [`custom_field_${field.id}`]: 'no_such_choice' },
        { ...row, external_id: 'dropped-2', custom_fields: [{ id: 1, value: 'x' }] },
      ],
      { key: ['external_id'], max_rejected_percent: 100 },
    )
    expect(rejected.map(({ code }) => code).toSorted()).toEqual(['invalid_value', 'unknown_field'])
  })

  test('tags that stand for the choice of a field stay when tags are set', async () => {
    const field = rowsOf('ticket_fields').find(({ type, removable }) => type === 'tagger' && removable)
    const { value } = field.custom_field_options[0]
    const row = { external_id: 'interfering', description: 'x', [field.title]: value }
    await written('tickets', [row], { key: ['external_id'] })
    await written('tickets', [{ external_id: 'interfering', tags: ['only'] }], {
      key: ['external_id'],
      tags_mode: 'set',
    })
    const held = oneOf('tickets', { external_id: 'interfering' })
    expect(held.tags.toSorted()).toEqual(['only', value].toSorted())
    expect(held.custom_fields.find(({ id }: Body) => id === field.id).value).toBe(value)
  })
})

test('rows of one key in one batch: tags of both, and the last value of each column', async () => {
  const rows = [
    { external_id: 'merged', name: 'First', tags: ['one'] },
    { external_id: 'merged', name: 'Second', tags: ['two'] },
  ]
  await written('organizations', rows, { key: ['external_id'] })
  const { name, tags } = oneOf('organizations', { external_id: 'merged' })
  expect([name, tags.toSorted()]).toEqual(['Second', ['one', 'two']])
})

test('a parent whose id is none rejects its own row; an id holds where the name beside it is empty', async () => {
  await written('users', [{ external_id: 'parent', name: 'Parent' }], { key: ['external_id'] })
  const { id } = oneOf('users', { external_id: 'parent' })
  const rows = [
    { user_id: 'no-id', type: 'email', value: 'one@example.net' },
    { user_id: id, user_external_id: null, type: 'email', value: 'two@example.net' },
    { user_id: id, user_external_id: ' ', type: 'email', value: 'three@example.net' },
  ]
  const { rejected } = await written('user_identities', rows, { key: ['user_id', 'value'] })
  expect(rejected.map(({ code, record }: Body) => [code, record.user_id])).toEqual([['invalid_value', 'no-id']])
  expect(oneOf('user_identities', { value: 'two@example.net' }).user_id).toBe(id)
  expect(oneOf('user_identities', { value: 'three@example.net' }).user_id).toBe(id)
})

test('discover offers every object with the fields of the account, and check says what is on', async () => {
  const config = writingTo(sandbox, freshFolder(), {
    allow_deletes: true,
    create_options: true,
    sell: { access_token: 'sandbox-sell-access-token', base_url: sandbox.url },
  })
  const { lines } = await destinationHere(['discover'], { config })
  const { operations } = lines[0].destination_catalog
  const names = [...new Set(operations.map(({ object_name }: Body) => object_name))]
  expect(names).toEqual(expect.arrayContaining(['groups', 'articles', 'sell_contacts', 'ticket_imports', 'macros']))
  expect(names.some((name) => /^custom_object_.*_records$/.test(String(name)))).toBe(true)
  const contacts = operations.find((one: Body) => one.object_name === 'sell_contacts' && one.sync_mode === 'append')
  expect(contacts.json_schema.anyOf).toEqual([{ required: ['last_name'] }, { required: ['name'] }])
  expect(contacts.json_schema.properties.owner_id.type).toEqual(['null', 'integer'])
  for (const { json_schema, matching_keys } of operations)
    for (const key of matching_keys) expect(Object.keys(json_schema.properties)).toEqual(expect.arrayContaining(key))
  const checked = await destinationHere(['check'], { config })
  expect(checked.logs.join('\n')).toMatch(/Switched on: create_options, allow_deletes\./)
  expect(checked.logs.join('\n')).toMatch(/Sell ends on 31 August 2027/)
  const wrong = { ...config, sell: { access_token: 'not-the-token', base_url: sandbox.url } }
  const refused = await destinationHere(['check'], { config: wrong })
  expect(refused.lines.at(-1).connectionStatus).toMatchObject({ status: 'FAILED' })
  expect(refused.text).not.toContain('not-the-token')
})
