// Rows into a DuckDB table, a column at a time: numbers, times and bits go into the memory of the chunk as they are. The
// client's own vectors make a bigint of each number and of each bit that says whether there is a value, which costs more
// than all the rest.
import { type DuckDBAppender, type DuckDBConnection, DuckDBDataChunk, type DuckDBType } from '@duckdb/node-api'
import duckdb, { type Vector } from '@duckdb/node-bindings'
import type { Batch } from '../../table/batch.ts'
import type { ColumnType } from '../../table/column.ts'
import type { Cell } from '../../table/values.ts'
import type { HeldRows } from '../warehouse.ts'

/** Rows in a chunk. */
const CHUNK = duckdb.vector_size()

/** Adds a batch to a temporary table. */
export async function appendBatch(connection: DuckDBConnection, table: string, batch: Batch): Promise<void> {
  const appender = await connection.createAppender(table, 'main', 'temp')
  const chunk = DuckDBDataChunk.create(typesOf(appender))
  for (let from = 0; from < batch.rows; from += CHUNK) {
    fillChunk(chunk, batch, from)
    appender.appendDataChunk(chunk)
    chunk.reset()
  }
  appender.closeSync()
}

/** Holds rows for a table, outside of it: `add` takes them, `insert` puts them in. */
export async function holdRows(
  connection: DuckDBConnection,
  { schema, table }: { readonly schema: string; readonly table: string },
): Promise<Omit<HeldRows, 'columns'>> {
  const appender = await connection.createAppender(table, schema)
  const types = typesOf(appender)
  appender.closeSync()
  let full: DuckDBDataChunk[] = []
  // Chunks are filled again and again: their memory is outside of the heap, which would free it at some later time.
  const empty: DuckDBDataChunk[] = []
  let bytes = 0
  return {
    bytes: () => bytes,
    add(batch) {
      // A chunk has room for all of its rows, however few they are.
      const places = batch.columns.reduce((sum, { type }) => sum + WIDTHS[type], 0) * CHUNK
      for (let from = 0; from < batch.rows; from += CHUNK) {
        const chunk = empty.pop() ?? DuckDBDataChunk.create(types)
        bytes += places + fillChunk(chunk, batch, from)
        full.push(chunk)
      }
    },
    async insert() {
      const into = await connection.createAppender(table, schema)
      for (const chunk of full) {
        into.appendDataChunk(chunk)
        chunk.reset()
        // Otherwise it would hold all of them, beside the table.
        into.flushSync()
      }
      into.closeSync()
      empty.push(...full)
      full = []
      bytes = 0
    },
  }
}

/** The types of all columns of an appender's table. */
const typesOf = (appender: DuckDBAppender): readonly DuckDBType[] =>
  Array.from({ length: appender.columnCount }, (_, at) => appender.columnType(at))

/** Puts rows of a batch into an empty chunk, from this one on. Returns the bytes of texts that their places do not hold. */
function fillChunk(chunk: DuckDBDataChunk, { rows, columns }: Batch, from: number): number {
  const count = Math.min(CHUNK, rows - from)
  chunk.rowCount = count
  let bytes = 0
  for (const [at, { type, cells }] of columns.entries())
    bytes += fillVector(duckdb.data_chunk_get_vector(chunk.chunk, at), type, cells, from, count)
  return bytes
}

