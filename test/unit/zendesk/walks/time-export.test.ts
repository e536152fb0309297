import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type GetPage,
  type Page,
  type Position,
  type RecordData,
  setAnsweredAt,
  setAskedSize,
} from '../../../../src/model/stream.ts'
import { readWalk } from '../../../../src/sync/pages.ts'
import { timeExport } from '../../../../src/zendesk/walks/time-export.ts'
import { tries } from '../../../support/thorough.ts'

interface Row extends RecordData {
  readonly id: number
  readonly timestamp: number
}

/** A time export as Zendesk answers: pages begin with the last second of the page before, whole seconds if need be. */
const serve =
  (rows: readonly Row[], pageSize: number, tellsEnd = true): GetPage =>
  async ({ query }) => {
    const start = Number(query?.['start_time'])
    const due = rows
      .filter(({ timestamp }) => timestamp >= start)
      .sort((a, b) => a.timestamp - b.timestamp || b.id - a.id)
    let page = due.slice(0, pageSize)
    let end = page.at(-1)?.timestamp ?? start
    if (page.length > 0 && page[0]!.timestamp === end && due.length > page.length) {
      page = due.filter(({ timestamp }) => timestamp === end)
      end += 1
    }
    const last = page.length === due.length
    return { events: page, count: page.length, end_time: end, ...(tellsEnd && { end_of_stream: last }) }
  }

const walk = (lag: number) =>
  timeExport({
    name: 'events',
    path: 'incremental/events',
    key: 'events',
    bucket: 'exports',
    timeField: 'timestamp',
    lag,
  })

async function read(rows: readonly Row[], pageSize: number, from: Position, lag = 0, tellsEnd = true) {
  const options = { get: serve(rows, pageSize, tellsEnd), signal: new AbortController().signal, streams: ['events'] }
  const ids: number[] = []
  const places: { position: Position; read: number }[] = []
  for await (const { rows, after } of readWalk(walk(lag), from, options)) {
    ids.push(...rows.map((row) => row['id'] as number))
    places.push({ position: after, read: ids.length })
  }
  return { ids, places, position: places.at(-1)?.position ?? from }
}

const someRows = (from: number, times: readonly number[], firstId: number): Row[] =>
  times.map((time, index) => ({ id: firstId + index, timestamp: from + time }))
const crowded = fc.array(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 50 })), { maxLength: 60 })

test('a time export hands on every row once, whatever the page size and however many share a second', async () => {
  await fc.assert(
    fc.asyncProperty(crowded, fc.integer({ min: 1, max: 20 }), async (times, pageSize) => {
      const rows = someRows(1_000, times, 1)
      const { ids } = await read(rows, pageSize, { time: 0 })
      expect(ids.toSorted((a, b) => a - b)).toEqual(rows.map(({ id }) => id))
    }),
  )
})

test('an export that never says that it has ended, as Talk has it, is read to its end, and again from there', async () => {
  const endless =
    (rows: readonly Row[], pageSize: number): GetPage =>
    async (request) => {
      const { end_of_stream: _, ...page } = await serve(rows, pageSize)(request)
      return { ...page, next_page: 'https://acme.zendesk.com/more' }
    }
  await fc.assert(
    fc.asyncProperty(crowded, fc.integer({ min: 1, max: 20 }), async (times, pageSize) => {
      const rows = someRows(1_000, times, 1)
      const options = { get: endless(rows, pageSize), signal: new AbortController().signal, streams: ['events'] }
      const ids: unknown[] = []
      let position: Position = { time: 0 }
      for (const sync of [1, 2])
        for await (const step of readWalk(walk(0), position, options)) {
          if (sync === 2) expect(step.rows).toEqual([])
          ids.push(...step.rows.map(({ id }) => id))
          position = step.after
        }
      expect(ids.toSorted((a, b) => Number(a) - Number(b))).toEqual(rows.map(({ id }) => id))
    }),
  )
})

