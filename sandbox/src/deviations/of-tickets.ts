import type { Row } from '../account/model.ts'
import { isListed, ticketOf } from '../account/store.ts'
import { invalidPagination, Refusal } from '../http/errors.ts'
import { answering, asking, type Deviant, type Deviants, without, withRows } from './deviant.ts'
import type { Deviation } from './names.ts'

/** Whether a list cursor leads to the start of a second: those that clients pack end with the id 0. */
function isPacked(cursor: string): boolean {
  try {
    const { o, v } = JSON.parse(Buffer.from(cursor, 'base64').toString('utf8')) as { o: string; v: string }
    const packed = Buffer.from(v, 'base64')
    return /_at,id$/.test(o) && packed.readBigInt64LE(packed.length - 8) === 0n
  } catch {
    return false
  }
}

const refusePacked: Deviant = (handler) => (call) => {
  if (isPacked(call.asked.query.get('page[after]') ?? '')) throw invalidPagination('page[after] is not valid')
  return handler(call)
}

const childrenOf = (events: readonly Row[], change: (child: Row) => Row): Row[] =>
  events.map((event) => ({ ...event, child_events: (event['child_events'] as readonly Row[]).map(change) }))

const KNOWN_CHANNELS = new Set(['Web form', 'Mail', 'Web service', 'Rule', 'Mobile', 'Phone call (incoming)'])

const forgetful = (event: Row): Row =>
  event['previous_value'] === 'deleted' ? { ...event, previous_value: null } : event

/** How many seconds after its announced time a breach is written. */
const FAR = 40 * 86_400

const later = (time: unknown, seconds: number): string =>
  `${new Date(Date.parse(String(time)) + seconds * 1000).toISOString().slice(0, 19)}Z`

/** Deviations of tickets and of what belongs to them. */
export const OF_TICKETS = {
  'packed-cursor': { 'GET /tickets': refusePacked },
  'packed-cursor-of-audits': {
    'GET /ticket_audits': asking((query) => {
      if (isPacked(query.get('page[after]') ?? '')) query.delete('page[after]')
    }),
  },
  'archived-shown': {
    'GET /tickets/show_many': withRows('tickets', (rows, store) =>
      rows.filter(({ id }) => {
        const ticket = ticketOf(store, Number(id))
        return ticket !== undefined && isListed(store, ticket)
      }),
    ),
  },
  'metrics-shown': { 'GET /tickets/show_many': without('metric_sets') },
  'search-columns': {
    'GET /search/export': withRows('results', (rows) => rows.map(({ custom_fields: _, ...row }) => row)),
  },
  'newest-audits-first': { 'GET /tickets/:id/audits': asking((query) => query.delete('sort')) },
  'channel-names': {
    'GET /incremental/ticket_events': withRows('ticket_events', (rows) =>
      rows.map((row) => (KNOWN_CHANNELS.has(String(row['via'])) ? row : { ...row, via: `The ${row['via']}` })),
    ),
  },
  'one-field-an-entry': {
    'GET /incremental/ticket_events': withRows('ticket_events', (rows) =>
      childrenOf(rows, (child) => (child['event_type'] === 'Change' ? { ...child, changed_in: 'browser' } : child)),
    ),
  },
  'restored-from-deleted': {
    'GET /incremental/ticket_events': withRows('ticket_events', (rows) => childrenOf(rows, forgetful)),
  },
  'breach-within-a-month': {
    'GET /incremental/ticket_metric_events': withRows('ticket_metric_events', (rows) =>
      rows.map((row) => (row['type'] === 'breach' ? { ...row, time: later(row['time'], FAR) } : row)),
    ),
  },
  'rating-within-60-days': {
    'GET /satisfaction_ratings': withRows('satisfaction_ratings', (rows) =>
      rows.map((row) => ({ ...row, updated_at: later(row['created_at'], 61 * 86_400) })),
    ),
  },
  'conversation-with-event': {
    'GET /tickets/side_conversations/events': answering((body) => ({
      ...body,
      side_conversations: ((body['side_conversations'] ?? []) as readonly Row[]).map((one) => ({
        ...one,
        updated_at: new Date(Date.parse(String(one['updated_at'])) + 3_600_000).toISOString(),
      })),
    })),
  },
  'conversations-beside': { 'GET /tickets/side_conversations/events': without('side_conversations') },
  'since-inclusive': {
    'GET /activities': withRows('activities', (rows, _, { asked }) => {
      const since = asked.query.get('since')
      return since === null ? rows : rows.filter((row) => Date.parse(String(row['created_at'])) > Date.parse(since))
    }),
  },
  'closed-exports': {
    'GET /incremental/tickets/cursor': () => () => {
      throw new Refusal(451, { error: 'Unavailable', description: 'This endpoint is not for this application' })
    },
  },
} as const satisfies Partial<Record<Deviation, Deviants>>
