// Events as hints: few requests for many events, deletions only of what is not shown, failures that keep events waiting.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Hint } from '../../src/live/event.ts'
import { createOwedRecords } from '../../src/live/owed-records.ts'
import { readHints, readOwed } from '../../src/live/read-hints.ts'
import type { LiveStream } from '../../src/live/write.ts'
import type { LiveSource, SourceMessage } from '../../src/source/source.ts'
import { eventBody, hintsIn, type TestReceiver, testReceiver, waitingIn } from './deliveries.ts'

const stream = (name: string, shownBy: string): LiveStream => ({
  ...{ name, shownBy, primaryKey: ['id'], properties: {}, mode: 'merge', isWhole: false },
})
const STREAMS = [stream('tickets', 'tickets'), stream('ticket_comments', 'tickets'), stream('users', 'users')]

/** A source that shows these ids of each kind, and notes what it was asked. */
function showing(ids: readonly number[]) {
  const asked: { streams: readonly string[]; ids: readonly number[] }[] = []
  const source = {
    isShownOneByOne: (name: string) => name === 'ticket_comments',
    async *show(streams: readonly string[], wanted: readonly number[]): AsyncGenerator<SourceMessage> {
      asked.push({ streams, ids: wanted })
      for (const name of streams)
        yield { kind: 'records', stream: name, records: wanted.filter((id) => ids.includes(id)).map((id) => ({ id })) }
    },
  } as unknown as LiveSource
  return { source, asked }
}

const hint = (id: number, isDeletion = false, at = 1000): Hint => ({ kind: 'tickets', id, at, isDeletion })

let receiver: TestReceiver
beforeEach(() => {
  receiver = testReceiver()
})
afterEach(() => receiver.remove())

test('a thousand events of 300 tickets ask for each ticket once', async () => {
  for (let nth = 0; nth < 1000; nth++)
    await receiver.post(eventBody('ticket.status_changed', (nth % 300) + 1, { id: `event-${nth}` }))
  const hints = hintsIn(receiver.inbox)
  expect(hints).toHaveLength(1000)
  const { source, asked } = showing(hints.map(({ id }) => id))
  const { brought, owed } = await readHints(hints, STREAMS, source)
  expect(asked.map(({ streams, ids }) => [streams, ids.length])).toEqual([[['tickets'], 300]])
  expect(brought.flatMap(({ records }) => records)).toHaveLength(300)
  expect(owed).toHaveLength(300)
})

test('a deletion is believed only of what is not shown, in whatever order events come', async () => {
  const { source } = showing([2, 3])
  const hints = [hint(1, true, 5000), hint(2), hint(2, true), hint(3, true), hint(3), hint(4), hint(1, false, 4000)]
  const { brought, owed } = await readHints(hints, STREAMS, source)
  expect(brought).toMatchObject([
    { stream: 'tickets', records: [{ id: 2 }, { id: 3 }] },
    { stream: 'tickets', records: [{ id: 1 }], deletedAt: ['1970-01-01T00:00:05.000Z'] },
  ])
  expect(owed.map(({ id }) => id)).toEqual([2, 3])
})

test('what belongs to tickets is read within its share of the requests, each ticket once', async () => {
  let now = 0
  const owed = createOwedRecords(20, () => now)
  owed.add(Array.from({ length: 40 }, (_, nth) => hint(nth + 1)))
  owed.add([hint(1), hint(2), hint(3)])
  const taken = (): number => owed.next()?.length ?? 0
  expect([taken(), taken(), taken(), owed.size()]).toEqual([16, 4, 0, 20])
  now = 30_000
  expect([taken(), taken(), owed.size()]).toEqual([10, 0, 10])
  // The clock is set back by an hour: what is owed goes on at the same pace.
  now -= 3_600_000
  expect([taken(), owed.size()]).toEqual([0, 10])
  now += 15_000
  expect([taken(), taken(), owed.size()]).toEqual([5, 0, 5])
  const { source, asked } = showing([1])
  expect(await readOwed([hint(1)], STREAMS, source)).toMatchObject([{ stream: 'ticket_comments' }])
  expect(await readOwed([{ ...hint(1), kind: 'users' }], STREAMS, source)).toEqual([])
  expect(asked).toEqual([{ streams: ['ticket_comments'], ids: [1] }])
})

test('articles take a request each: they wait for their turn, and one that is not shown any more was archived', async () => {
  const { source, asked } = showing([1])
  const article = (id: number, isDeletion = false): Hint => ({ kind: 'articles', id, at: 5000, isDeletion })
  const streams = [stream('articles', 'articles'), { ...stream('article_votes', 'articles'), columns: new Set(['id']) }]
  const alone = { ...source, isShownOneByOne: () => true }
  const { brought, owed } = await readHints([article(1), article(2), article(2, true)], streams, alone)
  expect([brought, asked, owed]).toEqual([[], [], [article(1), article(2, true)]])
  expect(await readOwed(owed, streams, alone)).toEqual([
    { kind: 'records', stream: 'articles', records: [{ id: 1 }] },
    { kind: 'records', stream: 'article_votes', records: [{ id: 1 }] },
    { stream: 'articles', records: [{ id: 2 }], deletedAt: ['1970-01-01T00:00:05.000Z'] },
  ])
})

test('events stay in the inbox until they were followed', async () => {
  await receiver.post(eventBody('ticket.created', 1))
  const first = waitingIn(receiver.inbox)
  await receiver.post(eventBody('ticket.created', 2))
  receiver.inbox.settle(first)
  expect(hintsIn(receiver.inbox).map(({ id }) => id)).toEqual([2])
  // The same event again is known, although it was followed.
  expect(await receiver.post(eventBody('ticket.created', 1))).toBe(200)
  expect(hintsIn(receiver.inbox).map(({ id }) => id)).toEqual([2])
})
