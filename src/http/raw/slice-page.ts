import { isUtf8 } from 'node:buffer'
import { type Member, setBytes, setRaw } from '../../model/raw-record.ts'
import type { Cut, Page, Reads, RecordData } from '../../model/stream.ts'
import { CLOSE, COLON, COMMA, LIST, OPEN, QUOTE, valueAt } from './json-values.ts'
import {
  createPageScanner,
  FIRST_TEXT,
  HALF,
  HOLDS_ROWS,
  type PageScanner,
  READ,
  REPORTED,
  SAME_TEXT,
} from './page-scanner.ts'

/**
 * A page with the rows under `key` cut out of its bytes: each a record that holds only what is read of it, and knows
 * where its text stands. Undefined for a page that is to be parsed as a whole: one with blanks between its values, and
 * all that is no JSON by the letter of RFC 8259, down to the last value of the last row.
 */
export function cutPage(bytes: Buffer, key: string, cut: Cut): Page | undefined {
  if (bytes[0] !== OPEN || bytes[bytes.length - 1] !== CLOSE || !isUtf8(bytes)) return undefined
  scanner = scannerFor(bytes)
  const name = Buffer.from(JSON.stringify(key))
  let list: { readonly rows: RecordData[]; readonly from: number; readonly to: number } | undefined
  let at = 1
  for (;;) {
    if (bytes[at] !== QUOTE) return undefined
    const end: number = scanner.afterString(at)
    if (end < 0 || bytes[end] !== COLON) return undefined
    const from = end + 1
    let to: number
    if (bytes[from] === LIST && end - at === name.length && bytes.compare(name, 0, name.length, at, end) === 0) {
      if (list) return undefined
      const place = placeFor(cut)
      to = scanner.afterRows(from, place.number)
      if (to < 0) return undefined
      list = { rows: rowsNoted(bytes, scanner.notes(), place), from, to }
    } else to = scanner.afterValue(from)
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
  readonly number: number
  readonly cut: Cut
  readonly keeps: ((row: RecordData) => boolean) | undefined
}

/** A key that rows have, and what is wanted of it. */
interface Key {
  readonly name: string
  readonly read: true | Place | undefined
  readonly isNoted: boolean
  readonly isUnknown: boolean
}

// The scanner, with what was learnt of the keys: it is kept for the next pages. No two pages are cut at the same time.
let scanner: PageScanner | undefined
let page: Buffer = Buffer.alloc(0)
let places: (Place | undefined)[] = []
let keys: Key[] = []
let placeOf = new WeakMap<Cut, Place>()

function scannerFor(bytes: Buffer): PageScanner {
  if (scanner === undefined || scanner.isFull()) {
    scanner = createPageScanner(wantedOf)
    places = []
    keys = []
    placeOf = new WeakMap()
  }
  page = bytes
  scanner.take(bytes)
  return scanner
}

function placeFor(cut: Cut): Place {
  const known = placeOf.get(cut)
  if (known) return known
  const place = { number: scanner?.addPlace() ?? 0, cut, keeps: undefined }
  places[place.number] = place
  placeOf.set(cut, place)
  return place
}

/** What is wanted of a new key, as the scanner asks for it. */
function wantedOf(number: number, inPlace: number, from: number, to: number): number {
  const { cut } = places[inPlace] as Place
  const { reads, notes, known, picks } = cut
  const name = JSON.parse(page.toString('utf8', from, to)) as string
  const wanted: true | Reads | undefined = Object.hasOwn(reads, name) ? reads[name] : undefined
  const inner = typeof wanted === 'object' && {
    number,
    cut: { reads: wanted, notes, known: known?.within[name] },
    keeps: picks?.[name],
  }
  if (inner) places[number] = inner
  const isUnknown = known?.fields?.has(name) === false
  const read = inner || wanted === undefined ? inner || undefined : true
  const isNoted = notes.has(name)
  keys[number] = { name, read, isNoted, isUnknown }
  return (inner ? HOLDS_ROWS : 0) | (read === true ? READ : 0) | (wanted || isNoted || isUnknown ? REPORTED : 0)
}

/** The notes of a page while its rows are made of them, and the place of the next one. */
let notes = new Int32Array(0)
let next = 0

function rowsNoted(bytes: Buffer, found: Int32Array, place: Place): RecordData[] {
  notes = found as Int32Array<ArrayBuffer>
  next = 0
  const rows: RecordData[] = []
  while (next < notes.length) makeRow(bytes, place, rows)
  return rows
}

/** Makes the next row, and adds it if it is kept. */
function makeRow(bytes: Buffer, place: Place, rows: RecordData[]): void {
  const from = notes[next] as number
  const to = notes[next + 1] as number
  const end = notes[next + 2] as number
  next += 3
  const row: Record<string, unknown> = {}
  let noted: Member[] | undefined
  let unknown: string[] | undefined
  while (next < end) {
    const key = keys[notes[next] as number] as Key
    const note = next
    next += 6
    const { read } = key
    if (read === true) row[key.name] = valueNoted(bytes, note)
    else if (read !== undefined) row[key.name] = rowsOrValue(bytes, note, read)
    if (key.isNoted) {
      // Most rows have one at the most: a list that grows takes more memory.
      const member = { name: key.name, from: notes[note + 1] as number, to: notes[note + 3] as number }
      if (noted) noted.push(member)
      else noted = [member]
    }
    if (key.isUnknown) {
      if (unknown) unknown.push(key.name)
      else unknown = [key.name]
    }
  }
  if (place.keeps?.(row) === false) return
  setRaw(row, { bytes, from, to, noted, unknown })
  rows.push(row)
}

/** The rows in the value of a member, or the row that it is; where it is neither, the value. */
function rowsOrValue(bytes: Buffer, note: number, place: Place): unknown {
  const from = notes[note + 2] as number
  const isList = bytes[from] === LIST
  if (!isList && bytes[from] !== OPEN) return valueAt(bytes, from, notes[note + 3] as number)
  const end = notes[note + 4] as number
  const rows: RecordData[] = []
  while (next < end) makeRow(bytes, place, rows)
  return isList ? rows : rows[0]
}

/** By slot: the text that stands there at this place of the notes. */
const texts: unknown[] = []

/** The value of a member. */
function valueNoted(bytes: Buffer, note: number): unknown {
  const high = notes[note + 4] as number
  const low = notes[note + 5] as number
  if (high >= 0) return high * HALF + low
  if (high === SAME_TEXT) return texts[low]
  const value = valueAt(bytes, notes[note + 2] as number, notes[note + 3] as number)
  if (high === FIRST_TEXT) texts[low] = value
  return value
}
