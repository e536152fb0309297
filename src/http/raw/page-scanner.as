// Finds the rows of a page, and the members of theirs that somebody asked for. It is compiled to WebAssembly, whose
// instructions look at 16 bytes at once (`npm run scanner`; the language is AssemblyScript). The text must be JSON by the
// letter of RFC 8259, without blanks. A function that takes a place returns the place after what stands there, or a
// negative number where that is not what should stand there. Behind the text stand zeros, where nothing goes on.

const QUOTE: i32 = 0x22
const COMMA: i32 = 0x2c
const COLON: i32 = 0x3a
const LIST: i32 = 0x5b
const BACKSLASH: i32 = 0x5c
const LIST_END: i32 = 0x5d
const OPEN: i32 = 0x7b
const CLOSE: i32 = 0x7d

/** This is no JSON, or no list of objects. */
const WRONG: i32 = -1

/** Deeper than any answer; a page that is deeper is none. */
const DEEPEST: i32 = 200

function byteAt(at: i32): i32 {
  return load<u8>(at)
}

// Strings.

/** After the string whose text begins at `from`. Half of a surrogate pair is no character: that string does not end. */
function afterString(from: i32): i32 {
  const quotes = i8x16.splat(<i8>QUOTE)
  const backslashes = i8x16.splat(<i8>BACKSLASH)
  const blanks = i8x16.splat(0x20)
  let at = from
  while (true) {
    const bytes = v128.load(at)
    const ends = v128.or(i8x16.eq(bytes, quotes), i8x16.eq(bytes, backslashes))
    const mask = i8x16.bitmask(v128.or(ends, i8x16.lt_u(bytes, blanks)))
    if (mask == 0) {
      at += 16
      continue
    }
    at += ctz(mask)
    const byte = byteAt(at)
    if (byte == QUOTE) return at + 1
    if (byte != BACKSLASH) return WRONG
    at = afterEscape(at)
    if (at < 0) return WRONG
  }
  return WRONG
}

/** After the escape that begins with the backslash at `at`; after both where it is a pair. */
function afterEscape(at: i32): i32 {
  const escaped = byteAt(at + 1)
  if (escaped != 0x75) return isEscape(escaped) ? at + 2 : WRONG
  const unit = hexAt(at + 2)
  if (unit < 0xd800 || unit > 0xdfff) return unit < 0 ? WRONG : at + 6
  if (unit >= 0xdc00 || byteAt(at + 6) != BACKSLASH || byteAt(at + 7) != 0x75) return WRONG
  const low = hexAt(at + 8)
  return low >= 0xdc00 && low <= 0xdfff ? at + 12 : WRONG
}

// " \ / b f n r t
function isEscape(byte: i32): bool {
  return (
    byte == QUOTE ||
    byte == BACKSLASH ||
    byte == 0x2f ||
    byte == 0x62 ||
    byte == 0x66 ||
    byte == 0x6e ||
    byte == 0x72 ||
    byte == 0x74
  )
}

/** The number that four hexadecimal digits give. */
function hexAt(from: i32): i32 {
  let number = 0
  for (let at = from; at < from + 4; at++) {
    const byte = byteAt(at)
    const letter = byte | 0x20
    if (isDigit(byte)) number = (number << 4) | (byte - 0x30)
    else if (letter >= 0x61 && letter <= 0x66) number = (number << 4) | (letter - 0x57)
    else return WRONG
  }
  return number
}

// Values.

/** After the value of any kind that begins at `from`; `depth` is how many objects and lists it stands in. */
function afterValue(from: i32, depth: i32): i32 {
  const byte = byteAt(from)
  if (byte == QUOTE) return afterString(from + 1)
  if (byte == OPEN) return depth > DEEPEST ? WRONG : afterObject(from + 1, depth + 1)
  if (byte == LIST) return depth > DEEPEST ? WRONG : afterList(from + 1, depth + 1)
  // null, true, false
  if (byte == 0x6e) return load<u32>(from) == 0x6c6c756e ? from + 4 : WRONG
  if (byte == 0x74) return load<u32>(from) == 0x65757274 ? from + 4 : WRONG
  if (byte == 0x66) return load<u32>(from + 1) == 0x65736c61 ? from + 5 : WRONG
  return afterNumber(from)
}

