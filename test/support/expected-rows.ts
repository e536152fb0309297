// What a warehouse should hold of an account: its truth by stream, and what no reader can know of it.
import type { Sandbox, TruthStream } from 'zendesk-sandbox'
import type { CatalogStream } from './program.ts'
import { compare, type Difference, keyOf } from './warehouse.ts'

type Row = Readonly<Record<string, unknown>>

/** An account's truth: what it has now. */
export interface Account {
  /** The live rows of a stream or table. */
  rows(name: string): readonly Row[]
  /** The ids of those that were deleted. */
  deleted(name: string): ReadonlySet<unknown>
  /** The account's time, in seconds since the epoch. */
  readonly now: number
}

/** What a sandbox in this process has now: each truth is made once, when it is first asked for. */
export function truthOf({ account }: Sandbox): Account {
  const truths = new Map<string, { readonly rows: Row[]; readonly deleted: ReadonlySet<unknown> }>()
  const truth = (name: string) => {
    const known = truths.get(name)
    if (known) return known
    const { live, deleted } = account.truth(name as TruthStream)
    const made = { rows: [...live.values()] as unknown as Row[], deleted }
    truths.set(name, made)
    return made
  }
  return { rows: (name) => truth(name).rows, deleted: (name) => truth(name).deleted, now: account.now() }
}

/** Ids of greetings are text. */
function withTextIds(row: Row): readonly Row[] {
  const ids = row['greeting_ids']
  return [Array.isArray(ids) ? { ...row, greeting_ids: ids.map(String) } : row]
}

/** Streams that the account has no kind for, made of the rows of one that it has. */
const MADE: Readonly<Record<string, { readonly of: string; readonly rows: (row: Row) => readonly Row[] }>> = {
  ticket_field_history: { of: 'ticket_audits', rows: changesIn },
  ticket_attachments: { of: 'ticket_comments', rows: filesIn },
  open_tickets: { of: 'tickets', rows: (ticket) => (isOpen(ticket) ? [ticket] : []) },
  // What an administrator may do.
  macros: { of: 'macros', rows: (row) => [{ ...row, permissions: { can_edit: true, can_delete: true } }] },
  view_counts: { of: 'views', rows: (row) => (row['active'] === true ? [countOf(row)] : []) },
  ivr_menus: { of: 'ivrs', rows: menusIn },
  ivr_routes: { of: 'ivrs', rows: (ivr) => menusIn(ivr).flatMap(routesIn) },
  phone_numbers: { of: 'phone_numbers', rows: withTextIds },
  lines: { of: 'lines', rows: withTextIds },
  greetings: { of: 'greetings', rows: (row) => [{ ...row, id: String(row['id']) }] },
  engagements: { of: 'engagements', rows: (row) => [{ ...row, ...timesInUtc(row) }] },
  closed_tickets: { of: 'tickets', rows: (ticket) => (isOpen(ticket) ? [] : [ticket]) },
}

/** How the rows of such a stream are made; undefined for a stream that the account has a kind for. */
export const madeAs = (stream: string): (typeof MADE)[string] | undefined => MADE[stream]

const inUtc = (time: unknown): string => String(time).replace(/Z?$/, 'Z')
const timesInUtc = ({ engagement_start_time: start, engagement_end_time: end }: Row): Row => ({
  engagement_start_time: inUtc(start),
  engagement_end_time: inUtc(end),
})

const countOf = ({ id, url, active }: Row): Row => ({
  view_id: id,
  url: String(url).replace(/\.json$/, '/count.json'),
  active,
})

const inside = (row: Row, name: string): readonly Row[] => (row[name] ?? []) as readonly Row[]

function menusIn(ivr: Row): readonly Row[] {
  const textOfId = (id: unknown): string | null => (id === null ? null : String(id))
  return inside(ivr, 'menus').map((menu) => ({
    ...menu,
    ivr_id: ivr['id'],
    greeting_id: textOfId(menu['greeting_id']),
  }))
}

function routesIn(menu: Row): readonly Row[] {
  const { id: ivr_menu_id, ivr_id } = menu
  return inside(menu, 'routes').map((route) => ({ ...route, ivr_id, ivr_menu_id }))
}

const isOpen = ({ status }: Row): boolean => status !== 'solved' && status !== 'closed'

/** Names of the truths that tell what should be in this stream. */
export const truthsFor = (stream: string): readonly string[] => [MADE[stream]?.of ?? stream, ...(NEEDED[stream] ?? [])]
const NEEDED: Readonly<Record<string, readonly string[]>> = { ticket_attachments: ['tickets', 'deleted_tickets'] }

/** What a warehouse should hold of a stream, by key. */
export function expectedRows(account: Account, stream: CatalogStream): ReadonlyMap<string, Row> {
  const made = MADE[stream.name]
  const rows = made ? account.rows(made.of).flatMap(made.rows) : account.rows(stream.name)
  return new Map(rows.map((row, nth) => [keyOf(row, stream) ?? String(nth), row]))
}

/** How an account was read: from lists, and after a reconciliation. */
export interface How {
  readonly byList?: boolean
  readonly reconciled?: boolean
  /** Spells a row in one way, where what keeps rows spells them in its own. */
  readonly spelled?: (row: Row) => Row
}

