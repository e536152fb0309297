// The customer graph over the hub's tables, against the account.
import { rmSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSandbox } from 'zendesk-sandbox'
import { graph } from '../src/models/graph/graph.ts'
import { makeModels, refreshModels } from '../src/models/make.ts'
import type { Warehouse } from '../src/warehouse/warehouse.ts'
import { configFor, DATABASES, load, sourceOf, type TestDatabase } from './support/here.ts'
import { hub, hubReading } from './support/hub.ts'

// biome-ignore lint/suspicious/noExplicitAny: rows are what the tests look into
type Row = any

const SELL = new Set(['deals', 'contacts'])
const STREAMS = [...new Set(graph.models.flatMap(({ from, also }) => [...from, ...Object.keys(also ?? {})]))].filter(
  (stream) => !SELL.has(stream),
)

const sandbox = await startSandbox({ tickets: 60, seed: 8 })
afterAll(() => sandbox.close())
const { account } = sandbox
const rows = (stream: string): Row[] => [...account.truth(stream).live.values()]

// Two people who are merged before anything was read; the one who stays has nothing in common but the tickets.
const customers = rows('users').filter(
  ({ id, role }) => role === 'end-user' && rows('tickets').some((ticket) => ticket.requester_id === id),
)
const [early, earlyWinner, loser, winner, second] = customers.map(({ id }) => id) as number[]
account.mergeUsers(early!, earlyWinner!)
const merged = new Map([[early!, earlyWinner!]])
const moved = rows('user_identities').filter(({ user_id }) => user_id === earlyWinner)
account.deleteIdentity(earlyWinner!, moved.at(-1).id)
const byDomain = account.createUser({ name: 'Nobody’s member', email: 'new@firm.example' })
const firm = rows('organizations')[0].id
account.updateOrganization(firm, { domains: ['FIRM.example', ...rows('organizations')[0].domain_names] })
// An older organization comes first, whatever the order in which they are read.
account.createOrganization({ name: 'A later firm', domains: ['firm.example'] })
account.advance(7200)

const sell = async (path: string, data?: object): Promise<Row> => {
  const answer = await fetch(`${sandbox.url}/v2/${path}`, {
    headers: {
      ...{ authorization: 'Bearer sandbox-sell-access-token', 'user-agent': 'test', accept: 'application/json' },
      ...(data && { 'content-type': 'application/json' }),
    },
    ...(data && { method: 'POST', body: JSON.stringify({ data }) }),
  })
  expect(answer.status).toBe(200)
  return await answer.json()
}

// Deals with a person, with somebody of a company that is an organization of ours too, and with that company.
const sold = ((await sell('contacts?per_page=100')) as { items: { data: Row }[] }).items.map(({ data }) => data)
const person = sold.find(({ is_organization, contact_id }) => !is_organization && contact_id === null)
const { data: ours } = await sell('contacts', {
  is_organization: true,
  name: rows('organizations')[1].name.toUpperCase(),
})
for (const contact_id of [person.id, ours.id])
  await sell('deals', { name: `Deal ${contact_id}`, contact_id, value: '1250.50' })

/** What Sell's own lists have, as another connector writes it. */
async function sellLines(): Promise<{ lines: string; catalog: object; of: Record<string, Row[]> }> {
  const of: Record<string, Row[]> = {}
  for (const name of ['contacts', 'deals'])
    of[name] = ((await sell(`${name}?per_page=100`)) as { items: { data: Row }[] }).items.map(({ data }) => data)
  const schemaOf = (all: Row[]) => ({
    type: 'object',
    properties: Object.fromEntries(
      Object.keys(all[0]).map((name) => {
        const found = all.map((row) => row[name]).find((value) => value !== null)
        const type = typeof found === 'number' ? 'number' : typeof found
        return [name, { type: ['null', type], ...(name.endsWith('_at') && { format: 'date-time' }) }]
      }),
    ),
  })
  const stream = (name: string) => ({
    stream: { name, json_schema: schemaOf(of[name]!), supported_sync_modes: ['full_refresh'] },
    sync_mode: 'full_refresh',
    destination_sync_mode: 'append_dedup',
    primary_key: [['id']],
  })
  const trace = (name: string, status: string) => ({
    type: 'TRACE',
    trace: { type: 'STREAM_STATUS', emitted_at: 0, stream_status: { stream_descriptor: { name }, status } },
  })
  const lines = Object.entries(of).flatMap(([name, all]) => [
    trace(name, 'STARTED'),
    ...all.map((data) => ({ type: 'RECORD', record: { stream: name, data, emitted_at: 0 } })),
    trace(name, 'COMPLETE'),
  ])
  return {
    lines: lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
    catalog: { streams: Object.keys(of).map(stream) },
    of,
  }
}

