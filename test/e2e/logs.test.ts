import { describe, expect, test } from 'vitest'
import { createProgress } from '../../src/protocols/shared/progress.ts'
import { configFor, openSandbox, run, runHere } from '../support/account.ts'
import { runTap } from '../support/tap.ts'

const sandbox = await openSandbox({ tickets: 40 })
const config = configFor(sandbox)
const catalogFor = (names: readonly string[]): object => ({
  streams: names.map((name) => ({
    stream: { name, json_schema: {}, supported_sync_modes: ['full_refresh', 'incremental'] },
    sync_mode: 'full_refresh',
    destination_sync_mode: 'append',
  })),
})

describe('each request is logged at level debug', () => {
  const request =
    /^DEBUG GET \/api\/v2\/incremental\/tickets\/cursor 200 in \d+ ms, \d+ bytes, left \d+ \(incremental-exports \d+\), for tickets$/

  test.each([
    ['a flag', ['--log-level', 'debug'], {}],
    ['the environment', [], { ZENDESK_LOG: 'debug' }],
  ])('by the source, asked by %s', async (_, more, env) => {
    const limited = await openSandbox({ tickets: 40, limits: true })
    const catalog = catalogFor(['tickets'])
    const { logs, exitCode } = await run('read', { config: configFor(limited), catalog, more, env })
    expect(exitCode).toBe(0)
    expect(logs).toContainEqual(expect.stringMatching(request))
  })

  test('by the tap, on standard error', async () => {
    const { stderr, exitCode } = await runTap({ config }, ['--discover', '--log-level=debug'])
    expect(exitCode).toBe(0)
    expect(stderr).toMatch(/^DEBUG GET \/api\/v2\/users\/me 200 in \d+ ms, \d+ bytes/m)
  })

  test('and shows neither credentials nor what is searched for', async () => {
    const searches = [{ name: 'mine', query: 'subject:confidential-words' }]
    const given = { config: { ...config, searches }, catalog: catalogFor(['mine']), more: ['--log-level=debug'] }
    const { lines } = await runHere('read', given)
    const logged = JSON.stringify(lines.filter(({ log }) => log))
    expect(logged).toContain('/api/v2/search/export')
    expect(logged).not.toContain('confidential-words')
    expect(logged).not.toContain(sandbox.credentials.apiToken)
  })
})

test('without being asked no request is logged', async () => {
  const { logs } = await runHere('read', { config, catalog: catalogFor(['tickets']) })
  expect(logs.filter((log) => log.includes('GET '))).toEqual([])
})

test('a level leaves out what is below it', async () => {
  const catalog = catalogFor(['tickets', 'no_such_stream'])
  const { logs } = await runHere('read', { config, catalog, more: ['--log-level=error'] })
  expect(logs).toEqual([])
  expect((await runHere('read', { config, catalog })).logs.join()).toContain('no_such_stream')
})

test.each([
  ['--log-level', ['--log-level=loud'], {}],
  ['ZENDESK_LOG', [], { ZENDESK_LOG: 'loud' }],
])('a level that does not exist is refused: %s', async (origin, more, env) => {
  const { errors, exitCode } = await run('read', { config, catalog: catalogFor(['tickets']), more, env })
  expect(exitCode).toBe(1)
  expect(errors[0]?.message).toBe(`${origin} must be one of debug, info, warn, error, not "loud".`)
})

test('the trace of a failed request leads through the walk, its streams and the engine, in few steps', async () => {
  sandbox.faults.next({ kind: 'status', status: 500, path: /incremental\/tickets/, times: 20 })
  const given = { config: { ...config, max_retry_minutes: 0 }, catalog: catalogFor(['tickets']) }
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 50
  const { lines, exitCode } = await runHere('read', given)
  Error.stackTraceLimit = stackTraceLimit
  sandbox.faults.clear()
  expect(exitCode).toBe(1)
  const traces = lines.flatMap(
    ({ trace: one }) => (one?.error as { stack_trace?: string } | undefined)?.stack_trace ?? [],
  )
  expect(traces[0]).toContain('reading ticket_export for tickets')
  const framesIn = (trace = ''): readonly string[] =>
    [...trace.matchAll(/at (?:async )?(\w+) \(.*\/src\/(?:sync|connector|protocols)\//g)].map(([, name = '']) => name)
  const engine = ['readWalk', 'readFeed', 'runGroup', 'merge']
  expect(framesIn(traces[0])).toEqual(engine)
  // The messages of all walks are one from here on; a platform's line for the whole sync has the rest of the way.
  const above = framesIn(traces.at(-1))
  expect(above.slice(0, 1)).toEqual(['readAll'])
  expect(above.at(-1)).toBe('runCommand')
  // With `withHeartbeat` in between, which awaits the messages of `merge`.
  expect(engine.length + 1 + above.length).toBeLessThanOrEqual(10)
})

describe('progress in a terminal', () => {
  const shown = (): { texts: string[]; progress: ReturnType<typeof createProgress> } => {
    const texts: string[] = []
    let now = 0
    return {
      texts,
      progress: createProgress(
        (text) => texts.push(text.replaceAll('\r\u001b[K', '')),
        () => {
          now += 1000
          return now
        },
      ),
    }
  }
  const rows = (stream: string, count: number) =>
    ({ kind: 'records', stream, records: Array.from({ length: count }, () => ({})) }) as const

  test('counts rows by stream, next to how many there are', () => {
    const { texts, progress } = shown()
    progress.note({ kind: 'estimate', stream: 'tickets', rows: 4000 })
    progress.note(rows('tickets', 1200))
    progress.note(rows('users', 30))
    expect(texts.at(-1)).toBe('1,230 rows · tickets 1,200 of 4,000 · users 30')
    progress.note({ kind: 'status', stream: 'users', status: 'complete' })
    expect(texts.at(-1)).toBe('1,230 rows · 1 done · tickets 1,200 of 4,000')
    progress.end()
    expect(texts.at(-1)).toBe('')
  })

  test('tells of a wait, and fits into one line', () => {
    const { texts, progress } = shown()
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) progress.note(rows(`custom_object_${name}_records`, 5))
    progress.note({ kind: 'waiting', stream: 'tickets', until: Date.now() + 30_500 })
    expect(texts.at(-1)).toMatch(/^35 rows · waits 3[01] s for the limit · custom_object_a_records 5/)
    for (const text of texts) expect(text.length).toBeLessThanOrEqual(79)
  })
})