/** How rows differ from what they should be, beside what no incremental sync can know (see docs/streams.md). */
export function compareWithAccount(
  account: Account,
  stream: CatalogStream,
  rows: ReadonlyMap<string, Row>,
  { byList = false, reconciled = false, spelled = (row) => row }: How = {},
): Difference & { readonly untold: readonly string[] } {
  const isTold = ([, row]: [string, Row]) => isToldRow(stream.name, account.now, row)
  const form = byList && stream.name === 'ticket_events' ? asAuditsTell : (row: Row) => row
  const formed = (all: ReadonlyMap<string, Row>) =>
    new Map([...all].filter(isTold).map(([key, row]): [string, Row] => [key, spelled(form(row))]))
  const columns = withoutColumns(stream, [
    ...(COPIES[stream.name] ?? []),
    ...((byList && BY_EXPORT[stream.name]) || []),
  ])
  const { surplus, ...found } = compare(formed(rows), formed(expectedRows(account, stream)), columns)
  const { untold = [], known = [] } = Object.groupBy(surplus, (key) => {
    const row = rows.get(key) ?? {}
    const isGone = byList && isUntoldByLists(account, stream.name, row, reconciled)
    return isGone || isUntold(account, stream.name, key, row) ? 'untold' : 'known'
  })
  return { ...found, surplus: known, untold }
}

/**
 * Columns that hold a copy of another record, as it was when the row was read: that one changes without this one.
 */
const COPIES: Readonly<Record<string, readonly string[]>> = {
  ticket_skips: ['ticket'],
  // Counted when it is asked for.
  account_overview: ['current_timestamp'],
  agents_overview: ['current_timestamp'],
  view_counts: ['value', 'pretty', 'fresh'],
  ticket_activities: ['user', 'actor', 'target', 'title', 'object'],
  // What moves no `updated_at` is found by no search for what changed.
  open_tickets: ['generated_timestamp'],
  closed_tickets: ['generated_timestamp'],
}

/** Columns that the exports alone tell. */
const BY_EXPORT: Readonly<Record<string, readonly string[]>> = { tickets: ['generated_timestamp'] }

/** With their ticket deleted, only the exports tell which these are. */
const BELOW_TICKETS = new Set([
  'ticket_audits',
  'ticket_comments',
  'ticket_metric_events',
  'ticket_events',
  'ticket_field_history',
  'ticket_attachments',
])

/** Whether this row has gone in a way that no list tells. */
function isUntoldByLists(account: Account, stream: string, row: Row, reconciled: boolean): boolean {
  if (BELOW_TICKETS.has(stream)) return account.deleted('tickets').has(row['ticket_id'])
  if (reconciled) return false
  if (stream !== 'tickets' && stream !== 'ticket_metrics') return false
  // Archived when it was deleted, or deleted for good before anybody looked.
  const id = row['ticket_id'] ?? row['id']
  return account.deleted('tickets').has(id) && account.rows('deleted_tickets').every((ticket) => ticket['id'] !== id)
}

/** Audits tell numbers as text, and nothing says which custom fields hold numbers. */
const asAuditsTell = (row: Row): Row => ({
  ...row,
  child_events: JSON.parse(
    JSON.stringify(row['child_events'], (key, value) =>
      typeof value === 'number' && (/^\d+$/.test(key) || key === 'previous_value') ? String(value) : value,
    ),
  ),
})

function withoutColumns(stream: CatalogStream, names: readonly string[]): CatalogStream {
  const { properties } = stream.json_schema
  const kept = Object.entries(properties).filter(([name]) => !names.includes(name))
  return { ...stream, json_schema: { ...stream.json_schema, properties: Object.fromEntries(kept) } }
}

/** Whether an incremental sync keeps this row true, as the stream's declaration says. */
function isToldRow(stream: string, now: number, row: Row): boolean {
  // A rating that changes, or comes back with its ticket, 60 days after it was offered is told by a full refresh only.
  if (stream !== 'satisfaction_ratings') return true
  return Date.parse(String(row['created_at'])) / 1000 > now - 59 * 86_400
}

/** Whether this row has gone in a way that Zendesk tells nobody, so that only a full refresh takes it out. */
export function isUntold(account: Account, stream: string, key: string, row: Row): boolean {
  switch (stream) {
    case 'user_identities':
    case 'satisfaction_ratings':
      return account.deleted(stream).has(Number(key))
    case 'open_tickets':
    case 'closed_tickets':
      return account.deleted('tickets').has(Number(key))
    case 'engagements':
      // Too old to be listed.
      return Date.parse(String(row['engagement_start_time'])) / 1000 <= account.now - 90 * 86_400
    case 'ticket_activities':
      // Too old to be listed, or of a ticket that was deleted.
      return true
    case 'webhook_invocations':
    case 'webhook_invocation_attempts':
      // Too old to be listed, or of a webhook that was deleted.
      return true
    case 'ticket_attachments': {
      // The events of a ticket that was purged name its comments, but not their files.
      const ticket = row['ticket_id']
      return account.deleted('tickets').has(ticket) && account.rows('deleted_tickets').every(({ id }) => id !== ticket)
    }
    default:
      return false
  }
}

/** The audits tell the same changes as the export of events, in another form. */
function changesIn({ id, ticket_id, author_id, created_at, events }: Row): readonly Row[] {
  return (events as readonly Row[])
    .filter(({ type }) => type === 'Create' || type === 'Change')
    .map((event) => ({
      id: event['id'],
      field_name: event['field_name'],
      ticket_id,
      value: textOf(event['value']),
      previous_value: textOf(event['previous_value']),
      event_type: event['type'],
      updated_at: created_at,
      user_id: author_id,
      audit_id: id,
    }))
}

const textOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value)

function filesIn({ id, ticket_id, created_at, attachments }: Row): readonly Row[] {
  return ((attachments ?? []) as readonly Row[]).map((file) => ({ ...file, comment_id: id, ticket_id, created_at }))
}
