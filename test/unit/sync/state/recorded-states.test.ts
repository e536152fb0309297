// States of every kind, as an earlier version wrote them, and what that version made of each: where it went on, what it took
// for deleted in an account that has nothing any more, and the state that it left. Whoever changes the engine keeps all three. (Of a log
// whose rows leave by themselves, nothing is taken for deleted any more: that was changed on purpose.)
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  type ConfiguredStream,
  type GetPage,
  type Page,
  type Selection,
  type StreamState,
  setAnsweredAt,
} from '../../../../src/model/stream.ts'
import { movedStates } from '../../../../src/protocols/shared/migrate-state.ts'
import { streams } from '../../../../src/streams/index.ts'
import { readAll } from '../../../../src/sync/read.ts'
import { packSeen, unpackSeen } from '../../../../src/sync/state/packed.ts'
import { NOW, optionsByValue } from '../../../support/zendesk-by-value.ts'

interface Recorded {
  readonly stream: string
  readonly mode: ConfiguredStream['syncMode']
  readonly reader: 'export' | 'list'
  readonly state: StreamState
  /** The first four requests that the state led to. */
  readonly asked: readonly string[]
  /** How many records were emitted: all of them deletions. */
  readonly records: number
  /** The state afterwards; null if none was written. */
  readonly after: StreamState | null
}
const recorded = readFileSync(join(import.meta.dirname, '../../../fixtures/recorded-states.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded)

/** The selection that the state was read with. */
const selectionIn = ({ start_date, pull_by, support_type_scope: scope }: StreamState): Selection => ({
  startDate: start_date === undefined ? 0 : Date.parse(String(start_date)) / 1000,
  isRelative: false,
  pullBy: pull_by === 'created' ? 'created' : 'updated',
  query: scope === undefined ? {} : { support_type_scope: String(scope) },
})

/** An account in which nothing is there any more, and nothing new. */
const emptyAccount =
  (asked: string[]): GetPage =>
  async ({ path, query = {}, expects = 'none' }) => {
    const text = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)])).toString()
    asked.push(text === '' ? path : `${path}?${text}`)
    const end = {
      end_time: Number(query['start_time'] ?? 0),
      after_cursor: query['cursor'] ?? 'c',
      end_of_stream: true,
    }
    const list = { [expects]: [], ...end, meta: { has_more: false }, next_page: null, count: 0 }
    const page: Page = path.endsWith('count') ? { count: path.startsWith('search') ? 0 : { value: 0 } } : list
    setAnsweredAt(page, NOW)
    return page
  }

/** That state with its emitted rows as this version packs them: of many it keeps the beginnings of their fingerprints. */
const asWrittenNow = (state: StreamState | null): StreamState | null =>
  typeof state?.['seen'] === 'string' ? { ...state, seen: packSeen(unpackSeen(state['seen'])!) } : state

test.each(recorded)('$stream, $mode from $reader', async (one) => {
  const stream = streams.find(({ name }) => name === one.stream)!
  const asked: string[] = []
  let records = 0
  let after: StreamState | null = null
  const configured: ConfiguredStream = {
    stream,
    syncMode: one.mode,
    state: one.state,
    syncId: 7,
    emitsDeletions: true,
    omits: new Set(),
    includesFiles: 'files_again' in one.state,
  }
  for await (const message of readAll(
    [configured],
    optionsByValue(emptyAccount(asked), { reader: one.reader, selection: selectionIn(one.state) }),
  )) {
    if (message.kind === 'records') records += message.records.length
    if (message.kind === 'checkpoint') after = JSON.parse(JSON.stringify(message.state))
  }
  expect(asked.slice(0, 4)).toEqual(one.asked)
  expect(records).toBe(one.records)
  expect(after).toEqual(asWrittenNow(one.after))
})

test('every key of a state is among them', () => {
  const keys = new Set(recorded.flatMap(({ state }) => [...Object.keys(state), ...Object.keys(state['list'] ?? {})]))
  const known =
    'cursor seen settled parent look_back ahead ids since start_date pull_by full_refresh list records rows parents'
  const inList = 'archived searched gone again deleted known closed_at coming empty files_again support_type_scope'
  expect(`${known} ${inList}`.split(' ').filter((key) => !keys.has(key))).toEqual([])
})

test('no member of them is unknown to those who check states', () => {
  const warnings: string[] = []
  for (const { stream, state, after } of recorded)
    for (const one of [state, after ?? {}])
      movedStates(new Map([[stream, one]]), streams, (_level, text) => warnings.push(text))
  expect(warnings).toEqual([])
})
