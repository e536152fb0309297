// The record of a line, cut out of its bytes: objects and lists in it stay the text that they are.
import { exactJson } from 'zendesk-connector/exact-json'
import type { Row } from '../table/batch.ts'
import { jsonText } from '../table/json-text.ts'
import {
  afterString,
  afterValue,
  begin,
  CLOSE,
  COLON,
  COMMA,
  FIRST,
  type KnownKey,
  keyAfter,
  LIST,
  NONE,
  OPEN,
  QUOTE,
  SAFE_DIGITS,
  wasPlain,
  wasUnescaped,
} from './json-cut.ts'

/** A record, and the stream that it is of. */
export interface CutRecord {
  readonly stream: string
  readonly record: Row
}

/**
 * The record of the line that begins at `from`, which ends with a line break or with the bytes. Undefined for a line that is
 * to be parsed as a whole: one of another kind, one with blanks between its values or a member twice, and all that is wrong.
 */
export function cutRecord(bytes: Buffer, from: number): CutRecord | undefined {
  const found: CutLine = {}
  const end = afterMembers(bytes, from, (name, at) => {
    if (name === 'type') return found.isRecord ? -1 : afterType(bytes, at, found)
    if (name === 'stream') return afterStream(bytes, at, found)
    if (name !== 'record') return afterValue(bytes, at)
    if (found.isBegun) return -1
    found.isBegun = true
    return found.stream === undefined ? afterAirbytes(bytes, at, found) : afterRow(bytes, at, found)
  })
  const { isRecord, stream, record } = found
  if (end < 0 || !isEnd(bytes, end) || !isRecord || !stream || record === undefined) return undefined
  return { stream, record }
}

interface CutLine {
  isRecord?: boolean
  isBegun?: boolean
  stream?: string
  record?: Row
}

const LINE = 0x0a
const RETURN = 0x0d
const isEnd = (bytes: Buffer, at: number): boolean => {
  const end = bytes[at] === RETURN ? at + 1 : at
  return end === bytes.length || bytes[end] === LINE
}

const RECORD = Buffer.from('"RECORD"')

function afterType(bytes: Buffer, at: number, found: CutLine): number {
  const end = at + RECORD.length
  if (bytes.compare(RECORD, 0, RECORD.length, at, Math.min(end, bytes.length)) !== 0) return -1
  found.isRecord = true
  return end
}

function afterStream(bytes: Buffer, at: number, found: CutLine): number {
  if (found.stream !== undefined || bytes[at] !== QUOTE) return -1
  begin()
  const end = afterString(bytes, at + 1)
  if (end < 0 || !wasUnescaped()) return -1
  found.stream = bytes.toString('utf8', at + 1, end - 1)
  return end
}

/** Airbyte's messages have the stream beside the record's data. */
function afterAirbytes(bytes: Buffer, from: number, found: CutLine): number {
  return afterMembers(bytes, from, (name, at) => {
    if (name === 'stream') return afterStream(bytes, at, found)
    return name === 'data' ? afterRow(bytes, at, found) : afterValue(bytes, at)
  })
}

/** After the object at `from`; `after` takes the name of each member and the place of its value. */
function afterMembers(bytes: Buffer, from: number, after: (name: string, at: number) => number): number {
  if (bytes[from] !== OPEN) return -1
  for (let at = from + 1; ; at++) {
    if (bytes[at] !== QUOTE) return -1
    begin()
    const end = afterString(bytes, at + 1)
    if (end < 0 || bytes[end] !== COLON || !wasUnescaped()) return -1
    at = after(bytes.toString('latin1', at + 1, end - 1), end + 1)
    if (at < 0) return -1
    if (bytes[at] === CLOSE) return at + 1
    if (bytes[at] !== COMMA) return -1
  }
}

function afterRow(bytes: Buffer, from: number, found: CutLine): number {
  if (found.record !== undefined || bytes[from] !== OPEN) return -1
  const row: Record<string, unknown> = {}
  found.record = row
  let at = from + 1
  let last: CutList | undefined
  if (bytes[at] === CLOSE) return at + 1
  for (let key: KnownKey = FIRST; ; at++) {
    if (bytes[at] !== QUOTE) return -1
    key = keyAfter(key, bytes, at)
    if (key === NONE || key.isOdd) return -1
    const value = at + key.text.length + 1
    if (bytes[value - 1] !== COLON) return -1
    if (last !== undefined && isRepeated(bytes, value, last)) {
      at = value + last.length
      row[key.name] = last.list
    } else {
      begin()
      at = afterValue(bytes, value)
      if (at < 0) return -1
      const found = valueAt(bytes, value, at)
      row[key.name] = found
      if (bytes[value] === LIST && at - value >= WORTH_COMPARING)
        last = { from: value, length: at - value, list: found }
    }
    if (bytes[at] === CLOSE) return at + 1
    if (bytes[at] !== COMMA) return -1
  }
}

/** A list of a record that was passed. */
interface CutList {
  readonly from: number
  readonly length: number
  readonly list: unknown
}

const WORTH_COMPARING = 64

/** Whether the same list stands at `at` once more: tickets have their custom fields twice, under two names. */
function isRepeated(bytes: Buffer, at: number, { from, length }: CutList): boolean {
  const end = at + length
  if (bytes[at] !== LIST || bytes[end - 1] !== bytes[from + length - 1] || bytes[end - 2] !== bytes[from + length - 2])
    return false
  return bytes.compare(bytes, from, from + length, at, Math.min(end, bytes.length)) === 0
}

/** What stands from `from` up to `to`, and was just passed. */
function valueAt(bytes: Buffer, from: number, to: number): unknown {
  const first = bytes[from] as number
  switch (first) {
    case QUOTE:
      return wasUnescaped() ? bytes.toString('utf8', from + 1, to - 1) : exactJson(bytes.toString('utf8', from, to))
    case OPEN:
    case LIST:
      return wasPlain() ? jsonText(bytes.toString('utf8', from, to)) : exactJson(bytes.toString('utf8', from, to))
    case 0x6e:
      return null
    case 0x74:
      return true
    case 0x66:
      return false
    default:
      return to - from <= SAFE_DIGITS ? numberAt(bytes, from, to) : exactJson(bytes.toString('latin1', from, to))
  }
}

function numberAt(bytes: Buffer, from: number, to: number): number {
  let number = 0
  for (let at = from; at < to; at++) {
    const digit = (bytes[at] as number) - 0x30
    if (digit < 0 || digit > 9) return Number(bytes.toString('latin1', from, to))
    number = number * 10 + digit
  }
  return number
}
