import { expect, test } from 'vitest'
import { streams } from '../../src/streams/index.ts'
import { type Connection, connect, type Output, openSandbox } from '../support/account.ts'
import { SOAK, thorough } from '../support/thorough.ts'
import { keyOf } from '../support/warehouse.ts'

const STREAMS = streams.map(({ name }) => name)

/** Records that one sync brought more than once. */
function twiceIn(output: Output, catalog: Connection['catalog']): readonly string[] {
  const seen = new Set<string>()
  const streamOf = new Map(catalog.map((stream) => [stream.name, stream]))
  return output.lines.flatMap(({ record }) => {
    // A conversation comes with each page that holds an event of it.
    if (record?.stream === 'side_conversations') return []
    const ofRecord = record && keyOf(record.data, streamOf.get(record.stream)!)
    if (ofRecord === undefined) return []
    const key = `${record!.stream} ${ofRecord}`
    const isTwice = seen.has(key)
    seen.add(key)
    return isTwice ? [key] : []
  })
}

/** One sync, and as many more as it takes to look back for all that was deleted. */
async function syncToTheEnd(connection: Connection): Promise<Output> {
  const first = await connection.sync()
  for (let output = first, more = 0; more < 20; more++) {
    expect(output.errors).toEqual([])
    expect(twiceIn(output, connection.catalog)).toEqual([])
    if (!connection.looksBack()) break
    output = await connection.sync()
  }
  return first
}

test('every stream says how it goes, from its start to its end', async () => {
  const sandbox = await openSandbox({ tickets: 60, seed: 3 })
  const connection = await connect(sandbox)
  const names = connection.catalog.map(({ name }) => name)
  expect(names.slice(0, STREAMS.length)).toEqual(STREAMS)
  const output = await connection.sync()
  expect(output.exitCode).toBe(0)
  for (const stream of names) {
    const running = output.records(stream).length > 0 ? ['RUNNING'] : []
    expect(output.statuses(stream), stream).toEqual(['STARTED', ...running, 'COMPLETE'])
  }
})

/** What the size of an export's page concerns: exports, and what is read beside one. */
const OF_EXPORTS = [
  ...streams.filter(({ feeds: [{ walk }] }) => /incremental|events/.test(walk.path)).map(({ name }) => name),
  ...['satisfaction_ratings', 'open_tickets', 'closed_tickets', 'custom_object_vehicle_records', 'article_comments'],
]

interface Account {
  readonly seed: number
  readonly exportPageSize: number
  readonly tickets: number
  readonly names?: readonly string[]
}
// Pages of 7 make each look-back longer than one sync's share.
const whole: readonly Account[] = [
  { seed: 3, exportPageSize: 1_000, tickets: 400 },
  { seed: 4, exportPageSize: 7, tickets: 400 },
  { seed: 5, exportPageSize: 50, tickets: 400 },
]
const few: readonly Account[] = [
  { seed: 3, exportPageSize: 1_000, tickets: 250 },
  { seed: 4, exportPageSize: 7, tickets: 250, names: OF_EXPORTS },
  { seed: 5, exportPageSize: 50, tickets: 250, names: OF_EXPORTS },
]
test.each(thorough(whole, few))(
  'account $seed in pages of $exportPageSize: after each sync of a living account the warehouse holds what the account holds, and nothing came twice',
  async ({ seed, exportPageSize, tickets, names }) => {
    const sandbox = await openSandbox({ tickets, seed, exportPageSize })
    const connection = await connect(sandbox, { ...(names && { names }) })
    await syncToTheEnd(connection)
    expect(connection.differences()).toEqual({})
    for (const round of [1, 2, 3]) {
      sandbox.account.changeAtRandom(60, 10 * seed + round)
      // Zendesk holds back a minute; metric events may come half an hour late.
      sandbox.account.advance(3600)
      const output = await syncToTheEnd(connection)
      expect(output.records('tickets').length).toBeLessThan(150)
      expect(connection.differences(), `round ${round}`).toEqual({})
    }
  },
)

test('an account that changes while it is read: after a quiet sync every row is right', async () => {
  const [tickets, exportPageSize] = SOAK > 0 ? [500, 40] : [200, 16]
  const sandbox = await openSandbox({ tickets, seed: 6, exportPageSize })
  const connection = await connect(sandbox)
  let lines = 0
  const alive = (): void => {
    if (++lines % 150 > 0) return
    sandbox.account.changeAtRandom(3, lines)
    sandbox.account.advance(20)
  }
  for (let sync = 0; sync < 3; sync++) {
    const output = await connection.sync(alive)
    expect(output.errors).toEqual([])
  }
  expect(lines).toBeGreaterThan(5_000)
  sandbox.account.advance(3600)
  await syncToTheEnd(connection)
  expect(connection.differences()).toEqual({})
})
