import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { parseArgs } from 'node:util'
import { reroute } from './rerouted.mjs'

// node-zendesk makes every kind of call that it offers, and what it wrote is read back.

const SUBDOMAIN = 'strangers'
const { values: given } = parseArgs({
  options: Object.fromEntries(
    ['client', 'sandbox', 'work', 'only'].map((name) => [name, { type: 'string', default: '' }]),
  ),
})

// Calls that are not made, and why. `*` stands for all calls of an API.
const NOT_CALLED = {
  'activitystream.list': 'its own fault: asks /api/v2/GET.json',
  'attachments.redactAttachmentComment': 'its own fault: DELETE where Zendesk has PUT',
  'views.delete': 'its own fault: calls itself for ever',
  'triggers.bulkDelete': 'its own fault: asks /triggers/triggers,destroy_many,[object Object].json',
  'search.queryAnonymous': 'asks /portal/search, which Zendesk ended',
  'search.queryAnonymousAll': 'asks /portal/search, which Zendesk ended',
  'tickets.export': 'asks /exports/tickets, which Zendesk ended',
  'tickets.exportSample': 'asks /exports/tickets, which Zendesk ended',
  'ticketexport.exportCursor': 'its own fault: sends start_time and cursor at once, the one or the other undefined',
  'ticketexport.sample': 'asks /exports/tickets, which Zendesk ended',
  'sessions.*': 'browser sessions are no part of the sandbox',
  'tags.create': 'tags come with what is tagged: Zendesk has no such call',
  'tags.show': 'Zendesk has no such call',
  'tags.update': 'Zendesk has no such call',
  'tags.delete': 'Zendesk has no such call',
  'sideconversations.attachments': 'its own fault: multipart without a boundary',
  'users.removeTags': 'its own fault: sends no tags with its DELETE',
  'services.links.*': 'asks /api/services/jira, which the Jira integration serves, not this API',
  'voice.greetings.create': 'its own fault: asks /POST.json',
  'voice.greetings.update': 'its own fault: asks /PUT.json',
  'voice.greetings.delete': 'its own fault: asks /DELETE/greetings,...',
  'helpcenter.articleattachments.create': 'its own: not implemented',
  'helpcenter.articleattachments.createUnassociated': 'its own: not implemented',
  'helpcenter.search.searchQuestions': 'questions and answers: Zendesk ended them',
  'helpcenter.votes.createUpVoteForQuestion': 'questions and answers: Zendesk ended them',
  'helpcenter.votes.createDownVoteForQuestion': 'questions and answers: Zendesk ended them',
  'helpcenter.votes.createUpVoteForAnswer': 'questions and answers: Zendesk ended them',
  'helpcenter.votes.createDownVoteForAnswer': 'questions and answers: Zendesk ended them',
  'helpcenter.subscriptions.deletebySection': 'its own fault: asks for the article',
}

const say = (line) => void process.stdout.write(`${line}\n`)

// ---- the sandbox -----------------------------------------------------------------------------------------------------

const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/_proxy$/i.test(name)))

async function start() {
  const options = [
    '--port',
    '0',
    '--tls-port',
    '0',
    '--subdomain',
    SUBDOMAIN,
    '--json',
    '--control',
    '--no-limits',
    '--tickets',
    // Enough that five tickets are suspended.
    '450',
  ]
  const [program, ...words] = given.sandbox.split(' ')
  const child = spawn(program, [...words, ...options], { stdio: ['ignore', 'pipe', 'inherit'], env: environment })
  for await (const line of createInterface({ input: child.stdout })) return { child, ...JSON.parse(line) }
  throw new Error('The sandbox did not start.')
}

// A client reads its certificates when it starts: this process hands over to one that has them.
if (process.env.STRANGERS === undefined) {
  const account = await start()
  const child = spawn(process.execPath, process.argv.slice(1), {
    stdio: 'inherit',
    env: {
      ...environment,
      NODE_EXTRA_CA_CERTS: account.ca,
      STRANGERS: JSON.stringify({ ...account, child: undefined }),
    },
  })
  const code = await new Promise((resolve) => child.once('exit', (number) => resolve(number ?? 2)))
  account.child.kill('SIGTERM')
  process.exit(code)
}

const account = JSON.parse(process.env.STRANGERS)
const control = async (path, body) => {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  const answer = await fetch(`${account.url}/__sandbox${path}`, {
    ...init,
    headers: { 'content-type': 'application/json' },
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}
const truth = async (stream) => (await control(`/truth/${stream}`)).live
const api = async (path) => {
  const authorization = `Bearer ${account.credentials.accessToken}`
  return (await fetch(`${account.url}/api/v2/${path}`, { headers: { authorization } })).json()
}
const advance = (seconds) => control('/advance', { seconds })

// ---- the client ------------------------------------------------------------------------------------------------------

reroute(Number(new URL(account.tlsUrl).port))
const { createClient } = createRequire(import.meta.url)(given.client)
const { email, apiToken, accessToken, endUserToken } = account.credentials
const made = new Set()

/** Hands on what is asked of the client, and notes which of its calls were made. */
function traced(target, path = '') {
  return new Proxy(target, {
    get(_, name) {
      const value = target[name]
      if (typeof name !== 'string') return value
      const here = path === '' ? name : `${path}.${name}`
      if (typeof value === 'function')
        return (...args) => {
          made.add(here)
          return value.apply(target, args)
        }
      const isApi = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) !== Object.prototype
      return isApi && !Array.isArray(value) ? traced(value, here) : value
    },
  })
}

function callsOffered(client) {
  const found = []
  const getters = (one) =>
    Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(one)))
      .filter(([, { get }]) => get !== undefined)
      .map(([name]) => name)
  const calls = (api, path) => {
    for (const name of Object.getOwnPropertyNames(Object.getPrototypeOf(api)))
      if (name !== 'constructor' && typeof api[name] === 'function') found.push(`${path}.${name}`)
  }
  for (const name of getters(client)) calls(client[name], name)
  for (const part of ['helpcenter', 'services', 'voice'])
    for (const name of getters(client[part])) calls(client[part][name], `${part}.${name}`)
  return found
}

const options = { username: email, token: apiToken, subdomain: SUBDOMAIN, throwOriginalException: true }
const client = createClient(options)
const z = traced(client)

// ---- checks ----------------------------------------------------------------------------------------------------------

let [passed, failed] = [0, 0]
async function check(name, body) {
  if (!name.includes(given.only)) return undefined
  try {
    const value = await body()
    passed++
    say(`ok   node-zendesk: ${name}${typeof value === 'string' ? ` (${value})` : ''}`)
    return value
  } catch (error) {
    failed++
    const said = error.result === undefined ? '' : ` ${JSON.stringify(error.result)}`
    say(`FAIL node-zendesk: ${name}: ${`${error.message ?? error}${said}`.replaceAll('\n', ' ').slice(0, 500)}`)
    return undefined
  }
}
const expect = (holds, what) => {
  if (!holds) throw new Error(what)
}
const same = (found, wanted, what) => {
  const [one, other] = [JSON.stringify(found), JSON.stringify(wanted)]
  expect(one === other, `${what}: got ${String(one).slice(0, 200)}, not ${String(other).slice(0, 200)}`)
}
const sorted = (values) => [...values].sort((one, other) => (one < other ? -1 : one > other ? 1 : 0))
const idsOf = (rows) => {
  expect(Array.isArray(rows), `no list but ${JSON.stringify(rows)?.slice(0, 200)}`)
  return rows.map((row) => row.id)
}
/** What a call gives, without the response around it. Calls that follow pages give it directly. */
const got = async (promise, key) => {
  const value = await promise
  const result =
    value !== null && typeof value === 'object' && 'result' in value && 'response' in value ? value.result : value
  const one =
    Array.isArray(result) && result.length === 1 && key !== undefined && result[0]?.[key] !== undefined
      ? result[0]
      : result
  // A record may have a value of the envelope's name itself.
  const isRecord = one?.id !== undefined && typeof one[key] !== 'object'
  return key !== undefined && !isRecord && one?.[key] !== undefined ? one[key] : one
}
const refused = async (promise, status, what = 'it') => {
  try {
    await promise
  } catch (error) {
    const words = { 401: 'Not Authorized', 403: 'Forbidden', 404: 'Item not found', 422: 'Unprocessable' }[status]
    expect(error.message.includes(words), `${what} ends with ${error.message}, not ${status}`)
    return
  }
  throw new Error(`${what} is not refused`)
}
async function ended(job) {
  let status = job.job_status ?? job
  expect(status?.id !== undefined, `no job: ${JSON.stringify(job)?.slice(0, 200)}`)
  for (let tries = 0; !['completed', 'failed', 'killed'].includes(status.status) && tries < 100; tries++) {
    await advance(1)
    await new Promise((resolve) => setTimeout(resolve, 100))
    status = await got(z.jobstatuses.show(status.id), 'job_status')
  }
  same(status.status, 'completed', `the job (${JSON.stringify(status).slice(0, 200)})`)
  return status
}
const isTruth = async (rows, stream, where = () => true) => {
  const found = sorted(idsOf(rows))
  same(new Set(found).size, found.length, 'different ids')
  same(found, sorted(idsOf((await truth(stream)).filter(where))), 'ids')
  return `${found.length}`
}

