import { expect, test } from 'vitest'
import { configFor, configured, connect, openSandbox, runHere } from '../support/account.ts'
import type { AirbyteLine } from '../support/program.ts'
import { SOAK } from '../support/thorough.ts'
import { keyOf } from '../support/warehouse.ts'

// side_conversations is not among them: each event brings its conversation once more.
const NAMES = [
  ...['tickets', 'ticket_metrics', 'ticket_comments', 'ticket_audits', 'ticket_events', 'ticket_field_history'],
  ...['ticket_attachments', 'ticket_metric_events', 'users', 'user_identities', 'organizations'],
  ...['side_conversation_events', 'satisfaction_ratings', 'audit_logs', 'articles', 'open_tickets'],
]
/** At how many places each sync is cut off. */
const CUTS = SOAK > 0 ? 12 : 3

type States = ReadonlyMap<string, object>

const stateFile = (states: States): object[] =>
  [...states].map(([name, stream_state]) => ({
    type: 'STREAM',
    stream: { stream_descriptor: { name }, stream_state },
  }))

/** The last state of each stream among these lines, after those that a sync began with; and the line that it stands on. */
function statesAfter(lines: readonly AirbyteLine[], begin: States) {
  const states = new Map(begin)
  const lastLines = new Map<string, number>()
  for (const [at, { state }] of lines.entries()) {
    if (!state) continue
    states.set(state.stream.stream_descriptor.name, state.stream.stream_state)
    lastLines.set(state.stream.stream_descriptor.name, at)
  }
  return { states, lastLines }
}

test('a sync that was cut off goes on from its states: what they cover, deletions and restorations too, is not emitted again', async () => {
  const sandbox = await openSandbox({ tickets: 60, seed: 1, exportPageSize: 15, frozen: true })
  const config = configFor(sandbox)
  const connection = await connect(sandbox, { names: NAMES, config })
  const schemas = new Map(connection.catalog.map((one) => [one.name, one]))
  const catalog = configured(connection.catalog, { names: NAMES })
  const read = (states: States) => runHere('read', { config, catalog, state: stateFile(states) })
  const textOf = ({ stream, data }: NonNullable<AirbyteLine['record']>): string =>
    `${stream} ${keyOf(data, schemas.get(stream)!)} ${JSON.stringify(data)}`

  let states: States = new Map()
  const kinds = new Set<string>()
  for (let round = 0; round < 3; round++) {
    const { lines } = await read(states)
    const checkpoints = lines.flatMap(({ state }, at) => (state ? [at] : []))
    const doubled: string[] = []
    for (let cut = 0; cut < CUTS; cut++) {
      const end = checkpoints[Math.floor(((cut + 0.5) / CUTS) * checkpoints.length)]!
      const before = lines.slice(0, end + 1)
      const reached = statesAfter(before, states)
      const covered = new Set(
        before.flatMap(({ record }, at) =>
          record && at < (reached.lastLines.get(record.stream) ?? -1) ? [textOf(record)] : [],
        ),
      )
      const again = await read(reached.states)
      doubled.push(
        ...again.lines.flatMap(({ record }) => (record && covered.has(textOf(record)) ? [textOf(record)] : [])),
      )
    }
    expect(doubled, `round ${round}`).toEqual([])
    for (const { record } of lines)
      if (record?.data['_ab_cdc_deleted_at'] != null) kinds.add(`deleted ${record.stream}`)
    if (round > 0 && lines.some(({ log }) => log?.message.startsWith('Looking back'))) kinds.add('lookback')
    states = statesAfter(lines, states).states
    sandbox.account.changeAtRandom(100, 10 + round)
    sandbox.account.advance(7200)
  }
  expect([...kinds]).toEqual(expect.arrayContaining(['deleted ticket_comments', 'deleted ticket_audits', 'lookback']))
})
