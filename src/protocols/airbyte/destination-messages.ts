// What the destination writes.
import type { Operation } from '../../model/writer.ts'
import type { RowCounts } from '../../model/writing.ts'

export const destinationCatalogLine = (operations: readonly Operation[]): string =>
  `${JSON.stringify({
    type: 'DESTINATION_CATALOG',
    destination_catalog: {
      operations: operations.map(({ object, mode, schema, keys }) => ({
        object_name: object,
        sync_mode: mode,
        json_schema: schema,
        matching_keys: keys,
      })),
    },
  })}\n`

interface State {
  readonly type?: unknown
  readonly stream?: { readonly stream_descriptor?: { readonly name?: unknown } }
  readonly sourceStats?: Readonly<Record<string, number>>
}

/** What the protocol reports of rows. */
type Reported = Pick<RowCounts, 'written' | 'unchanged' | 'rejected'>

const NONE: Reported = { written: 0, unchanged: 0, rejected: 0 }
const sum = (one: Reported, other: Reported): Reported => ({
  written: one.written + other.written,
  unchanged: one.unchanged + other.unchanged,
  rejected: one.rejected + other.rejected,
})

/** Makes the lines of states, as they came, with what became of the rows of each since its last state. */
export function createStateLines(): (state: unknown, counts: ReadonlyMap<string, RowCounts>) => string {
  const since = new Map<string, Reported>()
  return (given, counts) => {
    for (const [stream, some] of counts) since.set(stream, sum(since.get(stream) ?? NONE, some))
    const { sourceStats, ...state } = given as State
    const name = state.stream?.stream_descriptor?.name
    const of = state.type === 'STREAM' && typeof name === 'string' ? [name] : [...since.keys()]
    const { written, unchanged, rejected } = of.map((stream) => since.get(stream) ?? NONE).reduce(sum, NONE)
    for (const stream of of) since.delete(stream)
    const source = sourceStats ? `,"sourceStats":${decimals(sourceStats)}` : ''
    const stats = decimals({ recordCount: written + unchanged, rejectedRecordCount: rejected })
    return `{"type":"STATE","state":${JSON.stringify(state).slice(0, -1)}${source},"destinationStats":${stats}}}\n`
  }
}

/** Strict readers expect doubles: counts are written with a decimal point. */
const decimals = (counts: Readonly<Record<string, number>>): string =>
  `{${Object.entries(counts)
    .map(([name, count]) => `${JSON.stringify(name)}:${Number.isInteger(count) ? `${count}.0` : count}`)
    .join(',')}}`
