import { isUtf8 } from 'node:buffer'
import { type Member, setBytes, setRaw } from '../../model/raw-record.ts'
import type { Cut, Page, Reads, RecordData } from '../../model/stream.ts'
import {
  afterColon,
  afterString,
  afterValue,
  CLOSE,
  COMMA,
  LIST,
  LIST_END,
  OPEN,
  QUOTE,
  valueAt,
} from './json-scanner.ts'

/**
 * A page with the rows under `key` cut out of its bytes: each a record that holds only what is read of it, and knows
 * where its text stands. Undefined for a page that is to be parsed as a whole: one with blanks between its values, and
 * all that is no JSON by the letter of RFC 8259, down to the last value of the last row.
 */
export function cutPage(bytes: Buffer, key: string, cut: Cut): Page | undefined {
  if (bytes.includes(0x0a) || bytes.includes(0x0d) || !isUtf8(bytes)) return undefined
  const name = Buffer.from(JSON.stringify(key))
  unknownCount = 0
  let list: { readonly rows: RecordData[]; readonly from: number; readonly to: number } | undefined
  let at = 0
  if (bytes[at] !== OPEN) return undefined
  at = at + 1
  for (;;) {
    if (bytes[at] !== QUOTE) return undefined
    const end = afterString(bytes, at + 1)
    if (end < 0) return undefined
    const from = afterColon(bytes, end)
    if (from < 0) return undefined
    let to: number
    if (bytes[from] === LIST && end - at === name.length && bytes.compare(name, 0, name.length, at, end) === 0) {
      if (list) return undefined
      const rows: RecordData[] = []
      to = cutList(bytes, from, placeFor(cut), rows, 2)
      list = { rows, from, to }
    } else to = afterValue(bytes, from, 1)
    if (to < 0) return undefined
    at = to
    if (bytes[at] === CLOSE) break
    if (bytes[at] !== COMMA) return undefined
    at = at + 1
  }
  if (!list || at + 1 !== bytes.length) return undefined
  const envelope = JSON.parse(`${bytes.toString('utf8', 0, list.from)}[]${bytes.toString('utf8', list.to)}`) as Page
  const page = { ...envelope, [key]: list.rows }
  setBytes(page, bytes)
  return page
}

/** A place where rows stand: in the list of a page, or inside of another row. How they are cut there, and which are kept. */
interface Place {
  readonly cut: Cut
  readonly keeps: ((row: RecordData) => boolean) | undefined
  /** The key before the first one. */
  readonly first: Key
  /** The keys that rows had here, by their text. */
  readonly keys: Map<string, Key>
}

/** A key that rows have, what is wanted of it, and the keys that have followed it: rows repeat their keys in few orders. */
interface Key {
  readonly text: Buffer
  readonly name: string
  readonly read: true | Place | undefined
  readonly isNoted: boolean
  readonly isUnknown: boolean
  readonly next: Key[]
  /** Its texts so far, as long as they are few: most of them come again, and need not be made again. */
  texts: { readonly text: Buffer; readonly value: string }[] | undefined
  /** The last of its texts, where there are more: rows in order of time often have the time of the row before them. */
  last: { readonly bytes: Buffer; readonly from: number; readonly to: number; readonly value: string } | undefined
}

const placeIn = (cut: Cut, keeps?: Place['keeps']): Place => ({
  cut,
  keeps,
  first: keyOf('', { read: undefined, isNoted: false, isUnknown: false }),
  keys: new Map(),
})

const keyOf = (text: string, about: Pick<Key, 'read' | 'isNoted' | 'isUnknown'>): Key => ({
  ...about,
  text: Buffer.from(text),
  name: text === '' ? '' : (JSON.parse(text) as string),
  next: [],
  texts: [],
  last: undefined,
})

const placeOf = new WeakMap<Cut, Place>()

/** The place of the rows of a page. What was learnt of the keys is kept for the next page. */
function placeFor(cut: Cut): Place {
  const known = placeOf.get(cut)
  if (known) return known
  const place = placeIn(cut)
  placeOf.set(cut, place)
  return place
}

function cutList(bytes: Buffer, open: number, place: Place, rows: RecordData[], depth: number): number {
  let at = open + 1
  if (bytes[at] === LIST_END) return at + 1
  for (;;) {
    if (bytes[at] !== OPEN) return -1
    at = cutRow(bytes, at, place, rows, depth)
    if (at < 0) return -1
    if (bytes[at] === LIST_END) return at + 1
    if (bytes[at] !== COMMA) return -1
    at = at + 1
  }
}

/** The names of unknown members in the rows that are being cut, those of a row inside of another one after its own. */
const unknowns: string[] = []
/** How many of these count: an array that is cut short again and again costs more than the rows. */
let unknownCount = 0

