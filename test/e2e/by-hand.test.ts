// Reading without a platform: catalogs and states that a person types, keeps in a file, or takes from an earlier output.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runSource } from '../../src/bin/run-source.ts'
import { configFor, type Output, openSandbox, runHere } from '../support/account.ts'
import { folder } from '../support/auth-program.ts'
import { programHere } from '../support/in-process.ts'
import { filesOf } from '../support/program.ts'
import { runTapHere } from '../support/tap.ts'

const sandbox = await openSandbox({ tickets: 40 })
const config = configFor(sandbox)

/** What the source writes to standard output, as it is. */
async function textOf(command: string, ...more: string[]): Promise<{ text: string; said: string; exitCode: number }> {
  const parts: string[] = []
  const said: string[] = []
  const program = programHere([command, ...filesOf({ config }), ...more], {
    onOut: (text) => parts.push(text),
    onError: (text) => said.push(text),
    isTerminal: { out: false, err: true },
  })
  const exitCode = await runSource(program)
  return { text: parts.join(''), said: said.join(''), exitCode }
}
const warnings = ({ logs }: Output): readonly string[] => logs.filter((log) => log.startsWith('WARN'))

describe('a catalog', () => {
  test('is not needed where the streams are named', async () => {
    const output = await runHere('read', { config, more: ['--streams', 'tickets, groups'] })
    expect([output.exitCode, output.errors]).toEqual([0, []])
    expect(output.records('tickets')).toHaveLength(40)
    expect(output.records('tickets')[0]).toHaveProperty('subject')
    expect(output.statuses('groups').at(-1)).toBe('COMPLETE')
    expect(output.statuses('users')).toEqual([])
  })

  test('of names says which one is wrong, and which is near', async () => {
    const { exitCode, errors } = await runHere('read', { config, more: ['--streams=tickets,usres'] })
    expect([exitCode, errors.map(({ message }) => message)]).toEqual([
      1,
      ['There is no stream "usres"; did you mean "users"?'],
    ])
    const { message } = (await runHere('read', { config, more: ['--streams=unicorns'] })).errors[0]!
    expect(message).toBe('There is no stream "unicorns". discover shows those that there are.')
  })

  test('that discover wrote reads every stream in its default mode', async () => {
    const { text } = await textOf('discover')
    const { streams } = JSON.parse(text.trim().split('\n').at(-1)!).catalog as {
      streams: { name: string; supported_sync_modes: string[] }[]
    }
    const some = streams.filter(({ name }) => ['tickets', 'groups', 'tags'].includes(name))
    // As discover's whole output, as its CATALOG alone, and as a plain object.
    const log = JSON.stringify({ type: 'LOG', log: { level: 'INFO', message: 'x' } })
    const message = JSON.stringify({ type: 'CATALOG', catalog: { streams: some } })
    for (const catalog of [`${log}\n${message}\n`, message, JSON.stringify({ streams: some })]) {
      const output = await runHere('read', { config, catalog })
      expect([output.exitCode, output.errors, warnings(output)]).toEqual([0, [], []])
      expect(output.records('tickets')).toHaveLength(40)
      for (const { name } of some) expect(output.statuses(name).at(-1)).toBe('COMPLETE')
      expect(output.lines.some(({ state }) => state?.stream.stream_descriptor.name === 'tickets')).toBe(true)
    }
  })

  test('is written by discover --configured, alone on standard output', async () => {
    const all = await textOf('discover', '--configured')
    expect(all.exitCode).toBe(0)
    const { streams } = JSON.parse(all.text) as { streams: Record<string, unknown>[] }
    expect(streams.length).toBeGreaterThan(50)
    for (const entry of streams)
      expect(Object.keys(entry).sort()).toEqual(['destination_sync_mode', 'stream', 'sync_mode'])
    const few = await textOf('discover', '--configured', '--streams', 'tickets,tags')
    const chosen = JSON.parse(few.text) as { streams: { stream: { name: string }; sync_mode: string }[] }
    expect(chosen.streams.map(({ stream, sync_mode }) => [stream.name, sync_mode]).toSorted()).toEqual([
      ['tags', expect.any(String)],
      ['tickets', 'incremental'],
    ])
    expect((await runHere('read', { config, catalog: few.text })).records('tickets')).toHaveLength(40)
    const wrong = await textOf('discover', '--configured', '--streams', 'tickts')
    expect([wrong.exitCode, wrong.said]).toEqual([1, expect.stringContaining('did you mean "tickets"?')])
  })

  test.each<[unknown, RegExp]>([
    [{ streams: [null] }, /entry 1 of "streams" is null, not an object/],
    [{ streams: [7] }, /entry 1 of "streams" is a number/],
    [
      { streams: [{ stream: { name: 'tickets' }, sync_mode: 'incremental' }, 'users'] },
      /entry 2 of "streams" is a string/,
    ],
    [{ streams: [{ name: 'tickets' }] }, /entry 1 of "streams" \(tickets\) has no "stream" with a name/],
    [{ streams: [{ stream: {} }] }, /entry 1 of "streams" has a "stream" without a name/],
    [{ streams: [{ stream: { name: 5 } }] }, /has a "stream" without a name/],
    [
      { streams: [{ stream: { name: 'tickets', json_schema: 5 } }] },
      /\(tickets\) has a "json_schema" that is not an object/,
    ],
    [{ streams: [{ stream: { name: 'tickets' }, sync_id: 'x' }] }, /\(tickets\) has a "sync_id" that is not a number/],
    [{ catalog: {} }, /must be a JSON object with the list "streams"/],
    ['{"streams": [\n  {"stream": }\n]}', /holds no valid JSON\. See line 2, column 14: a value is missing\./],
  ])('%j is refused, and its entry named', async (catalog, message) => {
    sandbox.requests.reset()
    const { exitCode, errors } = await runHere('read', { config, catalog })
    expect(exitCode).toBe(1)
    expect(errors).toEqual([{ ...errors[0], message: expect.stringMatching(message), failure_type: 'config_error' }])
    expect(sandbox.requests.all()).toEqual([])
  })

  test('without a stream reads nothing, and says so', async () => {
    const output = await runHere('read', { config, catalog: { streams: [] } })
    expect([output.exitCode, warnings(output)]).toEqual([0, ['WARN The catalog names no stream, so nothing is read.']])
    const tap = await runTapHere({ config, catalog: { streams: [] } })
    expect([tap.exitCode, tap.stderr]).toEqual([0, expect.stringContaining('WARNING The catalog selects no stream')])
  })

  test.each<[unknown, RegExp]>([
    [7, /entry 1 of "streams" is not an object/],
    [{ stream: 5 }, /entry 1 of "streams" has no "tap_stream_id"/],
    [{ tap_stream_id: 'tickets' }, /\(tickets\) has no "metadata", which says whether it is selected/],
    [{ tap_stream_id: 'tickets', metadata: {} }, /\(tickets\) has "metadata" that is not a list/],
    [{ tap_stream_id: 'tickets', metadata: [null] }, /\(tickets\) has "metadata" whose item 1 is not an object/],
    [{ tap_stream_id: 'tickets', metadata: [{ breadcrumb: [] }] }, /item 1 has no "metadata" that is an object/],
    [
      { tap_stream_id: 'tickets', metadata: [{ breadcrumb: [], metadata: { selected: 'true' } }] },
      /item 1 has "selected" that is neither true nor false/,
    ],
    [{ tap_stream_id: 'tickets', schema: [], metadata: [] }, /\(tickets\) has a "schema" that is not an object/],
  ])("of Singer's with the entry %j is refused", async (entry, message) => {
    const { exitCode, lines, stderr } = await runTapHere({ config, catalog: { streams: [entry] } })
    expect([exitCode, lines]).toEqual([1, []])
    expect(stderr).toMatch(message)
    expect(stderr).not.toMatch(/\n {4}at /)
  })
})

