// A Zendesk that is a value: tables in memory behind the engine's one door, a function from request to page.
import { HttpError } from '../../src/model/errors.ts'
import type { Message } from '../../src/model/message.ts'
import type { GetPage, Page, PageRequest, RecordData, StreamState } from '../../src/model/stream.ts'
import { streams } from '../../src/streams/index.ts'
import { readAll } from '../../src/sync/read.ts'
import type { ReadOptions } from '../../src/sync/run.ts'

/** What the account holds, each table in the order in which its endpoint gives it. */
export interface Tables {
  readonly tickets?: readonly RecordData[]
  readonly organizations?: readonly RecordData[]
  readonly groups?: readonly RecordData[]
}

/** The time of this account (epoch seconds); rows of its exports are older. */
export const NOW = 1_800_000_000

const isoOf = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000', '')

export const ticket = (id: number, at: number, more: RecordData = {}): RecordData => ({
  id,
  generated_timestamp: at,
  status: 'open',
  created_at: isoOf(at - 60),
  updated_at: isoOf(at),
  ...more,
})
export const organization = (id: number, at: number, more: RecordData = {}): RecordData => ({
  id,
  name: `Organization ${id}`,
  created_at: isoOf(at - 60),
  updated_at: isoOf(at),
  ...more,
})
export const group = (id: number, more: RecordData = {}): RecordData => ({
  id,
  name: `Group ${id}`,
  deleted: false,
  updated_at: isoOf(NOW - 1000 + id),
  ...more,
})

/** Answers with pages of at most `size` rows, as Zendesk does; `seen` collects what was asked. */
export function getPageOf(tables: Tables, size: number, seen: PageRequest[] = []): GetPage {
  return async (request) => {
    seen.push(request)
    const { path, query = {} } = request
    if (path === 'incremental/tickets/cursor') return cursorPage(tables.tickets ?? [], query, size)
    if (path === 'incremental/organizations') return timePage(tables.organizations ?? [], query, size)
    if (path === 'groups' || path === 'tickets') return listPage(path, tables[path] ?? [], query, size)
    if (path.endsWith('/count')) return { count: { value: 1 } }
    throw new HttpError(`GET /api/v2/${path}: HTTP 404.`, 'system_error', { status: 404 })
  }
}

type Query = Readonly<Record<string, unknown>>

/** A cursor names the last row before it: `<time>-<id>`. */
function cursorPage(rows: readonly RecordData[], { cursor, start_time = 0 }: Query, size: number): Page {
  const [time = Number(start_time), id = 0] = cursor === undefined ? [] : String(cursor).split('-').map(Number)
  const placeOf = (row: RecordData): readonly [number, number] => [
    Number(row['generated_timestamp']),
    Number(row['id']),
  ]
  const due = rows.filter((row) => {
    const [at, of] = placeOf(row)
    return at > time || (at === time && of > id)
  })
  const tickets = due.slice(0, size)
  const last = tickets.at(-1)
  return {
    tickets,
    after_cursor: last === undefined ? (cursor ?? `${time}-0`) : placeOf(last).join('-'),
    end_of_stream: due.length <= size,
  }
}

function timePage(rows: readonly RecordData[], { start_time = 0 }: Query, size: number): Page {
  const timeOf = (row: RecordData): number => Date.parse(String(row['updated_at'])) / 1000
  const due = rows.filter((row) => timeOf(row) >= Number(start_time))
  const organizations = due.slice(0, size)
  const last = organizations.at(-1)
  const end_time = last === undefined ? Number(start_time) : timeOf(last)
  return { organizations, count: organizations.length, end_time, end_of_stream: due.length <= size, next_page: 'next' }
}

function listPage(key: string, rows: readonly RecordData[], { 'page[after]': after = '0' }: Query, size: number): Page {
  const from = Number(after)
  const page = rows.slice(from, from + size)
  return { [key]: page, meta: { has_more: from + size < rows.length, after_cursor: String(from + page.length) } }
}

/** Reads streams of such an account from their states, message by message. */
export function readByValue(
  get: GetPage,
  names: readonly string[],
  states: ReadonlyMap<string, StreamState> = new Map(),
  more: Partial<ReadOptions> = {},
): AsyncGenerator<Message> {
  const configured = names.map((name) => ({
    stream: streams.find((one) => one.name === name)!,
    syncMode: 'incremental' as const,
    state: states.get(name),
    emitsDeletions: true,
    omits: new Set<string>(),
  }))
  return readAll(configured, optionsByValue(get, more))
}

/** What a sync of such an account is given. */
export const optionsByValue = (get: GetPage, more: Partial<ReadOptions> = {}): ReadOptions => ({
  get,
  selection: { startDate: 0, isRelative: false, pullBy: 'updated', query: {} },
  deletedRecords: 'delete',
  fetchFile: async () => undefined,
  walksAtOnce: 100,
  reader: 'export',
  reconcile: { every: 0, mostDeleted: 1 },
  signal: new AbortController().signal,
  log: () => undefined,
  // Nothing is waited for here: what would wait for ever shows as a test that hangs.
  clock: { now: () => NOW * 1000, after: () => () => undefined },
  ...more,
})

/** What a destination that keeps each record under its key holds, and the last state of each stream. */
export function createTable() {
  const rows = new Map<string, RecordData>()
  const states = new Map<string, StreamState>()
  let emitted = 0
  return {
    rows,
    states,
    emitted: () => emitted,
    take(message: Message): void {
      if (message.kind === 'checkpoint') states.set(message.stream, message.state)
      if (message.kind !== 'records') return
      message.records.forEach((record, at) => {
        emitted++
        const key = `${message.stream} ${String(record['id'])}`
        if (message.deletedAt?.[at] === undefined) rows.set(key, record)
        else rows.delete(key)
      })
    },
  }
}
