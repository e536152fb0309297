// A Singer target in memory, as those behave that keep one row for each key: the newest record wins, `_sdc_deleted_at`
// removes a row, and a version that is activated removes what other loads left.
import type { CatalogStream } from './program.ts'

type Row = Readonly<Record<string, unknown>>

/** One line of a tap's output, as far as it is read here. */
export interface SingerLine {
  readonly type: string
  readonly stream?: string
  readonly schema?: { readonly properties: Record<string, unknown> }
  readonly key_properties?: readonly string[]
  readonly bookmark_properties?: readonly string[]
  readonly record?: Row
  readonly time_extracted?: string
  readonly version?: number
  readonly value?: SingerState
}

export interface SingerState {
  readonly bookmarks: Readonly<Record<string, Row>>
  readonly currently_syncing?: string
}

export interface SingerReader {
  /** Takes one line of a tap's output. Throws where it breaks the rules of the specification. */
  take(line: SingerLine): void
  /** A run of the tap begins: it has to tell its schemas anew. */
  begin(): void
  /** The rows of a stream, by key. */
  rows(stream: string): ReadonlyMap<string, Row>
  /** The streams whose schema was told, as an Airbyte catalog would have them. */
  streams(): readonly CatalogStream[]
  /** The last state, as `--state` takes it. */
  state(): SingerState | undefined
}

interface Table {
  readonly keys: readonly string[]
  readonly stream: CatalogStream
  readonly rows: Map<string, { readonly row: Row; readonly version: number | undefined }>
}

export function createSingerReader(): SingerReader {
  const tables = new Map<string, Table>()
  const told = new Set<string>()
  let state: SingerState | undefined

  function takeSchema({ stream = '', schema, key_properties: keys = [] }: SingerLine): void {
    if (!schema) throw new Error(`The SCHEMA of ${stream} holds none.`)
    const unknown = keys.filter((key) => !(key in schema.properties))
    if (unknown.length > 0) throw new Error(`The SCHEMA of ${stream} lacks its key ${unknown.join(', ')}.`)
    told.add(stream)
    tables.set(stream, {
      keys,
      rows: tables.get(stream)?.rows ?? new Map(),
      stream: {
        name: stream,
        json_schema: schema,
        supported_sync_modes: [],
        ...(keys.length > 0 && { source_defined_primary_key: keys.map((key) => [key]) }),
      },
    })
  }

  function tableOf({ stream = '', type }: SingerLine): Table {
    const table = tables.get(stream)
    if (!table || !told.has(stream)) throw new Error(`${type} of ${stream} comes before its SCHEMA.`)
    return table
  }

  function takeRecord(line: SingerLine): void {
    const { keys, rows } = tableOf(line)
    const { record, version, time_extracted } = line
    if (!record || Number.isNaN(Date.parse(time_extracted ?? ''))) throw new Error(`Not a whole RECORD: ${line.stream}`)
    const lacking = keys.filter((key) => record[key] == null)
    if (lacking.length > 0) throw new Error(`A record of ${line.stream} lacks its key ${lacking.join(', ')}.`)
    const key = keys.length === 0 ? `${version} ${rows.size}` : keys.map((one) => String(record[one])).join('/')
    if (record['_sdc_deleted_at'] == null) rows.set(key, { row: record, version })
    else rows.delete(key)
  }

  return {
    begin: () => told.clear(),
    state: () => state,
    streams: () => [...tables.values()].map(({ stream }) => stream),
    rows(stream) {
      const { keys, rows } = tables.get(stream) ?? { keys: [], rows: new Map() }
      // Rows without a key are told apart by their place.
      return new Map([...rows].map(([key, { row }], nth) => [keys.length === 0 ? String(nth) : key, row]))
    },
    take(line) {
      switch (line.type) {
        case 'SCHEMA':
          return takeSchema(line)
        case 'RECORD':
          return takeRecord(line)
        case 'ACTIVATE_VERSION': {
          const { rows } = tableOf(line)
          for (const [key, { version }] of rows) if (version !== line.version) rows.delete(key)
          return
        }
        case 'STATE':
          state = line.value
          return
        default:
          throw new Error(`There is no message of type ${line.type}.`)
      }
    },
  }
}