/** Creates a record, reads it alone and in the list, changes it, reads it again, deletes it. */
async function crud(
  name,
  { create, show, list, update, remove, key, many = `${key}s`, compare, changes, within, gone },
) {
  let id
  await check(`${name}: create`, async () => {
    const one = await got(create(), key)
    expect(one?.id !== undefined, `no id: ${JSON.stringify(one)?.slice(0, 200)}`)
    id = one.id
    const again = await got(show(id), key)
    for (const [field, value] of Object.entries(compare)) same(again[field], value, field)
  })
  if (id === undefined) return
  if (list)
    await check(`${name}: list`, async () => expect(idsOf(await got(list(), many)).includes(id), 'it is not there'))
  if (update)
    await check(`${name}: update`, async () => {
      await update(id)
      const again = await got(show(id), key)
      for (const [field, value] of Object.entries(changes)) same(again[field], value, field)
    })
  if (within) await within(id)
  if (remove)
    await check(`${name}: delete`, async () => {
      await remove(id)
      await (gone ? gone(id) : refused(show(id), 404))
    })
}

const families = { access, tickets, ticketLists, manyTickets, exports, users, identities, organizations, memberships }
Object.assign(families, { groups, fields, rules, views, search, smallLists, requests, attachments, settings, oauth })
Object.assign(families, {
  dynamicContent,
  sideConversations,
  webhooks,
  talk,
  guideStructure,
  guideArticles,
  guideAccess,
})

async function access() {
  await check('access: me', async () => same((await got(z.users.me(), 'user')).email, email, 'my address'))
  await check('access: auth', async () => same((await got(z.users.auth(), 'user')).role, 'admin', 'my role'))
  const bearer = createClient({ ...options, token: accessToken, oauth: true })
  await check('access: with a bearer token', async () =>
    same((await got(bearer.users.me(), 'user')).email, email, 'address'),
  )
  const wrong = createClient({ ...options, token: 'wrong' })
  await check('access: a wrong token is refused', () => refused(wrong.groups.list(), 401))
}

const newTicket = async (subject, more = {}) =>
  got(z.tickets.create({ ticket: { subject, comment: { body: `${subject}: first words` }, ...more } }), 'ticket')

async function tickets() {
  await crud('tickets', {
    key: 'ticket',
    create: () =>
      z.tickets.create({
        ticket: { subject: 'Ünïted', comment: { body: 'First words' }, priority: 'high', tags: ['one', 'two'] },
      }),
    show: (id) => z.tickets.show(id),
    list: () => z.tickets.list(),
    compare: { subject: 'Ünïted', priority: 'high', tags: ['one', 'two'], description: 'First words' },
    update: (id) =>
      z.tickets.update(id, { ticket: { status: 'open', priority: 'low', comment: { body: 'For us', public: false } } }),
    changes: { status: 'open', priority: 'low' },
    within: async (id) => {
      await check('tickets: comments', async () => {
        const found = (await z.tickets.getComments(id)).map(({ body, public: open }) => [body, open])
        same(
          found,
          [
            ['First words', true],
            ['For us', false],
          ],
          'comments',
        )
      })
      await check('tickets: tags', async () => {
        await z.tickets.addTags(id, { tags: ['three'] })
        same(sorted((await got(z.tickets.show(id), 'ticket')).tags), ['one', 'three', 'two'], 'tags after adding')
        await z.tickets.updateTags(id, { tags: ['only'] })
        same((await got(z.tickets.show(id), 'ticket')).tags, ['only'], 'tags after setting')
      })
      await check('tickets: audits', async () => {
        const audits = await z.ticketaudits.list(id)
        expect(audits.length >= 2, `${audits.length} audits`)
        same(idsOf(await z.tickets.exportAudit(id)), idsOf(audits), 'ids')
        same(idsOf(await z.ticketexport.exportAudit(id)), idsOf(audits), 'ids')
        const pages = await z.ticketimport.exportAudit(id)
        const rows = pages.flatMap((page) => page.audits)
        same(idsOf(rows), idsOf(audits), 'ids')
        same((await got(z.ticketaudits.show(id, audits[0].id), 'audit')).ticket_id, id, 'ticket_id of one')
        same((await got(z.ticketaudits.count(id), 'count')).value, audits.length, 'count')
        await z.ticketaudits.makePrivate(id, audits[0].id)
        same((await z.tickets.getComments(id))[0].public, false, 'public, once it is private')
      })
      await check('tickets: merge', async () => {
        const source = await newTicket('To be merged')
        await ended(await got(z.tickets.merge(id, { ids: [source.id], source_comment: 'to', target_comment: 'from' })))
        same((await got(z.tickets.show(source.id), 'ticket')).status, 'closed', 'the source')
      })
    },
    remove: (id) => z.tickets.delete(id),
  })
  await check('tickets: what breaks the rules is refused', () =>
    refused(z.tickets.create({ ticket: { subject: 'x' } }), 422),
  )
}

async function ticketLists() {
  const all = await got(z.tickets.list())
  await check('tickets: list', async () => {
    const live = await truth('tickets')
    const found = new Set(idsOf(all))
    same(found.size, all.length, 'different ids')
    expect(idsOf(live).length >= found.size, 'more than there are')
    // Archived tickets, closed long ago, are in no list.
    same(
      live.filter(({ id, status }) => status !== 'closed' && !found.has(id)).map(({ id }) => id),
      [],
      'missing',
    )
    return `${found.size} of ${live.length}`
  })
  const one = all.find((row) => row.organization_id !== null && row.assignee_id !== null) ?? all[0]
  await check('tickets: show many', async () => {
    const wanted = sorted(idsOf(all.slice(0, 3)))
    same(sorted(idsOf(await got(z.tickets.showMany(wanted)))), wanted, 'ids')
  })
  const lists = {
    listAssigned: one.assignee_id,
    listByOrganization: one.organization_id,
    listByUserRequested: one.requester_id,
  }
  for (const [name, id] of Object.entries(lists))
    await check(`tickets: ${name}`, async () =>
      expect(idsOf(await z.tickets[name](id)).includes(one.id), 'it is not there'),
    )
  await check('tickets: listByUserCCD', async () => idsOf(await z.tickets.listByUserCCD(one.requester_id)) && undefined)
  await check('tickets: listWithFilter', async () => {
    const made = await newTicket('By external id', { external_id: 'node-1' })
    same(idsOf(await z.tickets.listWithFilter('external_id', 'node-1')), [made.id], 'ids')
  })
  await check('tickets: listRecent', async () => idsOf(await z.tickets.listRecent()) && undefined)
  await check('tickets: listCollaborators', async () => {
    const agent = (await z.users.listWithFilter('role', 'agent'))[0]
    const made = await newTicket('With a copy', { collaborator_ids: [agent.id] })
    expect(JSON.stringify(await z.tickets.listCollaborators(made.id)).includes(String(agent.id)), 'the copy is missing')
  })
  await check('tickets: listIncidents', async () => {
    const problem = await newTicket('The problem', { type: 'problem' })
    const incident = await newTicket('One of it', { type: 'incident', problem_id: problem.id })
    same(idsOf(await z.tickets.listIncidents(problem.id)), [incident.id], 'ids')
  })
  await check('tickets: metrics', async () => {
    same((await got(z.tickets.listMetrics(one.id), 'ticket_metric')).ticket_id, one.id, 'ticket_id')
    same((await got(z.ticketmetrics.list(one.id), 'ticket_metric')).ticket_id, one.id, 'ticket_id')
    const metrics = await z.ticketmetrics.listAll()
    same((await got(z.ticketmetrics.show(metrics[0].id), 'ticket_metric')).id, metrics[0].id, 'the id of one')
    return `${metrics.length}`
  })
  await check('tickets: audits of all', async () => expect((await got(z.ticketaudits.listAll())).length > 0, 'none'))
  await check('tickets: with side-loads', async () => {
    const other = createClient(options)
    other.tickets.setSideLoad(['users', 'organizations'])
    const row = (await other.tickets.list()).find(({ organization_id }) => organization_id !== null)
    same(row.requester?.id, row.requester_id, 'the requester')
    same(row.organization?.id, row.organization_id, 'the organization')
  })
}

async function manyTickets() {
  const fresh = (nth) => ({ subject: `Many ${nth}`, comment: { body: 'x' } })
  let ids = []
  await check('tickets: create many, and watch', async () => {
    const job = await got(z.tickets.createMany({ tickets: [fresh(0), fresh(1)] }))
    const watching = z.jobstatuses.watch((job.job_status ?? job).id, 50, 5)
    await advance(5)
    const status = await watching
    same(status.status, 'completed', 'the job')
    ids = status.results.map(({ id }) => id)
    same(ids.length, 2, 'results')
  })
  await check('tickets: update many', async () => {
    await ended(await got(z.tickets.updateMany(ids, { ticket: { priority: 'urgent' } })))
    const rows = await got(z.tickets.showMany(ids))
    same(
      rows.map(({ priority }) => priority),
      ['urgent', 'urgent'],
      'priorities',
    )
  })
  await check('tickets: delete many', async () => {
    await ended(await got(z.tickets.deleteMany(ids)))
    await refused(z.tickets.show(ids[0]), 404)
  })
  await check('job statuses: list, show many', async () => {
    const jobs = await got(z.jobstatuses.list(), 'job_statuses')
    expect(jobs.length > 0, 'none')
    same(
      (await got(z.jobstatuses.showMany([jobs[0].id]), 'job_statuses')).map(({ id }) => id),
      [jobs[0].id],
      'ids',
    )
  })
  await check('import: a ticket', async () => {
    const old = { subject: 'Old', status: 'solved', created_at: '2015-01-02T03:04:05Z', comments: [{ value: 'words' }] }
    const one = await got(z.ticketimport.import({ ticket: old }), 'ticket')
    same((await got(z.tickets.show(one.id), 'ticket')).created_at, old.created_at, 'created_at')
    const { results } = await ended(await got(z.ticketimport.bulkImport([old, old])))
    same(results.length, 2, 'results')
    same((await got(z.imports.ticket({ ticket: old }), 'ticket')).subject, 'Old', 'the subject of another')
    same(
      (await ended([await got(z.imports.ticketMany({ tickets: [old] }))].flat()[0])).results.length,
      1,
      'results of another',
    )
  })
}

