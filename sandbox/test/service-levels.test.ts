// Business hours and service levels, against the documentation and against hours that are counted minute by minute.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BusinessHours, businessHours } from '../src/account/service-levels/business-hours.ts'
import { type Body, get, openSandbox } from './calls.ts'
import { send } from './send.ts'

const WEEK = [1, 2, 3, 4, 5].map((day) => ({ from: day * 1440 + 540, to: day * 1440 + 1020 }))
const seconds = (time: string): number => Date.parse(time) / 1000
const minutes = (hours: BusinessHours, from: string, to: string): number =>
  hours.between(seconds(from), seconds(to)) / 60

describe('business hours', () => {
  const office = businessHours({ timeZone: 'Copenhagen', intervals: WEEK, holidays: [] })

  test.each([
    // Nine o'clock in Copenhagen is eight in winter and seven in summer.
    ['2026-01-05T08:00:00Z', '2026-01-05T08:30:00Z', 30],
    ['2026-07-06T06:30:00Z', '2026-07-06T07:30:00Z', 30],
    ['2026-01-05T15:50:00Z', '2026-01-06T08:10:00Z', 20],
    // Friday afternoon to Monday morning, over the night in which the clocks change.
    ['2026-03-27T15:30:00Z', '2026-03-30T07:30:00Z', 60],
    ['2026-01-10T00:00:00Z', '2026-01-11T20:00:00Z', 0],
    ['2026-01-05T10:00:00Z', '2026-01-05T09:00:00Z', 0],
  ])('from %s to %s are %d minutes', (from, to, expected) => expect(minutes(office, from, to)).toBe(expected))

  test('holidays are closed, to their last day', () => {
    const holidays = [{ first: '2025-12-24', last: '2025-12-26' }]
    const hours = businessHours({ timeZone: 'Copenhagen', intervals: WEEK, holidays })
    expect(minutes(hours, '2025-12-23T15:00:00Z', '2025-12-29T09:00:00Z')).toBe(120)
  })

  test('an interval that ends at midnight goes on in the next; a day of 23 hours has 23', () => {
    const always = businessHours({ timeZone: 'Paris', intervals: [{ from: 0, to: 10_080 }], holidays: [] })
    expect(minutes(always, '2026-03-28T00:00:00Z', '2026-03-31T00:00:00Z')).toBe(3 * 1440)
  })

  test('they are what counting minute by minute gives, and `after` undoes `between`', () => {
    const zones = ['Copenhagen', 'Pacific Time (US & Canada)', 'Kathmandu', 'Sydney']
    const range = { min: seconds('2024-01-01T00:00:00Z'), max: seconds('2026-12-01T00:00:00Z') }
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer(range),
        fc.integer({ min: 0, max: 4000 }),
        (zone, at, length) => {
          const from = Math.floor(at / 60) * 60
          const hours = businessHours({
            timeZone: zone,
            intervals: WEEK,
            holidays: [{ first: '2025-06-10', last: '2025-06-12' }],
          })
          const counted = Array.from({ length }, (_, nth) => from + nth * 60).filter((minute) => isOpen(zone, minute))
          expect(hours.between(from, from + length * 60)).toBe(counted.length * 60)
          const after = hours.after(from, counted.length * 60)!
          expect(hours.between(from, after)).toBe(counted.length * 60)
          expect(hours.between(from, after + 60)).toBe(counted.length * 60 + 60)
        },
      ),
      { numRuns: 25 },
    )
  })
})

const IANA: Readonly<Record<string, string>> = {
  Copenhagen: 'Europe/Copenhagen',
  'Pacific Time (US & Canada)': 'America/Los_Angeles',
  Kathmandu: 'Asia/Kathmandu',
  Sydney: 'Australia/Sydney',
}
const formats = new Map<string, Intl.DateTimeFormat>()

function isOpen(zone: string, minute: number): boolean {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone: IANA[zone]!, dateStyle: 'short', timeStyle: 'short' })
  formats.set(zone, format)
  const [date = '', time = ''] = format.format(minute * 1000).split(' ')
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay()
  return weekday > 0 && weekday < 6 && time >= '09:00' && time < '17:00' && (date < '2025-06-10' || date > '2025-06-12')
}