describe('a state', async () => {
  const STREAMS = ['--streams', 'tickets,users']
  const first = await textOf('read', ...STREAMS)

  test('is the output of an earlier read, as it is', async () => {
    const output = await runHere('read', { config, state: first.text, more: STREAMS })
    expect([output.exitCode, output.errors, warnings(output)]).toEqual([0, [], []])
    expect([output.records('tickets'), output.records('users')]).toEqual([[], []])
  })

  test('may be several states of a stream, of which the last one counts', async () => {
    const lines = first.text.split('\n').filter((line) => line.includes('"type":"STATE"'))
    const stale = JSON.parse(lines.at(-1)!)
    stale.state.stream.stream_state = { [Object.keys(stale.state.stream.stream_state)[0]!]: '1' }
    const text = [JSON.stringify(stale), ...lines].join('\n')
    const output = await runHere('read', { config, state: text, more: STREAMS })
    expect([output.exitCode, output.records('tickets'), output.records('users')]).toEqual([0, [], []])
    const list = JSON.parse(`[${lines.join(',')}]`)
    expect((await runHere('read', { config, state: list, more: STREAMS })).records('users')).toEqual([])
  })

  test('that was cut off in the middle of a line is read up to there, with a warning', async () => {
    const cut = `${first.text}{"type":"STATE","state":{"type":"STR`
    const output = await runHere('read', { config, state: cut, more: STREAMS })
    expect(warnings(output)).toEqual(['WARN The state file ends in the middle of a line. That line is ignored.'])
    expect([output.exitCode, output.records('tickets')]).toEqual([0, []])
  })

  test('that lacks a stream is warned of', async () => {
    const lines = first.text.split('\n').filter((line) => line.includes('"STATE"') && line.includes('"tickets"'))
    const output = await runHere('read', { config, state: lines.join('\n'), more: STREAMS })
    expect(warnings(output)).toEqual([
      'WARN The state has nothing about users: read from the start date, or from the beginning.',
    ])
    expect(output.records('tickets')).toEqual([])
    expect(output.records('users').length).toBeGreaterThan(0)
  })

  test("of the tap is the tap's output, as it is; it warns too", async () => {
    const tap = await runTapHere({ config })
    const again = await runTapHere({ config, state: tap.text })
    expect(again.exitCode).toBe(0)
    expect(again.records('tickets')).toEqual([])
    expect(again.stderr).not.toContain('WARNING The state')
    const [, bookmark] = /"tickets":(\{[^{}]*\})/.exec(tap.text.split('\n').at(-1)!) ?? []
    const few = await runTapHere({ config, state: `{"bookmarks":{"tickets":${bookmark}}}` })
    expect(few.stderr).toMatch(/WARNING The state has nothing about .*users/)
  })

  test.each<[string, RegExp]>([
    ['[{"type": "STREAM",}]', /holds no valid JSON\. See line 1, column 20: a name in double quotes is missing/],
    ['{"type":"LOG"}\n{"type":"STATE",\n', /holds no valid JSON\. See line 2, column 17/],
    ['[7]', /should be the lines of an earlier output, as they are, or a JSON list/],
    ['{"tickets": "yesterday"}', /cannot be understood where it describes stream "tickets"/],
  ])('%j is refused with its place', async (state, message) => {
    const { exitCode, errors } = await runHere('read', { config, state, more: STREAMS })
    expect([exitCode, errors.map((error) => error.failure_type)]).toEqual([1, ['config_error']])
    expect(errors[0]!.message).toMatch(message)
  })

  test('without any state among its lines is a first sync', async () => {
    const output = await runHere('read', {
      config,
      state: '{"type":"LOG","log":{}}\n{"type":"TRACE"}\n',
      more: STREAMS,
    })
    expect([output.exitCode, output.records('tickets').length]).toEqual([0, 40])
    expect(output.logs).toContain(
      'INFO The state file holds no state: all streams are read from the start date, or from the beginning.',
    )
  })

  test.each<[object, RegExp]>([
    [{ cursor: 5 }, /"cursor" is 5/],
    [{ full_refresh: { done: 'no' } }, /"full_refresh" is \{"done":"no"\}/],
    [{ pull_by: 'changed' }, /"pull_by" is "changed"/],
    [{ look_back: [{ time: 1, until: 'soon', parents: {} }] }, /"look_back" is/],
    [{ parent: { time: -5 } }, /"parent" is \{"time":-5\}/],
    [{ version: 'new' }, /"version" is "new"/],
    [{ generated_timestamp: '-5' }, /"generated_timestamp" is "-5"/],
  ])('with %j is refused, and the member named', async (member, message) => {
    const state = { tickets: { generated_timestamp: 1_700_000_000, ...member } }
    sandbox.requests.reset()
    const { exitCode, errors } = await runHere('read', { config, state, more: STREAMS })
    expect([exitCode, errors[0]?.message]).toEqual([1, expect.stringMatching(message)])
  })

  test('with a member that means nothing is warned of', async () => {
    const state = { tickets: { generated_timestamp: 1_700_000_000, corsor: 'x' }, users: {} }
    const output = await runHere('read', { config, state, more: STREAMS })
    expect(warnings(output)).toContain(
      'WARN The state of stream "tickets" has an unknown member "corsor", which is ignored.',
    )
  })

  test('of ours has no member without a meaning, whatever is read, however', async () => {
    const { streams } = JSON.parse((await textOf('discover', '--configured')).text) as { streams: object[] }
    for (const reader of ['auto', 'list']) {
      const own = await openSandbox({ tickets: 40 })
      const file = join(folder()('.'), 'state.jsonl')
      const given = configFor(own, { reader })
      const texts: string[] = []
      const before = await runHere('read', { config: given, catalog: { streams } }, (line) =>
        texts.push(JSON.stringify(line)),
      )
      expect(before.exitCode).toBe(0)
      writeFileSync(file, texts.join('\n'))
      own.account.changeAtRandom(20, 3)
      own.account.advance(3600)
      const output = await runHere('read', { config: given, catalog: { streams }, more: ['--state', file] })
      expect(output.logs.filter((log) => /has an unknown member/.test(log))).toEqual([])
      expect(output.exitCode).toBe(0)
    }
  })
})