async function exports() {
  await advance(120)
  const [everything, people, firms] = [await truth('tickets'), await truth('users'), await truth('organizations')]
  const all = (rows, wanted) => {
    const found = new Set(idsOf(rows))
    same(
      wanted.filter(({ id }) => !found.has(id)).map(({ id }) => id),
      [],
      'not delivered',
    )
    return `${found.size}`
  }
  const old = Math.floor(Date.now() / 1000) - 10_000_000
  await check('exports: tickets', async () => all(await z.tickets.incremental(0), everything))
  await check('exports: tickets with users', async () =>
    all(await z.tickets.incrementalInclude(0, 'users'), everything),
  )
  await check('exports: tickets, another way', async () => {
    all((await got(z.ticketexport.export(0))).tickets, everything)
    const { tickets: rows, users: loaded } = await got(z.ticketexport.exportWithUser(0))
    all(rows, everything)
    expect(loaded.length > 0, 'no users are side-loaded')
    const pages = await z.ticketexport.exportWithInclude(0, 'users')
    all(
      pages.flatMap(({ tickets: page }) => page),
      everything,
    )
  })
  await check('exports: ticket events', async () => {
    expect((await z.ticketevents.incremental(0)).length > 0, 'none')
    const events = await z.ticketevents.incrementalInclude(0, 'comment_events')
    expect(
      events.some(({ child_events: parts }) => parts.some(({ body }) => body !== undefined)),
      'no comments',
    )
  })
  await check('exports: users', async () => all(await z.users.incremental(0), people))
  await check('exports: users with identities', async () =>
    all(await z.users.incrementalInclude(0, 'identities'), people),
  )
  await check('exports: organizations', async () => all(await z.organizations.incremental(0), firms))
  await check('exports: organizations, included', async () =>
    all(await z.organizations.incrementalInclude(0, 'x'), firms),
  )
  for (const name of ['tickets', 'ticketevents', 'users', 'organizations'])
    await check(`exports: sample of ${name}`, async () =>
      expect((await got(z[name].incrementalSample(old))) !== null, 'none'),
    )
}

async function users() {
  const person = (nth, name = 'Many') => ({ name: `${name} ${nth}`, email: `node${nth}@example.org`, role: 'end-user' })
  await crud('users', {
    key: 'user',
    create: () =>
      z.users.create({ user: { name: 'Zoë Node', email: 'zoe.node@example.org', external_id: 'node-user' } }),
    show: (id) => z.users.show(id),
    list: () => z.users.list(),
    compare: { name: 'Zoë Node', email: 'zoe.node@example.org', external_id: 'node-user', role: 'end-user' },
    update: (id) => z.users.update(id, { user: { notes: 'a note' } }),
    changes: { notes: 'a note' },
    within: async (id) => {
      await check('users: tags', async () => {
        await z.users.setTags(id, { tags: ['a1', 'b1'] })
        await z.users.addTags(id, { tags: ['c1'] })
        same(sorted((await got(z.users.show(id), 'user')).tags), ['a1', 'b1', 'c1'], 'tags')
        const tags = await got(z.users.listTags(id), 'tags')
        same(sorted(tags), ['a1', 'b1', 'c1'], 'tags')
      })
      await check('users: suspend', async () => {
        await z.users.suspend(id)
        same((await got(z.users.show(id), 'user')).suspended, true, 'suspended')
        await z.users.unsuspend(id)
        same((await got(z.users.show(id), 'user')).suspended, false, 'suspended')
      })
      // The search looks things up a little later.
      await advance(120)
      await check('users: search', async () =>
        same(idsOf(await z.users.search({ query: 'zoe.node@example.org' })), [id], 'ids'),
      )
    },
    remove: (id) => z.users.delete(id),
    gone: async (id) => same((await got(z.users.show(id), 'user')).active, false, 'active'),
  })
  await check('users: list', async () => isTruth(await z.users.list(), 'users'))
  await check('users: with a filter', async () => {
    const rows = await z.users.listWithFilter('role', 'agent')
    same([...new Set(rows.map(({ role }) => role))], ['agent'], 'roles')
  })
  await check('users: of a group, of an organization', async () => {
    const group = (await z.groupmemberships.list())[0]
    expect(idsOf(await z.users.listByGroup(group.group_id)).includes(group.user_id), 'not in the group')
    const firm = (await z.organizationmemberships.list())[0]
    expect(
      idsOf(await z.users.listByOrganization(firm.organization_id)).includes(firm.user_id),
      'not in the organization',
    )
  })
  await check('users: many', async () => {
    const { results } = await ended(await got(z.users.createMany({ users: [person(0), person(1)] })))
    const ids = results.map(({ id }) => id)
    same(sorted((await got(z.users.showMany(ids))).map(({ name }) => name)), ['Many 0', 'Many 1'], 'names')
    await ended(await got(z.users.updateMany(ids.join(','), { user: { notes: 'all' } }, undefined)))
    same(
      (await got(z.users.showMany(ids))).map(({ notes }) => notes),
      ['all', 'all'],
      'notes',
    )
    await ended(await got(z.users.createOrUpdateMany({ users: [person(1, 'Changed'), person(2)] })))
    same((await got(z.users.show(ids[1]), 'user')).name, 'Changed 1', 'the name')
    await ended(await got(z.users.destroyMany(ids.join(','), {}, undefined)))
    same((await got(z.users.show(ids[0]), 'user')).active, false, 'active')
  })
  await check('users: create or update', async () => {
    const one = await got(z.users.createOrUpdate({ user: person(7) }), 'user')
    const two = await got(z.users.createOrUpdate({ user: person(7, 'Again') }), 'user')
    same([two.id, two.name], [one.id, 'Again 7'], 'id and name')
  })
  await check('users: password', async () => {
    const one = await got(z.users.create({ user: person(10) }), 'user')
    await z.users.password(one.id, '', 'a long one')
    await refused(z.users.password(one.id, '', 'abc'), 422, 'a short one')
  })
  await check('users: merge', async () => {
    const [loser, winner] = [
      await got(z.users.create({ user: person(8) }), 'user'),
      await got(z.users.create({ user: person(9) }), 'user'),
    ]
    same((await got(z.users.merge(loser.id, winner.id), 'user')).id, winner.id, 'the id')
  })
}

async function identities() {
  const user = await got(z.users.create({ user: { name: 'Faces', email: 'faces1@example.org' } }), 'user')
  await crud('identities', {
    key: 'identity',
    many: 'identities',
    create: () => z.useridentities.create(user.id, { type: 'email', value: 'faces2@example.org' }),
    show: (id) => z.useridentities.show(user.id, id),
    list: () => z.useridentities.list(user.id),
    compare: { type: 'email', value: 'faces2@example.org', primary: false },
    update: (id) => z.useridentities.update(user.id, id, { identity: { verified: true } }),
    changes: { verified: true },
    within: async (id) => {
      await check('identities: verify, primary', async () => {
        const other = await got(
          z.useridentities.create(user.id, { type: 'email', value: 'faces3@example.org' }),
          'identity',
        )
        await z.useridentities.requestVerification(user.id, other.id)
        await z.useridentities.verify(user.id, other.id)
        same((await got(z.useridentities.show(user.id, other.id), 'identity')).verified, true, 'verified')
        await z.useridentities.makePrimary(user.id, other.id)
        same((await got(z.users.show(user.id), 'user')).email, 'faces3@example.org', 'the address')
      })
      expect(id !== undefined, 'no id')
    },
    remove: (id) => z.useridentities.delete(user.id, id),
  })
}

async function organizations() {
  await crud('organizations', {
    key: 'organization',
    create: () => z.organizations.create({ organization: { name: 'Node Ltd', external_id: 'node-org' } }),
    show: (id) => z.organizations.show(id),
    list: () => z.organizations.list(),
    compare: { name: 'Node Ltd', external_id: 'node-org' },
    update: (id) => z.organizations.update(id, { organization: { notes: 'a note' } }),
    changes: { notes: 'a note' },
    within: async (id) => {
      await advance(120)
      await check('organizations: found', async () => {
        same(idsOf(await z.organizations.search('node-org')), [id], 'by external id')
        expect(idsOf(await z.organizations.autocomplete({ name: 'Node' })).includes(id), 'not completed')
        same(idsOf(await z.organizations.showMany([id])), [id], 'of several')
        same(idsOf(await z.organizations.showManyByExternalIds(['node-org'])), [id], 'by external ids')
        expect((await got(z.organizations.related(id), 'organization_related')) !== undefined, 'no related')
      })
    },
    remove: (id) => z.organizations.delete(id),
  })
  await check('organizations: list', async () => isTruth(await z.organizations.list(), 'organizations'))
  await check('organizations: count', async () => {
    const [one] = [await got(z.organizations.count())].flat()
    expect(one === undefined || (one.value ?? one) > 0, `count is ${JSON.stringify(one)}`)
    await z.organizations.countByUser((await got(z.users.me(), 'user')).id)
  })
  await check('organizations: of a user', async () => {
    const member = (await z.organizationmemberships.list())[0]
    expect(idsOf(await z.organizations.listByUser(member.user_id)).includes(member.organization_id), 'it is not there')
  })
  await check('organizations: create or update', async () => {
    const one = await got(
      z.organizations.createOrUpdate({ organization: { name: 'Up', external_id: 'node-up' } }),
      'organization',
    )
    const two = await got(
      z.organizations.upsert({ organization: { name: 'Down', external_id: 'node-up' } }),
      'organization',
    )
    same([two.id, two.name], [one.id, 'Down'], 'id and name')
  })
  await check('organizations: many', async () => {
    const fresh = [0, 1].map((nth) => ({ name: `Node many ${nth}`, external_id: `node-many-${nth}` }))
    const { results } = await ended(await got(z.organizations.createMany({ organizations: fresh })))
    const ids = results.map(({ id }) => id)
    await ended(await got(z.organizations.updateMany({ organizations: ids.map((id) => ({ id, notes: 'all' })) })))
    same(
      (await z.organizations.showMany(ids)).map(({ notes }) => notes),
      ['all', 'all'],
      'notes',
    )
    await ended(await got(z.organizations.bulkDelete([ids[0]])))
    await ended(await got(z.organizations.bulkDeleteByExternalId(['node-many-1'])))
    same(await z.organizations.showMany(ids), [], 'rows after deleting')
  })
}

