import { expect, test } from 'vitest'
import type { Account, TruthStream } from '../src/index.ts'
import { startSandbox } from '../src/index.ts'
import { type Body, openSandbox } from './calls.ts'

const rows = (account: Account, stream: TruthStream): Body[] => [...account.truth(stream).live.values()]

const isTarget = (field: unknown): boolean => field === 'sla_policy' || /_time$/.test(String(field))

/** Every broken promise of an account: what refers to nothing, and what its history doesn't lead to. */
function faultsOf(account: Account): string[] {
  const wrong: string[] = []
  const all = (stream: TruthStream) => new Set([...account.truth(stream).live.keys(), ...account.truth(stream).deleted])
  const [users, organizations, groups, forms, fields, tickets] = (
    ['users', 'organizations', 'groups', 'ticket_forms', 'ticket_fields', 'tickets'] as const
  ).map(all) as [Set<number>, Set<number>, Set<number>, Set<number>, Set<number>, Set<number>]
  const known = (where: string, id: number | null, among: Set<number>) => {
    if (id !== null && id !== -1 && !among.has(id)) wrong.push(`${where}: ${id} is not there`)
  }
  const { live, deleted } = account.truth('sla_policies')
  const policies = new Set([...live.keys(), ...deleted].map(Number))
  const audits = Map.groupBy(rows(account, 'ticket_audits'), (row) => row.ticket_id)
  const sets = new Map(rows(account, 'ticket_metrics').map((row) => [row.ticket_id, row]))
  const comments = Map.groupBy(rows(account, 'ticket_comments'), (row) => row.ticket_id)

  for (const ticket of rows(account, 'tickets')) {
    const at = `ticket ${ticket.id}`
    for (const key of ['requester_id', 'submitter_id', 'assignee_id']) known(`${at} ${key}`, ticket[key], users)
    for (const id of ticket.collaborator_ids) known(`${at} collaborator`, id, users)
    known(`${at} organization`, ticket.organization_id, organizations)
    known(`${at} group`, ticket.group_id, groups)
    known(`${at} form`, ticket.ticket_form_id, forms)
    known(`${at} problem`, ticket.problem_id, tickets)
    for (const { id } of ticket.custom_fields) known(`${at} custom field`, id, fields)

    const history = audits.get(ticket.id) ?? []
    const replayed = new Map<string, unknown>()
    for (const audit of history) {
      known(`${at} audit author`, audit.author_id, users)
      for (const event of audit.events) {
        if (event.type === 'Create') replayed.set(event.field_name, event.value)
        if (event.type === 'Change') {
          const before = replayed.get(event.field_name)
          if (isTarget(event.field_name)) known(`${at} SLA policy`, event.via.source.from.id, policies)
          if (before !== undefined && JSON.stringify(before) !== JSON.stringify(event.previous_value))
            wrong.push(`${at} ${event.field_name}: previous value is not the one before`)
          replayed.set(event.field_name, event.value)
        }
        if (event.type === 'Notification') for (const id of event.recipients) known(`${at} recipient`, id, users)
      }
    }
    const asText = (value: unknown) => JSON.stringify(typeof value === 'number' ? String(value) : value)
    const custom = new Map(ticket.custom_fields.map(({ id, value }: Body) => [String(id), value]))
    for (const [field, value] of replayed) {
      // Targets of SLA policies are in audits alone.
      if (isTarget(field)) continue
      if (/^\d+$/.test(field) && !custom.has(field)) continue
      const present = custom.has(field)
        ? custom.get(field)
        : field === 'satisfaction_score'
          ? ticket.satisfaction_rating.score
          : ticket[field]
      if (asText(present) !== asText(value)) wrong.push(`${at} ${field}: ${asText(present)} after ${asText(value)}`)
    }
    for (const [field, value] of custom)
      if (!replayed.has(String(field)) && value !== null && value !== false)
        wrong.push(`${at} ${field}: out of nothing`)

    const last = history.at(-1)
    if (last?.created_at !== ticket.updated_at) wrong.push(`${at}: updated_at is not its last audit's`)
    if (history[0]?.created_at !== ticket.created_at) wrong.push(`${at}: created_at is not its first audit's`)
    if (ticket.generated_timestamp < Date.parse(ticket.updated_at) / 1000) wrong.push(`${at}: generated too early`)
    const inAudits = history.flatMap((audit) => audit.events).filter((event) => 'html_body' in event)
    const told = comments.get(ticket.id) ?? []
    if (JSON.stringify(told.map(({ id }) => id)) !== JSON.stringify(inAudits.map(({ id }) => id)))
      wrong.push(`${at}: comments are not its audits'`)
    if (inAudits[0]?.body !== ticket.description) wrong.push(`${at}: description is not its first comment`)
    if (ticket.is_public !== inAudits.some((event) => event.public)) wrong.push(`${at}: is_public`)

    const set = sets.get(ticket.id)
    const solved = replayed.get('status') === 'solved' || replayed.get('status') === 'closed'
    if (set === undefined) wrong.push(`${at}: no metrics`)
    else if (solved !== (set.solved_at != null)) wrong.push(`${at}: solved_at ${set.solved_at}`)
  }
  for (const user of rows(account, 'users')) {
    known(`user ${user.id} organization`, user.organization_id, organizations)
    known(`user ${user.id} group`, user.default_group_id, groups)
  }
  for (const form of rows(account, 'ticket_forms')) {
    for (const id of form.ticket_field_ids)
      if (!account.truth('ticket_fields').live.has(id)) wrong.push(`form ${form.id}`)
    for (const condition of [...form.agent_conditions, ...form.end_user_conditions])
      known(`form ${form.id} condition`, condition.parent_field_id, fields)
  }
  for (const event of rows(account, 'ticket_metric_events')) known('metric event', event.ticket_id, tickets)
  return [...wrong, ...loose(account)]
}

