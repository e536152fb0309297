import { describe, expect, test } from 'vitest'
import { type Body, call, get, openSandbox } from './calls.ts'
import { answer } from './fixtures.ts'

// Keys that a record may lack, or have besides.
const OPTIONAL = new Set([
  'system_field_options',
  'custom_field_options',
  'custom_statuses',
  'sub_type_id',
  'relationship_target_type',
  'relationship_filter',
  'assignee_updated_at',
  'initially_assigned_at',
  'assigned_at',
  'solved_at',
  'data',
  'formatted_from',
  'formatted_to',
  'transcription_visible',
  'deleted',
  'sla',
  'status',
  'is_billing_admin',
  'suspension_details',
])
const keysOf = (row: Body): string[] => Object.keys(row).filter((key) => !OPTIONAL.has(key))

const lists: [name: string, path: string, key: string][] = [
  ['incremental_tickets_cursor_page', 'incremental/tickets/cursor?start_time=0', 'tickets'],
  ['incremental_tickets_time_page', 'incremental/tickets?start_time=0', 'tickets'],
  ['incremental_users_cursor_page', 'incremental/users/cursor?start_time=0', 'users'],
  ['incremental_organizations_page', 'incremental/organizations?start_time=0', 'organizations'],
  ['ticket_events_page', 'incremental/ticket_events?start_time=0&include=comment_events', 'ticket_events'],
  ['tickets_list_cursor', 'tickets?page[size]=2', 'tickets'],
  ['tickets_list_offset', 'tickets?per_page=2', 'tickets'],
  ['ticket_comments', 'tickets/1/comments?page[size]=1', 'comments'],
  ['ticket_audits_legacy_cursor', 'ticket_audits?limit=20', 'audits'],
  ['deleted_tickets', 'deleted_tickets', 'deleted_tickets'],
  ['ticket_fields', 'ticket_fields', 'ticket_fields'],
]
const shows: [name: string, path: (ids: Record<string, number>) => string, key: string][] = [
  ['ticket_show', () => 'tickets/1', 'ticket'],
  ['ticket_metric_show', () => 'tickets/1/metrics', 'ticket_metric'],
  ['ticket_metric_fresh_ticket', () => 'tickets/2/metrics', 'ticket_metric'],
  ['group', ({ groups }) => `groups/${groups}`, 'group'],
  ['organization_show', ({ organizations }) => `organizations/${organizations}`, 'organization'],
  ['user_show', ({ users }) => `users/${users}`, 'user'],
  ['ticket_form', ({ ticket_forms }) => `ticket_forms/${ticket_forms}`, 'ticket_form'],
]

describe('envelopes and records have the keys of real replies, in their order', async () => {
  const sandbox = await openSandbox({ tickets: 1000 })

  test.each(lists)('%s', async (name, path, key) => {
    const [ours, theirs] = [await get(sandbox, path), answer(name)]
    expect(Object.keys(ours)).toEqual(Object.keys(theirs))
    expect(ours[key].length).toBeGreaterThan(0)
    for (const row of ours[key]) {
      const like = theirs[key].find((one: Body) => one.type === row.type) ?? theirs[key][0]
      expect(keysOf(row).filter((one) => one !== 'merged_ticket_ids')).toEqual(keysOf(like))
    }
  })

  test.each(shows)('%s', async (name, path, key) => {
    const found: Record<string, number> = {}
    for (const list of ['groups', 'organizations', 'users', 'ticket_forms'])
      found[list] = (await get(sandbox, list))[list][0].id
    const ours = await get(sandbox, path(found))
    expect(keysOf(ours[key])).toEqual(keysOf(answer(name)[key]))
  })

  test('the empty pages at both kinds of end', async () => {
    const last = (await get(sandbox, 'incremental/tickets/cursor?start_time=0&per_page=1000')).after_cursor
    const end = await get(sandbox, `incremental/tickets/cursor?cursor=${last}`)
    expect(Object.keys(end)).toEqual(Object.keys(answer('incremental_tickets_cursor_end')))
    expect(end).toMatchObject({ tickets: [], after_cursor: last, end_of_stream: true })
    const { meta } = await get(sandbox, 'groups?page[size]=100')
    const past = await get(sandbox, `groups?page[size]=100&page[after]=${encodeURIComponent(meta.after_cursor)}`)
    const { tickets, ...rest } = answer('tickets_list_cursor_past_end')
    expect(past).toEqual({ groups: tickets, ...rest })
  })

  test('a metric set in the export, and metric events', async () => {
    const theirs = answer('incremental_tickets_with_sideloads').tickets[0]
    const { tickets } = await get(sandbox, 'incremental/tickets/cursor?start_time=0&include=metric_sets')
    for (const { status, metric_set } of tickets) {
      if (status === 'deleted') expect(metric_set).toBeNull()
      else expect(keysOf(metric_set)).toEqual(keysOf(theirs.metric_set))
    }
    const { ticket_metric_events } = await get(sandbox, 'incremental/ticket_metric_events?start_time=0')
    for (const event of ticket_metric_events)
      expect(keysOf(event)).toEqual(keysOf(answer('ticket_metric_events_page').ticket_metric_events[0]))
  })

  test.each([
    ['error_404_endpoint', 'nonsense'],
    ['error_404_record', 'tickets/99999999'],
    ['error_400_pagination_depth', 'tickets?page=101&per_page=100'],
    ['error_400_start_time_too_recent', `incremental/tickets/cursor?start_time=${Math.floor(Date.now() / 1000)}`],
    ['error_400_invalid_attribute', 'incremental/tickets/cursor?start_time=yesterday'],
    ['users_me_anonymous', 'users/me', {}],
    ['error_401_basic', 'tickets', {}],
    ['error_401_oauth', 'tickets', { authorization: 'Bearer nonsense' }],
    ['error_403_scope', 'ticket_audits', { authorization: 'Bearer sandbox-narrow-token' }],
    ['error_403_page', 'ticket_audits', { authorization: 'Bearer sandbox-agent-token' }],
  ])('%s, word for word', async (name, path, headers?: object) => {
    const { body, status } = await call(sandbox, path, headers as Record<string, string> | undefined)
    expect(body).toEqual(answer(name))
    expect(String(status)).toBe(/\d{3}/.exec(name)?.[0] ?? '200')
  })
})
