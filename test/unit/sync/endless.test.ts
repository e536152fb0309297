// Pages that never end: whatever a server says that there is more, a walk that does not come on ends with an error.
import { describe, expect, test } from 'vitest'
import { HttpError } from '../../../src/model/errors.ts'
import { type GetPage, type Page, type PageRequest, type RecordData, setAnsweredAt } from '../../../src/model/stream.ts'
import { readArchive } from '../../../src/sync/archive.ts'
import { readWalk } from '../../../src/sync/pages.ts'
import { cursorExport } from '../../../src/zendesk/walks/cursor-export.ts'
import { cursorList } from '../../../src/zendesk/walks/list.ts'
import { allRows } from '../../../src/zendesk/walks/read-all.ts'
import { archiveSearch, searchExport } from '../../../src/zendesk/walks/search-export.ts'
import { createTable, group, NOW, organization, readByValue, ticket } from '../../support/zendesk-by-value.ts'

type Nth = (nth: number, request: PageRequest) => Page

/** Reads a stream of a server that answers the nth request so; resolves to how often it was asked, and what ended it. */
async function read(name: string, page: Nth, reader: 'export' | 'list' = 'export') {
  let asked = 0
  const errors: string[] = []
  const get: GetPage = async (request) => {
    if (request.path.endsWith('/count')) return { count: { value: 1 } }
    if (request.path === 'deleted_tickets') return { deleted_tickets: [], meta: { has_more: false } }
    return page(asked++, request)
  }
  const statuses: string[] = []
  const reading = (async () => {
    for await (const message of readByValue(get, [name], new Map(), { reader })) {
      if (message.kind === 'error') errors.push(String(message.error))
      if (message.kind === 'status') statuses.push(message.status)
    }
  })()
  await reading.catch(() => undefined)
  return { asked, error: errors.join(), status: statuses.at(-1) }
}

const forms = (nth: number): RecordData => ({ ...group(nth), agent_conditions: [], end_user_conditions: [] })
const ENDLESS: Readonly<Record<string, readonly [stream: string, page: Nth]>> = {
  'an export with two cursors by turns': [
    'tickets',
    (nth) => ({ tickets: [ticket(nth + 1, NOW - 9000)], after_cursor: nth % 2 ? 'a' : 'b', end_of_stream: false }),
  ],
  'an export with new cursors and no rows': [
    'tickets',
    (nth) => ({ tickets: [], after_cursor: `c${nth}`, end_of_stream: false }),
  ],
  'an export with new cursors and the same rows': [
    'users',
    (nth) => ({ users: [organization(1, NOW - 9000)], after_cursor: `c${nth}`, end_of_stream: false }),
  ],
  'an export by time whose end goes back': [
    'organizations',
    (nth) => ({
      organizations: [organization(nth, NOW - 9000 - nth)],
      end_time: NOW - 9000 - nth,
      end_of_stream: false,
    }),
  ],
  'an export by time of one second for ever': [
    'organizations',
    (_, { query }) => ({
      organizations: [organization(1, NOW - 9000)],
      end_time: Math.max(NOW - 9000, Number(query?.['start_time'])),
      end_of_stream: false,
    }),
  ],
  'an export by time that has new rows in one second for ever': [
    'organizations',
    (nth) => ({ organizations: [organization(nth + 1, NOW - 9000)], end_time: NOW - 9000, end_of_stream: false }),
  ],
  'a list with two cursors by turns': [
    'groups',
    (nth) => ({ groups: [group(nth + 1)], meta: { has_more: true, after_cursor: nth % 2 ? 'a' : 'b' } }),
  ],
  'a list with new cursors and the same rows': [
    'groups',
    (nth) => ({ groups: [group(1)], meta: { has_more: true, after_cursor: `c${nth}` } }),
  ],
  'a list with new cursors and no rows': [
    'groups',
    (nth) => ({ groups: [], meta: { has_more: true, after_cursor: `c${nth}` } }),
  ],
  'a list without has_more that leads on for ever': [
    'groups',
    (nth) => ({ groups: [group(1)], links: { next: `https://a/?page[after]=c${nth}` } }),
  ],
  'numbered pages with the same rows': [
    'ticket_forms',
    () => ({ ticket_forms: [forms(1)], next_page: 'https://a/?page=2' }),
  ],
  'numbered pages with new rows for ever': [
    'ticket_forms',
    (nth) => ({ ticket_forms: [forms(nth + 1)], next_page: 'https://a/?page=2' }),
  ],
  'a dated list with two cursors by turns': [
    'ticket_skips',
    (nth) => ({
      skips: [organization(nth + 1, NOW - 9000)],
      meta: { has_more: true, after_cursor: nth % 2 ? 'a' : 'b' },
    }),
  ],
}

