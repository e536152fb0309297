import { expect, test } from 'vitest'
import { connect, type Output, openSandbox } from './account.ts'

const STREAMS = [
  'tickets',
  'ticket_metrics',
  'ticket_audits',
  'ticket_comments',
  'ticket_metric_events',
  'ticket_fields',
  'ticket_forms',
  'users',
  'organizations',
  'groups',
]

/** Records that one sync brought more than once. */
const twiceIn = (output: Output): string[] =>
  STREAMS.flatMap((stream) => {
    const ids = output.records(stream).map((record) => record[stream === 'ticket_metrics' ? 'ticket_id' : 'id'])
    return ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${stream} ${String(id)}`)
  })

test('a first sync, changes, further syncs: the warehouse holds what the account holds', async () => {
  const sandbox = await openSandbox({ tickets: 400, seed: 3 })
  const connection = await connect(sandbox)
  const first = await connection.sync()
  expect(first.errors).toEqual([])
  expect(first.exitCode).toBe(0)
  expect(connection.differences()).toEqual({})
  for (const stream of STREAMS) expect(first.statuses(stream), stream).toEqual(['STARTED', 'RUNNING', 'COMPLETE'])
  expect(twiceIn(first)).toEqual([])

  for (const seed of [1, 2, 3]) {
    sandbox.account.changeAtRandom(60, seed)
    sandbox.account.advance(3600)
    const next = await connection.sync()
    expect(next.exitCode).toBe(0)
    expect(twiceIn(next), `after changes ${seed}`).toEqual([])
    expect(connection.differences(), `after changes ${seed}`).toEqual({})
    expect(next.records('tickets').length).toBeLessThan(150)
  }
})
