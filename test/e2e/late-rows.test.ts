// Metric events appear up to 13 minutes after the moment that they are stamped with: what each sync looks at again.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Sandbox } from 'zendesk-sandbox'
import { unpackSeen } from '../../src/sync/state/packed.ts'
import { configFor, configured, connect, openSandbox, runHere as run, streamsOf } from '../support/account.ts'
import type { CatalogStream } from '../support/program.ts'
import { SOAK, thorough } from '../support/thorough.ts'

const NAME = 'ticket_metric_events'
// The export of metric events does not announce its limit: the other one's answer says that there is none here.
const NAMES = [NAME, 'organizations']
const NOW = Date.UTC(2026, 4, 4, 9) / 1000
/** Seconds after which nothing can appear late, and clocks may differ. */
const SETTLED = 31 * 60

type State = Readonly<Record<string, unknown>>

/** One sync of the stream: the texts of its rows, and after how many of them each state came. */
async function sync(sandbox: Sandbox, catalog: readonly CatalogStream[], state?: State) {
  const rows: string[] = []
  const states: { readonly state: State; readonly rows: number }[] = []
  const given = state && [{ type: 'STREAM', stream: { stream_descriptor: { name: NAME }, stream_state: state } }]
  const args = { config: configFor(sandbox), catalog: configured(catalog, { names: NAMES }), state: given }
  const output = await run('read', args, ({ record, state: told }) => {
    if (record?.stream === NAME) rows.push(JSON.stringify(record.data))
    if (told?.stream.stream_descriptor.name === NAME)
      states.push({ state: told.stream.stream_state, rows: rows.length })
  })
  expect(output.errors).toEqual([])
  return { rows, states, last: states.at(-1)!.state }
}

/** New events near the present: some of them cannot be seen for minutes, those of some tickets for 13 of them. */
function work(sandbox: Sandbox, tickets: number): void {
  const ids = Array.from({ length: tickets }, () => {
    const id = sandbox.account.createTicket({ priority: 'urgent' })
    sandbox.account.advance(61)
    return id
  })
  for (const id of ids) {
    sandbox.account.updateTicket(id, { status: 'solved' }, 'It is done.')
    sandbox.account.advance(7)
  }
}

/** Every row that there is was handed on as it is, and none twice as it was. */
function expectAll(sandbox: Sandbox, rows: readonly string[]): void {
  const forms = new Set(rows)
  const missing = [...sandbox.account.truth(NAME).live.values()].filter((row) => !forms.has(JSON.stringify(row)))
  expect(missing.slice(0, 3)).toEqual([])
  expect(rows.filter((row, nth) => rows.indexOf(row) < nth).slice(0, 3)).toEqual([])
}

test('stopped at any page, far from the present or near it: no event is lost, and none comes twice', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 3, max: 60 }),
      fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 0, max: 2000 }),
      async (exportPageSize, stops, wait) => {
        const sandbox = await openSandbox({ tickets: 30, seed: stops[0]!, exportPageSize, now: NOW, frozen: true })
        const catalog = await streamsOf(configFor(sandbox))
        const handedOn: string[] = []
        let state: State | undefined
        for (const stop of stops) {
          work(sandbox, 8)
          const { rows, states } = await sync(sandbox, catalog, state)
          const place = states[stop % states.length]!
          handedOn.push(...rows.slice(0, place.rows))
          state = place.state
          sandbox.account.advance(wait)
        }
        sandbox.account.advance(3600)
        const { rows, last } = await sync(sandbox, catalog, state)
        expectAll(sandbox, [...handedOn, ...rows])
        expect((await sync(sandbox, catalog, last)).rows).toEqual([])
      },
    ),
    { numRuns: SOAK || 2, endOnFailure: true },
  )
})

test('a state far from the present remembers the last second alone, one near it what may have become more', async () => {
  const sandbox = await openSandbox({ tickets: 200, exportPageSize: 50, now: NOW, frozen: true })
  work(sandbox, 20)
  const catalog = await streamsOf(configFor(sandbox))
  const { states } = await sync(sandbox, catalog)
  expect(states.length).toBeGreaterThan(20)
  const now = sandbox.account.now()
  const isFar = ({ state }: (typeof states)[number]): boolean => Number(state['time']) < now - SETTLED
  expect(states.filter(isFar).length).toBeGreaterThan(20)
  expect(states.filter((one) => !isFar(one)).length).toBeGreaterThan(0)
  for (const one of states) {
    const time = Number(one.state['time'])
    expect(one.state['settled']).toBe(isFar(one) ? time : now - SETTLED)
    const remembered = Object.keys(unpackSeen(one.state['seen'] ?? {}) ?? {}).map(Number)
    expect(Math.min(time, ...remembered)).toBeGreaterThanOrEqual(one.state['settled'] as number)
  }
})

test('a state of before, without that mark: nothing is lost, and what it remembers does not come again', async () => {
  const sandbox = await openSandbox({ tickets: 60, exportPageSize: 1_000, now: NOW, frozen: true })
  work(sandbox, 12)
  const catalog = await streamsOf(configFor(sandbox))
  const first = await sync(sandbox, catalog)
  // All of the last half hour, as it was remembered then.
  const { settled: _, ...before } = first.last
  work(sandbox, 12)
  sandbox.account.advance(3600)
  const second = await sync(sandbox, catalog, before)
  expectAll(sandbox, [...first.rows, ...second.rows])
})

test('deletions and restorations while pages are small: every row is right in the end', async () => {
  const sandbox = await openSandbox({ tickets: 80, seed: 4, exportPageSize: 9, now: NOW, frozen: true })
  const connection = await connect(sandbox, { names: NAMES })
  for (const seed of thorough([1, 2, 3, 4], [1, 4])) {
    sandbox.account.changeAtRandom(40, seed)
    sandbox.account.advance(300 * seed)
    await connection.sync(undefined, undefined, { killAt: 12 * seed })
    await connection.sync()
  }
  sandbox.account.advance(3600)
  await connection.sync()
  expect(connection.differences()).toEqual({})
})

test('a time that was set back by hand is where the next sync begins', async () => {
  const sandbox = await openSandbox({ tickets: 40, now: NOW, frozen: true })
  const catalog = await streamsOf(configFor(sandbox))
  const { last } = await sync(sandbox, catalog)
  const { rows } = await sync(sandbox, catalog, { ...last, time: '0' })
  expect(rows.length).toBeGreaterThan(sandbox.account.truth(NAME).live.size * 0.9)
})
