import { expect, test } from 'vitest'
import type { Stream } from '../../src/model/stream.ts'
import { epochOf } from '../../src/model/time.ts'
import { streams } from '../../src/streams/index.ts'
import { configFor, connect, openSandbox, streamsOf } from '../support/account.ts'

test('states go forward: in no stream of the exports does one stand before the state that it replaces', async () => {
  const sandbox = await openSandbox({ tickets: 200, exportPageSize: 40 })
  const catalog = await streamsOf(configFor(sandbox))
  const isExport = ({ feeds: [{ walk }] }: Stream): boolean => /incremental|events/.test(walk.path)
  const names = [...streams.filter(isExport).map(({ name }) => name), 'custom_object_vehicle_records']
  const connection = await connect(sandbox, { catalog, names })
  const output = await connection.sync()
  expect(output.errors).toEqual([])
  const fields = new Map(connection.catalog.map(({ name, default_cursor_field: [field] = [] }) => [name, field]))
  const reached = new Map<string, number>()
  const back: string[] = []
  for (const { state } of output.lines) {
    if (!state) continue
    const { name } = state.stream.stream_descriptor
    const time = epochOf(state.stream.stream_state[fields.get(name) ?? ''])
    if (time === undefined || 'records' in state.stream.stream_state) continue
    if (time < (reached.get(name) ?? 0)) back.push(`${name}: ${time} after ${reached.get(name)}`)
    reached.set(name, time)
  }
  expect(reached.size).toBeGreaterThan(8)
  expect(back).toEqual([])
})
