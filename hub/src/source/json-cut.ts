// Where the values of a JSON text end, by the letter of RFC 8259 without blanks, and whether the text is the one that
// `JSON.stringify` writes for them. Functions take a place in the bytes and return the place after what stands there, or -1
// where that is not what should stand there.

export const QUOTE = 0x22
export const COMMA = 0x2c
export const COLON = 0x3a
export const OPEN = 0x7b
export const CLOSE = 0x7d
export const LIST = 0x5b
const LIST_END = 0x5d
const BACKSLASH = 0x5c
const MINUS = 0x2d
const ZERO = 0x30
const NINE = 0x39

/** Deeper than any record; one that is deeper is parsed. */
const DEEPEST = 100

/** By byte: whether a string goes on behind it. */
const GOES_ON = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 0x20 || byte === QUOTE || byte === BACKSLASH ? 0 : 1,
)

/** Whether what was passed since `begin` stands there as `JSON.stringify` writes it. */
let isPlain = true
/** Whether a string that was passed since `begin` has no escapes. */
let isUnescaped = true

/** Begins a value, which `wasPlain` and `wasUnescaped` are asked about afterwards. */
export function begin(): void {
  isPlain = true
  isUnescaped = true
}
export const wasPlain = (): boolean => isPlain
export const wasUnescaped = (): boolean => isUnescaped

/** After the string whose text begins at `from`, behind its quote. */
export function afterString(bytes: Uint8Array, from: number): number {
  for (let at = from; ; ) {
    while (GOES_ON[bytes[at] as number] === 1) at++
    const byte = bytes[at]
    if (byte === QUOTE) return at + 1
    if (byte !== BACKSLASH) return -1
    isUnescaped = false
    const escaped = bytes[at + 1] as number
    if (escaped === 0x75) {
      if (!isHex(bytes, at + 2)) return -1
      isPlain &&= isControl(bytes, at + 2)
      at += 6
    } else if (isEscape(escaped)) {
      // Nobody has to escape a slash.
      if (escaped === 0x2f) isPlain = false
      at += 2
    } else return -1
  }
}

/** Whether four hexadecimal digits stand there. */
function isHex(bytes: Uint8Array, from: number): boolean {
  for (let at = from; at < from + 4; at++) {
    const byte = bytes[at] as number
    const isOne = (byte >= ZERO && byte <= NINE) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66)
    if (!isOne) return false
  }
  return true
}

/** Whether these digits are those of a control character that has no shorter escape. */
function isControl(bytes: Uint8Array, at: number): boolean {
  const last = bytes[at + 3] as number
  if (bytes[at] !== ZERO || bytes[at + 1] !== ZERO || (last > NINE && last < 0x61)) return false
  const isSecond = bytes[at + 2] === ZERO + 1
  // 8, 9, a, c and d are \b, \t, \n, \f and \r.
  return isSecond || (bytes[at + 2] === ZERO && (last < 0x38 || last === 0x62 || last === 0x65 || last === 0x66))
}

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
export function afterValue(bytes: Uint8Array, from: number, depth = 0): number {
  switch (bytes[from]) {
    case QUOTE:
      return afterString(bytes, from + 1)
    case OPEN:
      return depth > DEEPEST ? -1 : afterObject(bytes, from + 1, depth + 1)
    case LIST:
      return depth > DEEPEST ? -1 : afterList(bytes, from + 1, depth + 1)
    case 0x6e:
      return afterWord(bytes, from, NULL)
    case 0x74:
      return afterWord(bytes, from, TRUE)
    case 0x66:
      return afterWord(bytes, from, FALSE)
    default:
      return afterNumber(bytes, from)
  }
}

function afterObject(bytes: Uint8Array, from: number, depth: number): number {
  if (bytes[from] === CLOSE) return from + 1
  let key = FIRST
  for (let at = from; ; at++) {
    if (bytes[at] !== QUOTE) return -1
    key = keyAfter(key, bytes, at)
    if (key === NONE) return -1
    if (key.isOdd) isPlain = false
    at += key.text.length
    if (bytes[at] !== COLON) return -1
    at = afterValue(bytes, at + 1, depth)
    if (at < 0) return -1
    if (bytes[at] === CLOSE) return at + 1
    if (bytes[at] !== COMMA) return -1
  }
}

