// A list that shrinks is no mass deletion: it is asked again, and then its stream fails with the state that it had.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HttpError } from '../../../src/model/errors.ts'
import type { Message } from '../../../src/model/message.ts'
import type { GetPage, PageRequest, RecordData } from '../../../src/model/stream.ts'
import { areTooMany } from '../../../src/sync/missing.ts'
import type { ReadOptions } from '../../../src/sync/run.ts'
import { createTable, NOW, readByValue } from '../../support/zendesk-by-value.ts'

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString()
const rowsTo = (count: number): RecordData[] =>
  Array.from({ length: count }, (_, nth) => ({ id: nth + 1, title: `T${nth}`, updated_at: iso(NOW - 9000 + nth) }))
const isAny = { reconcile: { every: 3600, mostDeleted: 0.05 } }

/** An account whose lists have these rows, by path; a record that is asked for by itself is answered with a status. */
const account =
  (
    lists: (path: string, nth: number) => readonly RecordData[] | undefined,
    shown = 404,
    asked: PageRequest[] = [],
  ): GetPage =>
  async (request) => {
    const { path, query = {} } = request
    const nth = asked.filter(
      (one) => one.path === path && one.query?.['page[after]'] === undefined && one.query?.['page'] === undefined,
    ).length
    asked.push(request)
    const rows = lists(path, nth)
    if (rows === undefined) throw new HttpError(`${path}: HTTP ${shown}`, 'system_error', { status: shown })
    const from = Number(query['page[after]'] ?? (Number(query['page'] ?? 1) - 1) * 100)
    const here = rows.slice(from, from + 100)
    return {
      [path.slice(path.lastIndexOf('/') + 1)]: here,
      meta: { has_more: from + 100 < rows.length, after_cursor: String(from + here.length) },
      next_page: from + 100 < rows.length ? 'next' : null,
    }
  }

/** Reads to the end; what was emitted, and what ended it. */
async function sync(
  get: GetPage,
  names: readonly string[],
  before?: ReturnType<typeof createTable>,
  more: Partial<ReadOptions> = isAny,
) {
  const table = createTable()
  const messages: Message[] = []
  let error: unknown
  try {
    for await (const message of readByValue(get, names, before?.states, more)) {
      table.take(message)
      messages.push(message)
    }
  } catch (thrown) {
    error = thrown
  }
  const deleted = messages.flatMap((one) =>
    one.kind === 'records' ? (one.deletedAt ?? []).filter((at) => at !== undefined) : [],
  )
  const errors = messages.flatMap((one) => (one.kind === 'error' ? [String(one.error)] : []))
  const logs = messages.flatMap((one) => (one.kind === 'log' ? [one.message] : []))
  const ends = messages.flatMap((one) => (one.kind === 'status' && /complete/.test(one.status) ? [one.status] : []))
  return { table, error, errors, logs, ends, deleted: deleted.length }
}

/** Streams of lists: with `show`, without it, by number. */
const LISTS: Readonly<Record<string, string>> = {
  macros: 'macros',
  views: 'views',
  brands: 'brands',
  custom_roles: 'custom_roles',
  requests: 'requests',
  posts: 'community/posts',
}
const listOf = (name: string, rows: readonly RecordData[]) => (path: string) =>
  path === LISTS[name] ? rows : undefined

describe('a list that is suddenly empty', () => {
  for (const name of Object.keys(LISTS))
    for (const count of [3, 33, 250])
      test(`of ${count} ${name}: nothing is deleted, the stream is INCOMPLETE and keeps its state`, async () => {
        const first = await sync(account(listOf(name, rowsTo(count))), [name])
        expect(first.error).toBeUndefined()
        for (const shown of [403, 404]) {
          const asked: PageRequest[] = []
          const second = await sync(account(listOf(name, []), shown, asked), [name], first.table)
          expect([second.deleted, second.ends, second.table.states.size]).toEqual([0, ['incomplete'], 0])
          expect(second.errors.join()).toMatch(
            new RegExp(
              `${count} of ${count} records \\(100 %\\) of ${name} are missing, also on a second request.*"max_deletions_percent" to 100`,
            ),
          )
          expect(asked.filter(({ path }) => path === LISTS[name])).toHaveLength(2)
        }
      })

  test('only once: it is asked again, and nothing is told', async () => {
    for (const name of Object.keys(LISTS)) {
      const rows = rowsTo(120)
      const first = await sync(account(listOf(name, rows)), [name])
      const emptyOnce = account((path, nth) => (path === LISTS[name] ? (nth === 0 ? [] : rows) : undefined))
      const second = await sync(emptyOnce, [name], first.table)
      expect([second.deleted, second.ends, second.table.emitted()]).toEqual([0, ['complete'], 0])
      expect(second.table.states.get(name)).toEqual(first.table.states.get(name))
    }
  })

  test('is believed where the configuration allows it', async () => {
    const first = await sync(account(listOf('views', rowsTo(40))), ['views'])
    const all = { reconcile: { every: 3600, mostDeleted: 1 } }
    const second = await sync(account(listOf('views', [])), ['views'], first.table, all)
    expect([second.deleted, second.ends]).toEqual([40, ['complete']])
  })

  test('is believed where rows leave their list by themselves, once it was asked twice', async () => {
    for (const name of ['deleted_tickets', 'suspended_tickets']) {
      const rows = rowsTo(40).map((row) => ({ ...row, deleted_at: row['updated_at'] }))
      const first = await sync(
        account((path) => (path === name ? rows : undefined)),
        [name],
      )
      const asked: PageRequest[] = []
      const second = await sync(
        account((path) => (path === name ? [] : undefined), 404, asked),
        [name],
        first.table,
      )
      expect([second.deleted, second.ends]).toEqual([40, ['complete']])
      expect(asked.filter(({ path }) => path === name)).toHaveLength(2)
    }
  })
})

