// Rows into a DuckDB table, a column at a time: numbers, times and bits go into the memory of the chunk as they are. The
// client's own vectors make a bigint of each number and of each bit that says whether there is a value, which costs more
// than all the rest.
import { type DuckDBAppender, DuckDBDataChunk } from '@duckdb/node-api'
import duckdb, { type Vector } from '@duckdb/node-bindings'
import type { Batch } from '../../table/batch.ts'
import type { ColumnType } from '../../table/column.ts'
import type { Cell } from '../../table/values.ts'

/** Rows in a chunk. */
const CHUNK = duckdb.vector_size()

/** Appends a batch to the table of an appender, which is not flushed. */
export function appendBatch(appender: DuckDBAppender, { rows, columns }: Batch): void {
  const types = columns.map((_, at) => appender.columnType(at))
  for (let from = 0; from < rows; from += CHUNK) {
    const count = Math.min(CHUNK, rows - from)
    const chunk = DuckDBDataChunk.create(types, count)
    for (const [at, { type, cells }] of columns.entries())
      fillVector(duckdb.data_chunk_get_vector(chunk.chunk, at), type, cells, from, count)
    appender.appendDataChunk(chunk)
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

/** By type: the memory of the cells; strings go into the vector one by one. */
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

function strings(vector: Vector, cells: readonly Cell[], from: number, count: number): undefined {
  for (let row = 0; row < count; row++) {
    const cell = cells[from + row]
    if (cell !== null) duckdb.vector_assign_string_element(vector, row, cell as string)
  }
}