function fillVector(vector: Vector, type: ColumnType, cells: readonly Cell[], from: number, count: number): number {
  const write = writers[type]
  const bytes = write === undefined ? writeTexts(vector, cells, from, count) : 0
  if (write) {
    const data = write(cells, from, count)
    duckdb.copy_data_to_vector(vector, 0, data.buffer as ArrayBuffer, 0, data.byteLength)
  }
  const valid = validBits(cells, from, count)
  if (valid) {
    duckdb.vector_ensure_validity_writable(vector)
    duckdb.copy_data_to_vector_validity(vector, 0, valid.buffer as ArrayBuffer, 0, valid.byteLength)
  }
  return bytes
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

type Writer = (cells: readonly Cell[], from: number, count: number) => ArrayBufferView

/** By type: the memory of the cells. Texts are written in their own way. */
const writers: Readonly<Partial<Record<ColumnType, Writer>>> = {
  integer: whole,
  time: whole,
  number: (cells, from, count) => Float64Array.from({ length: count }, (_, row) => (cells[from + row] ?? 0) as number),
  date: (cells, from, count) => Int32Array.from({ length: count }, (_, row) => (cells[from + row] ?? 0) as number),
  boolean: (cells, from, count) => Uint8Array.from({ length: count }, (_, row) => (cells[from + row] === true ? 1 : 0)),
}

function whole(cells: readonly Cell[], from: number, count: number): ArrayBufferView {
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

/** The bytes of a string's place in a vector: its length, and itself if it is not longer than the rest; else its beginning, and where it is. */
const PLACE = 16
const SHORT = PLACE - 4

/** By type: the bytes of a place in a vector. */
const WIDTHS: Readonly<Record<ColumnType, number>> = {
  integer: 8,
  time: 8,
  number: 8,
  date: 4,
  boolean: 1,
  text: PLACE,
  json: PLACE,
}

/** Strings on their way into a vector, one behind the other: a call for each of them costs several times as much. */
const room = Buffer.allocUnsafeSlow(2 ** 20)
/** One that is longer may not fit: a letter has up to three bytes. */
const HUGE = Math.floor(room.length / 3)

/** Returns the bytes of those that are longer than their places. */
function writeTexts(vector: Vector, cells: readonly Cell[], from: number, count: number): number {
  const places = Buffer.alloc(count * PLACE)
  const huge: number[] = []
  let long: number[] = []
  let used = 0
  let bytes = 0
  for (let row = 0; row < count; row++) {
    const text = cells[from + row] as string | null
    if (text === null || isPlaced(places, row * PLACE, text)) continue
    if (text.length > HUGE) {
      huge.push(row)
      continue
    }
    if (used + text.length * 3 > room.length) {
      placeLong(vector, places, long, used)
      bytes += used
      long = []
      used = 0
    }
    const length = room.write(text, used)
    places.writeUInt32LE(length, row * PLACE)
    places.writeUInt32LE(used, row * PLACE + 8)
    long.push(row)
    used += length
  }
  if (long.length > 0) placeLong(vector, places, long, used)
  duckdb.copy_data_to_vector(vector, 0, places.buffer as ArrayBuffer, places.byteOffset, places.byteLength)
  for (const row of huge) {
    const text = cells[from + row] as string
    duckdb.vector_assign_string_element(vector, row, text)
    bytes += Buffer.byteLength(text)
  }
  return bytes + used
}

/** Gives the vector what stands in the room as one string, and says in the places of these rows where in it each of theirs is. */
function placeLong(vector: Vector, places: Buffer, rows: readonly number[], used: number): void {
  // The vector owns the string that it is given, whatever its row gets afterwards.
  duckdb.vector_assign_string_element_len(vector, 0, room.subarray(0, used))
  const first = Buffer.from(duckdb.vector_get_data(vector, PLACE))
  const [low, high] = [first.readUInt32LE(8), first.readUInt32LE(12)]
  for (const row of rows) {
    const at = row * PLACE
    const length = places.readUInt32LE(at)
    const begin = places.readUInt32LE(at + 8)
    if (length <= SHORT) {
      places.fill(0, at + 4, at + PLACE)
      room.copy(places, at + 4, begin, begin + length)
    } else {
      room.copy(places, at + 4, begin, begin + 4)
      const place = low + begin
      places.writeUInt32LE(place % 2 ** 32, at + 8)
      places.writeUInt32LE(high + Math.floor(place / 2 ** 32), at + 12)
    }
  }
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
