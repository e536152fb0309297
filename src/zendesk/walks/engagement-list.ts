import { nextByCursor } from '../../model/next-page.ts'
import {
  type Advance,
  dateOf,
  type Page,
  type Position,
  type Query,
  type RecordData,
  type Walk,
} from '../../model/stream.ts'
import { epochOf } from '../../model/time.ts'
import { emittedSince, fingerprintsIn } from './emitted-rows.ts'
import { isBefore } from './export-position.ts'
import { newestOf } from './incremental-list.ts'
import { rowsOf } from './rows.ts'

const PATH = 'engagements'
const KEY = 'agent_engagement_data'
const PAGE_SIZE = 100

/** Left out, the parameter stands for the first of them (fact 291): each is asked for by its name (fact 386). */
const CHANNELS = ['MESSAGING', 'SUPPORT'] as const

/** For how many seconds after its end an engagement may not be listed yet (fact 387). */
const LAG = 2 * 86_400

/** How many rows a position remembers at most; others of that time are emitted again. */
const MOST_REMEMBERED = 2000

/**
 * The engagements of the last 90 days, one channel after the other. An engagement is listed once it has ended, and stands
 * where it began (fact 290): it may appear anywhere behind the rows already read. So each sync reads the whole list, and
 * emits what ended since the last one. The position's time is the latest end (epoch seconds); its cursor is the query of
 * the next page.
 * https://developer.zendesk.com/api-reference/agent-availability/omnichannel-engagements/omnichannel_engagements/
 */
export const engagementList: Walk = {
  name: PATH,
  path: PATH,
  key: KEY,
  idField: 'engagement_id',
  order: 'ascending',
  isBefore,
  reads: { engagement_id: true, engagement_end_time: true },
  query: { page_size: PAGE_SIZE },
  sizedBy: 'page_size',
  rewind: ({ time, seen }) => ({ time, ...(seen && { seen }) }),
  request: ({ cursor }): Query => (cursor === undefined ? { channel: CHANNELS[0] } : queryIn(cursor)),
  advance,
}

function advance(page: Page, position: Position): Advance {
  const all = rowsOf(page, KEY)
  const next = cursorAfter(page, all.length, position.cursor)
  const known = fingerprintsIn(position.seen)
  // A time ahead of the answer's own is none to go by.
  const now = dateOf(page) ?? Number.POSITIVE_INFINITY
  const ends = all.map(endOf)
  const rows = all.filter((row, nth) => (ends[nth] ?? 0) >= position.time - LAG && !known.has(row['engagement_id']))
  const placed = rows.map((row) => [withId(row), endOf(row)] as const)
  // The list is not in order of the ends: until it was read whole, the time stays.
  const ended = [...Object.keys(position.seen ?? {}).map(Number), ...ends].filter((end) => end <= now)
  const time = next === undefined ? ended.reduce((one, other) => Math.max(one, other), position.time) : position.time
  const seen = newestOf(emittedSince(time - LAG, position, placed), MOST_REMEMBERED)
  return { rows, last: next === undefined, position: { time, seen, ...(next !== undefined && { cursor: next }) } }
}

const endOf = (row: RecordData): number => epochOf(row['engagement_end_time']) ?? 0

/** An engagement does not change any more: that it was emitted is all that has to be known of it. */
const withId = (row: RecordData): RecordData => ({ id: row['engagement_id'] })

/** The query of the page after this one, or of the next channel's first one; undefined after the last channel. */
function cursorAfter(page: Page, rows: number, asked: string | undefined): string | undefined {
  const channel = asked === undefined ? CHANNELS[0] : String(queryIn(asked)['channel'])
  const link = page['next_page_url']
  const after_cursor = typeof link === 'string' ? cursorIn(link, channel) : link
  const meta = { has_more: page['has_more'], after_cursor }
  const { last, cursor } = nextByCursor({ meta }, { path: PATH, rows, size: PAGE_SIZE, cursor: asked })
  if (!last) return cursor
  const following = CHANNELS[CHANNELS.indexOf(channel as (typeof CHANNELS)[number]) + 1]
  return following === undefined ? undefined : `channel=${following}`
}

const CURSORS = ['start_time_cursor', 'engagement_id_cursor']

/** The place that a link leads to; undefined if it names none. */
function cursorIn(link: string, channel: string): string | undefined {
  const query = new URLSearchParams(link.slice(link.indexOf('?') + 1))
  const places = CURSORS.map((name): [string, string] => [name, query.get(name) ?? ''])
  if (places.some(([, value]) => value === '')) return undefined
  return new URLSearchParams([['channel', channel], ...places]).toString()
}

const queryIn = (cursor: string): Query => Object.fromEntries(new URLSearchParams(cursor))
