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
      to = cutList(bytes, from, cut, rows, 2)
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

/** How rows are cut, and which of them are kept, where they stand in a list inside of another row. */
interface InnerCut extends Cut {
  readonly keeps?: ((row: RecordData) => boolean) | undefined
}

/** A key that rows have, what is wanted of it, and the keys that have followed it: rows repeat their keys in few orders. */
interface Key {
  readonly text: Buffer
  readonly name: string
  readonly read: true | InnerCut | undefined
  readonly isNoted: boolean
  readonly isUnknown: boolean
  readonly next: Key[]
}

type Keys = { readonly first: Key; readonly all: Map<string, Key> }
const keysOf = new WeakMap<Cut, Keys>()

function keysFor(cut: Cut): Keys {
  const known = keysOf.get(cut)
  if (known) return known
  const first: Key = {
    text: Buffer.alloc(0),
    name: '',
    read: undefined,
    isNoted: false,
    isUnknown: false,
    next: [],
  }
  const keys: Keys = { first, all: new Map() }
  keysOf.set(cut, keys)
  return keys
}

function cutList(bytes: Buffer, open: number, cut: Cut, rows: RecordData[], depth: number): number {
  let at = open + 1
  if (bytes[at] === LIST_END) return at + 1
  for (;;) {
    if (bytes[at] !== OPEN) return -1
    at = cutRow(bytes, at, cut, rows, depth)
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
function cutRow(bytes: Buffer, open: number, cut: InnerCut, rows: RecordData[], depth: number): number {
  const keys = keysFor(cut)
  const row: Record<string, unknown> = {}
  let noted: Member[] | undefined
  const before = unknownCount
  let key = keys.first
  let at = open + 1
  if (bytes[at] === CLOSE) at++
  else
    for (;;) {
      if (bytes[at] !== QUOTE) return -1
      key = nextKey(bytes, at, key, cut, keys)
      if (key === keys.first) return -1
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
      } else {
        to = afterValue(bytes, from, depth)
        if (to >= 0 && key.read !== undefined) row[key.name] = valueAt(bytes, from, to)
      }
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
  if (cut.keeps?.(row) === false) return at
  const unknown = to > before ? unknowns.slice(before, to) : undefined
  setRaw(row, { bytes, from: open, to: at, noted, unknown })
  rows.push(row)
  return at
}

/** More followers are not worth trying one by one. */
const MOST_NEXT = 24

/** The key that stands at `at`, after `last`; the first of all, which stands nowhere, where there is none. */
function nextKey(bytes: Buffer, at: number, last: Key, cut: Cut, keys: Keys): Key {
  for (const expected of last.next) if (isSame(bytes, at, expected.text)) return expected
  const end = afterString(bytes, at + 1)
  if (end < 0) return keys.first
  const key = keyIn(bytes.toString('utf8', at, end), cut, keys)
  if (last.next.length < MOST_NEXT && !last.next.includes(key)) last.next.push(key)
  return key
}

function keyIn(text: string, { reads, notes, known: fields, picks }: Cut, { all }: Keys): Key {
  const known = all.get(text)
  if (known) return known
  const name = JSON.parse(text) as string
  const wanted: true | Reads | undefined = Object.hasOwn(reads, name) ? reads[name] : undefined
  const read =
    typeof wanted === 'object' ? { reads: wanted, notes, known: fields?.within[name], keeps: picks?.[name] } : wanted
  const isUnknown = fields?.fields?.has(name) === false
  const key: Key = { text: Buffer.from(text), name, read, isNoted: notes.has(name), isUnknown, next: [] }
  all.set(text, key)
  return key
}

function isSame(bytes: Buffer, at: number, text: Buffer): boolean {
  const { length } = text
  // The letters before the quote at its end tell most keys apart.
  if (at + length > bytes.length || bytes[at + length - 1] !== QUOTE) return false
  for (let i = length - 2; i > 0; i--) if (bytes[at + i] !== text[i]) return false
  return true
}