async function memberships() {
  const agent = (await z.users.listWithFilter('role', 'agent'))[0]
  const group = await got(z.groups.create({ group: { name: 'Node group' } }), 'group')
  await crud('group memberships', {
    key: 'group_membership',
    create: () => z.groupmemberships.create({ group_membership: { user_id: agent.id, group_id: group.id } }),
    show: (id) => z.groupmemberships.show(id),
    list: () => z.groupmemberships.list(),
    compare: { user_id: agent.id, group_id: group.id },
    within: async (id) => {
      await check('group memberships: of a user, of a group', async () => {
        expect(idsOf(await z.groupmemberships.listByUser(agent.id)).includes(id), 'not with the user')
        expect(idsOf(await z.groupmemberships.listByGroup(group.id)).includes(id), 'not with the group')
        same((await got(z.groupmemberships.showByUser(agent.id, id), 'group_membership')).id, id, 'the id')
        expect(idsOf(await z.groupmemberships.listAssignable()).includes(id), 'not assignable')
        expect(
          idsOf(await z.groupmemberships.listAssignableByGroup(group.id)).includes(id),
          'not assignable in the group',
        )
        await z.groupmemberships.makeDefault(agent.id, id)
        same((await got(z.groupmemberships.show(id), 'group_membership')).default, true, 'default')
      })
    },
    remove: (id) => z.groupmemberships.delete(id),
  })
  await check('group memberships: by user, and many', async () => {
    const one = await got(
      z.groupmemberships.createByUser(agent.id, { group_membership: { user_id: agent.id, group_id: group.id } }),
      'group_membership',
    )
    await z.groupmemberships.deleteByUser(agent.id, one.id)
    await ended(await got(z.groupmemberships.bulkCreate([{ user_id: agent.id, group_id: group.id }])))
    const made = (await z.groupmemberships.listByGroup(group.id)).find(({ user_id }) => user_id === agent.id)
    await ended(await got(z.groupmemberships.bulkDelete([made.id])))
    await refused(z.groupmemberships.show(made.id), 404)
  })
  const user = await got(z.users.create({ user: { name: 'Node member', email: 'node.member@example.org' } }), 'user')
  const firm = await got(z.organizations.create({ organization: { name: 'Node home' } }), 'organization')
  const both = { user_id: user.id, organization_id: firm.id }
  await crud('organization memberships', {
    key: 'organization_membership',
    create: () => z.organizationmemberships.create(both),
    show: (id) => z.organizationmemberships.show(id),
    list: () => z.organizationmemberships.list(),
    compare: both,
    within: async (id) => {
      await check('organization memberships: of a user, of an organization', async () => {
        same(idsOf(await z.organizationmemberships.listByUser(user.id)), [id], 'with the user')
        same(idsOf(await z.organizationmemberships.listByOrganization(firm.id)), [id], 'with the organization')
        same((await got(z.organizationmemberships.showByUser(user.id, id), 'organization_membership')).id, id, 'the id')
        await z.organizationmemberships.makeDefault(user.id, id)
        same((await got(z.organizationmemberships.show(id), 'organization_membership')).default, true, 'default')
      })
    },
    remove: (id) => z.organizationmemberships.delete(id),
  })
  await check('organization memberships: by user, and many', async () => {
    const one = await got(z.organizationmemberships.createByUser(user.id, both), 'organization_membership')
    await z.organizationmemberships.deleteByUser(user.id, one.id)
    await ended(await got(z.organizationmemberships.createMany([both])))
    const [made] = await z.organizationmemberships.listByUser(user.id)
    await ended(await got(z.organizationmemberships.deleteMany([made.id])))
    await refused(z.organizationmemberships.show(made.id), 404)
  })
}

async function groups() {
  await crud('groups', {
    key: 'group',
    create: () => z.groups.create({ group: { name: 'Nodes', description: 'all' } }),
    show: (id) => z.groups.show(id),
    list: () => z.groups.list(),
    compare: { name: 'Nodes', description: 'all' },
    update: (id) => z.groups.update(id, { group: { name: 'Edges' } }),
    changes: { name: 'Edges' },
    remove: (id) => z.groups.delete(id),
    gone: async (id) => {
      const row = (await z.groups.list()).find((one) => one.id === id)
      expect(row === undefined || row.deleted, 'it lives')
    },
  })
  await check('groups: list', async () =>
    isTruth(
      (await z.groups.list()).filter(({ deleted }) => !deleted),
      'groups',
    ),
  )
  await check('groups: assignable, count', async () => {
    expect((await z.groups.assignable()).length > 0, 'none')
    expect((await got(z.groups.count(), 'count')).value > 0, 'no count')
    const member = (await z.groupmemberships.list())[0]
    expect((await got(z.groups.countByUser(member.user_id), 'count')).value > 0, 'no count of a user')
  })
}

async function fields() {
  const kinds = [
    ['ticket fields', 'ticketfields', 'ticket_field', {}],
    ['user fields', 'userfields', 'user_field', { key: 'node_key' }],
    ['organization fields', 'organizationfields', 'organization_field', { key: 'node_org_key' }],
  ]
  for (const [name, api, key, more] of kinds)
    await crud(name, {
      key,
      create: () => z[api].create({ [key]: { type: 'text', title: 'A node field', ...more } }),
      show: (id) => z[api].show(id),
      list: () => z[api].list(),
      compare: { type: 'text', title: 'A node field', ...more },
      update: (id) => z[api].update(id, { [key]: { title: 'An edge field' } }),
      changes: { title: 'An edge field' },
      remove: (id) => z[api].delete(id),
    })
  for (const [name, api, key, kind] of [
    ['ticket fields', 'ticketfields', 'ticket_field', 'tagger'],
    ['user fields', 'userfields', 'user_field', 'dropdown'],
  ])
    await check(`${name}: options`, async () => {
      const choices = [{ name: 'One', value: `${key}_1` }]
      const more = key === 'user_field' ? { key: 'node_choice' } : {}
      const field = await got(
        z[api].create({ [key]: { type: kind, title: 'Pick', custom_field_options: choices, ...more } }),
        key,
      )
      const option = { custom_field_option: { name: 'Two', value: `${key}_2` } }
      const made = await got(z[api].createOrUpdateOption(field.id, option), 'custom_field_option')
      same((await got(z[api].showOption(field.id, made.id), 'custom_field_option')).name, 'Two', 'the name')
      same((await got(z[api].listOptions(field.id), 'custom_field_options')).length, 2, 'options')
      await z[api].deleteOption(field.id, made.id)
      same((await got(z[api].listOptions(field.id), 'custom_field_options')).length, 1, 'options after')
      await z[api].delete(field.id)
    })
  await check('ticket fields: count, locale', async () => {
    const all = await z.ticketfields.list()
    same((await got(z.ticketfields.count(), 'count')).value, all.length, 'count')
    same(idsOf(await z.ticketfields.listWithLocale('en-us')), idsOf(all), 'ids')
    await isTruth(all, 'ticket_fields')
  })
  for (const [name, api] of [
    ['user fields', 'userfields'],
    ['organization fields', 'organizationfields'],
  ])
    await check(`${name}: reorder`, async () => {
      const order = idsOf(await z[api].list()).reverse()
      await z[api].reorder(order)
      const rows = (await z[api].list()).sort((one, other) => one.position - other.position)
      same(idsOf(rows), order, 'the order')
    })
  const ids = idsOf(await z.ticketfields.list()).slice(0, 3)
  await crud('ticket forms', {
    key: 'ticket_form',
    create: () =>
      z.ticketforms.create({ ticket_form: { name: 'Node form', display_name: 'Node', ticket_field_ids: ids } }),
    show: (id) => z.ticketforms.show(id),
    list: () => z.ticketforms.list(),
    compare: { name: 'Node form', display_name: 'Node' },
    update: (id) => z.ticketforms.update(id, { ticket_form: { name: 'Edge form' } }),
    changes: { name: 'Edge form' },
    within: async (id) => {
      await check('ticket forms: clone, reorder', async () => {
        const copy = await got(z.ticketforms.clone(id), 'ticket_form')
        expect(copy.id !== id, 'it is the same')
        const order = idsOf(await z.ticketforms.list()).reverse()
        await z.ticketforms.reorder(order)
        const rows = (await z.ticketforms.list()).sort((one, other) => one.position - other.position)
        same(idsOf(rows), order, 'the order')
        await z.ticketforms.delete(copy.id)
      })
    },
    remove: (id) => z.ticketforms.delete(id),
  })
}