describe('ends with an error:', () => {
  for (const [what, [stream, page]] of Object.entries(ENDLESS))
    test(what, async () => {
      const { asked, error, status } = await read(stream, page)
      expect([status, error]).toEqual([
        'incomplete',
        expect.stringMatching(/second time|nothing new|goes on after|ends at|cannot go on|but not where/),
      ])
      expect(asked).toBeLessThan(1_100)
    })

  test('a search with new cursors and no rows', async () => {
    let nth = 0
    const get: GetPage = async () => ({ results: [], meta: { has_more: true, after_cursor: `c${nth++}` } })
    const walk = searchExport('open', { kind: 'ticket', text: 'status:open' })
    const reading = (async () => {
      for await (const _ of readWalk(walk, { time: 0 }, { get, signal: new AbortController().signal, streams: [] }));
    })()
    await expect(reading).rejects.toThrow(/nothing new for 101 pages/)
  })

  test('a list of the archive', async () => {
    let nth = 0
    const get: GetPage = async ({ path }) =>
      path === 'search/count'
        ? { count: 100 }
        : { results: [{ id: 1 }], meta: { has_more: true, after_cursor: nth++ % 2 ? 'a' : 'b' } }
    const reading = (async () => {
      const archive = { ...archiveSearch('ticket', ''), finds: () => true }
      const options = { get, signal: new AbortController().signal, streams: [] }
      for await (const _ of readArchive(archive, { since: 0, from: 0, until: NOW }, options));
    })()
    await expect(reading).rejects.toThrow(/search\/export: .* second time/)
    expect(nth).toBeLessThan(10)
  })

  test('a list that discovery asks for', async () => {
    let nth = 0
    const get: GetPage = async () => ({
      custom_objects: [{ id: 1 }],
      meta: { has_more: true, after_cursor: `c${nth++}` },
    })
    await expect(allRows(get, cursorList({ path: 'custom_objects' }), [])).rejects.toThrow(/nothing new for 101 pages/)
  })
})

describe('what comes on is read to its end:', () => {
  const tickets = cursorExport({ name: 't', path: 't', key: 'tickets', bucket: 'b', timeField: 'generated_timestamp' })
  const idsFrom = async (get: GetPage): Promise<unknown[]> => {
    const ids: unknown[] = []
    for await (const { rows } of readWalk(
      tickets,
      { time: 0 },
      { get, signal: new AbortController().signal, streams: [] },
    ))
      ids.push(...rows.map(({ id }) => id))
    return ids
  }

  test('ninety empty pages', async () => {
    let nth = 0
    const ids = await idsFrom(async () => ({
      tickets: nth < 90 ? [] : [ticket(1, NOW - 9000)],
      after_cursor: `c${nth}`,
      end_of_stream: nth++ === 90,
    }))
    expect(ids).toEqual([1])
  })

  test('a thousand empty pages whose cursors tell that they come on', async () => {
    let nth = 0
    const ids = await idsFrom(async () => ({
      tickets: nth < 1000 ? [] : [ticket(1, NOW - 9000)],
      after_cursor: Buffer.from(`${NOW - 20_000 + nth}.0||${nth}|`).toString('base64'),
      end_of_stream: nth++ === 1000,
    }))
    expect(ids).toEqual([1])
  })

  test('rows that were known, for hundreds of pages', async () => {
    const skips = Array.from({ length: 300 }, (_, nth) => organization(nth + 1, NOW - 90_000 + nth))
    const get: GetPage = async ({ query = {} }) => {
      const from = Number(query['page[after]'] ?? 0)
      return { skips: skips.slice(from, from + 1), meta: { has_more: from + 1 < 300, after_cursor: String(from + 1) } }
    }
    const first = createTable()
    for await (const message of readByValue(get, ['ticket_skips'])) first.take(message)
    const second = createTable()
    for await (const message of readByValue(get, ['ticket_skips'], first.states)) second.take(message)
    expect([first.rows.size, second.emitted()]).toEqual([300, 0])
  })
})

describe('a start that is refused as too recent', () => {
  const refused: GetPage = async () => {
    throw new HttpError('Too recent', 'system_error', { status: 400, code: 'StartTimeTooRecent', answeredAt: NOW })
  }
  const from = async (time: number, name = 'organizations') => {
    const states = new Map([[name, { updated_at: String(time) }]])
    const errors: unknown[] = []
    const messages = readByValue(refused, [name], states)
    await (async () => {
      for await (const message of messages) if (message.kind === 'error') errors.push(message.error)
    })().catch(() => undefined)
    return errors
  }

  test('is the end if it lies within minutes of the time of the answer', async () => {
    for (const time of [NOW - 500, NOW - 30, NOW, NOW + 120]) expect([time, await from(time)]).toEqual([time, []])
  })

  test('is an error if it lies ahead, and says what to do', async () => {
    expect(await from(NOW + 3600)).toEqual([
      expect.objectContaining({
        failureType: 'config_error',
        message: expect.stringMatching(
          /organizations would be read from .* which is ahead of the account's time, .*Use an earlier state/,
        ),
      }),
    ])
  })

  test('is an error if it lies long ago', async () => {
    expect(await from(NOW - 3600)).toEqual([expect.objectContaining({ status: 400 })])
  })
})

test('no position of an export by cursor or of a dated list lies ahead of the answer', async () => {
  const far = 253_402_300_799
  const at = (page: object): Page => {
    setAnsweredAt(page as Page, NOW)
    return page as Page
  }
  const table = createTable()
  const get: GetPage = async ({ path }) => {
    if (path === 'incremental/tickets/cursor')
      return at({ tickets: [ticket(1, NOW - 90), ticket(2, far)], after_cursor: 'c', end_of_stream: true })
    if (path === 'skips')
      return at({ skips: [organization(1, NOW - 90), organization(2, far)], meta: { has_more: false } })
    if (path === 'groups')
      return at({ groups: [group(1), { ...group(2), updated_at: '9999-12-31T23:59:59Z' }], meta: { has_more: false } })
    return at({ count: { value: 2 } })
  }
  for await (const message of readByValue(get, ['tickets', 'ticket_skips', 'groups'])) table.take(message)
  expect(table.rows.size).toBe(6)
  const text = JSON.stringify([...table.states].map(([name, { seen: _, records: __, ...state }]) => [name, state]))
  expect(text).not.toMatch(/9999|2534/)
})
