// Rows into a DuckDB table, a column at a time: numbers, times and bits go into the memory of the chunk as they are. The
// client's own vectors make a bigint of each number and of each bit that says whether there is a value, which costs more
// than all the rest.
import { type DuckDBAppender, type DuckDBConnection, DuckDBDataChunk, type DuckDBType } from '@duckdb/node-api'
import duckdb, { type Vector } from '@duckdb/node-bindings'
import type { Batch } from '../../table/batch.ts'
import type { ColumnType } from '../../table/column.ts'
import type { Cell } from '../../table/values.ts'

/** Rows in a chunk. */
const CHUNK = duckdb.vector_size()

/** Adds a batch to a temporary table. */
export async function appendBatch(connection: DuckDBConnection, table: string, batch: Batch): Promise<void> {
  const appender = await connection.createAppender(table, 'main', 'temp')
  append(appender, chunksOf(typesOf(appender), batch))
}

/** Holds rows for a table, outside of it: `add` takes them, `insert` puts them in. */
export async function holdRows(
  connection: DuckDBConnection,
  { schema, table }: { readonly schema: string; readonly table: string },
): Promise<{ add(batch: Batch): void; insert(): Promise<void> }> {
  const appender = await connection.createAppender(table, schema)
  const types = typesOf(appender)
  appender.closeSync()
  let chunks: DuckDBDataChunk[] = []
  return {
    add: (batch) => void chunks.push(...chunksOf(types, batch)),
    async insert() {
      append(await connection.createAppender(table, schema), chunks)
      chunks = []
    },
  }
}

function append(appender: DuckDBAppender, chunks: Iterable<DuckDBDataChunk>): void {
  for (const chunk of chunks) appender.appendDataChunk(chunk)
  appender.closeSync()
}

/** The types of all columns of an appender's table. */
const typesOf = (appender: DuckDBAppender): readonly DuckDBType[] =>
  Array.from({ length: appender.columnCount }, (_, at) => appender.columnType(at))

/** The chunks of a batch, whose columns are of these types. */
function* chunksOf(types: readonly DuckDBType[], { rows, columns }: Batch): Generator<DuckDBDataChunk> {
  for (let from = 0; from < rows; from += CHUNK) {
    const count = Math.min(CHUNK, rows - from)
    const chunk = DuckDBDataChunk.create(types, count)
    for (const [at, { type, cells }] of columns.entries())
      fillVector(duckdb.data_chunk_get_vector(chunk.chunk, at), type, cells, from, count)
    yield chunk
  }
}

function fillVector(vector: Vector, type: ColumnType, cells: readonly Cell[], from: number, count: number): void {
  const data = writers[type](vector, cells, from, count)
  if (data) duckdb.copy_data_to_vector(vector, 0, data.buffer as ArrayBuffer, 0, data.byteLength)
  const valid = validBits(cells, from, count)
  if (!valid) return
  duckdb.vector_ensure_validity_writable(vector)
  duckdb.copy_data_to_vector_validity(vector, 0, valid.buffer as ArrayBuffer, 0, valid.byteLength)
}

/** A bit for each row that has a value; undefined where all have one. */
function validBits(cells: readonly Cell[], from: number, count: number): Uint32Array | undefined {
  let bits: Uint32Array | undefined
  for (let row = 0; row < count; row++) {
    if (cells[from + row] !== null) continue
    // The words are of 64 bits.
    bits ??= new Uint32Array(Math.ceil(count / 64) * 2).fill(0xffff_ffff)
    bits[row >> 5]! &= ~(1 << (row & 31))
  }
  return bits
}

type Writer = (vector: Vector, cells: readonly Cell[], from: number, count: number) => ArrayBufferView | undefined

/** By type: the memory of the cells; strings that are not short go into the vector one by one. */
const writers: Readonly<Record<ColumnType, Writer>> = {
  integer: whole,
  time: whole,
  number: (_, cells, from, count) =>
    Float64Array.from({ length: count }, (__, row) => (cells[from + row] ?? 0) as number),
  date: (_, cells, from, count) => Int32Array.from({ length: count }, (__, row) => (cells[from + row] ?? 0) as number),
  boolean: (_, cells, from, count) =>
    Uint8Array.from({ length: count }, (__, row) => (cells[from + row] === true ? 1 : 0)),
  text: strings,
  json: strings,
}

function whole(_: Vector, cells: readonly Cell[], from: number, count: number): ArrayBufferView {
  const halves = new Int32Array(count * 2)
  const wholes = new BigInt64Array(halves.buffer)
  for (let row = 0; row < count; row++) {
    const cell = cells[from + row]
    if (typeof cell === 'bigint') wholes[row] = cell
    else if (typeof cell === 'number') {
      const high = Math.floor(cell / 0x1_0000_0000)
      halves[row * 2] = cell - high * 0x1_0000_0000
      halves[row * 2 + 1] = high
    }
  }
  return halves
}

/** The bytes of a string's place in a vector: its length, and itself if it is not longer than the rest. */
const PLACE = 16
const SHORT = PLACE - 4

function strings(vector: Vector, cells: readonly Cell[], from: number, count: number): undefined {
  const places = Buffer.alloc(count * PLACE)
  const long: number[] = []
  for (let row = 0; row < count; row++) {
    const cell = cells[from + row]
    if (cell != null && !isPlaced(places, row * PLACE, cell as string)) long.push(row)
  }
  duckdb.copy_data_to_vector(vector, 0, places.buffer as ArrayBuffer, places.byteOffset, places.byteLength)
  for (const row of long) duckdb.vector_assign_string_element(vector, row, cells[from + row] as string)
}

/** Writes a short string of ASCII; returns false for another one, whose place is empty then. */
function isPlaced(places: Buffer, at: number, text: string): boolean {
  if (text.length > SHORT) return false
  for (let nth = 0; nth < text.length; nth++) {
    const code = text.charCodeAt(nth)
    if (code > 0x7f) {
      places.fill(0, at, at + PLACE)
      return false
    }
    places[at + 4 + nth] = code
  }
  places[at] = text.length
  return true
}
