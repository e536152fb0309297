// How both dialects write records: as the bytes that came if they were not parsed, else as JSON.
import type { RecordsMessage } from '../../model/message.ts'
import { addsOf, type Raw, rawOf, sizeOfRaw, withFields, without, writeRaw } from '../../model/raw-record.ts'
import type { RecordData } from '../../model/stream.ts'

/** Whole lines, as text or as UTF-8 bytes. The memory of bytes is reused for the next records. */
export type Lines = string | Uint8Array

/** What all lines of a page share: the text around a record, and how records are written. */
export interface Frame {
  readonly head: string
  readonly tail: string
  /** By index: the members between a record and the tail. */
  readonly beside?: readonly string[]
  /** The column that says when a record was deleted. */
  readonly deletedAt: string
  readonly omits: ReadonlySet<string>
}

/** Writes the records of a message, one line each, in the frame of a dialect. */
export type WriteRecords = (message: RecordsMessage, frame: Frame) => Lines

/** Removes the character U+0000 from texts, and calls `onStripped` for each page that has it. */
export interface NulCharacters {
  readonly onStripped: (stream: string, count: number) => void
}

/** Its escape in JSON, unless the backslash is escaped itself. */
const NUL = /(?<!\\)((?:\\\\)*)\\u0000/g
const NUL_ESCAPE = '\\u0000'

function withoutNul(lines: Lines, stream: string, { onStripped }: NulCharacters): Lines {
  // The search in bytes is fast, and hardly any page has it.
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
 * A writer that writes each page to the same memory, which grows to the size of the largest one. With `nulCharacters`, U+0000
 * is removed.
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

/** A record: its slice, with members that are added to it, or its text. */
type RecordText = Raw | { readonly raw: Raw; readonly adds: string } | string

const isSlice = (text: Exclude<RecordText, string>): text is Raw => 'bytes' in text

/** The same if records are slices: their bytes are copied once. There are many records: plain loops, and no more copies than these. */
function bytesOf({ records, deletedAt }: RecordsMessage, frame: Frame, roomFor: (size: number) => Buffer): Uint8Array {
  const { omits, head, tail, beside } = frame
  // Between two records stand the tail of one and the head of the next.
  const between = Buffer.from(`${tail}\n${head}`)
  const texts = new Array<RecordText>(records.length)
  let size = (records.length + 1) * between.length
  for (let nth = 0; nth < records.length; nth++) {
    const text = recordText(markedDeleted(records[nth] as RecordData, deletedAt?.[nth], frame.deletedAt), omits)
    texts[nth] = text
    size += sizeOf(text) + (beside?.[nth]?.length ?? 0) * 3
  }
  const out = roomFor(size)
  const first = out.write(head)
  let at = first
  for (let nth = 0; nth < texts.length; nth++) {
    at = writeText(out, at, texts[nth] as RecordText, omits)
    if (beside) at += out.write(beside[nth] ?? '', at)
    // Less than half of what `copy` costs for so few bytes.
    out.set(between, at)
    at += between.length
  }
  return out.subarray(0, at - first)
}

function recordText(record: RecordData, omits: ReadonlySet<string>): RecordText {
  const raw = rawOf(record)
  if (!raw) return JSON.stringify(without(record, omits))
  return raw.adds === undefined ? raw : { raw, adds: addsOf(raw, omits) }
}

function sizeOf(text: RecordText): number {
  if (typeof text === 'string') return text.length * 3
  return isSlice(text) ? sizeOfRaw(text, '') : sizeOfRaw(text.raw, text.adds)
}

function writeText(out: Buffer, at: number, text: RecordText, omits: ReadonlySet<string>): number {
  if (typeof text === 'string') return at + out.write(text, at)
  return isSlice(text) ? writeRaw(out, at, text, '', omits) : writeRaw(out, at, text.raw, text.adds, omits)
}