test('where a reader has enough, no page beyond is asked for', async () => {
  const asked: unknown[] = []
  const get: GetPage = (request) => {
    asked.push(request.query?.['start_time'])
    return serve(someRows(1_000, [0, 10, 20, 30, 40], 1), 2)(request)
  }
  const isEnough = ({ time }: Position): boolean => time > 1_015
  const ids: unknown[] = []
  const options = { get, signal: new AbortController().signal, streams: ['events'], isEnough }
  for await (const { rows } of readWalk(walk(0), { time: 1_000 }, options)) ids.push(...rows.map(({ id }) => id))
  expect([ids, asked]).toEqual([
    [1, 2, 3],
    [1_000, 1_010],
  ])
})

test('from any checkpoint on, the rest comes once, and the next sync brings only what is new', async () => {
  await fc.assert(
    fc.asyncProperty(
      crowded,
      crowded,
      fc.integer({ min: 1, max: 20 }),
      fc.nat(),
      async (times, later, pageSize, where) => {
        const rows = someRows(1_000, times, 1)
        const first = await read(rows, pageSize, { time: 0 })
        const place = first.places[where % Math.max(1, first.places.length)]
        if (place) {
          const resumed = await read(rows, pageSize, JSON.parse(JSON.stringify(place.position)) as Position)
          expect([...first.ids.slice(0, place.read), ...resumed.ids].toSorted((a, b) => a - b)).toEqual(
            rows.map(({ id }) => id),
          )
        }
        const fresh = someRows(2_000, later, 1_000)
        const second = await read([...rows, ...fresh], pageSize, first.position)
        expect(second.ids.toSorted((a, b) => a - b)).toEqual(fresh.map(({ id }) => id))
      },
    ),
  )
})

test('rows that appear late, within the lag, are not missed', async () => {
  await fc.assert(
    fc.asyncProperty(crowded, crowded, fc.integer({ min: 1, max: 20 }), async (times, late, pageSize) => {
      const rows = someRows(1_000, [...times, 50], 1)
      const first = await read(rows, pageSize, { time: 0 }, 60)
      const all = [...rows, ...someRows(1_000, late, 1_000)]
      const second = await read(all, pageSize, first.position, 60)
      expect(second.ids.toSorted((a, b) => a - b)).toEqual(late.map((_, index) => 1_000 + index))
      const third = await read(all, pageSize, second.position, 60)
      expect(third.ids).toEqual([])
      expect(third.position).toEqual(second.position)
    }),
  )
})

test('where each page says when it was given: stopped after any page, while rows appear late, each comes once', async () => {
  const lag = 60
  const some = fc.array(fc.record({ time: fc.integer({ min: 0, max: 2_000 }), late: fc.nat({ max: lag }) }), {
    maxLength: 80,
  })
  await fc.assert(
    fc.asyncProperty(
      some,
      fc.integer({ min: 1, max: 20 }),
      fc.infiniteStream(fc.nat({ max: 40 })),
      async (all, size, random) => {
        const rows = all.map(({ time, late }, index) => ({
          id: index + 1,
          timestamp: 1_000 + time,
          visible: 1_000 + time + late,
        }))
        let now = 1_000
        const get: GetPage = async (request) => {
          now += random.next().value
          const page = await serve(
            rows.filter(({ visible }) => visible <= now),
            size,
          )(request)
          setAnsweredAt(page, now)
          return page
        }
        const options = { get, signal: new AbortController().signal, streams: ['events'] }
        const ids: unknown[] = []
        let position: Position = { time: 0 }
        for (let isOver = false; !isOver; ) {
          isOver = now > 4_000
          let pages = random.next().value % 4
          for await (const step of readWalk(walk(lag), position, options)) {
            ids.push(...step.rows.map(({ id }) => id))
            position = JSON.parse(JSON.stringify(step.after)) as Position
            if (!isOver && pages-- === 0) break
          }
          now += 10 * random.next().value
        }
        expect(ids.toSorted((a, b) => Number(a) - Number(b))).toEqual(rows.map(({ id }) => id))
      },
    ),
    tries(1000),
  )
})

