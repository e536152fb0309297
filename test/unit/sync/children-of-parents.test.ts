// What is asked for by its parent belongs to that parent, whatever its row says of it.
import { describe, expect, test } from 'vitest'
import type { GetPage, Page, RecordData, Walk } from '../../../src/model/stream.ts'
import { streams } from '../../../src/streams/index.ts'
import { readWalk } from '../../../src/sync/pages.ts'
import { belowParent } from '../../../src/zendesk/walks/below-parent.ts'
import { withRecords } from '../../../src/zendesk/walks/export-position.ts'
import { cursorList } from '../../../src/zendesk/walks/list.ts'
import { createTable, getPageOf, NOW, readByValue, ticket } from '../../support/zendesk-by-value.ts'

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString()
const audit = (id: number, ticket_id: number | null): RecordData => ({
  id,
  ticket_id,
  created_at: iso(NOW - 900),
  author_id: 7,
  via: { channel: 'web' },
  events: [
    { id: id + 1, type: 'Comment', body: 'Hello', author_id: 7, attachments: [{ id: id + 2, file_name: 'a.txt' }] },
    { id: id + 3, type: 'Change', field_name: 'status', value: 'open', previous_value: 'new' },
  ],
})
const event = (id: number): RecordData => ({
  id,
  ticket_id: 41,
  timestamp: NOW - 900,
  created_at: iso(NOW - 900),
  updater_id: 7,
  child_events: [],
})
const without = { meta: { has_more: false } }

/** A ticket of 41 whose audits and metric events do not say whose they are. `listed`: whether the list of all audits has them. */
function account(listed: boolean): GetPage {
  const rest = getPageOf({ tickets: [ticket(41, NOW - 900)] }, 100)
  const pages: Readonly<Record<string, Page>> = {
    'incremental/ticket_events': { ticket_events: [event(501)], end_time: NOW - 900, end_of_stream: true },
    ticket_audits: { audits: listed ? [audit(501, null)] : [], ...without },
    'tickets/41/audits': { audits: [audit(501, null)], ...without },
    'tickets/41/metric_events': { reply_time: [{ id: 9, ticket_id: null, type: 'activate', time: iso(NOW - 900) }] },
    tickets: { tickets: [ticket(41, NOW - 900)], ...without },
    deleted_tickets: { deleted_tickets: [], ...without },
    'search/count': { count: 0 },
    'search/export': { results: [], ...without },
  }
  return async (request) => pages[request.path] ?? rest(request)
}

async function rowsOf(
  get: GetPage,
  names: readonly string[],
  reader: 'export' | 'list',
): Promise<readonly RecordData[]> {
  const table = createTable()
  for await (const message of readByValue(get, names, new Map(), { reader })) table.take(message)
  return [...table.rows.values()]
}

test('audits name their ticket, whether the list of all has them or the ticket', async () => {
  for (const listed of [true, false])
    expect(await rowsOf(account(listed), ['ticket_audits'], 'export')).toEqual([audit(501, 41)])
})

test('without exports, everything that is made of audits or metric events names its ticket', async () => {
  const names = [
    'ticket_audits',
    'ticket_comments',
    'ticket_events',
    'ticket_field_history',
    'ticket_attachments',
    'ticket_metric_events',
  ]
  for (const name of names) {
    const rows = await rowsOf(account(true), [name], 'list')
    expect([name, rows.length > 0]).toEqual([name, true])
    for (const row of rows) expect([name, row['ticket_id']]).toEqual([name, 41])
  }
})

describe('the lists below a row name it in their rows', () => {
  const parent = { id: 41, key: 41, vote_count: 1, comment_count: 1 }
  const fields: Readonly<Record<string, string>> = {
    article_translations: 'source_id',
    article_comments: 'source_id',
    article_attachments: 'article_id',
    article_votes: 'item_id',
    post_comments: 'post_id',
    post_votes: 'item_id',
    article_comment_votes: 'item_id',
    post_comment_votes: 'item_id',
    attribute_values: 'attribute_id',
    webhook_invocations: 'webhook_id',
    webhook_invocation_attempts: 'invocation_id',
    custom_object_fields: 'custom_object_key',
    category_translations: 'source_id',
    section_translations: 'source_id',
  }
  /** The lowest lists below a row. */
  const lowest = (walk: Walk | undefined, row: RecordData): readonly [Walk, RecordData] => {
    const below = walk?.childList?.(row)
    return below === undefined ? [walk!, { ...row, id: row['id'] }] : lowest(below, { ...row, id: 42 })
  }
  // A count of a view is one answer, which names its view.
  for (const {
    name,
    feeds: [{ children, records }],
  } of streams.filter((one) => one.feeds[0].children && one.name !== 'view_counts'))
    test(name, async () => {
      const first = children!.walk(parent)!
      const [walk] = lowest(first, { ...parent, id: 42 })
      const id = walk === first ? 41 : 42
      const field = fields[name]
      for (const said of [{}, field === undefined ? {} : { [field]: null }]) {
        const get: GetPage = async () => ({ [walk.key!]: [{ id: 1, ...said }], next_page: null, ...without })
        for await (const { rows } of readWalk(
          walk,
          { time: 0 },
          { get, signal: new AbortController().signal, streams: [] },
        ))
          expect(records(rows, parent)[0]).toMatchObject({ [field ?? 'schedule_id']: id })
      }
    })
})

test('what a row says of its parent stays', () => {
  const walk = belowParent(cursorList({ path: 'tickets/1/audits' }), { ticket_id: 1 })
  const page = { audits: [{ id: 1, ticket_id: 2 }, { id: 2, ticket_id: null }, { id: 3 }], ...without }
  expect(walk.advance(page, { time: 0 }).rows.map(({ ticket_id }) => ticket_id)).toEqual([2, 1, 1])
})

test('a side-load that does not say whose it is counts as missing, and is not left out', () => {
  const users = [{ id: 1 }, { id: 2 }]
  expect(withRecords(users, { identities: [{ id: 5, user_id: 1 }] }, 'identities', 'user_id')).toEqual([
    { id: 1, identities: [{ id: 5, user_id: 1 }] },
    { id: 2, identities: [] },
  ])
  expect(withRecords(users, { identities: [{ id: 5, user_id: null }] }, 'identities', 'user_id')).toEqual(users)
})
