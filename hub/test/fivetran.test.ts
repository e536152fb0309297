// Fivetran's schema over the hub's tables, against the account.
import { afterAll, describe, expect, test } from 'vitest'
import { startSandbox } from 'zendesk-sandbox'
import { fivetran } from '../src/models/fivetran/fivetran.ts'
import { offsetsOf } from '../src/models/fivetran/offsets.ts'
import { makeModels } from '../src/models/make.ts'
import type { Warehouse } from '../src/warehouse/warehouse.ts'
import { configFor, DATABASES, load, sourceOf } from './support/here.ts'

// biome-ignore lint/suspicious/noExplicitAny: rows are what the tests look into
type Row = any

const STREAMS = [...new Set(fivetran.models.flatMap(({ from }) => from)), 'ticket_fields', 'ticket_events']
const hour = 3600

describe('offsets of a time zone', () => {
  const [from, to] = [Date.UTC(2024, 0, 1) / 1000, Date.UTC(2026, 0, 1) / 1000]
  const found = (zone: string) =>
    offsetsOf(zone, from, to).map((one) => [new Date(one.from * 1000).toISOString().slice(0, 16), one.minutes])

  test('by the name that Zendesk gives it, to the minute', () => {
    expect(found('Copenhagen')).toEqual([
      ['2024-01-01T00:00', 60],
      ['2024-03-31T01:00', 120],
      ['2024-10-27T01:00', 60],
      ['2025-03-30T01:00', 120],
      ['2025-10-26T01:00', 60],
    ])
    expect(found('Pacific Time (US & Canada)').slice(1, 3)).toEqual([
      ['2024-03-10T10:00', -420],
      ['2024-11-03T09:00', -480],
    ])
  })

  test('in the southern half, without daylight time, and of a name that nobody knows', () => {
    expect(found('Sydney').slice(0, 3)).toEqual([
      ['2024-01-01T00:00', 660],
      ['2024-04-06T16:00', 600],
      ['2024-10-05T16:00', 660],
    ])
    expect(found('Kathmandu')).toEqual([['2024-01-01T00:00', 345]])
    expect(found('Nowhere')).toEqual([])
  })
})

describe('the views', async () => {
  const sandbox = await startSandbox({ tickets: 60, seed: 8 })
  afterAll(() => sandbox.close())
  const { account } = sandbox
  const deleted = account.createTicket({ subject: 'Gone', tags: ['x'] })
  account.advance(2 * hour)
  const rows = (stream: string): Row[] => [...account.truth(stream).live.values()]

  describe.each(DATABASES)('%s', (_, make, skip) => {
    const withViews = async (work: (warehouse: Warehouse, read: (sql: string) => Promise<Row[]>) => Promise<void>) => {
      const database = await make()
      const warehouse = await database.open()
      try {
        await load(await sourceOf(configFor(sandbox)), warehouse, { streams: STREAMS })
        const { left } = await makeModels(warehouse, fivetran)
        expect(left).toEqual([])
        await work(warehouse, async (sql) => [...(await warehouse.rows(sql))])
      } finally {
        await warehouse.close()
        await database.remove()
      }
    }

    test.skipIf(skip)('have what the account has, and follow it', () =>
      withViews(async (warehouse, read) => {
        for (const { name } of fivetran.models) await read(`select * from zendesk_fivetran."${name}" limit 3`)
        const count = async (view: string, where = 'true') =>
          Number((await read(`select count(*) as n from zendesk_fivetran."${view}" where ${where}`))[0].n)
        expect(await count('ticket_comment')).toBe(rows('ticket_comments').length)
        expect(await count('ticket_tag')).toBe(rows('tickets').flatMap(({ tags }) => tags).length)
        const assigned = rows('ticket_audits').flatMap(({ events }) =>
          events.filter(({ type }: Row) => type === 'ScheduleAssignment'),
        )
        expect(assigned.length).toBeGreaterThan(0)
        expect(await count('ticket_schedule')).toBe(assigned.length)
        expect(await count('schedule')).toBe(rows('schedules').flatMap(({ intervals }) => intervals).length)
        const [{ year }] = await read(
          `select max("year") as "year" from zendesk_fivetran.daylight_time where time_zone = 'Copenhagen' and daylight_offset = 1`,
        )
        expect(year).toBeGreaterThan(new Date().getUTCFullYear() + 8)

        // A history has one value for a field in a second, and SLA targets once.
        const [twice] = await read(`select count(*) as n from (select ticket_id, field_name, updated
          from zendesk_fivetran.ticket_field_history group by 1, 2, 3 having count(*) > 1) as t`)
        expect(Number(twice.n)).toBe(0)
        const targets = async () =>
          await count('ticket_field_history', "field_name = 'first_reply_time' and value is not null")
        const told = await targets()
        expect(told).toBeGreaterThan(5)
        const { schema } = warehouse
        await warehouse.run(
          `delete from ${schema}.ticket_field_history where field_name like '%_time' or field_name = 'sla_policy'`,
        )
        expect(await targets()).toBe(told)

        // What was deleted is marked; a policy that changed is there in both versions.
        account.deleteTicket(deleted)
        const [policy] = rows('sla_policies')
        account.updateRecord('sla_policies', policy.id, { title: 'Renamed' })
        account.advance(hour)
        await load(await sourceOf(configFor(sandbox)), warehouse, { streams: STREAMS })
        expect(await read(`select status from zendesk_fivetran.ticket where id = ${deleted}`)).toEqual([
          { status: 'deleted' },
        ])
        expect(await count('ticket_tag', `ticket_id = ${deleted}`)).toBe(0)
        const versions = await read(
          `select distinct sla_policy_updated_at from zendesk_fivetran.sla_policy_metric_history where sla_policy_id = ${policy.id}`,
        )
        expect(versions.length).toBe(2)
        account.restoreTicket(deleted)
        account.advance(hour)
      }),
    )
  })
})
