import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type GetPage, type Position, type RecordData, setAnsweredAt } from '../../../../src/model/stream.ts'
import { readWalk } from '../../../../src/sync/pages.ts'
import { searchExport } from '../../../../src/zendesk/walks/search-export.ts'

interface Row extends RecordData {
  readonly id: number
  readonly created: number
  readonly updated_at: string
}

const DAY = 86_400
const START = Date.UTC(2020, 0, 1) / 1000
const isoOf = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
const changedAt = ({ updated_at }: Row): number => Date.parse(updated_at) / 1000

/** A search as Zendesk answers it: newest first by creation, a cursor that is bound to its query. */
const serve =
  (rows: readonly Row[], pageSize: number): GetPage =>
  async ({ query }) => {
    const text = String(query?.['query'])
    const [, from = ''] = /updated>=(\S+)/.exec(text) ?? []
    const [, to] = /updated<(\S+)/.exec(text) ?? []
    const found = rows
      .filter((row) => changedAt(row) >= Date.parse(from) / 1000)
      .filter((row) => to === undefined || changedAt(row) < Date.parse(to) / 1000)
      .sort((one, other) => other.created - one.created || one.id - other.id)
    const [bound, created = 'Infinity', id = '0'] = String(query?.['page[after]'] ?? text).split('|')
    if (bound !== text) throw new Error('The cursor is of another search.')
    const isAfter = (row: Row): boolean =>
      row.created < Number(created) || (row.created === Number(created) && row.id > Number(id))
    const rest = found.filter(isAfter)
    const results = rest.slice(0, pageSize)
    const last = results.at(-1)
    return { results, meta: { has_more: rest.length > pageSize, after_cursor: `${text}|${last?.created}|${last?.id}` } }
  }

const walk = searchExport('search', { kind: 'ticket', text: 'x' })

async function read(rows: readonly Row[], pageSize: number, from: Position) {
  const options = { get: serve(rows, pageSize), signal: new AbortController().signal, streams: ['search'] }
  const places: { readonly position: Position; readonly ids: readonly number[] }[] = []
  let ids: readonly number[] = []
  for await (const { rows: found, after } of readWalk(walk, from, options)) {
    ids = [...ids, ...found.map((row) => row['id'] as number)]
    places.push({ position: after, ids })
  }
  return { ids, places, position: places.at(-1)!.position }
}

/** Rows of five years, many of them in one week, some in one second. */
const someRows = fc
  .array(fc.tuple(fc.oneof(fc.nat(5 * 365 * DAY), fc.nat(7 * DAY), fc.constant(1_000)), fc.nat(100 * DAY)), {
    maxLength: 80,
  })
  .map((all) =>
    all.map(([changed, age], nth): Row => {
      const updated = START + changed
      return { id: nth + 1, created: updated - age, updated_at: isoOf(updated) }
    }),
  )
const sorted = (ids: Iterable<number>): readonly number[] => [...ids].sort((one, other) => one - other)

test('every row comes once; from any page on, what is missing comes; later only what has changed', async () => {
  await fc.assert(
    fc.asyncProperty(someRows, fc.integer({ min: 1, max: 20 }), fc.nat(), async (rows, pageSize, some) => {
      const { ids, places, position } = await read(rows, pageSize, { time: 0 })
      expect(sorted(ids)).toEqual(rows.map(({ id }) => id))

      const broken = places[some % places.length]!
      const rest = await read(rows, pageSize, broken.position)
      expect(sorted(new Set([...broken.ids, ...rest.ids]))).toEqual(sorted(ids))

      expect((await read(rows, pageSize, position)).ids).toEqual([])
      const latest = rows.reduce((time, row) => Math.max(time, changedAt(row)), START)
      const changed = rows.slice(0, 3).map((row) => ({ ...row, updated_at: isoOf(latest + 60) }))
      const next = await read([...changed, ...rows.slice(3)], pageSize, position)
      expect(sorted(next.ids)).toEqual(changed.map(({ id }) => id))
    }),
  )
})

/** A ticket of an account that changes while it is read. */
interface Ticket extends RecordData {
  readonly id: number
  readonly created: number
  readonly updated_at: string
  readonly status: 'open' | 'closed'
}

/** What happens at a request, or between two syncs: so many seconds pass, and this ticket is opened or closed. */
const some = fc.record({ seconds: fc.nat(3000), ticket: fc.nat(11), opens: fc.boolean() })
/** A sync is cut off after so many pages, before or after the last one's state was written; or goes to its end. */
const someCuts = fc.array(
  fc.record({ pages: fc.integer({ min: 1, max: 6 }), isWritten: fc.boolean(), changes: fc.nat(4) }),
  {
    maxLength: 3,
  },
)

test('what no longer matches is seen, also if it was emitted by a first sync that went on for hours, or was cut off before a state', async () => {
  const sees = searchExport('search', { kind: 'ticket', text: 'status:open', seesAll: true })
  await fc.assert(
    fc.asyncProperty(
      fc.array(some, { maxLength: 40 }),
      someCuts,
      fc.integer({ min: 1, max: 15 }),
      async (given, cuts, pageSize) => {
        const changes = [...given]
        let now = START
        const tickets = new Map<number, Ticket>()
        const put = (id: number, status: Ticket['status']): void => {
          tickets.set(id, { id, created: id, updated_at: isoOf(now), status })
        }
        for (let id = 0; id < 12; id++, now += 5 * DAY) put(id, id % 3 === 0 ? 'closed' : 'open')
        const pass = (): void => {
          const change = changes.shift()
          now += change?.seconds ?? 1
          if (change) put(change.ticket, change.opens ? 'open' : 'closed')
        }
        const get: GetPage = async (request) => {
          pass()
          const all = [...tickets.values()]
          const matching = String(request.query?.['query']).startsWith('status:open')
            ? all.filter(({ status }) => status === 'open')
            : all
          const page = await serve(matching, pageSize)(request)
          setAnsweredAt(page, now)
          return page
        }
        let position: Position = { time: START }
        const table = new Set<unknown>()
        const sync = async (cut?: { readonly pages: number; readonly isWritten: boolean }): Promise<void> => {
          const options = { get, signal: new AbortController().signal, streams: ['search'] }
          let pages = 0
          for await (const { rows, after } of readWalk(sees, position, options)) {
            for (const { id, status } of rows) status === 'open' ? table.add(id) : table.delete(id)
            const isCut = ++pages === cut?.pages
            if (!isCut || cut?.isWritten) position = after
            if (isCut) return
          }
        }
        for (const cut of cuts) {
          await sync(cut)
          for (let times = 0; times < cut.changes; times++) pass()
        }
        await sync()
        changes.length = 0
        now += 3600
        await sync()
        const open = [...tickets.values()].filter(({ status }) => status === 'open').map(({ id }) => id)
        expect(sorted(table as Set<number>)).toEqual(sorted(open))
      },
    ),
    { numRuns: 500 },
  )
})