function afterList(bytes: Uint8Array, from: number, depth: number): number {
  if (bytes[from] === LIST_END) return from + 1
  for (let at = from; ; at++) {
    at = afterValue(bytes, at, depth)
    if (at < 0) return -1
    if (bytes[at] === LIST_END) return at + 1
    if (bytes[at] !== COMMA) return -1
  }
}

const NULL = Buffer.from('null')
const TRUE = Buffer.from('true')
const FALSE = Buffer.from('false')

function afterWord(bytes: Uint8Array, from: number, word: Uint8Array): number {
  for (let nth = 1; nth < word.length; nth++) if (bytes[from + nth] !== word[nth]) return -1
  return from + word.length
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= ZERO && byte <= NINE

function afterDigits(bytes: Uint8Array, from: number): number {
  let at = from
  while (isDigit(bytes[at])) at++
  return at === from ? -1 : at
}

/** So many digits make a whole number that a double holds. */
export const SAFE_DIGITS = 15

function afterNumber(bytes: Uint8Array, from: number): number {
  const digits = bytes[from] === MINUS ? from + 1 : from
  let at = bytes[digits] === ZERO ? digits + 1 : afterDigits(bytes, digits)
  const isWhole = at > 0 && at - digits <= SAFE_DIGITS && !(bytes[digits] === ZERO && digits > from)
  if (at >= 0 && bytes[at] === 0x2e) at = afterDigits(bytes, at + 1)
  else if (at >= 0 && isWhole && bytes[at] !== 0x65 && bytes[at] !== 0x45) return at
  if (at >= 0 && (bytes[at] === 0x65 || bytes[at] === 0x45)) {
    const sign = bytes[at + 1]
    at = afterDigits(bytes, sign === 0x2b || sign === MINUS ? at + 2 : at + 1)
  }
  if (at < 0) return -1
  isPlain &&= isShortest(Buffer.from(bytes.subarray(from, at)).toString('latin1'))
  return at
}

/** Whether a number is written as JavaScript writes it, and none of more digits than a number holds. */
const isShortest = (text: string): boolean => !/^-?\d{16}/.test(text) && JSON.stringify(Number(text)) === text

/** A key that objects have, and the keys that have followed it: they repeat their keys in few orders. */
export interface KnownKey {
  /** With its quotes. */
  readonly text: Uint8Array
  readonly name: string
  /** Whether an object with it is written in another way than it came: with a key twice, or one that is a number. */
  readonly isOdd: boolean
  readonly before: KnownKey | undefined
  readonly next: KnownKey[]
}

/** Stands before the first key of an object. */
export const FIRST: KnownKey = { text: new Uint8Array(), name: '', isOdd: false, before: undefined, next: [] }
/** Stands for what is no key. */
export const NONE: KnownKey = { ...FIRST, next: [] }

/** More followers are not worth trying one by one; more keys are not worth their memory. */
const MOST_NEXT = 24
const MOST_KEYS = 20_000
let keys = 0

/** The key whose quote stands at `at`, after `last` in its object; `NONE` where there is none. */
export function keyAfter(last: KnownKey, bytes: Uint8Array, at: number): KnownKey {
  for (const expected of last.next) if (isSame(bytes, at, expected.text)) return expected
  const end = afterString(bytes, at + 1)
  if (end < 0) return NONE
  const text = Uint8Array.from(bytes.subarray(at, end))
  const name = JSON.parse(Buffer.from(text).toString('utf8')) as string
  let isOdd =
    /^\d|^__proto__$/.test(name) || !name.isWellFormed() || JSON.stringify(name) !== Buffer.from(text).toString('utf8')
  for (let one: KnownKey | undefined = last; one?.before !== undefined; one = one.before) isOdd ||= one.name === name
  const key: KnownKey = { text, name, isOdd: isOdd || last.isOdd, before: last, next: [] }
  if (last.next.length < MOST_NEXT && keys < MOST_KEYS) {
    keys++
    last.next.push(key)
  }
  return key
}

function isSame(bytes: Uint8Array, at: number, text: Uint8Array): boolean {
  const { length } = text
  // The letters before the quote at its end tell most keys apart.
  if (bytes[at + length - 1] !== QUOTE) return false
  for (let nth = length - 2; nth > 0; nth--) if (bytes[at + nth] !== text[nth]) return false
  return true
}
