// Slices: records that are emitted as the bytes that they are in their page, and never become objects.
import { ConnectorError } from './errors.ts'
import type { Page, RecordData } from './stream.ts'

const RAW: unique symbol = Symbol('raw')

/** The slice of a record: the bytes of its page from `from` up to `to`, without a line break. */
export interface Raw {
  readonly bytes: Buffer
  readonly from: number
  readonly to: number
  /** The places of members that may have to be left out, each from the quote of its key to the end of its value. */
  readonly noted?: readonly Member[] | undefined
  /** Names of members that are not among the known fields of such records. */
  readonly unknown?: readonly string[] | undefined
  /** Fields that replace members of the same names. */
  readonly adds?: RecordData
}

/** A member of a record's text. */
export interface Member {
  readonly name: string
  readonly from: number
  readonly to: number
}

/** The slice of a record; undefined for a record that was parsed or made. */
export const rawOf = (record: object): Raw | undefined => (record as { readonly [RAW]?: Raw })[RAW]

/** Makes a record a slice. Its own fields are only those that somebody reads. */
export function setRaw(record: object, raw: Raw): void {
  ;(record as { [RAW]?: Raw })[RAW] = raw
}

const bytesOf = new WeakMap<Page, Buffer>()

/** Notes the bytes that the page's rows are slices of. */
export function setBytes(page: Page, bytes: Buffer): void {
  bytesOf.set(page, bytes)
}

/** The whole record as an object. Throws a ConnectorError if it is a slice of a page that was freed. */
export function parsed<Whole extends object = RecordData>(record: Partial<Whole>): Whole {
  const raw = rawOf(record)
  if (raw === undefined) return record as Whole
  const { bytes, from, to, adds } = raw
  if (to > bytes.length) throw freed()
  return { ...(JSON.parse(bytes.toString('utf8', from, to)) as Whole), ...adds }
}

const freed = (): ConnectorError =>
  new ConnectorError('A record was used after its page had been freed.', 'system_error')

/** Smaller buffers may share their memory with others: Node has pieces of 64 KB and some bytes for them. */
const WORTH_FREEING = 128 * 1024

/**
 * Frees the memory of a page whose records were emitted. The garbage collector would do so later; until then it counts these
 * bytes among those that grow, and so goes through the whole heap sooner. Writing a record of this page afterwards throws.
 */
export function freePage(page: Page): void {
  const bytes = bytesOf.get(page)
  const { buffer } = bytes ?? {}
  if (buffer instanceof ArrayBuffer && buffer.byteLength >= WORTH_FREEING && !buffer.detached) buffer.transfer(0)
}

/** The record with these fields instead of its own of the same names, whose places must have been noted. */
export function withFields(record: RecordData, fields: RecordData): RecordData {
  const raw = rawOf(record)
  const changed = { ...record, ...fields }
  if (raw) setRaw(changed, { ...raw, adds: raw.adds ? { ...raw.adds, ...fields } : fields })
  return changed
}

const COMMA = 0x2c
const OPEN = 0x7b
const CLOSE = 0x7d

const isLeftOut = (name: string, { adds }: Raw, omits: ReadonlySet<string>): boolean =>
  omits.has(name) || (adds !== undefined && Object.hasOwn(adds, name))

/** The most bytes that `writeRaw` writes for this record. */
export const sizeOfRaw = ({ from, to }: Raw, adds: string): number => to - from + adds.length * 3 + 1

/** The JSON text of the fields that replace others: members without the braces, or an empty text. */
export function addsOf({ adds }: Raw, omits: ReadonlySet<string>): string {
  if (adds === undefined) return ''
  return JSON.stringify(without(adds, omits)).slice(1, -1)
}

/**
 * Writes a record into `out` at `start`, without the members in `omits`, whose places must have been noted, and with `adds`
 * (the text of members) at its end. Returns the place after it. Throws a ConnectorError if its page was freed.
 */
export function writeRaw(out: Buffer, start: number, raw: Raw, adds: string, omits: ReadonlySet<string>): number {
  const { bytes, from, to, noted } = raw
  if (to > bytes.length) throw freed()
  let at = start
  let copied = from
  if (noted)
    for (const member of noted) {
      if (!isLeftOut(member.name, raw, omits)) continue
      at += bytes.copy(out, at, copied, member.from)
      copied = bytes[member.to] === COMMA ? member.to + 1 : member.to
    }
  at += bytes.copy(out, at, copied, to)
  if (copied === from && adds === '') return at
  // The brace comes again, after what is added.
  at--
  // The last member was left out, but not the comma before it.
  if (out[at - 1] === COMMA) at--
  if (adds !== '') {
    if (out[at - 1] !== OPEN) out[at++] = COMMA
    at += out.write(adds, at)
  }
  out[at++] = CLOSE
  return at
}

/** The record without these members; the record itself if it has none of them. */
export function without(record: RecordData, omits: ReadonlySet<string>): RecordData {
  for (const name of omits)
    if (Object.hasOwn(record, name))
      return Object.fromEntries(Object.entries(record).filter(([key]) => !omits.has(key)))
  return record
}
