// How both dialects write records: as they came where their text was never parsed, else as JSON.
import type { RecordsMessage } from '../../model/message.ts'
import { addsOf, type Raw, rawOf, sizeOfRaw, withFields, without, writeRaw } from '../../model/raw-record.ts'
import type { RecordData } from '../../model/stream.ts'

/** Whole lines, as text or as its UTF-8. Lines that are bytes stand in memory that the next records are written to. */
export type Lines = string | Uint8Array

/** What is the same in every line of a page: the text around a record, and how the record is to be written. */
export interface Frame {
  readonly head: string
  readonly tail: string
  /** By index: what stands between a record and the tail, as members of what it is wrapped in. */
  readonly beside?: readonly string[]
  /** The column that says when a record was deleted. */
  readonly deletedAt: string
  readonly omits: ReadonlySet<string>
}

/** Writes the records of a message, a line each, in the frame of its dialect. */
export type WriteRecords = (message: RecordsMessage, frame: Frame) => Lines

/** The character U+0000 is taken out of texts. `onStripped` is called for each page that held it. */
export interface NulCharacters {
  readonly onStripped: (stream: string, count: number) => void
}

/** Its escape in JSON, not after a backslash that is escaped itself. */
const NUL = /(?<!\\)((?:\\\\)*)\\u0000/g
const NUL_ESCAPE = '\\u0000'

function withoutNul(lines: Lines, stream: string, { onStripped }: NulCharacters): Lines {
  // Bytes are searched first: hardly a page holds it.
  const holds =
    typeof lines === 'string'
      ? lines.includes(NUL_ESCAPE)
      : Buffer.from(lines.buffer, lines.byteOffset, lines.byteLength).includes(NUL_ESCAPE)
  if (!holds) return lines
  const text = typeof lines === 'string' ? lines : Buffer.from(lines).toString('utf8')
  let count = 0
  const stripped = text.replace(NUL, (_, before: string) => {
    count++
    return before
  })
  if (count > 0) onStripped(stream, count)
  return stripped
}

/**
 * A writer of its own: each page is written to the same memory, which soon is as large as the largest one. `nulCharacters`:
 * U+0000 is taken out; left out: it stays.
 */
export function createRecordWriter(nulCharacters?: NulCharacters): WriteRecords {
  let room = Buffer.alloc(0)
  const roomFor = (size: number): Buffer => {
    if (room.length < size) room = Buffer.allocUnsafeSlow(Math.ceil(size * 1.25))
    return room
  }
  return (message, frame) => {
    const lines = message.records.some(rawOf) ? bytesOf(message, frame, roomFor) : textOf(message, frame)
    return nulCharacters ? withoutNul(lines, message.stream, nulCharacters) : lines
  }
}

const markedDeleted = (record: RecordData, time: string | undefined, column: string): RecordData =>
  time === undefined ? record : withFields(record, { [column]: time })

function textOf({ records, deletedAt }: RecordsMessage, frame: Frame): string {
  const { head, tail, omits } = frame
  let lines = ''
  records.forEach((record, at) => {
    lines += `${head}${JSON.stringify(without(markedDeleted(record, deletedAt?.[at], frame.deletedAt), omits))}${frame.beside?.[at] ?? ''}${tail}\n`
  })
  return lines
}

/** Of a record: its slice with the members that it gets, or its text. */
type RecordText = Raw | { readonly raw: Raw; readonly adds: string } | string

const isSlice = (text: Exclude<RecordText, string>): text is Raw => 'bytes' in text

/** The same where records are still text: it is copied, once. */
function bytesOf({ records, deletedAt }: RecordsMessage, frame: Frame, roomFor: (size: number) => Buffer): Uint8Array {
  const { omits } = frame
  const texts = records.map((one, at): RecordText => {
    const record = markedDeleted(one, deletedAt?.[at], frame.deletedAt)
    const raw = rawOf(record)
    if (!raw) return JSON.stringify(without(record, omits))
    return raw.adds === undefined ? raw : { raw, adds: addsOf(raw, omits) }
  })
  const head = Buffer.from(frame.head)
  const tail = Buffer.from(`${frame.tail}\n`)
  const beside = (nth: number): string => frame.beside?.[nth] ?? ''
  let size = texts.length * (head.length + tail.length)
  for (const [nth, text] of texts.entries()) size += sizeOf(text) + beside(nth).length * 3
  const out = roomFor(size)
  let at = 0
  for (const [nth, text] of texts.entries()) {
    at += head.copy(out, at)
    at = writeText(out, at, text, omits)
    if (frame.beside) at += out.write(beside(nth), at)
    at += tail.copy(out, at)
  }
  return out.subarray(0, at)
}

function sizeOf(text: RecordText): number {
  if (typeof text === 'string') return text.length * 3
  return isSlice(text) ? sizeOfRaw(text, '') : sizeOfRaw(text.raw, text.adds)
}

function writeText(out: Buffer, at: number, text: RecordText, omits: ReadonlySet<string>): number {
  if (typeof text === 'string') return at + out.write(text, at)
  return isSlice(text) ? writeRaw(out, at, text, '', omits) : writeRaw(out, at, text.raw, text.adds, omits)
}