/** What hangs on a record that is gone. */
function loose(account: Account): string[] {
  const live = (name: string) => account.truth(name as TruthStream).live as ReadonlyMap<unknown, Body>
  const hangs: [table: string, key: string, on: string][] = [
    ['organization_memberships', 'user_id', 'users'],
    ['organization_memberships', 'organization_id', 'organizations'],
    ['group_memberships', 'user_id', 'users'],
    ['group_memberships', 'group_id', 'groups'],
    ['user_identities', 'user_id', 'users'],
    ['sections', 'category_id', 'categories'],
    ['articles', 'section_id', 'sections'],
    ['article_translations', 'source_id', 'articles'],
    ['article_comments', 'source_id', 'articles'],
    ['article_votes', 'item_id', 'articles'],
    ['article_comment_votes', 'item_id', 'article_comments'],
    ['posts', 'topic_id', 'topics'],
    ['post_comments', 'post_id', 'posts'],
    ['post_votes', 'item_id', 'posts'],
    ['post_comment_votes', 'item_id', 'post_comments'],
    ['side_conversations', 'ticket_id', 'tickets'],
    ['side_conversation_events', 'side_conversation_id', 'side_conversations'],
    ['call_legs', 'call_id', 'calls'],
  ]
  const wrong = hangs.flatMap(([table, key, on]) => {
    const there = live(on)
    return [...live(table).values()]
      .filter((row) => row[key] !== null && !there.has(row[key]))
      .map((row) => `${table} ${row.id}: there is no ${key} ${row[key]}`)
  })
  for (const votes of ['article_votes', 'article_comment_votes', 'post_votes', 'post_comment_votes']) {
    const cast = [...live(votes).values()].map((row) => `${row.item_id} ${row.user_id}`)
    if (new Set(cast).size !== cast.length) wrong.push(`${votes}: somebody voted twice`)
  }
  const reached = new Set([...live('user_identities').values()].flatMap((one) => (one.primary ? [one.user_id] : [])))
  for (const user of live('users').values())
    if (user.email !== null && !reached.has(user.id)) wrong.push(`user ${user.id}: no primary identity`)
  return wrong
}

