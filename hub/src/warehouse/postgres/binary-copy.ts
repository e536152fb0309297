// Rows as PostgreSQL's COPY takes them in its binary form: nothing to escape, nothing for the server to parse.
import type { Batch } from '../../table/batch.ts'
import type { ColumnType } from '../../table/column.ts'
import type { Cell } from '../../table/values.ts'

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')
const END = Buffer.from([0xff, 0xff])
/** PostgreSQL counts from 2000: its distance from 1970 in microseconds, and in days. */
const EPOCH = 946_684_800_000_000
const EPOCH_DAYS = 10_957
/** What leaves at once, in bytes. */
const PIECE = 512 * 1024

/** The bytes of a whole COPY. */
export function* binaryCopy({ rows, columns }: Batch): Generator<Buffer> {
  yield SIGNATURE
  const out = { bytes: Buffer.allocUnsafe(PIECE * 2), at: 0 }
  const writers = columns.map(({ type }) => WRITERS[type])
  for (let row = 0; row < rows; row++) {
    room(out, 2)
    out.at = out.bytes.writeInt16BE(columns.length, out.at)
    for (let column = 0; column < columns.length; column++) {
      const cell = columns[column]!.cells[row]!
      room(out, 16)
      if (cell === null) out.at = out.bytes.writeInt32BE(-1, out.at)
      else writers[column]!(out, cell)
    }
    if (out.at < PIECE) continue
    yield Buffer.from(out.bytes.subarray(0, out.at))
    out.at = 0
  }
  yield Buffer.concat([out.bytes.subarray(0, out.at), END])
}

interface Out {
  bytes: Buffer
  at: number
}

/** Makes sure that so many bytes can be written. */
function room(out: Out, size: number): void {
  if (out.at + size <= out.bytes.length) return
  const larger = Buffer.allocUnsafe(Math.max(out.bytes.length * 2, out.at + size))
  out.bytes.copy(larger, 0, 0, out.at)
  out.bytes = larger
}

const WRITERS: Readonly<Record<ColumnType, (out: Out, cell: Exclude<Cell, null>) => void>> = {
  integer: (out, cell) => writeWhole(out, cell as number | bigint),
  time: (out, cell) =>
    writeWhole(out, typeof cell === 'bigint' ? cell - BigInt(EPOCH) : BigInt((cell as number) - EPOCH)),
  number(out, cell) {
    out.at = out.bytes.writeInt32BE(8, out.at)
    out.at = out.bytes.writeDoubleBE(cell as number, out.at)
  },
  boolean(out, cell) {
    out.at = out.bytes.writeInt32BE(1, out.at)
    out.at = out.bytes.writeUInt8(cell === true ? 1 : 0, out.at)
  },
  date(out, cell) {
    out.at = out.bytes.writeInt32BE(4, out.at)
    out.at = out.bytes.writeInt32BE((cell as number) - EPOCH_DAYS, out.at)
  },
  text: (out, cell) => writeText(out, withoutNul(cell as string), 0),
  json: (out, cell) => writeText(out, withoutEscapedNul(cell as string), 1),
}

function writeWhole(out: Out, cell: number | bigint): void {
  out.at = out.bytes.writeInt32BE(8, out.at)
  if (typeof cell === 'bigint') out.at = out.bytes.writeBigInt64BE(cell, out.at)
  else {
    const high = Math.floor(cell / 0x1_0000_0000)
    out.at = out.bytes.writeInt32BE(high, out.at)
    out.at = out.bytes.writeUInt32BE(cell - high * 0x1_0000_0000, out.at)
  }
}

/** `version`: the number that jsonb has before its text; 0 where there is none. */
function writeText(out: Out, text: string, version: number): void {
  room(out, text.length * 3 + 5)
  const start = out.at + 4
  if (version > 0) out.bytes[start] = version
  const end = start + (version > 0 ? 1 : 0)
  const written = out.bytes.write(text, end)
  out.bytes.writeInt32BE(end + written - start, out.at)
  out.at = end + written
}

/** PostgreSQL has no NUL in texts. */
const withoutNul = (text: string): string => (text.includes('\0') ? text.replaceAll('\0', '') : text)

/** The same for JSON, where it stands escaped; a backslash that is escaped itself begins nothing. */
const withoutEscapedNul = (json: string): string =>
  json.includes('\\u0000') ? json.replace(/\\\\|\\u0000/g, (found) => (found === '\\\\' ? found : '')) : json