test('rows that the export orders by another time than their own: each comes once, and those before a row in order are forgotten', async () => {
  interface Displaced extends Row {
    /** The time by which the export has it; `by` is how far its own lies from that, which the row may not show. */
    readonly place: number
    readonly by: number
    readonly shows: boolean
  }
  const displaced = timeExport({
    name: 'events',
    path: 'incremental/events',
    key: 'events',
    timeField: 'timestamp',
    lag: 60,
    reads: { by: true, shows: true },
    isDisplaced: ({ by, shows }) => by !== 0 && shows === true,
    mayBeDisplaced: ({ by }) => by !== 0,
  })
  const some = fc.array(
    fc.record({
      at: fc.integer({ min: 0, max: 50 }),
      by: fc.constantFrom(0, 0, 0, -40, -3, 2, 1_000),
      hides: fc.boolean(),
    }),
    { maxLength: 60 },
  )
  await fc.assert(
    fc.asyncProperty(
      some,
      fc.integer({ min: 2, max: 20 }),
      fc.constantFrom(1_220, 5_000),
      fc.nat(),
      async (all, size, now, where) => {
        const rows = all.map(({ at, by, hides }, nth): Displaced => {
          // Only what is older than its place may hide that; where no row in order is of that second, it is still found.
          const shows = by >= 0 || !hides
          const place = 1_000 + 4 * at + (shows ? 0 : 2)
          return { id: nth + 1, place, timestamp: place + by, by, shows }
        })
        const byPlace = rows.map(({ id, place }) => ({ id, timestamp: place }))
        const get: GetPage = async (request) => {
          const page = await serve(byPlace, size)(request)
          const events = (page['events'] as readonly Row[]).map(({ id }) => rows[id - 1])
          const shown = { ...page, events }
          setAnsweredAt(shown, now)
          return shown
        }
        const options = { get, signal: new AbortController().signal, streams: ['events'] }
        const ids: unknown[] = []
        let position: Position = { time: 0 }
        let left = where % 6
        for (const sync of [1, 2])
          for await (const step of readWalk(displaced, position, options)) {
            ids.push(...step.rows.map(({ id }) => id))
            position = JSON.parse(JSON.stringify(step.after)) as Position
            const { time, settled, seen = {} } = position
            if (settled === time)
              for (const id of Object.values(seen).flatMap(Object.keys)) {
                const later = step.rows.slice(step.rows.findIndex((row) => row['id'] === Number(id)) + 1)
                expect(later.filter(({ by, timestamp }) => by === 0 && Number(timestamp) < time)).toEqual([])
              }
            if (sync === 1 && left-- === 0) break
          }
        expect(ids.toSorted((a, b) => Number(a) - Number(b))).toEqual(rows.map(({ id }) => id))
      },
    ),
    tries(1000),
  )
})

test('a second that comes again and again, with no way past it, ends the walk with an error and its place before it', async () => {
  let asked = 0
  const get: GetPage = async ({ query }) => {
    asked++
    const start = Number(query?.['start_time'])
    return start <= 7
      ? { events: [{ id: 1, timestamp: 7 }], end_time: 7, end_of_stream: false }
      : { events: [], end_time: start, end_of_stream: true }
  }
  const options = { get, signal: new AbortController().signal, streams: ['ticket_events'] }
  const places: number[] = []
  const reading = (async () => {
    for await (const { after } of readWalk(walk(0), { time: 0 }, options)) places.push(after.time)
  })()
  await expect(reading).rejects.toThrow(
    /incremental\/events: 1 rows of the second 1970-01-01T00:00:07Z fill a page.* ticket_events cannot go on/,
  )
  expect(asked).toBeLessThan(6)
  expect(Math.max(...places)).toBe(7)
})

