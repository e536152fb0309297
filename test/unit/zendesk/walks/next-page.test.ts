// Whatever a server leaves out of a page: a list is read whole, or fails. It never ends early in silence.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { GetPage, Page, RecordData, Walk } from '../../../../src/model/stream.ts'
import { readArchive } from '../../../../src/sync/archive.ts'
import { readWalk } from '../../../../src/sync/pages.ts'
import { changedList } from '../../../../src/zendesk/walks/changed-list.ts'
import { datedList } from '../../../../src/zendesk/walks/incremental-list.ts'
import { cursorList, numberedList, oneAnswer } from '../../../../src/zendesk/walks/list.ts'
import { listCursorFrom } from '../../../../src/zendesk/walks/list-cursor.ts'
import { allRows } from '../../../../src/zendesk/walks/read-all.ts'
import { rowsOf } from '../../../../src/zendesk/walks/rows.ts'
import { archiveSearch, searchExport } from '../../../../src/zendesk/walks/search-export.ts'
import { wholeList } from '../../../../src/zendesk/walks/snapshot-list.ts'
import { tries } from '../../../support/thorough.ts'

const TIME = 1_700_000_000
const ROWS: readonly RecordData[] = Array.from({ length: 350 }, (_, nth) => {
  const at = new Date((TIME + nth) * 1000).toISOString()
  return { id: nth + 1, created_at: at, updated_at: at }
})
const rowsTo = (count: number): RecordData[] => ROWS.slice(0, count)

/** How a server tells where a list goes on. */
interface Dialect {
  readonly hasMore: 'said' | 'absent' | 'text' | 'null'
  readonly cursor: 'meta' | 'link' | 'both' | 'neither'
  /** What stands there on a page that leads to no other. */
  readonly atEnd: 'null' | 'absent' | 'cursor'
  /** Left out altogether: meta, links or both. */
  readonly without: 'nothing' | 'meta' | 'links' | 'both'
}
const dialects: fc.Arbitrary<Dialect> = fc.record({
  hasMore: fc.constantFrom('said', 'absent', 'text', 'null'),
  cursor: fc.constantFrom('meta', 'link', 'both', 'neither'),
  atEnd: fc.constantFrom('null', 'absent', 'cursor'),
  without: fc.constantFrom('nothing', 'meta', 'links', 'both'),
})

/** A place as a list cursor of Zendesk's: `id` rows were given. */
const cursorAt = (id: number): string => `${listCursorFrom('updated_at,id', 0)}~${id}`
const placeOf = (cursor: unknown): number => Number(String(cursor).split('~')[1] ?? 0)

const serve =
  (key: string, rows: readonly RecordData[], size: number, { hasMore, cursor, atEnd, without }: Dialect): GetPage =>
  async ({ path, query = {} }) => {
    if (path === 'search/count') return { count: rows.length }
    const from = query['page[after]'] === undefined ? 0 : placeOf(query['page[after]'])
    const here = rows.slice(from, from + size)
    const more = from + size < rows.length
    const next = cursorAt(from + here.length)
    const value = more || (here.length > 0 && atEnd === 'cursor') ? next : atEnd === 'null' ? null : undefined
    const inMeta = cursor === 'meta' || cursor === 'both'
    const inLinks = cursor === 'link' || cursor === 'both'
    const link = value && `https://a.zendesk.com/api/v2/x?page%5Bafter%5D=${encodeURIComponent(value)}&page[size]=100`
    const meta = {
      ...(hasMore === 'said' && { has_more: more }),
      ...(hasMore === 'text' && { has_more: String(more) }),
      ...(hasMore === 'null' && { has_more: null }),
      ...(inMeta && value !== undefined && { after_cursor: value }),
    }
    const links = { ...(inLinks && link !== undefined && { next: link }) }
    return {
      [key]: here,
      ...(without !== 'meta' && without !== 'both' && { meta }),
      ...(without !== 'links' && without !== 'both' && { links }),
    } as Page
  }