function afterObject(from: i32, depth: i32): i32 {
  if (byteAt(from) == CLOSE) return from + 1
  let at = from
  while (true) {
    if (byteAt(at) != QUOTE) return WRONG
    at = afterString(at + 1)
    if (at < 0 || byteAt(at) != COLON) return WRONG
    at = afterValue(at + 1, depth)
    if (at < 0) return WRONG
    if (byteAt(at) == CLOSE) return at + 1
    if (byteAt(at) != COMMA) return WRONG
    at++
  }
  return WRONG
}

function afterList(from: i32, depth: i32): i32 {
  if (byteAt(from) == LIST_END) return from + 1
  let at = from
  while (true) {
    at = afterValue(at, depth)
    if (at < 0) return WRONG
    if (byteAt(at) == LIST_END) return at + 1
    if (byteAt(at) != COMMA) return WRONG
    at++
  }
  return WRONG
}

function isDigit(byte: i32): bool {
  return byte >= 0x30 && byte <= 0x39
}

function afterDigits(from: i32): i32 {
  let at = from
  while (isDigit(byteAt(at))) at++
  return at == from ? WRONG : at
}

function afterNumber(from: i32): i32 {
  let at = byteAt(from) == 0x2d ? from + 1 : from
  at = byteAt(at) == 0x30 ? at + 1 : afterDigits(at)
  if (at >= 0 && byteAt(at) == 0x2e) at = afterDigits(at + 1)
  if (at < 0 || (byteAt(at) | 0x20) != 0x65) return at
  const sign = byteAt(at + 1)
  return afterDigits(sign == 0x2b || sign == 0x2d ? at + 2 : at + 1)
}

// Keys. In front of the page stand a table of them, by the hash of place and text, the slots of repeated texts, what is known of
// each key, and their texts.

const SLOTS: i32 = 4096
const MOST_KEYS: i32 = 2000
const REPEATED_SLOTS: i32 = 256
const TABLE: i32 = 64
const REPEATED: i32 = TABLE + SLOTS * 2
const KEYS: i32 = REPEATED + REPEATED_SLOTS * 12
const TEXTS: i32 = KEYS + MOST_KEYS * 24
const PAGE: i32 = 131_072

// What is known of a key, each a number of four bytes: its place, its text, what is wanted of it, the key that followed it
// last, and the one that rows in it began with last: rows repeat their keys in few orders.
const TEXT: i32 = 4
const LENGTH: i32 = 8
const WANTED: i32 = 12
const NEXT: i32 = 16
const FIRST: i32 = 20

/** Its value holds rows, whose place has the number of the key. A key with any other bit is reported as well. */
const HOLDS_ROWS: i32 = 1
/** Its value is read. */
const READ: i32 = 4

let keyCount: i32 = 1
let textsEnd: i32 = TEXTS

/** What is wanted of a new key in a row of this place: 0 if nothing is. It stands from `from` up to `to`. */
declare function wantedOf(key: i32, place: i32, from: i32, to: i32): i32

function keyAt(key: i32): i32 {
  return KEYS + key * 24
}

/** Whether so many keys are known that those of one more page may find no room. */
export function isFull(): bool {
  return keyCount > MOST_KEYS / 2 || textsEnd > (TEXTS + PAGE) / 2
}

/** Adds a key, and returns its number; with a text of no length, one that stands for a place. 0 if there is no room. */
export function addKey(place: i32, from: i32, to: i32): i32 {
  const length = to - from
  if (keyCount == MOST_KEYS || textsEnd + length + 8 > PAGE) return 0
  const key = keyCount++
  const at = keyAt(key)
  store<i32>(at, place)
  store<i32>(at, textsEnd, TEXT)
  store<i32>(at, length, LENGTH)
  store<i32>(at, 0, WANTED)
  store<i32>(at, 0, NEXT)
  store<i32>(at, 0, FIRST)
  memory.copy(textsEnd, from, length)
  textsEnd += length
  return key
}