/** Adds the row that begins at `open`, if it is kept; returns where it ends. */
function cutRow(bytes: Buffer, open: number, place: Place, rows: RecordData[], depth: number): number {
  const row: Record<string, unknown> = {}
  let noted: Member[] | undefined
  const before = unknownCount
  let key = place.first
  let at = open + 1
  if (bytes[at] === CLOSE) at++
  else
    for (;;) {
      if (bytes[at] !== QUOTE) return -1
      key = nextKey(bytes, at, key, place)
      if (key === place.first) return -1
      const end = at + key.text.length
      const from = afterColon(bytes, end)
      if (from < 0) return -1
      let to: number
      if (typeof key.read === 'object' && bytes[from] === LIST) {
        const children: RecordData[] = []
        to = cutList(bytes, from, key.read, children, depth + 1)
        row[key.name] = children
      } else if (typeof key.read === 'object' && bytes[from] === OPEN) {
        const child: RecordData[] = []
        to = cutRow(bytes, from, key.read, child, depth + 1)
        row[key.name] = child[0]
      } else if (key.read !== undefined) to = readValue(bytes, from, key, row, depth)
      else to = afterValue(bytes, from, depth)
      if (to < 0) return -1
      if (key.isNoted) {
        // Most rows have one at the most: a list that grows takes more memory.
        const member = { name: key.name, from: at, to }
        if (noted) noted.push(member)
        else noted = [member]
      }
      if (key.isUnknown) unknowns[unknownCount++] = key.name
      at = to
      if (bytes[at] === CLOSE) {
        at++
        break
      }
      if (bytes[at] !== COMMA) return -1
      at = at + 1
    }
  const to = unknownCount
  unknownCount = before
  if (place.keeps?.(row) === false) return at
  const unknown = to > before ? unknowns.slice(before, to) : undefined
  setRaw(row, { bytes, from: open, to: at, noted, unknown })
  rows.push(row)
  return at
}

/** More followers are not worth trying one by one. */
const MOST_NEXT = 24

/** The key that stands at `at`, after `last`; the first of all, which stands nowhere, where there is none. */
function nextKey(bytes: Buffer, at: number, last: Key, place: Place): Key {
  for (const expected of last.next) if (isSame(bytes, at, expected.text)) return expected
  const end = afterString(bytes, at + 1)
  if (end < 0) return place.first
  const key = keyIn(bytes.toString('utf8', at, end), place)
  if (last.next.length < MOST_NEXT && !last.next.includes(key)) last.next.push(key)
  return key
}

function keyIn(text: string, { cut, keys }: Place): Key {
  const known = keys.get(text)
  if (known) return known
  const { reads, notes, known: fields, picks } = cut
  const name = JSON.parse(text) as string
  const wanted: true | Reads | undefined = Object.hasOwn(reads, name) ? reads[name] : undefined
  const read =
    typeof wanted === 'object' ? placeIn({ reads: wanted, notes, known: fields?.within[name] }, picks?.[name]) : wanted
  const key = keyOf(text, { read, isNoted: notes.has(name), isUnknown: fields?.fields?.has(name) === false })
  keys.set(text, key)
  return key
}

/** With more texts than these, or longer ones, a member hardly has one of them again. */
const MOST_TEXTS = 16
const LONGEST_TEXT = 32

/** Reads the value of this key into the row; returns where it ends. */
function readValue(bytes: Buffer, from: number, key: Key, row: Record<string, unknown>, depth: number): number {
  const isText = bytes[from] === QUOTE
  if (isText) {
    const { texts, last } = key
    if (texts) {
      for (const { text, value } of texts)
        if (isSame(bytes, from, text)) {
          row[key.name] = value
          return from + text.length
        }
    } else if (last?.bytes === bytes && isRepeated(bytes, from, last.from, last.to)) {
      row[key.name] = last.value
      return from + last.to - last.from
    }
  }
  const to = afterValue(bytes, from, depth)
  if (to < 0) return -1
  const value = valueAt(bytes, from, to)
  row[key.name] = value
  if (isText) remember(key, { bytes, from, to, value: value as string })
  return to
}

/** Remembers a text of this key. */
function remember(key: Key, found: NonNullable<Key['last']>): void {
  const { bytes, from, to, value } = found
  if (key.texts && (key.texts.length === MOST_TEXTS || to - from > LONGEST_TEXT)) key.texts = undefined
  if (key.texts) key.texts.push({ text: Buffer.from(bytes.subarray(from, to)), value })
  else if (to - from <= LONGEST_TEXT) key.last = found
}

/** Whether what stands from `first` up to `end` stands at `at` too. Times differ at their ends. */
function isRepeated(bytes: Buffer, at: number, first: number, end: number): boolean {
  for (let i = end - first - 1; i > 0; i--) if (bytes[at + i] !== bytes[first + i]) return false
  return true
}

function isSame(bytes: Buffer, at: number, text: Buffer): boolean {
  const { length } = text
  // The letters before the quote at its end tell most keys apart.
  if (at + length > bytes.length || bytes[at + length - 1] !== QUOTE) return false
  for (let i = length - 2; i > 0; i--) if (bytes[at + i] !== text[i]) return false
  return true
}