async function rules() {
  const action = [{ field: 'priority', value: 'low' }]
  const all = [{ field: 'status', operator: 'is', value: 'solved' }]
  const aged = [...all, { field: 'SOLVED', operator: 'greater_than', value: '24' }]
  const kinds = [
    ['macros', 'macro', { actions: action }],
    ['triggers', 'trigger', { actions: action, conditions: { all, any: [] } }],
    [
      'automations',
      'automation',
      { actions: [{ field: 'status', value: 'closed' }], conditions: { all: aged, any: [] } },
    ],
  ]
  for (const [api, key, more] of kinds)
    await crud(api, {
      key,
      create: () => z[api].create({ [key]: { title: `A node ${key}`, ...more } }),
      show: (id) => z[api].show(id),
      list: () => z[api].list(),
      many: api,
      compare: { title: `A node ${key}`, ...more },
      update: (id) => z[api].update(id, { [key]: { title: `An edge ${key}` } }),
      changes: { title: `An edge ${key}` },
      within: async (id) => {
        await check(`${api}: active, update many`, async () => {
          expect(idsOf(await got(z[api].listActive(), api)).includes(id), 'it is not active')
          await z[api].updateMany([{ id, position: 33 }])
          same((await got(z[api].show(id), key)).position, 33, 'position')
        })
        await check(`${api}: search`, async () => {
          const query = api === 'automations' ? { query: 'edge' } : 'edge'
          expect(idsOf(await got(z[api].search(query), api)).includes(id), 'it is not found')
        })
      },
      remove: (id) => z[api].delete(id),
    })
  await check('automations: reorder', async () => {
    const order = idsOf(await z.automations.list()).reverse()
    await z.automations.reorder(order)
    const rows = await z.automations.list()
    same(idsOf(rows.sort((one, other) => one.position - other.position)), order, 'the order')
  })
  await check('automations: delete many', async () => {
    const one = await got(
      z.automations.create({
        automation: {
          title: 'To go',
          actions: [{ field: 'status', value: 'closed' }],
          conditions: { all: aged, any: [] },
        },
      }),
      'automation',
    )
    await z.automations.bulkDelete([one.id])
    await refused(z.automations.show(one.id), 404)
  })
  await check('macros: apply', async () => {
    const made = await got(z.macros.create({ macro: { title: 'To apply', actions: action } }), 'macro')
    same((await got(z.macros.apply(made.id), 'result')).ticket.priority, 'low', 'the priority')
    const ticket = await newTicket('Under a macro')
    same((await got(z.macros.applyTicket(ticket.id, made.id), 'result')).ticket.priority, 'low', 'the priority')
    await z.macros.delete(made.id)
  })
  await check('macros: categories, parameters', async () => {
    await z.macros.categories()
    expect((await z.macros.listByParams({ active: true })).length > 0, 'none')
  })
  await check('triggers: definitions, revisions, reorder', async () => {
    expect(JSON.stringify(await z.triggers.definitions()).includes('conditions_all'), 'no definitions')
    const order = idsOf(await z.triggers.list())
    await z.triggers.reorder([...order].reverse())
    const revisions = [await z.triggers.listRevisions(order[0])].flat()
    expect(JSON.stringify(revisions).includes('trigger_revisions') || revisions.length > 0, 'no revisions')
    const rows = revisions[0]?.trigger_revisions ?? revisions
    expect((await got(z.triggers.showRevision(order[0], rows[0].id))) !== null, 'no revision')
  })
  const sla = {
    title: 'Node promise',
    filter: { all: [{ field: 'type', operator: 'is', value: 'incident' }], any: [] },
    policy_metrics: [{ priority: 'normal', metric: 'first_reply_time', target: 60, business_hours: false }],
  }
  await crud('sla policies', {
    key: 'sla_policy',
    many: 'sla_policies',
    create: () => z.policies.create({ sla_policy: sla }),
    show: (id) => z.policies.show(id),
    list: () => z.policies.list(),
    compare: { title: 'Node promise' },
    update: (id) => z.policies.update(id, { sla_policy: { ...sla, title: 'Edge promise' } }),
    changes: { title: 'Edge promise' },
    within: async () => {
      await check('sla policies: definitions, reorder', async () => {
        expect((await got(z.policies.getDefinitions(), 'definitions')) !== undefined, 'no definitions')
        const order = idsOf(await got(z.policies.list(), 'sla_policies')).reverse()
        await z.policies.reorder(order)
        const rows = await got(z.policies.list(), 'sla_policies')
        same(idsOf(rows.sort((one, other) => one.position - other.position)), order, 'the order')
      })
    },
    remove: (id) => z.policies.delete(id),
  })
  await crud('targets', {
    key: 'target',
    create: () =>
      z.targets.create({
        target: { title: 'Node target', type: 'email_target', email: 'a@example.org', subject: 's' },
      }),
    show: (id) => z.targets.show(id),
    list: () => z.targets.list(),
    compare: { title: 'Node target', type: 'email_target' },
    update: (id) => z.targets.update(id, { target: { title: 'Edge target' } }),
    changes: { title: 'Edge target' },
    remove: (id) => z.targets.delete(id),
  })
}

async function views() {
  const all = [{ field: 'status', operator: 'is', value: 'open' }]
  const open = new Set((await truth('tickets')).filter(({ status }) => status === 'open').map(({ id }) => id))
  await crud('views', {
    key: 'view',
    create: () => z.views.create({ view: { title: 'Node view', all, output: { columns: ['subject'] } } }),
    show: (id) => z.views.show(id),
    list: () => z.views.list(),
    compare: { title: 'Node view' },
    update: (id) => z.views.update(id, { view: { title: 'Edge view' } }),
    changes: { title: 'Edge view' },
    within: async (id) => {
      await check('views: tickets, count', async () => {
        const pages = await z.views.tickets(id)
        const rows = pages.flatMap((page) => page.tickets ?? page)
        expect(rows.length > 0 && rows.every((row) => open.has(row.id)), 'other tickets')
        same((await got(z.views.showCount(id), 'view_count')).view_id, id, 'view_id')
        same(
          (await got(z.views.showCounts([id]), 'view_counts')).map(({ view_id: one }) => one),
          [id],
          'view_ids',
        )
        return `${rows.length}`
      })
      await check('views: execute, preview', async () => {
        // Of the answer the client keeps what its name is, `view`, and drops the rows.
        expect((await z.views.execute(id, {})).length > 0, 'nothing')
        const made = await z.views.preview({ view: { all, output: { columns: ['subject'] } } })
        expect(made.length > 0, 'nothing')
      })
      await check('views: active, compact', async () => {
        expect(idsOf(await z.views.listActive()).includes(id), 'it is not active')
        expect((await z.views.listCompact()).length > 0, 'none')
      })
      await check('views: shared, recent tickets, export', async () => {
        expect(idsOf(await got(z.views.listActiveShared(), 'views')).includes(id), 'it is not shared')
        const recent = await got(z.views.showRecentTicketIDs(id), 'ticket_ids')
        expect(recent.length > 0 && recent.every((one) => open.has(one)), 'other tickets')
        same((await got(z.views.showExecutionStatus(id))).view_id, id, 'view_id of the status')
        same((await got(z.views.export(id), 'export')).view_id, id, 'view_id of the export')
      })
      await check('views: reorder', async () => {
        await z.views.reorder([id])
      })
    },
  })
}

async function search() {
  const open = (await truth('tickets')).filter(({ status }) => status === 'open')
  const query = 'type:ticket status:open'
  await check('search: all', async () => {
    same(sorted(idsOf(await z.search.queryAll(query))), sorted(idsOf(open)), 'ids')
    return `${open.length}`
  })
  await check('search: a page, and count', async () => {
    expect((await got(z.search.query(query), 'results')).length > 0, 'none')
    same(await got(z.search.showResultsCount(query), 'count'), open.length, 'count')
  })
  await check('search: export', async () => {
    const found = await z.search.exportResults('status:open', 'ticket', 50)
    same(sorted(idsOf(found)), sorted(idsOf(open)), 'ids')
  })
}