/** The last bytes of a text, fewer than eight, as a number. */
function restAt(at: i32, length: i32): u64 {
  return length == 0 ? 0 : load<u64>(at) << ((8 - length) << 3)
}

function isSame(one: i32, other: i32, length: i32): bool {
  let left = length
  let at = one
  let there = other
  while (left >= 8) {
    if (load<u64>(at) != load<u64>(there)) return false
    at += 8
    there += 8
    left -= 8
  }
  return restAt(at, left) == restAt(there, left)
}

function slotOf(place: i32, from: i32, length: i32): i32 {
  let hash: u64 = place
  let left = length
  let at = from
  while (left >= 8) {
    hash = (hash ^ load<u64>(at)) * 0x9e3779b97f4a7c15
    hash ^= hash >> 29
    at += 8
    left -= 8
  }
  hash = (hash ^ restAt(at, left)) * 0x9e3779b97f4a7c15
  return <i32>(hash >> 40) & (SLOTS - 1)
}

/** Whether this key has the text from `from` on, and belongs to the rows of this place. */
function isKey(key: i32, place: i32, from: i32, length: i32): bool {
  const at = keyAt(key)
  return load<i32>(at) == place && load<i32>(at, LENGTH) == length && isSame(load<i32>(at, TEXT), from, length)
}

/**
 * The key from `from` up to `to` in a row of this place; 0 if it is new, and there is no room. At `guess` stands which one it
 * was the last time.
 */
function keyIn(from: i32, to: i32, place: i32, guess: i32): i32 {
  const length = to - from
  const guessed = load<i32>(guess)
  if (guessed != 0 && isKey(guessed, place, from, length)) return guessed
  let slot = slotOf(place, from, length)
  let key: i32 = load<u16>(TABLE + slot * 2)
  while (key != 0 && !isKey(key, place, from, length)) {
    slot = (slot + 1) & (SLOTS - 1)
    key = load<u16>(TABLE + slot * 2)
  }
  if (key == 0) {
    key = addKey(place, from, to)
    if (key == 0) return 0
    store<u16>(TABLE + slot * 2, key)
    store<i32>(keyAt(key), wantedOf(key, place, from - PAGE, to - PAGE), WANTED)
  }
  store<i32>(guess, key)
  return key
}

// Rows. What is found is noted behind the page, each a number of four bytes. Of a row: where it begins and ends, and where the
// notes of its members end. Of a member: its key, where that begins, where its value begins and ends, and two of its value: if
// rows in it follow, where their notes end; if it is read, what `noteValue` says.

let notes: i32 = 0
let notesEnd: i32 = 0

/** Makes room for a page of so many bytes, with zeros behind it. */
export function room(length: i32): void {
  // As many zeros as are looked at at once.
  notes = (PAGE + length + 16 + 63) & ~63
  notesEnd = notes
  const pages = (notes + 65_535) >> 16
  if (pages > memory.size()) memory.grow(pages - memory.size())
  memory.fill(PAGE + length, 0, notes - PAGE - length)
  memory.fill(REPEATED, 0, REPEATED_SLOTS * 12)
}

/** Room for a note of so many bytes; 0 if there is none. */
function noteOf(size: i32): i32 {
  const note = notesEnd
  notesEnd += size
  if (notesEnd > memory.size() << 16 && memory.grow(16) < 0) return 0
  return note
}

/** After the list of rows of this place that begins at `from`. */
function cutList(from: i32, place: i32, depth: i32): i32 {
  let at = from + 1
  if (byteAt(at) == LIST_END) return at + 1
  while (true) {
    if (byteAt(at) != OPEN) return WRONG
    at = cutRow(at, place, depth)
    if (at < 0) return WRONG
    if (byteAt(at) == LIST_END) return at + 1
    if (byteAt(at) != COMMA) return WRONG
    at++
  }
  return WRONG
}