test('calls of webhooks that leave the log are kept, however many: with their time, with their webhook, or by mistake', async () => {
  const webhook = { id: 'W1', created_at: iso(NOW - 9000), updated_at: iso(NOW - 9000) }
  const calls = Array.from({ length: 40 }, (_, nth) => ({ id: `I${nth}`, latest_completed_at: iso(NOW - 9000 + nth) }))
  const logOf = (webhooks: readonly RecordData[], invocations: readonly RecordData[]) => (path: string) =>
    path === 'webhooks' ? webhooks : path === 'webhooks/W1/invocations' ? invocations : undefined
  const names = ['webhook_invocations']
  const first = await sync(account(logOf([webhook], calls)), names)
  expect([first.table.rows.size, first.ends]).toEqual([40, ['complete']])
  for (const log of [logOf([webhook], calls.slice(30)), logOf([webhook], []), logOf([], [])]) {
    const second = await sync(account(log), names, first.table)
    expect([second.deleted, second.ends, second.table.emitted(), second.errors]).toEqual([0, ['complete'], 0, []])
    const third = await sync(account(logOf([webhook], calls)), names, second.table)
    expect([third.deleted, third.ends]).toEqual([0, ['complete']])
  }
})

test('a record that may not be seen is kept, and known in the next sync', async () => {
  const first = await sync(account(listOf('macros', rowsTo(30))), ['macros'])
  const less = rowsTo(30).slice(2)
  const hidden = await sync(account(listOf('macros', less), 403), ['macros'], first.table)
  expect([hidden.deleted, hidden.ends]).toEqual([0, ['complete']])
  expect(hidden.logs.join()).toMatch(/macros: 2 records .*refuses to show them to this user \(403\)/)
  const gone = await sync(account(listOf('macros', less), 404), ['macros'], hidden.table)
  expect([gone.deleted, gone.ends]).toEqual([2, ['complete']])
})

test('however many of however many are missing, no more than the share, or a few, are told as deleted', () =>
  fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.keys(LISTS)),
      fc.integer({ min: 1, max: 300 }),
      fc.nat(300),
      fc.constantFrom(403, 404),
      async (name, count, left, shown) => {
        const rows = rowsTo(count)
        const here = rows.slice(0, left)
        const missing = count - here.length
        const first = await sync(account(listOf(name, rows)), [name])
        const second = await sync(account(listOf(name, here), shown), [name], first.table)
        const doubtful = areTooMany({ missing, known: count, isEmpty: here.length === 0 }, isAny.reconcile)
        expect(second.ends).toEqual([doubtful ? 'incomplete' : 'complete'])
        const canTell = shown === 404 || name === 'views' || name === 'brands' || name === 'custom_roles'
        expect(second.deleted).toBe(doubtful || !canTell ? 0 : missing)
        if (doubtful) expect(missing > 10 || missing === count).toBe(true)
        else expect(missing <= 10 || missing <= count * 0.05).toBe(true)
      },
    ),
    { numRuns: 150 },
  ))

describe('the inventory of articles', () => {
  const article = (id: number): RecordData => ({ id, updated_at: iso(NOW - 9000 + id), title: 'T' })
  const articles = (here: readonly RecordData[], shown: number): GetPage => {
    const lists = account((path) => (path === 'help_center/articles' ? here : undefined), shown)
    return async (request) =>
      request.path === 'help_center/incremental/articles'
        ? { articles: [], end_time: Number(request.query?.['start_time']), end_of_stream: true }
        : lists(request)
  }
  const all = Array.from({ length: 60 }, (_, nth) => article(nth + 1))

  test('that finds most of them missing tells none as deleted, and the stream is INCOMPLETE', async () => {
    const first = await sync(articles(all, 404), ['articles'])
    for (const shown of [403, 404]) {
      const second = await sync(articles(all.slice(40), shown), ['articles'], first.table)
      expect([second.deleted, second.ends]).toEqual([0, ['incomplete']])
      expect(second.errors.join()).toMatch(/40 of 60 records \(67 %\) of articles are missing/)
      expect(second.table.states.get('articles')?.['ids'] ?? first.table.states.get('articles')?.['ids']).toEqual(
        first.table.states.get('articles')?.['ids'],
      )
    }
  })

  test('takes no refusal for a deletion', async () => {
    const first = await sync(articles(all, 404), ['articles'])
    const hidden = await sync(articles(all.slice(2), 403), ['articles'], first.table)
    expect([hidden.deleted, hidden.ends]).toEqual([0, ['complete']])
    const gone = await sync(articles(all.slice(2), 404), ['articles'], hidden.table)
    expect(gone.deleted).toBe(2)
  })
})
