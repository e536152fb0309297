// What waits in the inbox comes out whole and in order, and in as few requests as its records fit into.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Inbox, openInbox } from '../../src/live/inbox.ts'
import { inFullRequests } from '../../src/live/turns.ts'
import { waitingIn } from './deliveries.ts'

let folder: string
let inbox: Inbox

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hub-inbox-'))
  inbox = openInbox(join(folder, 'inbox.sqlite'), () => 1000)
})

afterEach(() => {
  inbox.close()
  rmSync(folder, { recursive: true })
})

interface Named {
  readonly kind: string
  readonly id: number
}

let deliveries = 0
const put = (named: readonly Named[]) =>
  inbox.put({ key: String(++deliveries), hints: named.map((one) => ({ ...one, at: 1000, isDeletion: false })) })

const recordsOf = (named: readonly Named[], kind: string): number =>
  new Set(named.filter((one) => one.kind === kind).map(({ id }) => id)).size

/** What each turn takes, until nothing waits. */
function turns(): Named[][] {
  const taken: Named[][] = []
  while (inbox.pending().length > 0) {
    const some = inFullRequests(waitingIn(inbox))
    taken.push(some.map(({ kind, id }) => ({ kind, id })))
    inbox.settle(some)
  }
  return taken
}

const numbered = (kind: string, count: number): Named[] =>
  Array.from({ length: count }, (_, nth) => ({ kind, id: nth + 1 }))

test('where more records wait than a request reads, those that fill requests come first', async () => {
  await put([...numbered('tickets', 250), ...numbered('users', 30)])
  expect(inbox.pending().map(({ kind, hints }) => [kind, hints])).toEqual([
    ['tickets', 250],
    ['users', 30],
  ])
  expect(turns().map((named) => [recordsOf(named, 'tickets'), recordsOf(named, 'users')])).toEqual([
    [200, 30],
    [50, 0],
  ])
})

test('a hundred records that changed often are one request, and all of their events', async () => {
  await put([...numbered('tickets', 100), ...numbered('tickets', 100), ...numbered('tickets', 60)])
  expect(turns().map((named) => [named.length, recordsOf(named, 'tickets')])).toEqual([[260, 100]])
})

test('every event comes out once, in order', async () => {
  const events = fc.array(
    fc.record({ kind: fc.constantFrom('tickets', 'users'), id: fc.integer({ min: 1, max: 300 }) }),
    {
      maxLength: 800,
    },
  )
  await fc.assert(
    fc.asyncProperty(events, async (named) => {
      await put(named)
      const taken = turns()
      for (const kind of ['tickets', 'users']) {
        const of = (some: readonly Named[]) => some.filter((one) => one.kind === kind)
        expect(taken.flatMap(of)).toEqual(of(named))
        for (const some of taken.slice(0, -1))
          expect(recordsOf(some, kind) % 100 === 0 || recordsOf(some, kind) < 100).toBe(true)
      }
    }),
    { numRuns: 40 },
  )
})