const options = (get: GetPage) => ({ get, signal: new AbortController().signal, streams: ['one'] })

/** The ids of all rows of a walk; undefined where it failed. */
async function idsOf(read: AsyncIterable<readonly RecordData[]>): Promise<number[] | undefined> {
  const ids: number[] = []
  try {
    for await (const rows of read) ids.push(...rows.map(({ id }) => Number(id)))
  } catch {
    return undefined
  }
  return ids
}
async function* pagesOf(walk: Walk, get: GetPage): AsyncGenerator<readonly RecordData[]> {
  for await (const { rows } of readWalk(walk, { time: 0 }, options(get))) yield rows
}

const WALKS: Readonly<Record<string, Walk>> = {
  'a list': cursorList({ path: 'groups' }),
  'a list that is read whole in each sync': wholeList({ path: 'groups', timeField: 'updated_at' }),
  'a list by time': datedList({ path: 'groups', timeField: 'updated_at' }),
  'a search': searchExport('found', { kind: 'ticket', text: '' }),
}
const keyOf = ({ key }: Walk): string => key ?? ''
/** A page is full, or smaller than what was asked for. */
const pageSizes = fc.constantFrom(100, 100, 40)
const counts = fc.oneof(fc.integer({ min: 0, max: 350 }), fc.constantFrom(100, 200, 300))
/** What nobody can tell from a whole list: no sign of pages at all, on a page that is not full. */
const isUnknowable = (size: number, count: number, { without }: Dialect, asked: number): boolean =>
  size < asked && count > size && without === 'both'

describe('whatever its pages lack, it is read whole or fails:', () => {
  for (const [name, walk] of Object.entries(WALKS))
    test(name, () =>
      fc.assert(
        fc.asyncProperty(counts, pageSizes, dialects, async (count, size, dialect) => {
          const asked = Number(walk.query['page[size]'])
          const pages = asked === 1000 ? size * 10 : size
          fc.pre(!isUnknowable(pages, count, dialect, asked))
          const rows = rowsTo(count)
          const found = await idsOf(pagesOf(walk, serve(keyOf(walk), rows, pages, dialect)))
          if (found !== undefined) expect(new Set(found)).toEqual(new Set(rows.map(({ id }) => id)))
          // What Zendesk says today is enough.
          const { hasMore, cursor, without } = dialect
          if (
            hasMore === 'said' &&
            (cursor === 'meta' || cursor === 'both') &&
            (without === 'nothing' || without === 'links')
          )
            expect(found).toBeDefined()
        }),
        tries(name === 'a search' ? 50 : 1000),
      ),
    )

  test('the archive', () =>
    fc.assert(
      fc.asyncProperty(counts, dialects, async (count, dialect) => {
        const rows = rowsTo(count)
        const archive = { ...archiveSearch('ticket', ''), finds: () => true }
        const options = { get: serve('results', rows, 100, dialect), signal: new AbortController().signal, streams: [] }
        const pages = async function* () {
          const search = { since: 0, from: 0, until: TIME }
          for await (const found of readArchive(archive, search, options)) yield found.rows
        }
        const found = await idsOf(pages())
        if (found !== undefined) expect(found).toEqual(rows.map(({ id }) => id))
      }),
      tries(500),
    ))

  test('a short list that discovery asks for', () =>
    fc.assert(
      fc.asyncProperty(counts, dialects, async (count, dialect) => {
        const rows = rowsTo(count)
        const walk = cursorList({ path: 'groups' })
        const found = await allRows(serve('groups', rows, 100, dialect), walk, []).catch(() => undefined)
        if (found !== undefined) expect(found).toEqual(rows)
      }),
      tries(500),
    ))
})