async function smallLists() {
  const list = (name, call) => check(name, async () => expect([await call()].flat().length > 0, 'none'))
  await list('tags: list', () => z.tags.list())
  await list('activities: count', () => got(z.activitystream.count()))
  await check('activities: show', async () => {
    const one = (await api('activities')).activities[0]
    same((await got(z.activitystream.show(one.id), 'activity')).id, one.id, 'the id')
  })
  await list('locales: list', () => z.locales.list())
  await list('locales: for agents', () => z.locales.listForAgent())
  await list('locales: public', () => z.locales.listPublicLocales())
  await check('locales: show, current, best', async () => {
    const [one] = await z.locales.list()
    same((await got(z.locales.show(one.id), 'locale')).id, one.id, 'the id')
    expect((await got(z.locales.showCurrent(), 'locale')).locale, 'no current one')
    expect((await got(z.locales.current(), 'locale')).locale, 'no current one')
    expect((await got(z.locales.detectBestLocale(['en-us', 'de']))) !== null, 'no best one')
  })
  await check('satisfaction ratings: list, show', async () => {
    const rows = await z.satisfactionratings.list()
    same((await got(z.satisfactionratings.show(rows[0].id), 'satisfaction_rating')).id, rows[0].id, 'the id')
    return `${rows.length}`
  })
  await check('satisfaction ratings: received, since', async () => {
    const rows = await z.satisfactionratings.received()
    const rated = (await truth('satisfaction_ratings')).filter(({ score }) => ['good', 'bad'].includes(score))
    same(sorted(idsOf(rows)), sorted(idsOf(rated)), 'ids')
    // It gives nothing back: that it asked is all there is to see.
    await z.satisfactionratings.incremental(1_600_000_000)
    const asked = async () =>
      (await control('/requests')).requests.some(({ query }) => query.start_time === '1600000000')
    for (let tries = 0; tries < 3000 && !(await asked()); tries++) await new Promise((done) => setTimeout(done, 20))
    expect(await asked(), 'it did not ask')
  })
  await check('satisfaction ratings: create, as the requester', async () => {
    const other = traced(createClient({ ...options, token: endUserToken, oauth: true }))
    const me = await got(other.users.me(), 'user')
    const ticket = await newTicket('To be rated', { requester_id: me.id })
    const agent = await got(z.users.me(), 'user')
    await z.tickets.update(ticket.id, { ticket: { status: 'solved', assignee_id: agent.id } })
    await other.satisfactionratings.create(ticket.id, { satisfaction_rating: { score: 'good', comment: 'Nice' } })
    same((await got(z.tickets.show(ticket.id), 'ticket')).satisfaction_rating.score, 'good', 'the score')
  })
  await check('suspended tickets: list, show, recover, delete', async () => {
    const rows = await z.suspendedtickets.list()
    expect(rows.length >= 5, `only ${rows.length}`)
    same([await got(z.suspendedtickets.show(rows[0].id), 'suspended_ticket')].flat()[0].id, rows[0].id, 'the id')
    await z.suspendedtickets.recover(rows[0].id)
    await z.suspendedtickets.recoverMany([rows[1].id])
    await z.suspendedtickets.delete(rows[2].id)
    await z.suspendedtickets.deleteMany([rows[3].id])
    await z.suspendedtickets.attachments(rows[4].id)
    await z.suspendedtickets.exportTickets()
    await z.suspendedtickets.destroyMany([rows[4].id])
    const left = new Set(idsOf(await z.suspendedtickets.list()))
    same(
      rows.slice(0, 5).filter(({ id }) => left.has(id)),
      [],
      'left',
    )
  })
}

async function requests() {
  const other = traced(createClient({ ...options, token: endUserToken, oauth: true }))
  const me = await got(other.users.me(), 'user')
  await crud('requests', {
    key: 'request',
    create: () => other.requests.create({ request: { subject: 'I ask', comment: { body: 'Why?' } } }),
    show: (id) => other.requests.show(id),
    list: () => other.requests.list(),
    compare: { subject: 'I ask', description: 'Why?' },
    update: (id) => other.requests.update(id, { request: { comment: { body: 'How?' } } }),
    changes: {},
    within: async (id) => {
      await check('requests: comments', async () => {
        const pages = await other.requests.listComments(id)
        const rows = pages.flatMap((page) => page.comments ?? page)
        same(
          rows.map(({ body }) => body),
          ['Why?', 'How?'],
          'comments',
        )
        expect(JSON.stringify(await other.requests.getComment(id, rows[0].id)).includes('Why?'), 'another comment')
        same((await got(other.requests.getRequest(id), 'request')).id, id, 'the id')
      })
      await check('requests: lists', async () => {
        expect(idsOf(await other.requests.listOpen()).includes(id), 'it is not open')
        await other.requests.listCCD()
        await other.requests.listSolved()
        expect(idsOf(await z.requests.listByUser(me.id)).includes(id), 'not of the user')
        const firm = (await z.organizations.list())[0]
        await z.requests.listByOrganization(firm.id)
        const found = await got(other.requests.search({ query: 'ask' }), 'requests')
        expect(idsOf(found).includes(id), 'it is not found')
      })
    },
  })
}

async function attachments() {
  // A stream: a file that is named by its path would be sent as application/json, which it is not.
  const file = () => Readable.from(['plain words'])
  await check('attachments: upload, show, override', async () => {
    const { upload } = await z.attachments.upload(file(), { filename: 'file.txt' })
    const ticket = await newTicket('With a file')
    await z.tickets.update(ticket.id, { ticket: { comment: { body: 'Here', uploads: [upload.token] } } })
    const comment = (await z.tickets.getComments(ticket.id)).at(-1)
    same(
      comment.attachments.map(({ file_name: name, size }) => [name, size]),
      [['file.txt', 11]],
      'files',
    )
    const [{ id }] = comment.attachments
    same((await got(z.attachments.show(id), 'attachment')).file_name, 'file.txt', 'the name')
    await z.attachments.updateAttachmentForMalware(id, true)
    same((await got(z.attachments.show(id), 'attachment')).malware_access_override, true, 'the override')
  })
  await check('attachments: delete an upload', async () => {
    const { upload } = await z.attachments.upload(file(), { filename: 'file.txt' })
    await z.attachments.deleteUpload(upload.token)
  })
}

async function settings() {
  await check('account settings: show, update', async () => {
    expect((await got(z.accountsettings.show(), 'settings')).active_features, 'no active features')
    await z.accountsettings.update({ settings: { lotus: { prefer_lotus: true } } })
  })
  await crud('brands', {
    key: 'brand',
    create: () => z.brand.create({ brand: { name: 'Node brand', subdomain: 'node-brand' } }),
    show: (id) => z.brand.show(id),
    list: () => z.brand.list(),
    compare: { name: 'Node brand', subdomain: 'node-brand' },
    update: (id) => z.brand.update({ brand: { name: 'Edge brand' } }, id),
    changes: { name: 'Edge brand' },
    within: async (id) => {
      await check('brands: host mapping', async () => {
        await z.brand
          .checkHostMapping('help.example.com', 'node-brand')
          .catch((error) => expect(error.message.includes('422') || error.message.includes('400'), error.message))
        await z.brand.checkHostMappingForExistingBrand(id)
      })
    },
    remove: (id) => z.brand.delete(id),
  })
  await crud('custom roles', {
    key: 'custom_role',
    create: () =>
      z.customagentroles.create({ name: 'Node role', description: 'd', configuration: { ticket_access: 'all' } }),
    show: (id) => z.customagentroles.show(id),
    list: () => z.customagentroles.list(),
    compare: { name: 'Node role' },
    update: (id) => z.customagentroles.update(id, { name: 'Edge role' }),
    changes: { name: 'Edge role' },
    remove: (id) => z.customagentroles.delete(id),
  })
  await crud('installations', {
    key: 'installation',
    create: () => z.installations.create({ app_id: 225, settings: { name: 'Node app' } }),
    show: (id) => z.installations.show(id),
    list: () => z.installations.list(),
    compare: { app_id: 225, settings: { name: 'Node app' } },
    update: (id) => z.installations.update(id, { settings: { name: 'Edge app' } }),
    changes: { settings: { name: 'Edge app' } },
    remove: (id) => z.installations.delete(id),
  })
  await crud('sharing agreements', {
    key: 'sharing_agreement',
    create: () => z.sharingagreement.create({ remote_subdomain: 'foo' }),
    show: (id) => z.sharingagreement.showById(id),
    list: () => z.sharingagreement.show(),
    compare: {},
    update: (id) => z.sharingagreement.update(id, { status: 'accepted' }),
    changes: { status: 'accepted' },
    remove: (id) => z.sharingagreement.delete(id),
  })
  await crud('permission groups', {
    key: 'permission_group',
    create: () => z.permissiongroups.create({ permission_group: { name: 'Node editors', edit: [], publish: [] } }),
    show: (id) => z.permissiongroups.show(id),
    list: () => z.permissiongroups.list(),
    compare: { name: 'Node editors' },
    update: (id) => z.permissiongroups.update(id, { permission_group: { name: 'Edge editors' } }),
    changes: { name: 'Edge editors' },
    remove: (id) => z.permissiongroups.delete(id),
  })
}

async function oauth() {
  await crud('oauth clients', {
    key: 'client',
    create: () => z.oauthclients.create({ name: 'Node client', identifier: 'node_client', kind: 'confidential' }),
    show: (id) => z.oauthclients.show(id),
    list: () => z.oauthclients.list(),
    compare: { name: 'Node client', identifier: 'node_client' },
    update: (id) => z.oauthclients.update(id, { name: 'Edge client' }),
    changes: { name: 'Edge client' },
    within: async (id) => {
      await check('oauth: secret, tokens', async () => {
        expect((await got(z.oauthclients.generateSecret(id), 'client')).secret, 'no secret')
        const token = await got(z.oauthtokens.create({ token: { client_id: id, scopes: ['read'] } }), 'token')
        expect(
          idsOf(await z.oauthtokens.list()).includes(token.id) || (await z.oauthtokens.list())[0]?.tokens,
          'not listed',
        )
        same((await got(z.oauthtokens.show(token.id), 'token')).id, token.id, 'the id')
        await z.oauthtokens.revoke(token.id)
        await refused(z.oauthtokens.show(token.id), 404)
      })
    },
    remove: (id) => z.oauthclients.delete(id),
  })
  await check('oauth: the current token', async () => {
    const bearer = traced(createClient({ ...options, token: accessToken, oauth: true }))
    expect((await got(bearer.oauthtokens.current(), 'token')).id !== undefined, 'none')
  })
}