/** After the row of this place that begins at `from`. */
function cutRow(from: i32, place: i32, depth: i32): i32 {
  const note = noteOf(12)
  if (note == 0) return WRONG
  let guess = keyAt(place) + FIRST
  let at = from + 1
  if (byteAt(at) == CLOSE) at++
  else
    while (true) {
      if (byteAt(at) != QUOTE) return WRONG
      const colon = afterString(at + 1)
      if (colon < 0 || byteAt(colon) != COLON) return WRONG
      const key = keyIn(at, colon, place, guess)
      if (key == 0) return WRONG
      guess = keyAt(key) + NEXT
      at = cutMember(at, colon + 1, key, depth)
      if (at < 0) return WRONG
      if (byteAt(at) == CLOSE) {
        at++
        break
      }
      if (byteAt(at) != COMMA) return WRONG
      at++
    }
  store<i32>(note, from - PAGE)
  store<i32>(note, at - PAGE, 4)
  store<i32>(note, (notesEnd - notes) >> 2, 8)
  return at
}

/** After the member whose key begins at `start`, and its value at `from`. */
function cutMember(start: i32, from: i32, key: i32, depth: i32): i32 {
  const wanted = load<i32>(keyAt(key), WANTED)
  if (wanted == 0) return afterValue(from, depth)
  const holdsRows = (wanted & HOLDS_ROWS) != 0
  const note = noteOf(24)
  if (note == 0) return WRONG
  const byte = byteAt(from)
  let to: i32
  if (holdsRows && byte == LIST) to = cutList(from, key, depth + 1)
  else if (holdsRows && byte == OPEN) to = cutRow(from, key, depth + 1)
  else to = afterValue(from, depth)
  if (holdsRows) store<i32>(note, (notesEnd - notes) >> 2, 16)
  else if ((wanted & READ) != 0 && to >= 0) noteValue(note, key, from, to)
  store<i32>(note, key)
  store<i32>(note, start - PAGE, 4)
  store<i32>(note, from - PAGE, 8)
  store<i32>(note, to - PAGE, 12)
  return to
}

// Values. A whole number is noted as what it is. Most texts that are read come again and again on a page: each has a slot by the
// hash of its key and its text, where its first place stands until another text needs the slot.

const LONGEST_REPEATED: i32 = 40
const SAFE_DIGITS: i32 = 15
const HALF: i64 = 1_000_000_000

const OTHER: i32 = -1
const FIRST_TEXT: i32 = -2
const SAME_TEXT: i32 = -3

/** Notes two numbers: the upper and the lower half of a whole number; or what it is else, and the slot of a text. */
function noteValue(note: i32, key: i32, from: i32, to: i32): void {
  store<i32>(note, OTHER, 16)
  const length = to - from
  if (byteAt(from) == QUOTE) {
    if (length > LONGEST_REPEATED) return
    const slot = slotOf(key, from, length) & (REPEATED_SLOTS - 1)
    const at = REPEATED + slot * 12
    const isSameText = load<i32>(at) == key && load<i32>(at, 4) == length && isSame(load<i32>(at, 8), from, length)
    store<i32>(note, isSameText ? SAME_TEXT : FIRST_TEXT, 16)
    store<i32>(note, slot, 20)
    store<i32>(at, key)
    store<i32>(at, length, 4)
    store<i32>(at, from, 8)
    return
  }
  if (length > SAFE_DIGITS) return
  let number: i64 = 0
  for (let at = from; at < to; at++) {
    if (!isDigit(byteAt(at))) return
    number = number * 10 + byteAt(at) - 0x30
  }
  store<i32>(note, <i32>(number / HALF), 16)
  store<i32>(note, <i32>(number % HALF), 20)
}

// The doors, for places in the page.

export function pageAfterString(from: i32): i32 {
  return afterString(PAGE + from) - PAGE
}

export function pageAfterValue(from: i32): i32 {
  return afterValue(PAGE + from, 1) - PAGE
}

/** After the list of rows that begins at `from`. */
export function pageAfterRows(from: i32, place: i32): i32 {
  return cutList(PAGE + from, place, 2) - PAGE
}

/** Where the page begins. */
export function pageFrom(): i32 {
  return PAGE
}

/** Where the notes begin. */
export function notesFrom(): i32 {
  return notes
}

/** How many numbers they are. */
export function notesCount(): i32 {
  return (notesEnd - notes) >> 2
}
