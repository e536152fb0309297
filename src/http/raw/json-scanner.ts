// Where the values of a JSON text end, by the letter of RFC 8259 without blanks. Every function but the last takes a place
// in the bytes and returns the place after what stands there, or -1 where that is not what should stand there.

export const QUOTE = 0x22
export const COMMA = 0x2c
const COLON = 0x3a
const BACKSLASH = 0x5c
export const LIST = 0x5b
export const LIST_END = 0x5d
export const OPEN = 0x7b
export const CLOSE = 0x7d

/** Deeper than any answer; a page that is deeper is none. */
export const DEEPEST = 200

/** After the colon at `from`. */
export const afterColon = (bytes: Buffer, from: number): number => (bytes[from] === COLON ? from + 1 : -1)

/**
 * After the string whose text begins at `from`, behind its quote. Half of a surrogate pair is no character, and
 * warehouses refuse it: that string does not end.
 */
export function afterString(bytes: Buffer, from: number): number {
  const { length } = bytes
  for (let at = from; at < length; ) {
    const byte = bytes[at] as number
    // Most letters are past it.
    if (byte > BACKSLASH) at++
    else if (byte === QUOTE) return at + 1
    else if (byte === BACKSLASH) {
      const escaped = bytes[at + 1] as number
      if (escaped === 0x75) {
        at = afterEscapedCharacter(bytes, at)
        if (at < 0) return -1
      } else if (isEscape(escaped)) at += 2
      else return -1
    } else if (byte < 0x20) return -1
    else at++
  }
  return -1
}

/** After the character that is escaped at `from` as `\uXXXX`, or as a pair of these. */
function afterEscapedCharacter(bytes: Buffer, from: number): number {
  const unit = hexAt(bytes, from + 2)
  if (unit < 0xd800 || unit > 0xdfff) return unit < 0 ? -1 : from + 6
  const isHigh = unit < 0xdc00 && bytes[from + 6] === BACKSLASH && bytes[from + 7] === 0x75
  const low = isHigh ? hexAt(bytes, from + 8) : -1
  return low >= 0xdc00 && low <= 0xdfff ? from + 12 : -1
}

/** The number that four hexadecimal digits give; -1 where there is none. */
function hexAt(bytes: Buffer, from: number): number {
  for (let at = from; at < from + 4; at++) if (!isHex(bytes[at] as number)) return -1
  return Number.parseInt(bytes.toString('latin1', from, from + 4), 16)
}

const isHex = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66)
// " \ / b f n r t
const isEscape = (byte: number): boolean =>
  byte === QUOTE ||
  byte === BACKSLASH ||
  byte === 0x2f ||
  byte === 0x62 ||
  byte === 0x66 ||
  byte === 0x6e ||
  byte === 0x72 ||
  byte === 0x74

/** After the value of any kind that begins at `from`; `depth` is how many objects and lists it stands in. */
export function afterValue(bytes: Buffer, from: number, depth: number): number {
  const byte = bytes[from]
  if (byte === QUOTE) return afterString(bytes, from + 1)
  if (byte === OPEN) return depth > DEEPEST ? -1 : afterObject(bytes, from + 1, depth + 1)
  if (byte === LIST) return depth > DEEPEST ? -1 : afterArray(bytes, from + 1, depth + 1)
  if (byte === 0x6e) return afterWord(bytes, from, NULL)
  if (byte === 0x74) return afterWord(bytes, from, TRUE)
  if (byte === 0x66) return afterWord(bytes, from, FALSE)
  return afterNumber(bytes, from)
}

function afterObject(bytes: Buffer, from: number, depth: number): number {
  let at = from
  if (bytes[at] === CLOSE) return at + 1
  for (;;) {
    if (bytes[at] !== QUOTE) return -1
    at = afterString(bytes, at + 1)
    if (at < 0) return -1
    at = afterColon(bytes, at)
    if (at < 0) return -1
    at = afterValue(bytes, at, depth)
    if (at < 0) return -1
    if (bytes[at] === CLOSE) return at + 1
    if (bytes[at] !== COMMA) return -1
    at = at + 1
  }
}

function afterArray(bytes: Buffer, from: number, depth: number): number {
  let at = from
  if (bytes[at] === LIST_END) return at + 1
  for (;;) {
    at = afterValue(bytes, at, depth)
    if (at < 0) return -1
    if (bytes[at] === LIST_END) return at + 1
    if (bytes[at] !== COMMA) return -1
    at = at + 1
  }
}

const NULL = Buffer.from('null')
const TRUE = Buffer.from('true')
const FALSE = Buffer.from('false')

function afterWord(bytes: Buffer, from: number, word: Buffer): number {
  for (let i = 1; i < word.length; i++) if (bytes[from + i] !== word[i]) return -1
  return from + word.length
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39

function afterDigits(bytes: Buffer, from: number): number {
  let at = from
  while (isDigit(bytes[at])) at++
  return at === from ? -1 : at
}

function afterNumber(bytes: Buffer, from: number): number {
  let at = bytes[from] === 0x2d ? from + 1 : from
  at = bytes[at] === 0x30 ? at + 1 : afterDigits(bytes, at)
  if (at >= 0 && bytes[at] === 0x2e) at = afterDigits(bytes, at + 1)
  if (at < 0 || (bytes[at] !== 0x65 && bytes[at] !== 0x45)) return at
  const sign = bytes[at + 1]
  return afterDigits(bytes, sign === 0x2b || sign === 0x2d ? at + 2 : at + 1)
}

/** So many digits make a whole number that a double holds. */
const SAFE_DIGITS = 15

/** What stands from `from` up to `to`, which must be a value. Most are built without a text to parse. */
export function valueAt(bytes: Buffer, from: number, to: number): unknown {
  const first = bytes[from]
  if (first === 0x6e) return null
  if (first === 0x74) return true
  if (first === 0x66) return false
  if (first === QUOTE && isPlain(bytes, from + 1, to - 1)) return bytes.toString('latin1', from + 1, to - 1)
  if (isDigit(first) && to - from <= SAFE_DIGITS) {
    let number = 0
    let at = from
    for (; isDigit(bytes[at]); at++) number = number * 10 + (bytes[at] as number) - 0x30
    if (at >= to) return number
  }
  return JSON.parse(bytes.toString('utf8', from, to))
}

/** Whether the text of a string is nothing but letters of ASCII, as they are. */
function isPlain(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const byte = bytes[at] as number
    if (byte === BACKSLASH || byte > 0x7f) return false
  }
  return true
}