test.each([1, 2, 3])('the account of seed %i is consistent, and stays so while it changes', async (seed) => {
  const { account } = await openSandbox({ tickets: 500, seed })
  expect(faultsOf(account)).toEqual([])
  for (const round of [1, 2, 3]) {
    const done = account.changeAtRandom(150, seed * 10 + round)
    expect(Object.values(done).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(130)
    account.advance(86_400)
  }
  expect(faultsOf(account)).toEqual([])
})

/** What changes in every account, day by day. What is set up once and for all is not among it. */
const LIVELY = [
  ...['tickets', 'ticket_metrics', 'ticket_audits', 'ticket_comments', 'ticket_metric_events', 'ticket_events'],
  ...['deleted_tickets', 'satisfaction_ratings', 'ticket_activities', 'ticket_skips', 'suspended_tickets', 'tags'],
  ...['users', 'user_identities', 'organizations', 'organization_memberships', 'groups', 'group_memberships'],
  ...['ticket_fields', 'ticket_forms', 'macros', 'triggers', 'automations', 'views', 'user_fields', 'sla_policies'],
  ...['audit_logs', 'routing_instance_values', 'custom_object_vehicle_records', 'calls', 'call_legs'],
  ...['side_conversations', 'side_conversation_events', 'categories', 'sections', 'articles', 'article_translations'],
  ...['article_comments', 'article_votes', 'subscriptions', 'topics', 'posts', 'post_comments', 'post_votes'],
]

test('by itself, every kind of record changes', async () => {
  const { account } = await openSandbox({ tickets: 150, seed: 4, now: 1_760_000_000, frozen: true })
  const picture = (name: string) => {
    const { live, deleted } = account.truth(name as TruthStream)
    return { text: JSON.stringify([...live]), size: live.size, deleted: deleted.size }
  }
  const before = new Map(LIVELY.map((name) => [name, picture(name)]))
  const done: Record<string, number> = {}
  for (let round = 1; round <= 10; round++) {
    for (const [kind, count] of Object.entries(account.changeAtRandom(300, round)))
      done[kind] = (done[kind] ?? 0) + count
    account.advance(3600)
  }
  expect(faultsOf(account)).toEqual([])
  const still = LIVELY.filter((name) => JSON.stringify(picture(name)) === JSON.stringify(before.get(name)))
  expect(still).toEqual([])
  // Nearly each kind of change was possible, and the frequent ones were made often.
  expect(Object.keys(done).length).toBeGreaterThan(65)
  expect(done['updateTicket']).toBeGreaterThan(400)
})

test('the same seed gives the same account; another seed another', async () => {
  const truth = async (seed: number) => {
    const sandbox = await startSandbox({ tickets: 60, seed, now: 1_760_000_000, frozen: true })
    const text = JSON.stringify(
      ['tickets', 'ticket_audits', 'users'].map((one) => [...sandbox.account.truth(one as 'users').live]),
    )
    await sandbox.close()
    return text.replaceAll(sandbox.url, '')
  }
  expect(await truth(1)).toBe(await truth(1))
  expect(await truth(1)).not.toBe(await truth(2))
})

test('it is as wild as reality', async () => {
  const { account } = await openSandbox({ tickets: 2000, seed: 9 })
  const tickets = rows(account, 'tickets')
  const audits = rows(account, 'ticket_audits')
  const comments = rows(account, 'ticket_comments')
  const count = <T>(items: readonly T[], fits: (item: T) => boolean) => items.filter(fits).length
  const texts = comments.map(({ body }) => body as string)
  for (const pattern of [/\p{Extended_Pictographic}/u, /[\u0590-\u06ff]/, /\u2028/, /<script>/, /^.{59000}/s])
    expect(
      count(texts, (text) => pattern.test(text)),
      String(pattern),
    ).toBeGreaterThan(0)
  expect(count(comments, ({ event_type }) => event_type === 'VoiceComment')).toBeGreaterThan(20)
  expect(count(comments, (row) => row.public === false)).toBeGreaterThan(100)
  expect(count(comments, (row) => row.attachments.length > 0)).toBeGreaterThan(50)
  const ofStatus = (status: string) => count(tickets, (row) => row.status === status)
  for (const status of ['new', 'open', 'pending', 'hold', 'solved', 'closed'])
    expect(ofStatus(status), status).toBeGreaterThan(5)
  expect(count(tickets, (row) => row.problem_id !== null)).toBeGreaterThan(20)
  expect(count(tickets, (row) => row.has_incidents)).toBeGreaterThan(5)
  expect(count(tickets, (row) => row.tags.includes('closed_by_merge'))).toBeGreaterThan(3)
  expect(account.truth('tickets').deleted.size).toBeGreaterThan(5)
  expect(count(audits, (row) => row.events.some((event: Body) => event.previous_value === 'deleted'))).toBeGreaterThan(
    0,
  )
  expect(Math.max(...tickets.map(({ id }) => id))).toBeLessThanOrEqual(2000)
  for (const { id } of [...audits, ...rows(account, 'users'), ...rows(account, 'ticket_metrics')])
    expect(String(id)).toHaveLength(14)
  const users = rows(account, 'users')
  expect(count(users, (row) => row.suspended)).toBeGreaterThan(0)
  expect(account.truth('users').deleted.size).toBeGreaterThan(3)
  const old = account.now() - 120 * 86_400
  expect(count(tickets, (row) => Date.parse(row.created_at) / 1000 < old)).toBeGreaterThan(1000)
})