describe('tickets', async () => {
  const sandbox = await openSandbox({ tickets: 100, seed: 6 })
  const { account } = sandbox
  const post = async (path: string, body: Body) => (await send(sandbox, 'POST', path, body)).body
  const eventsOf = (ticket: number): Body[] =>
    [...account.truth('ticket_metric_events').live.values()].filter((one) => one['ticket_id'] === ticket)
  const auditEvents = async (ticket: number): Promise<Body[]> =>
    (await get(sandbox, `tickets/${ticket}/audits?page[size]=100`)).audits.flatMap(({ events }: Body) => events)
  const comment = (ticket: number, body: string, author_id: number) =>
    send(sandbox, 'PUT', `tickets/${ticket}`, { ticket: { comment: { body, author_id } } })
  const metricsOf = async (ticket: number) => (await get(sandbox, `tickets/${ticket}/metrics`)).ticket_metric
  const agent = [...account.truth('users').live.values()].find((user) => user['role'] === 'agent') as Body

  test('are measured by the first schedule, or by the one that a trigger sets, also once that changes', async () => {
    const list = (await get(sandbox, 'business_hours/schedules')).schedules
    const opened = (
      await post('business_hours/schedules', {
        schedule: { name: 'Always', time_zone: 'UTC', intervals: [{ start_time: 0, end_time: 10_080 }] },
      })
    ).schedule
    expect(list.length).toBeGreaterThan(1)
    await post('triggers', {
      trigger: {
        title: 'Around the clock',
        conditions: { all: [{ field: 'current_tags', operator: 'includes', value: 'always' }], any: [] },
        actions: [{ field: 'set_schedule', value: String(opened.id) }],
      },
    })
    const ticket = account.createTicket({ tags: ['always'] })
    account.advance(7200)
    await comment(ticket, 'A reply', agent.id)
    expect((await metricsOf(ticket)).reply_time_in_minutes).toEqual({ calendar: 120, business: 120 })
    expect((await auditEvents(ticket)).find(({ type }) => type === 'ScheduleAssignment')).toMatchObject({
      previous_schedule_id: null,
      new_schedule_id: String(opened.id),
    })
    // What was measured stays as it was.
    await send(sandbox, 'PUT', `business_hours/schedules/${opened.id}/workweek`, {
      workweek: { intervals: [{ start_time: 0, end_time: 60 }] },
    })
    expect((await metricsOf(ticket)).reply_time_in_minutes).toEqual({ calendar: 120, business: 120 })
  })

  test('get the targets of the first policy that they meet, for their priority; audits and metric events show it', async () => {
    const ticket = account.createTicket({ priority: 'high', tags: ['vip'], type: 'problem' } as Body)
    const targets = (await auditEvents(ticket)).filter(({ via }) => via?.source.rel === 'sla_target_change')
    expect(targets).toMatchObject([
      { type: 'Change', field_name: 'sla_policy', value: 'Everybody', previous_value: null },
      { field_name: 'first_reply_time', value: { minutes: 240, in_business_hours: false }, previous_value: null },
    ])
    account.advance(900)
    const [applied, breach] = eventsOf(ticket).filter(({ type }) => type === 'apply_sla' || type === 'breach')
    expect(applied).toMatchObject({
      metric: 'reply_time',
      instance_id: 1,
      sla: { target: 240, policy: { title: 'Everybody' } },
    })
    expect(seconds(breach.time) - seconds(applied.time)).toBe(240 * 60)
    account.updateTicket(ticket, { priority: 'urgent' })
    account.advance(900)
    // The time that went by counts: a first reply is due an hour after the ticket was created.
    const later = eventsOf(ticket).filter(({ type }) => type === 'breach')
    expect(later.map(({ time }) => seconds(time) - seconds(applied.time))).toEqual([60 * 60])
    account.updateTicket(ticket, { priority: null })
    expect((await auditEvents(ticket)).findLast(({ field_name }) => field_name === 'first_reply_time')).toMatchObject({
      value: null,
      previous_value: { minutes: 60, in_business_hours: false },
    })
  })

  test('wait for the next reply once the requester writes again; what is paused misses nothing meanwhile', async () => {
    const ticket = account.createTicket({ priority: 'low', status: 'open' } as Body)
    const { requester_id } = (await get(sandbox, `tickets/${ticket}`)).ticket
    account.advance(60)
    await comment(ticket, 'First reply', agent.id)
    account.advance(60)
    await comment(ticket, 'And now?', requester_id)
    account.updateTicket(ticket, { status: 'pending' })
    account.advance(40 * 86_400)
    const events = eventsOf(ticket)
    const of = (metric: string, type: string) => events.filter((one) => one.metric === metric && one.type === type)
    expect(of('reply_time', 'apply_sla').map(({ instance_id }) => instance_id)).toEqual([1, 2])
    expect(of('reply_time', 'breach').map(({ instance_id }) => instance_id)).toEqual([2])
    expect(of('agent_work_time', 'pause')).toHaveLength(1)
    expect([...of('agent_work_time', 'breach'), ...of('requester_wait_time', 'breach')]).toEqual([])
    account.updateTicket(ticket, { status: 'open' })
    account.advance(3 * 86_400)
    account.updateTicket(ticket, { status: 'solved' })
    account.advance(1000)
    const breached = eventsOf(ticket).filter(({ type, metric }) => type === 'breach' && metric === 'agent_work_time')
    expect(breached).toHaveLength(1)
    const worked = eventsOf(ticket).findLast((one) => one.metric === 'agent_work_time' && one.type === 'update_status')
    expect(worked.status.calendar).toBe(3 * 1440 + 2)
  })
})