test('more rows of one second than a page holds are never stepped over, whether the export says its end or not', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 3_000 }),
      fc.constantFrom(1000, 500, 250, 125),
      fc.boolean(),
      fc.integer({ min: 0, max: 20 }),
      async (crowd, size, tellsEnd, later) => {
        const rows = [...someRows(1_000, Array(crowd).fill(0), 1), ...someRows(1_001, Array(later).fill(0), 10_000)]
        const get: GetPage = async ({ query }) => {
          const due = rows.filter(({ timestamp }) => timestamp >= Number(query?.['start_time']))
          const events = due.slice(0, size)
          const end_time = events.at(-1)?.timestamp ?? Number(query?.['start_time'])
          const page = { events, end_time, next_page: 'more', ...(tellsEnd && { end_of_stream: due.length <= size }) }
          // Halved pages are asked for by the client.
          setAskedSize(page, size)
          return page
        }
        const ids = new Set<unknown>()
        const options = { get, signal: new AbortController().signal, streams: ['events'] }
        let failed = false
        try {
          for await (const step of readWalk(walk(0), { time: 0 }, options)) for (const { id } of step.rows) ids.add(id)
        } catch {
          failed = true
        }
        expect(failed || ids.size === rows.length).toBe(true)
        if (crowd + later < size) expect(failed).toBe(false)
      },
    ),
    { ...tries(300), examples: [[125, 1000, false, 0]] },
  )
})

describe('a position', () => {
  const NOW = 1_800_000_000
  const FAR = 253_402_300_799
  const dated = (page: object): Page => {
    const answer = { ...page } as Page
    setAnsweredAt(answer, NOW)
    return answer
  }
  const pages = {
    'an end_time': dated({ events: [{ id: 1, timestamp: NOW - 10 }], end_time: FAR, end_of_stream: true }),
    'a row without an end_time': dated({ events: [{ id: 1, timestamp: FAR }], end_of_stream: true }),
    'a row among others': dated({
      events: [1, FAR, NOW - 5].map((timestamp, id) => ({ id, timestamp })),
      end_time: FAR,
    }),
  }
  for (const [what, page] of Object.entries(pages))
    for (const settle of [0, 60])
      test(`is never ahead of the time of the answer: ${what} in the year 9999, settling in ${settle} s`, () => {
        const { position, rows } = walk(settle).advance(page, { time: 100 })
        expect(position.time).toBeLessThanOrEqual(NOW)
        expect(position.settled ?? 0).toBeLessThanOrEqual(NOW)
        expect(rows).toHaveLength((page['events'] as readonly unknown[]).length)
        const again = walk(settle).advance(page, position)
        expect(again.rows).toEqual([])
      })

  test('does not go back: an end before the beginning is an error', () => {
    const page = { events: [{ id: 1, timestamp: 50 }], end_time: 50 }
    for (const end_of_stream of [true, false])
      expect(() => walk(0).advance({ ...page, end_of_stream }, { time: 100 })).toThrow(
        /page ends at 50, before 100, where it was asked to begin/,
      )
    expect(walk(0).advance({ ...page, events: [], end_of_stream: true }, { time: 100 }).position.time).toBe(100)
  })
})

test('an export that tells no end: what came since is found behind pages of what was seen, however small they are', async () => {
  await fc.assert(
    fc.asyncProperty(crowded, crowded, fc.integer({ min: 1, max: 20 }), async (before, since, pageSize) => {
      const first = someRows(1_000, before, 1)
      const later = someRows(1_100, since, 1_000)
      const { position, ids } = await read(first, pageSize, { time: 0 }, 200, false)
      expect(ids.toSorted((a, b) => a - b)).toEqual(first.map(({ id }) => id))
      const { ids: found } = await read([...first, ...later], pageSize, position, 200, false)
      expect(found.toSorted((a, b) => a - b)).toEqual(later.map(({ id }) => id))
    }),
  )
})
