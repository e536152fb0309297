import { expect, test } from 'vitest'
import type { Clock } from '../../../src/model/clock.ts'
import type { Message } from '../../../src/model/message.ts'
import type { StreamState } from '../../../src/model/stream.ts'
import { streams } from '../../../src/streams/index.ts'
import { beginnings, withHeartbeat } from '../../../src/sync/heartbeat.ts'
import { openStream } from '../../../src/sync/run.ts'

const opened = (name: string, state?: StreamState) =>
  openStream({
    stream: streams.find((one) => one.name === name)!,
    syncMode: 'incremental' as const,
    state,
    emitsDeletions: true,
    omits: new Set<string>(),
  })

test('a long list in which nothing changed says the state that it had, over and over', async () => {
  const state = { updated_at: '2025-01-01T00:00:00Z', records: { 1: 'aaaaaaaa' } }
  const begun = beginnings([opened('macros', state), opened('views'), opened('tags')])
  expect(begun).toEqual([{ kind: 'checkpoint', stream: 'macros', state }])

  let now = 0
  const clock: Clock = {
    now: () => now,
    after: (milliseconds, act) => {
      const timer = setImmediate(() => {
        now += milliseconds
        act()
      })
      return () => clearImmediate(timer)
    },
  }
  const silence = Promise.withResolvers<void>()
  async function* quiet(): AsyncGenerator<Message> {
    await silence.promise
    yield { kind: 'status', stream: 'macros', status: 'complete' }
  }
  const heard: Message[] = []
  for await (const message of withHeartbeat(quiet(), begun, clock)) {
    heard.push(message)
    if (heard.length === 3) silence.resolve()
  }
  expect(heard.slice(0, 3)).toEqual([begun[0], begun[0], begun[0]])
  expect(now).toBeGreaterThanOrEqual(3 * 20 * 60_000)
})

test('a sync to which Zendesk gives nothing for hours is not kept alive', async () => {
  const state = { updated_at: '2025-01-01T00:00:00Z', records: { 1: 'aaaaaaaa' } }
  const begun = beginnings([opened('macros', state)])
  let now = 0
  const end = Promise.withResolvers<void>()
  const clock: Clock = {
    now: () => now,
    after: (milliseconds, act) => {
      const timer = setImmediate(() => {
        now += milliseconds
        if (now > 24 * 3_600_000) end.resolve()
        act()
      })
      return () => clearImmediate(timer)
    },
  }
  async function* waiting(): AsyncGenerator<Message> {
    await end.promise
    yield { kind: 'status', stream: 'macros', status: 'incomplete' }
  }
  const at: number[] = []
  const answered = 2 * 3_600_000
  for await (const message of withHeartbeat(waiting(), begun, clock, () => Math.min(now, answered)))
    if (message.kind === 'checkpoint') at.push(now)
  expect(at.length).toBeGreaterThan(10)
  expect(Math.max(...at)).toBeLessThan(answered + 3 * 3_600_000)
})