async function dynamicContent() {
  const item = {
    name: 'Node words',
    default_locale_id: 1,
    variants: [{ locale_id: 1, default: true, content: 'Hello' }],
  }
  await crud('dynamic content', {
    key: 'item',
    create: () => z.dynamiccontent.createItem({ item }),
    show: (id) => z.dynamiccontent.showItem(id),
    list: () => z.dynamiccontent.listAllItems(),
    compare: { name: 'Node words' },
    update: (id) => z.dynamiccontent.updateItem(id, { item: { name: 'Edge words' } }),
    changes: { name: 'Edge words' },
    within: async (id) => {
      await check('dynamic content: lists', async () => {
        expect(idsOf(await got(z.dynamiccontent.listItems(), 'items')).includes(id), 'it is not there')
        await z.dynamiccontent.showManyItems(['node_words'])
      })
      const api = z.dynamiccontentvariants
      await crud('dynamic content: variants', {
        key: 'variant',
        create: () => api.create(id, { variant: { locale_id: 16, content: 'Bonjour', active: true, default: false } }),
        show: (one) => api.show(id, one),
        list: () => api.list(id),
        compare: { content: 'Bonjour' },
        update: (one) => api.update(id, one, { variant: { content: 'Salut' } }),
        changes: { content: 'Salut' },
        remove: (one) => api.delete(id, one),
      })
      await check('dynamic content: many variants', async () => {
        await api.createMany(id, [{ locale_id: 8, content: 'Hallo', active: true, default: false }])
        const rows = await got(api.list(id), 'variants')
        await api.updateMany(
          id,
          rows.map((row) => ({ id: row.id, active: true })),
        )
        same(rows.length, 2, 'variants')
      })
    },
    remove: (id) => z.dynamiccontent.deleteItem(id),
  })
}

async function sideConversations() {
  const ticket = await newTicket('With a talk aside')
  const message = { subject: 'Aside', body: 'psst', to: [{ email: 'aside@example.org' }] }
  await crud('side conversations', {
    key: 'side_conversation',
    create: () => z.sideconversations.create(ticket.id, { message }),
    show: (id) => z.sideconversations.show(ticket.id, id),
    list: () => z.sideconversations.list(ticket.id),
    compare: { subject: 'Aside', ticket_id: ticket.id, state: 'open' },
    update: (id) => z.sideconversations.update(ticket.id, id, { side_conversation: { state: 'closed' } }),
    changes: { state: 'closed' },
    within: (id) =>
      check('side conversations: reply', async () => {
        await z.sideconversations.reply(ticket.id, id, { message: { body: 'hm' } })
      }),
  })
}

async function webhooks() {
  const webhook = {
    name: 'Node hook',
    endpoint: 'https://example.com/hook',
    http_method: 'POST',
    request_format: 'json',
    status: 'active',
    subscriptions: ['conditional_ticket_events'],
  }
  await crud('webhooks', {
    key: 'webhook',
    create: () => z.webhooks.create({ webhook }),
    show: (id) => z.webhooks.show(id),
    list: () => z.webhooks.list(),
    compare: { name: 'Node hook', status: 'active' },
    update: (id) => z.webhooks.update(id, { webhook: { ...webhook, name: 'Edge hook' } }),
    changes: { name: 'Edge hook' },
    within: async (id) => {
      await check('webhooks: patch', async () => {
        await z.webhooks.patch(id, { webhook: { status: 'inactive' } })
        same((await got(z.webhooks.show(id), 'webhook')).status, 'inactive', 'status')
      })
      await check('webhooks: signing secret', async () => {
        const { secret } = await got(z.webhooks.getSigningSecret(id), 'signing_secret')
        const other = await got(z.webhooks.resetSigningSecret(id), 'signing_secret')
        expect(secret && other.secret && other.secret !== secret, 'the secret stays')
      })
      await check('webhooks: test', async () => {
        const receiver = createServer((_, response) => response.end('heard')).listen(0, '127.0.0.1')
        await new Promise((resolve) => receiver.once('listening', resolve))
        const request = { ...webhook, endpoint: `http://127.0.0.1:${receiver.address().port}/hook`, payload: '{}' }
        for (const of of [undefined, id])
          same((await got(z.webhooks.test({ request }, of), 'response')).payload, 'heard', 'what came back')
        receiver.close()
      })
      await check('webhooks: invocations', async () => {
        const rows = await got(z.webhooks.listInvocations(id), 'invocations')
        expect(Array.isArray(rows), 'no list')
        if (rows.length > 0) await z.webhooks.listInvocationAttempts(id, rows[0].id)
        else await z.webhooks.listInvocationAttempts(id, 'none').catch(() => undefined)
      })
    },
    remove: (id) => z.webhooks.delete(id),
  })
}

async function talk() {
  const agent = (await z.users.listWithFilter('role', 'agent'))[0]
  const calls = {
    'current queue activity': () => z.voice.currentqueueactivity.show(),
    'historical queue activity': () => z.voice.historicalqueueactivity.show(),
    'greeting categories': () => z.voice.greetingcategories.list(),
    greetings: () => z.voice.greetings.list(),
    'phone numbers': () => z.voice.phonenumbers.list(),
    'agent activity': () => z.agentactivity.show(),
    availability: () => z.availabilities.show(agent.id),
  }
  for (const [name, call] of Object.entries(calls))
    await check(`talk: ${name}`, async () => expect(typeof (await got(call())) === 'object', 'nothing'))
  await check('talk: show a greeting, a number', async () => {
    const [greeting] = await got(z.voice.greetings.list(), 'greetings')
    expect((await got(z.voice.greetings.show(greeting.id), 'greeting')).id === greeting.id, 'another one')
    const [number] = await got(z.voice.phonenumbers.list(), 'phone_numbers')
    expect((await got(z.voice.phonenumbers.show(number.id), 'phone_number')).id === number.id, 'another one')
    const [category] = await got(z.voice.greetingcategories.list(), 'greeting_categories')
    const again = await got(z.voice.greetingcategories.show(category.id), 'greeting_category')
    same(again.name, category.name, 'the name of the category')
  })
  const numbers = z.voice.phonenumbers
  await crud('talk: phone numbers', {
    key: 'phone_number',
    create: async () => {
      const [free] = await got(numbers.search('415'), 'phone_numbers')
      return numbers.create({ phone_number: { token: free.token, nickname: 'Node line' } })
    },
    show: (id) => numbers.show(id),
    list: () => numbers.list(),
    compare: { nickname: 'Node line' },
    update: (id) => numbers.update(id, { phone_number: { nickname: 'Edge line' } }),
    changes: { nickname: 'Edge line' },
    remove: (id) => numbers.delete(id),
  })
  await check('talk: update an availability', async () => {
    await z.availabilities.update(agent.id, { availability: { agent_state: 'online', via: 'client' } })
    same((await got(z.availabilities.show(agent.id), 'availability')).agent_state, 'online', 'the state')
  })
}

// ---- Help Center

const kept = {}

async function guideStructure() {
  const h = z.helpcenter
  for (const [name, api] of [
    ['categories', h.categories],
    ['sections', h.sections],
    ['articles', h.articles],
  ])
    await check(`guide: ${name}: list`, async () => isTruth(await api.list(), name))
  const category = await got(
    h.categories.create({ category: { name: 'Nodes', locale: 'en-us', description: 'd' } }),
    'category',
  )
  await crud('guide: categories', {
    key: 'category',
    many: 'categories',
    create: () => h.categories.create({ category: { name: 'Edges', locale: 'en-us', description: 'e' } }),
    show: (id) => h.categories.show(id),
    list: () => h.categories.listWithLocale('en-us'),
    compare: { name: 'Edges', description: 'e' },
    update: (id) => h.categories.update(id, { category: { position: 9 } }),
    changes: { position: 9 },
    within: (id) =>
      check('guide: categories: source locale', async () => {
        await h.translations.createForCategory(id, { translation: { locale: 'da', title: 'Arêtes' } })
        await h.categories.updateSourceLocale(id, { category_locale: 'da' })
        same((await got(h.categories.show(id), 'category')).source_locale, 'da', 'source_locale')
        await h.categories.updateWithLocale('en-us', id, { category: { position: 4 } })
        same((await got(h.categories.show(id), 'category')).position, 4, 'position')
      }),
    remove: (id) => h.categories.delete(id),
  })
  const section = await got(h.sections.create(category.id, { section: { name: 'Leaves', locale: 'en-us' } }), 'section')
  Object.assign(kept, { category, section })
  await crud('guide: sections', {
    key: 'section',
    create: () => h.sections.createWithLocale('en-us', category.id, { section: { name: 'Roots' } }),
    show: (id) => h.sections.show(id),
    list: () => h.sections.listByCategory(category.id),
    compare: { name: 'Roots', category_id: category.id },
    update: (id) => h.sections.update(id, { section: { position: 9 } }),
    changes: { position: 9 },
    within: (id) =>
      check('guide: sections: by locale', async () => {
        expect(idsOf(await h.sections.listWithLocale('en-us')).includes(id), 'not in the locale')
        expect(idsOf(await h.sections.listByCategoryByLocale('en-us', category.id)).includes(id), 'not in the category')
        same((await got(h.sections.showWithLocale('en-us', id), 'section')).id, id, 'the id')
        await h.sections.updateWithLocale('en-us', id, { section: { position: 3 } })
        await h.translations.createForSection(id, { translation: { locale: 'da', title: 'Racines' } })
        await h.sections.updateSourceLocale(id, { section_locale: 'da' })
        same((await got(h.sections.show(id), 'section')).source_locale, 'da', 'source_locale')
      }),
    remove: (id) => h.sections.delete(id),
  })
  await check('guide: translations of categories and sections', async () => {
    for (const [one, kind] of [
      [category, 'Category'],
      [section, 'Section'],
    ]) {
      const made = await got(
        h.translations[`createFor${kind}`](one.id, { translation: { locale: 'da', title: 'Noeud' } }),
        'translation',
      )
      await h.translations[`updateFor${kind}`](one.id, 'da', { translation: { title: 'Nœud' } })
      const rows = await h.translations[`listBy${kind}`](one.id)
      same(rows.find(({ locale }) => locale === 'da').title, 'Nœud', 'the title')
      const { locales } = await got(h.translations[`listMissingLocalesBy${kind}`](one.id))
      expect(!locales.includes('da'), 'da is missing')
      await h.translations.delete(made.id)
    }
    expect((await got(h.translations.listLocales(), 'locales')).includes('en-us'), 'no en-us')
  })
}

