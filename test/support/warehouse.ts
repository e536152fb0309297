// A destination in memory, as Airbyte's deduplicating ones behave: the newest record of a key wins, a deletion removes it.
// A stream that is always read whole is overwritten.
import { isDeepStrictEqual } from 'node:util'
import type { AirbyteLine, CatalogStream } from './program.ts'

type Row = Readonly<Record<string, unknown>>

export interface Warehouse {
  /** Takes one line of a source's output. */
  take(line: AirbyteLine): void
  /** The rows of a stream, by key. */
  rows(stream: string): ReadonlyMap<string, Row>
  /** Records and deletions of a stream since the last call of `forgetCounts`. */
  counts(stream: string): { readonly records: number; readonly deletions: number }
  forgetCounts(): void
  /** The last state of each stream, as `--state` takes it. */
  state(): readonly unknown[]
  stateOf(stream: string): Row | undefined
}

export function createWarehouse(catalog: readonly CatalogStream[]): Warehouse {
  const streams = new Map(catalog.map((stream) => [stream.name, stream]))
  const tables = new Map<string, Map<string, Row>>(catalog.map(({ name }) => [name, new Map()]))
  const states = new Map<string, Row>()
  const counts = new Map<string, { records: number; deletions: number }>()
  const countOf = (stream: string): { records: number; deletions: number } => {
    const known = counts.get(stream) ?? { records: 0, deletions: 0 }
    counts.set(stream, known)
    return known
  }

  return {
    rows: (stream) => tables.get(stream) ?? new Map(),
    counts: countOf,
    forgetCounts: () => counts.clear(),
    stateOf: (stream) => states.get(stream),
    state: () =>
      [...states].map(([name, stream_state]) => ({
        type: 'STREAM',
        stream: { stream_descriptor: { name }, stream_state },
      })),
    take({ record, state, trace }) {
      if (state) states.set(state.stream.stream_descriptor.name, state.stream.stream_state)
      const { status, stream_descriptor } = trace?.stream_status ?? {}
      if (status === 'STARTED' && syncModeOf(streams.get(stream_descriptor!.name)!) === 'full_refresh')
        tables.get(stream_descriptor!.name)!.clear()
      if (!record) return
      const { stream, data } = record
      const table = tables.get(stream)
      if (!table) throw new Error(`The source wrote a record of ${stream}, which is not in its catalog.`)
      const key = keyOf(data, streams.get(stream)!) ?? String(table.size)
      if (data['_ab_cdc_deleted_at'] == null) {
        countOf(stream).records++
        table.set(key, data)
      } else {
        countOf(stream).deletions++
        table.delete(key)
      }
    },
  }
}

/** How a stream is read by those who want its changes. */
export const syncModeOf = ({ supported_sync_modes }: CatalogStream): string =>
  supported_sync_modes.includes('incremental') ? 'incremental' : 'full_refresh'

/** A record's key as text; undefined where its stream has none. */
export const keyOf = (row: Row, { source_defined_primary_key: key }: CatalogStream): string | undefined =>
  key?.map(([field]) => String(row[field!])).join('/')

/** How the rows of a stream differ from what they should be: the account's truth. */
export interface Difference {
  readonly right: number
  readonly missing: readonly string[]
  readonly surplus: readonly string[]
  readonly wrong: readonly string[]
}

/**
 * Compares rows with the truth, by key and column by column; columns that only the connector has (its cursor) and those
 * that are not in the catalog do not count.
 */
export function compare(
  rows: ReadonlyMap<string, Row>,
  truth: ReadonlyMap<string, Row>,
  stream: CatalogStream,
): Difference {
  const missing: string[] = []
  const wrong: string[] = []
  const columns = Object.keys(stream.json_schema.properties)
  for (const [key, expected] of truth) {
    const row = rows.get(key)
    if (!row) missing.push(key)
    else {
      const column = columns.find((name) => name in expected && !isSame(row[name], expected[name]))
      if (column !== undefined)
        wrong.push(`${key}: ${column} is ${JSON.stringify(row[column])}, not ${JSON.stringify(expected[column])}`)
    }
  }
  const surplus = [...rows.keys()].filter((key) => !truth.has(key))
  return { missing, surplus, wrong, right: truth.size - missing.length - wrong.length }
}

/** Members of an object have no order. */
const isSame = (a: unknown, b: unknown): boolean =>
  a === b || JSON.stringify(a ?? null) === JSON.stringify(b ?? null) || isDeepStrictEqual(a ?? null, b ?? null)
