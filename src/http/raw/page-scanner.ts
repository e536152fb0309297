// The scanner that goes through a page's bytes (page-scanner.as), with the memory that it works in.
import { PROGRAM } from './page-scanner.wasm.ts'

/** Deeper than any answer; a page that is deeper is none. */
export const DEEPEST = 200

/** What the program exports. Places are those of the page; a negative one: what should stand there does not. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer }
  room(length: number): void
  pageAfterString(from: number): number
  pageAfterValue(from: number): number
  pageAfterRows(from: number, place: number): number
  addKey(place: number, from: number, to: number): number
  isFull(): number
  pageFrom(): number
  notesFrom(): number
  notesCount(): number
}

/** What is wanted of a key that is new in the rows of this place: 0 if nothing is. It stands from `from` up to `to`. */
export type WantedOf = (key: number, place: number, from: number, to: number) => number

/** Of what is wanted of a key: its value holds rows that are cut as well. */
export const HOLDS_ROWS = 1
/** Of what is wanted of a key: the places of its members are noted. */
export const REPORTED = 2
/** Of what is wanted of a key: its values are read. */
export const READ = 4

/** Of a value, in the place of the upper half of a whole number: it is to be read from its bytes, or also kept as the text of a slot, or it is that text. */
export const OTHER = -1
export const FIRST_TEXT = -2
export const SAME_TEXT = -3
/** What the upper half of a whole number counts. */
export const HALF = 1e9

export interface PageScanner {
  /** Takes a page; what follows is said of it, until it takes the next one. */
  take(bytes: Uint8Array): void
  /** The place after the string whose quote stands at `at`, or after any value. Negative where there is none. */
  afterString(at: number): number
  afterValue(at: number): number
  /** The place after the list of rows of this place (a number) that begins at `at`. What was found is in `notes`. */
  afterRows(at: number, place: number): number
  /**
   * Numbers. Of each row: where it begins, where it ends, and where the notes of its members end. Of each member: its key, where
   * that begins, where its value begins, where that ends, and two more. If it may hold rows: where their notes end, and nothing;
   * these follow. If it is read: the halves of a whole number, or what it is else and the slot of a text.
   */
  notes(): Int32Array
  /** A new place: a number. */
  addPlace(): number
  /** Whether it is to be replaced before the next page: it has many keys, or much memory. */
  isFull(): boolean
}

/** So many bytes of memory are kept for the next page: more than an export's page needs. */
const MOST_KEPT = 16 * 1024 * 1024

/** The part of WebAssembly that is used: Node's types leave it to those of browsers. */
interface WebAssemblyOfNode {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (
    module: object,
    imports: { readonly page: { readonly wantedOf: WantedOf } },
  ) => { readonly exports: Exports }
}

const { Module, Instance } = (globalThis as unknown as { readonly WebAssembly: WebAssemblyOfNode }).WebAssembly

let program: object | undefined

export function createPageScanner(wantedOf: WantedOf): PageScanner {
  program ??= new Module(Buffer.from(PROGRAM, 'base64'))
  const { exports: scanner } = new Instance(program, { page: { wantedOf } })
  const { memory, pageAfterString, pageAfterValue, pageAfterRows } = scanner
  const pageFrom = scanner.pageFrom()
  return {
    take(bytes) {
      scanner.room(bytes.length)
      new Uint8Array(memory.buffer, pageFrom).set(bytes)
    },
    afterString: (at) => pageAfterString(at + 1),
    afterValue: pageAfterValue,
    afterRows: pageAfterRows,
    notes: () => new Int32Array(memory.buffer, scanner.notesFrom(), scanner.notesCount()),
    addPlace: () => scanner.addKey(0, 0, 0),
    isFull: () => scanner.isFull() !== 0 || memory.buffer.byteLength > MOST_KEPT,
  }
}