async function guideArticles() {
  const h = z.helpcenter
  const { category } = kept
  const section = kept.section ?? (await h.sections.list())[0]
  const [permission] = await got(z.permissiongroups.list(), 'permission_groups')
  const article = {
    title: 'Of nodes',
    body: '<p>quixotic</p>',
    locale: 'en-us',
    user_segment_id: null,
    permission_group_id: permission?.id,
    label_names: ['nodal'],
  }
  await crud('guide: articles', {
    key: 'article',
    create: () => h.articles.create(section.id, { article }),
    show: (id) => h.articles.show(id),
    list: () => h.articles.list(),
    compare: { title: 'Of nodes', section_id: section.id, label_names: ['nodal'] },
    update: (id) => h.articles.update(id, { article: { promoted: true } }),
    changes: { promoted: true },
    within: async (id) => {
      await check('guide: articles: lists', async () => {
        const me = await got(z.users.me(), 'user')
        const lists = [
          ...[h.articles.listByLocale('en-us'), h.articles.listBySection(section.id), h.articles.listByUser(me.id)],
          ...[h.articles.listBySectionByLocale('en-us', section.id), h.articles.listByLabelNames(['nodal'])],
        ]
        if (category)
          lists.push(h.articles.listByCategory(category.id), h.articles.listByCategoryByLocale('en-us', category.id))
        for (const [nth, list] of (await Promise.all(lists)).entries())
          expect(idsOf(list).includes(id), `not in list ${nth}`)
        same((await got(h.articles.showWithLocale('en-us', id), 'article')).id, id, 'the id')
        await h.articles.updateWithLocale('en-us', id, { article: { position: 2 } })
        same((await got(h.articles.show(id), 'article')).position, 2, 'position')
      })
      await check('guide: articles: since', async () => {
        await advance(120)
        expect(idsOf(await h.articles.listSinceStartTime(1)).includes(id), 'it is not there')
      })
      await check('guide: articles: search', async () => {
        for (const call of [h.search.searchArticles('quixotic'), h.search.searchArticlesInLocale('quixotic', 'en-us')])
          expect(idsOf(await got(call, 'results')).includes(id), 'it is not found')
        expect(idsOf(await got(h.search.searchArticlesByLabels('nodal'), 'articles')).includes(id), 'not by its label')
      })
      await check('guide: labels', async () => {
        const made = await got(h.articlelabels.create(id, { label: { name: 'edgy' } }), 'label')
        same(
          sorted((await got(h.articlelabels.listByArticle(id), 'labels')).map(({ name }) => name)),
          ['edgy', 'nodal'],
          'labels',
        )
        expect((await got(h.articlelabels.list(), 'labels')).length >= 2, 'too few')
        same((await got(h.articlelabels.show(made.id), 'label')).name, 'edgy', 'the name')
        await h.articlelabels.delete(id, made.id)
      })
      await check('guide: comments', async () => {
        const api = h.articlecomments
        const one = await got(api.create(id, { comment: { body: 'Ah', locale: 'en-us' } }), 'comment')
        await api.update(id, one.id, { comment: { body: 'Oh' } })
        same((await got(api.show(id, one.id), 'comment')).body, 'Oh', 'the body')
        const pages = await api.listByArticle(id)
        same(
          pages.flatMap((page) => page.comments ?? page).map(({ id: each }) => each),
          [one.id],
          'ids',
        )
        await api.listByUser(one.author_id)
        await api.delete(id, one.id)
      })
      await check('guide: votes', async () => {
        const up = await got(h.votes.createUpVoteForArticle(id), 'vote')
        same((await got(h.votes.show(up.id), 'vote')).value, 1, 'the value')
        const down = await got(h.votes.createDownVoteForArticle(id), 'vote')
        same(
          (await got(h.votes.listByArticle(id), 'votes')).map(({ value }) => value),
          [-1],
          'votes',
        )
        await h.votes.listByUser(down.user_id)
        await h.votes.delete(down.id)
        same((await got(h.votes.listByArticle(id), 'votes')).length, 0, 'votes after')
      })
      await check('guide: subscriptions', async () => {
        const api = h.subscriptions
        const made = await got(
          api.createbyArticle(id, { subscription: { locale: 'en-us', include_comments: true } }),
          'subscription',
        )
        expect(idsOf(await api.listByArticle(id)).includes(made.id), 'it is not listed')
        same((await got(api.showbyArticle(id, made.id), 'subscription')).id, made.id, 'the id')
        await api.listByUser(made.user_id)
        await api.deletebyArticle(id, made.id)
        const other = await got(api.createbySection(section.id, { subscription: { locale: 'en-us' } }), 'subscription')
        expect(idsOf(await api.listBySection(section.id)).includes(other.id), 'it is not listed')
        same((await got(api.showbySection(section.id, other.id), 'subscription')).id, other.id, 'the id')
      })
      await check('guide: translations of articles', async () => {
        const api = h.translations
        const made = await got(
          api.createForArticle(id, { translation: { locale: 'da', title: 'Noeud', body: 'x' } }),
          'translation',
        )
        await api.updateForArticle(id, 'da', { translation: { title: 'Nœud' } })
        same((await got(api.show(id, 'da'), 'translation')).title, 'Nœud', 'the title')
        expect((await api.listByArticle(id)).length >= 2, 'too few')
        const { locales } = await got(api.listMissingLocalesByArticle(id))
        expect(!locales.includes('da'), 'da is missing')
        await api.delete(made.id)
      })
    },
    remove: (id) => h.articles.delete(id),
  })
  await check('guide: articles: create with a locale', async () => {
    const made = await got(
      h.articles.createWithLocale('en-us', section.id, { article: { ...article, locale: undefined } }),
      'article',
    )
    await h.articles.delete(made.id)
  })
  await check('guide: attachments', async () => {
    const rows = await truth('article_attachments')
    const { article_id: id } = rows.find(({ article_id: one }) => one !== null)
    const api = h.articleattachments
    const found = await got(api.list(id), 'article_attachments')
    same(sorted(idsOf(found)), sorted(idsOf(rows.filter((row) => row.article_id === id))), 'ids')
    same((await got(api.show(found[0].id), 'article_attachment')).id, found[0].id, 'the id')
    const parts = [
      ...(await got(api.listInline(id), 'article_attachments')),
      ...(await got(api.listBlock(id), 'article_attachments')),
    ]
    same(sorted(idsOf(parts)), sorted(idsOf(found)), 'inline and block ones')
    await z.helpcenter.articles.associateAttachmentsInBulk(id, { attachment_ids: [found[0].id] })
    await api.delete(found[0].id)
    expect(!idsOf(await got(api.list(id), 'article_attachments')).includes(found[0].id), 'it is there still')
  })
}

async function guideAccess() {
  const h = z.helpcenter
  const api = h.usersegments
  await crud('guide: user segments', {
    key: 'user_segment',
    create: () => api.create({ user_segment: { name: 'Nodes', user_type: 'signed_in_users', tags: [] } }),
    show: (id) => api.show(id),
    list: async () => [await api.list()].flat().flatMap((page) => page.user_segments ?? page),
    compare: { name: 'Nodes', user_type: 'signed_in_users' },
    update: (id) => api.update(id, { user_segment: { name: 'Edges' } }),
    changes: { name: 'Edges' },
    within: (id) =>
      check('guide: user segments: lists', async () => {
        await api.listApplicable()
        await api.listSections(id)
        await api.listTopics(id)
        await api.listByUser((await got(z.users.me(), 'user')).id)
      }),
    remove: (id) => api.delete(id),
  })
  await check('guide: access policy', async () => {
    const section = kept.section ?? (await h.sections.list())[0]
    await h.accesspolicies.update(section.id, { access_policy: { viewable_by: 'signed_in_users' } })
    same((await got(h.accesspolicies.show(section.id), 'access_policy')).viewable_by, 'signed_in_users', 'viewable_by')
  })
}

// ---- all of it

say(
  `# node-zendesk ${createRequire(import.meta.url)(join(given.client, 'package.json')).version}, Node ${process.version}`,
)
for (const [name, family] of Object.entries(families)) {
  try {
    await family()
  } catch (error) {
    await check(`${name}: goes on to its end`, () => {
      throw error
    })
  }
}
if (given.only === '') {
  const offered = callsOffered(client)
  const excused = (call) =>
    Object.keys(NOT_CALLED).find((name) => name === call || (name.endsWith('.*') && call.startsWith(name.slice(0, -1))))
  await check('every call that it offers is made or excused', () => {
    const missing = offered.filter((call) => !made.has(call) && !excused(call))
    expect(missing.length === 0, `never called: ${missing.join(', ')}`)
    return `${offered.filter((call) => made.has(call)).length} of ${offered.length} calls made`
  })
  await check('no excuse is left over', () => {
    const needed = new Set(offered.filter((call) => !made.has(call)).map(excused))
    const left = Object.keys(NOT_CALLED).filter((name) => !needed.has(name))
    expect(left.length === 0, `excused for nothing: ${left.join(', ')}`)
  })
}
for (const [call, why] of Object.entries(NOT_CALLED)) say(`--   node-zendesk: ${call}: ${why}`)
say(`# node-zendesk: ${passed} of ${passed + failed} checks passed`)
process.exit(failed === 0 ? 0 : 1)
