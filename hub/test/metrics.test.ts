// Support metrics over the hub's tables, against Zendesk's own metric sets, events and audits of the account.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSandbox } from 'zendesk-sandbox'
import { makeModels } from '../src/models/make.ts'
import { metrics } from '../src/models/metrics/metrics.ts'
import { TIMES } from '../src/models/metrics/tickets.ts'
import type { Warehouse } from '../src/warehouse/warehouse.ts'
import { configFor, DATABASES, load, sourceOf, type TestDatabase } from './support/here.ts'

// biome-ignore lint/suspicious/noExplicitAny: rows are what the tests look into
type Row = any

const STREAMS = [
  ...new Set(metrics.models.flatMap(({ from, also }) => [...from, ...Object.keys(also ?? {})])),
  'ticket_audits',
]
const DAY = 86_400_000

const sandbox = await startSandbox({ tickets: 80, seed: 8 })
afterAll(() => sandbox.close())
const { account } = sandbox
account.advance(3600)
const rows = (stream: string): Row[] => [...account.truth(stream).live.values()]
// One was opened again, one was deleted, one is new.
const again = account.createTicket({ subject: 'Again', status: 'solved' })
const gone = account.createTicket({ subject: 'Gone' })
account.advance(3600)
account.updateTicket(again, { status: 'open' })
account.deleteTicket(gone)
account.advance(3 * 3600)

const tickets = new Map(rows('tickets').map((ticket) => [ticket.id, ticket]))
const sets = rows('ticket_metrics').map((set) => ({ ...set, ticket: tickets.get(set.ticket_id) }))
const names = (stream: string) => new Map(rows(stream).map(({ id, name }) => [id, name]))
const isSolved = (status: string) => status === 'solved' || status === 'closed'

const median = (values: readonly number[]) => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  return sorted.length === 0 ? null : (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2
}

/** Of each status that a ticket had: when it came, as audits say. */
const statuses = rows('ticket_audits')
  .filter(({ ticket_id }) => tickets.has(ticket_id))
  .toSorted((a, b) => a.created_at.localeCompare(b.created_at) || a.id - b.id)
  .flatMap(({ ticket_id, created_at, events }) =>
    events
      .filter(({ field_name, type }: Row) => field_name === 'status' && (type === 'Create' || type === 'Change'))
      .map(({ value }: Row) => ({ ticket: ticket_id, at: Date.parse(created_at), isOpen: !isSolved(value) })),
  )

/** How many tickets were not solved at a time, of those that are there today. */
function backlogAt(time: number, counts: (ticket: number) => boolean): number {
  const last = new Map<number, boolean>()
  for (const { ticket, at, isOpen } of statuses) if (at < time && counts(ticket)) last.set(ticket, isOpen)
  return [...last.values()].filter(Boolean).length
}