describe.each(DATABASES)('%s', (kind, make, skip) => {
  let database: TestDatabase
  let warehouse: Warehouse
  const read = async (sql: string): Promise<Row[]> => [...(await warehouse.rows(sql))]
  const count = async (view: string, where = 'true') =>
    Number((await read(`select count(*) as n from zendesk_graph.${view} where ${where}`))[0].n)
  const contactOf = async (id: number | undefined) =>
    (await read(`select contact_id from zendesk_graph.people where user_id = ${id}`))[0]?.contact_id

  beforeAll(async () => {
    if (skip) return
    database = await make()
    warehouse = await database.open()
    await load(await sourceOf(configFor(sandbox)), warehouse, { streams: STREAMS })
    expect((await makeModels(warehouse, graph)).left.map(({ model }) => model)).toEqual(['deals'])
  })
  afterAll(async () => {
    await warehouse?.close()
    await database?.remove()
  })

  test.skipIf(skip)('each view has the columns that its documentation names', async () => {
    for (const { name, columns } of graph.models.filter((model) => model.name !== 'deals')) {
      const [row] = await read(`select * from zendesk_graph.${name} limit 1`)
      expect(Object.keys(row)).toEqual(Object.keys(columns!))
    }
  })

  test.skipIf(skip)('every user is one contact, and everybody else who is talked to', async () => {
    const users = rows('users').filter(({ active }) => active)
    expect(await count('contacts', 'user_id is not null and not is_deleted')).toBe(users.length)
    const emails = new Set(rows('user_identities').map(({ value }) => String(value).toLowerCase()))
    const partners = rows('side_conversations').flatMap(({ participants }) =>
      participants.filter((one: Row) => one.user_id === null).map((one: Row) => one.email.toLowerCase()),
    )
    const visitors = rows('chats')
      .map(({ visitor }) => visitor.email?.toLowerCase())
      .filter(Boolean)
    const strangers = new Set([...partners, ...visitors].filter((email) => !emails.has(email)))
    expect(strangers.size).toBeGreaterThan(1)
    const found = await read("select email from zendesk_graph.contacts where contact_id like 'email:%'")
    expect(found.map(({ email }) => email).toSorted()).toEqual([...strangers].toSorted())
    const [twice] = await read('select count(*) - count(distinct contact_id) as n from zendesk_graph.contacts')
    expect(Number(twice.n)).toBe(0)
    const [lost] = await read(`select count(*) as n from zendesk_graph.people where contact_id not in
      (select contact_id from zendesk_graph.contacts)`)
    expect(Number(lost.n)).toBe(0)
  })

  test.skipIf(skip)('companies are organizations; a contact without one goes by its mail domain', async () => {
    const organizations = new Map(rows('organizations').map((row) => [row.id, row]))
    expect(await count('companies')).toBe(organizations.size)
    const found = await read(
      'select user_id, company_id, company_found_by from zendesk_graph.contacts where role is not null',
    )
    const users = new Map(rows('users').map((user) => [user.id, user]))
    const domains = new Map<string, number>()
    for (const { id, domain_names } of [...organizations.values()].toSorted(
      (a, b) => a.created_at.localeCompare(b.created_at) || a.id - b.id,
    ))
      for (const domain of domain_names) if (!domains.has(domain.toLowerCase())) domains.set(domain.toLowerCase(), id)
    for (const { user_id, company_id, company_found_by } of found) {
      const user = users.get(user_id)
      if (user === undefined || !user.active) continue
      const own = organizations.has(user.organization_id) ? user.organization_id : undefined
      const domain = domains.get(user.email?.split('@')[1]?.toLowerCase())
      expect([company_id, company_found_by]).toEqual([
        own ?? domain ?? null,
        own ? 'organization' : domain ? 'domain' : null,
      ])
    }
    expect(await read(`select company_id from zendesk_graph.contacts where user_id = ${byDomain}`)).toEqual([
      { company_id: firm },
    ])
  })

  test.skipIf(skip)('interactions are all that was said, each with its customer', async () => {
    const byKind = new Map(
      (await read('select kind, count(*) as n from zendesk_graph.interactions group by kind')).map((row) => [
        row.kind,
        Number(row.n),
      ]),
    )
    const roles = new Map(rows('users').map(({ id, role }) => [id, role]))
    for (const id of merged.keys()) roles.set(id, 'end-user')
    const ticketOf = new Map(rows('tickets').map((ticket) => [ticket.id, ticket]))
    const partners = rows('side_conversations').flatMap(({ participants }) =>
      participants.filter(({ user_id }: Row) => (roles.get(user_id) ?? 'end-user') === 'end-user'),
    )
    expect(Object.fromEntries(byKind)).toEqual({
      ticket: rows('tickets').length,
      comment: rows('ticket_comments').length,
      call: rows('calls').length,
      rating: rows('satisfaction_ratings').filter(({ score }) => score === 'good' || score === 'bad').length,
      side_conversation: partners.length,
      post: rows('posts').length,
      post_comment: rows('post_comments').length,
      chat: rows('chats').length,
    })
    const [ids] = await read('select count(*) - count(distinct interaction_id) as n from zendesk_graph.interactions')
    expect(Number(ids.n)).toBe(0)
    const tickets = await read(
      "select ticket_id, contact_id, company_id from zendesk_graph.interactions where kind = 'ticket'",
    )
    for (const { ticket_id, contact_id, company_id } of tickets) {
      const ticket = ticketOf.get(ticket_id)
      expect(contact_id).toBe(String(ticket.requester_id))
      if (ticket.organization_id !== null) expect(company_id).toBe(ticket.organization_id)
    }
    const comments = await read(
      "select interaction_id, contact_id, agent_id, direction from zendesk_graph.interactions where kind = 'comment'",
    )
    const contactId = (id: number) => String(merged.get(id) ?? id)
    const written = new Map(rows('ticket_comments').map((comment) => [`comment:${comment.id}`, comment]))
    for (const { interaction_id, contact_id, agent_id, direction } of comments) {
      const { author_id, ticket_id } = written.get(interaction_id)
      const isCustomer = roles.get(author_id) === 'end-user'
      expect([contact_id, direction]).toEqual([
        contactId(isCustomer ? author_id : ticketOf.get(ticket_id).requester_id),
        isCustomer ? 'inbound' : 'outbound',
      ])
      if (isCustomer) expect(agent_id).toBe(null)
    }
  })

  test.skipIf(skip)('deals of Sell lead to contacts and companies', async () => {
    const { lines, catalog, of } = await sellLines()
    const user = customers.at(-1)
    // One of Sell's contacts is a user, by the address in capitals.
    const known = of['contacts']!.find(({ id }) => id === person.id)
    const changed = lines.replaceAll(
      JSON.stringify(known),
      JSON.stringify({ ...known, email: user.email.toUpperCase() }),
    )
    expect(changed).not.toBe(lines)
    const file = `${process.env['TMPDIR'] ?? '/tmp'}/sell-${process.pid}-${kind}.json`
    writeFileSync(file, JSON.stringify(catalog))
    await warehouse.close()
    expect(await hubReading(changed, 'load', '--catalog', file, '--to', database.to)).toMatchObject({ code: 0 })
    rmSync(file)
    warehouse = await database.open()
    expect((await makeModels(warehouse, graph)).left).toEqual([])
    const found = await read('select * from zendesk_graph.deals')
    expect(found.length).toBe(of['deals']!.length)
    expect(found.find(({ name }) => name === `Deal ${person.id}`)).toMatchObject({
      contact_id: String(user.id),
      value: 1250.5,
    })
    expect(found.find(({ name }) => name === `Deal ${ours.id}`)).toMatchObject({
      contact_id: null,
      company_id: rows('organizations')[1].id,
    })
    const model = graph.models.find(({ name }) => name === 'deals')!
    expect(Object.keys(found[0])).toEqual(Object.keys(model.columns!))
    // Whoever is no user, and has an address or a number, is a contact of its own.
    const others = of['contacts']!.filter(
      (one) => !one.is_organization && (one.email || one.phone || one.mobile) && one.id !== person.id,
    )
    expect(await count('people', "source = 'sell'")).toBe(others.length + 1)
  })

  test.skipIf(skip)('users that were merged are one contact, found by address or by ticket', async () => {
    expect(await contactOf(early)).toBe(String(earlyWinner))
    if (!merged.has(loser!)) {
      account.mergeUsers(loser!, winner!)
      account.mergeUsers(winner!, second!)
      for (const id of [loser, winner]) merged.set(id!, second!)
    }
    account.advance(7200)
    await load(await sourceOf(configFor(sandbox)), warehouse, { streams: STREAMS })
    await refreshModels(warehouse)
    for (const id of [loser, winner, second]) expect(await contactOf(id)).toBe(String(second))
    const one = `contact_id = '${second}'`
    expect(await count('contacts', one)).toBe(1)
    const tickets = rows('tickets').filter(({ requester_id }) => requester_id === second)
    expect(await count('interactions', `kind = 'ticket' and ${one}`)).toBe(tickets.length)
    const said = rows('ticket_comments').filter(({ author_id }) => [loser, winner, second].includes(author_id))
    expect(said.some(({ author_id }) => author_id !== second)).toBe(true)
    expect(await count('interactions', `kind = 'comment' and direction = 'inbound' and ${one}`)).toBe(said.length)
  })

  test.skipIf(skip)('views follow tables that come and columns that get wider, and go', async () => {
    const source = await sourceOf(configFor(sandbox))
    const [stream] = (await source.streams()).filter(({ name }) => name === 'organizations')
    const properties = { ...stream!.properties, external_id: { type: 'object' } }
    await load({ ...source, streams: async () => [{ ...stream!, properties }] }, warehouse, {
      streams: ['organizations'],
    })
    await refreshModels(warehouse)
    expect((await read('select * from zendesk_graph.companies limit 1')).length).toBe(1)
    await warehouse.close()
    expect((await hub('models', 'graph', '--to', database.to, '--drop')).out).toMatch(/^7 views of "graph" were/)
    warehouse = await database.open()
    await expect(read('select * from zendesk_graph.contacts')).rejects.toThrow()
  })

  test.skipIf(skip)('what was not loaded is named, and the rest is there', async () => {
    const other = await make()
    try {
      const small = await other.open()
      await load(await sourceOf(configFor(sandbox)), small, { streams: ['users', 'tickets', 'calls'] })
      await small.close()
      const { code, said } = await hub('models', 'graph', '--to', other.to)
      expect(code).toBe(0)
      expect(said).toContain('companies is left out: stream "organizations" was not loaded.')
      expect(said).toContain('interactions has no community posts: stream "posts" was not loaded.')
      expect(said).not.toContain('no calls')
      const opened = await other.open()
      const kinds = await opened.rows('select distinct kind from zendesk_graph.interactions order by 1')
      expect(kinds).toEqual([{ kind: 'call' }, { kind: 'ticket' }])
      await opened.close()
    } finally {
      await other.remove()
    }
  })
})