test('without has_more a list goes on by its cursor or its link until a page is empty', async () => {
  for (const cursor of ['meta', 'link', 'both'] as const)
    for (const hasMore of ['absent', 'text', 'null'] as const)
      for (const atEnd of ['null', 'cursor'] as const) {
        const dialect: Dialect = { hasMore, cursor, atEnd, without: 'nothing' }
        for (const count of [0, 1, 99, 100, 101, 250])
          expect(await idsOf(pagesOf(WALKS['a list']!, serve('groups', rowsTo(count), 100, dialect)))).toHaveLength(
            count,
          )
      }
})

test('a list that says that there is more, in a word, and gives no way to it has no silent end', () => {
  const walk = cursorList({ path: 'views' })
  const page = { views: [{ id: 1 }], meta: { has_more: 'true', after_cursor: null }, links: { next: null } }
  expect(() => walk.advance(page, { time: 0 })).toThrow(/there is more, but not where/)
})

test('a changed list without has_more is read to its last row', async () => {
  const walk = changedList({ path: 'tickets', timeField: 'updated_at' })
  const cursor = (nth: number): string => listCursorFrom('updated_at,id', TIME + nth)
  const rows = rowsTo(250)
  const get: GetPage = async ({ query = {} }) => {
    const from = rows.findIndex((_, nth) => cursor(nth) === query['page[after]'])
    const here = rows.slice(from + 1, from + 101)
    return { tickets: here, meta: { after_cursor: here.length > 0 ? cursor(from + here.length) : null } }
  }
  expect(await idsOf(pagesOf(walk, get))).toHaveLength(250)
})

test('what asks for has_more is sent where the reference has it', () => {
  expect(cursorList({ path: 'groups' }).query).toMatchObject({ include_boundary_indicators: true })
  expect(cursorList({ path: 'help_center/articles' }).query).not.toHaveProperty('include_boundary_indicators')
})

describe('a list by number', () => {
  const walk = numberedList({ path: 'targets' })
  const page = (rows: number, more: object): Page => ({ targets: rowsTo(rows), ...more })
  const last = (given: Page, cursor?: string): boolean =>
    walk.advance(given, { time: 0, ...(cursor !== undefined && { cursor }) }).last

  test('ends where it says so', () => {
    expect(last(page(100, { next_page: null }))).toBe(true)
    expect(last(page(100, { next_page: 'https://a/?page=2' }))).toBe(false)
    expect(last(page(0, {}))).toBe(true)
  })

  test('that says nothing is whole if its count says so, or if its page is not full', () => {
    expect(last(page(30, {}))).toBe(true)
    expect(last(page(130, {}))).toBe(true)
    expect(last(page(100, { count: 100 }))).toBe(true)
    expect(last(page(100, { count: 130 }))).toBe(false)
    expect(last(page(30, { count: 130 }))).toBe(false)
    expect(last(page(30, { count: 130 }), '2')).toBe(false)
    expect(last(page(0, { count: 130 }), '5')).toBe(true)
    expect(() => last(page(100, {}))).toThrow(/targets: Zendesk gave a page of 100 rows, but does not say/)
  })

  test('that comes by cursor fails', () => {
    expect(() => last(page(100, { meta: { has_more: true, after_cursor: 'a' } }))).toThrow(/page by cursor/)
    expect(() => last(page(100, { links: { next: 'https://a/?page[after]=b' } }))).toThrow(/page by cursor/)
  })
})

test('an answer that should be the only one, and points to another, is an error', () => {
  const walk = oneAnswer('tickets/1/metrics', (page) => rowsOf(page, 'rows'))
  expect(walk.advance({ rows: [], next_page: null, meta: { has_more: false } }, { time: 0 }).last).toBe(true)
  for (const more of [{ next_page: 'https://a/?page=2' }, { meta: { has_more: true } }, { meta: { has_more: 'true' } }])
    expect(() => walk.advance({ rows: [], ...more }, { time: 0 })).toThrow(/one page of several/)
})