describe.each(DATABASES)('%s', (_, make, skip) => {
  let database: TestDatabase
  let warehouse: Warehouse
  const read = async (sql: string): Promise<Row[]> => [...(await warehouse.rows(sql))]

  beforeAll(async () => {
    if (skip) return
    database = await make()
    warehouse = await database.open()
    await load(await sourceOf(configFor(sandbox)), warehouse, { streams: STREAMS })
    expect(await makeModels(warehouse, metrics)).toMatchObject({ left: [], without: [] })
  })
  afterAll(async () => {
    await warehouse?.close()
    await database?.remove()
  })

  test.skipIf(skip)('each view has the columns that its documentation names', async () => {
    for (const { name, columns } of metrics.models) {
      const [row] = await read(`select * from zendesk_metrics.${name} limit 1`)
      expect([name, Object.keys(row)]).toEqual([name, Object.keys(columns!)])
    }
  })

  test.skipIf(skip)('every ticket has the numbers of its metric set', async () => {
    const found = new Map((await read('select * from zendesk_metrics.tickets')).map((row) => [row.ticket_id, row]))
    expect(found.size).toBe(tickets.size)
    const [brands, groups, forms] = [names('brands'), names('groups'), names('ticket_forms')]
    for (const set of sets) {
      const row = found.get(set.ticket_id)
      const times = Object.entries(TIMES).flatMap(([name, column]) => [
        [`${name}_calendar`, set[column].calendar],
        [`${name}_business`, set[column].business],
      ])
      const { ticket } = set
      expect(row).toMatchObject({ ...Object.fromEntries(times), replies: set.replies, reopens: set.reopens })
      const { score } = ticket.satisfaction_rating ?? {}
      expect(row).toMatchObject({
        is_solved: isSolved(ticket.status),
        brand: brands.get(ticket.brand_id) ?? null,
        group_name: groups.get(ticket.group_id) ?? null,
        form: forms.get(ticket.ticket_form_id) ?? null,
        satisfaction: ['good', 'bad'].includes(score) ? score : null,
      })
    }
  })

  test.skipIf(skip)('measures of a group are those of its metric sets; weeks make up the whole', async () => {
    const brands = names('brands')
    const found = await read('select * from zendesk_metrics.by_dimension')
    const expected = (all: Row[]) => {
      const values = (column: string, hours: string) =>
        all.map((set) => set[column][hours]).filter((value) => value !== null)
      const scores = all.map(({ ticket }) => ticket.satisfaction_rating?.score)
      const [good, bad] = ['good', 'bad'].map((score) => scores.filter((one) => one === score).length)
      const solvedOnce = all.filter((set) => set.first_resolution_time_in_minutes.calendar !== null).length
      const reopened = all.filter(({ reopens }) => reopens > 0).length
      return {
        tickets: all.length,
        solved: all.filter(({ ticket }) => isSolved(ticket.status)).length,
        reopened,
        reopen_rate: solvedOnce === 0 ? null : expect.closeTo(reopened / solvedOnce, 9),
        ...{ good, bad, satisfaction: good! + bad! === 0 ? null : expect.closeTo(good! / (good! + bad!), 9) },
        first_reply_calendar: median(values('reply_time_in_minutes', 'calendar')),
        first_reply_business: median(values('reply_time_in_minutes', 'business')),
        full_resolution_calendar: median(values('full_resolution_time_in_minutes', 'calendar')),
        full_resolution_business: median(values('full_resolution_time_in_minutes', 'business')),
      }
    }
    expect(found.find(({ dimension }) => dimension === 'all')).toMatchObject(expected(sets))
    expect(expected(sets).reopened).toBeGreaterThan(0)
    const byBrand = Map.groupBy(sets, ({ ticket }) => brands.get(ticket.brand_id) ?? null)
    expect(found.filter(({ dimension }) => dimension === 'brand').length).toBe(byBrand.size)
    for (const [brand, all] of byBrand)
      expect(found.find(({ dimension, name }) => dimension === 'brand' && name === brand)).toMatchObject(expected(all))
    const [weeks] = await read("select sum(tickets) as n from zendesk_metrics.by_week where dimension = 'group'")
    expect(Number(weeks.n)).toBe(sets.length)
  })

  test.skipIf(skip)('the backlog of each day is what audits say, and today what is not solved', async () => {
    const sum =
      'cast(day as varchar) as day, sum(backlog) as backlog, sum(created) as created, sum(reopened) as reopened'
    const days = await read(`select ${sum} from zendesk_metrics.backlog_by_day group by day order by day`)
    expect(Number(days.at(-1).backlog)).toBe([...tickets.values()].filter(({ status }) => !isSolved(status)).length)
    expect(days.reduce((total, { created }) => total + Number(created), 0)).toBe(tickets.size)
    const nth = Math.ceil(days.length / 60)
    for (const { day, backlog } of days.filter((_, at) => at % nth === 0 || at > days.length - 4))
      expect([day, Number(backlog)]).toEqual([day, backlogAt(Date.parse(day) + DAY, () => true)])
    expect(days.reduce((total, { reopened }) => total + Number(reopened), 0)).toBeGreaterThan(0)
    const [brand] = rows('brands')
    const ofBrand = await read(`select sum(backlog) as backlog from zendesk_metrics.backlog_by_day
      where brand = '${brand.name.replaceAll("'", "''")}' and day = (select max(day) from zendesk_metrics.backlog_by_day)`)
    expect(Number(ofBrand[0].backlog)).toBe(
      backlogAt(Number.POSITIVE_INFINITY, (ticket) => tickets.get(ticket).brand_id === brand.id),
    )
  })

  test.skipIf(skip)('a ticket whose history has no beginning is counted by its metric set', async () => {
    const { schema } = warehouse
    const last = async () =>
      await read(
        `select sum(created) as created, sum(solved) as solved, sum(reopened) as reopened from zendesk_metrics.backlog_by_day`,
      )
    const [before] = await last()
    await warehouse.run(`create table ${schema}.kept as select * from ${schema}.ticket_field_history`)
    await warehouse.run(
      `delete from ${schema}.ticket_field_history where field_name = 'status' and event_type = 'Create'`,
    )
    const [after] = await last()
    expect(Number(after.created)).toBe(Number(before.created))
    expect(Number(after.solved)).toBe([...tickets.values()].filter(({ status }) => isSolved(status)).length)
    expect(Number(after.reopened)).toBe(0)
    await warehouse.run(`delete from ${schema}.ticket_field_history`)
    await warehouse.run(`insert into ${schema}.ticket_field_history select * from ${schema}.kept`)
    await warehouse.run(`drop table ${schema}.kept`)
  })

  test.skipIf(skip)('SLA targets are those that Zendesk set, and those are missed that it says', async () => {
    const events = rows('ticket_metric_events').filter(({ ticket_id, deleted }) => tickets.has(ticket_id) && !deleted)
    const keyOf = ({ ticket_id, metric, instance_id }: Row) => `${ticket_id} ${metric} ${instance_id}`
    const targets = new Set(events.filter(({ type }) => type === 'apply_sla').map(keyOf))
    const missed = new Set(
      events.filter(({ type, time }) => type === 'breach' && Date.parse(time) <= Date.now()).map(keyOf),
    )
    const found = await read('select * from zendesk_metrics.sla_targets')
    expect(found.map(keyOf).toSorted()).toEqual([...targets].toSorted())
    const breached = found.filter(({ is_breached }) => is_breached)
    expect(breached.length).toBeGreaterThan(10)
    expect(breached.map(keyOf).toSorted()).toEqual([...missed].filter((key) => targets.has(key)).toSorted())
    const [all] = await read(
      "select sla_targets, sla_breached from zendesk_metrics.by_dimension where dimension = 'all'",
    )
    expect(all).toEqual({ sla_targets: found.length, sla_breached: breached.length })
    for (const row of found) {
      const applied = events.filter((event) => event.type === 'apply_sla' && keyOf(event) === keyOf(row))
      const { sla } = applied.toSorted((a, b) => a.time.localeCompare(b.time) || a.id - b.id).at(-1)
      expect([row.target_minutes, row.is_business, row.policy]).toEqual([
        sla.target,
        sla.business_hours,
        sla.policy.title,
      ])
    }
  })

  test.skipIf(skip)('agents have the tickets that are assigned to them', async () => {
    const agents = names('users')
    const byAgent = Map.groupBy(tickets.values(), ({ assignee_id }) => assignee_id)
    const found = await read('select * from zendesk_metrics.agent_load')
    expect(found.length).toBe(byAgent.size)
    for (const row of found) {
      const all = byAgent.get(row.agent_id)!
      const of = (status: string) => all.filter((ticket) => ticket.status === status).length
      expect(row).toMatchObject({
        agent: agents.get(row.agent_id) ?? null,
        ...{ new: of('new'), open: of('open'), pending: of('pending'), hold: of('hold') },
        solved: of('solved') + of('closed'),
      })
    }
  })
})
