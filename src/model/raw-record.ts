// Records that leave as they came: the text of each stands in the bytes of its page, and is never made an object.
import { ConnectorError } from './errors.ts'
import type { Page, RecordData } from './stream.ts'

const RAW: unique symbol = Symbol('raw')

/** The text of a record: from `from` up to `to` in the bytes of its page, which holds no line break there. */
export interface Raw {
  readonly bytes: Buffer
  readonly from: number
  readonly to: number
  /** Where members stand that may have to be left out, each from the quote of its key to the end of its value. */
  readonly noted?: readonly Member[] | undefined
  /** Names of members that are no fields of such records, as far as those are known. */
  readonly unknown?: readonly string[] | undefined
  /** What is put in the place of members of these names. */
  readonly adds?: RecordData
}

/** A member of a record's text. */
export interface Member {
  readonly name: string
  readonly from: number
  readonly to: number
}

/** The text of a record that was cut out of its page; undefined for one that was parsed or made. */
export const rawOf = (record: object): Raw | undefined => (record as { readonly [RAW]?: Raw })[RAW]

/** Marks a record as cut out; what it holds of fields is only what is read of it. */
export function setRaw(record: object, raw: Raw): void {
  ;(record as { [RAW]?: Raw })[RAW] = raw
}

const bytesOf = new WeakMap<Page, Buffer>()

/** Notes that the page's rows were cut out of these bytes. */
export function setBytes(page: Page, bytes: Buffer): void {
  bytesOf.set(page, bytes)
}

/** The record as an object, whether it was parsed before or not. Throws a ConnectorError once its page was freed. */
export function parsed<Whole extends object = RecordData>(record: Partial<Whole>): Whole {
  const raw = rawOf(record)
  if (raw === undefined) return record as Whole
  const { bytes, from, to, adds } = raw
  if (to > bytes.length) throw freed()
  return { ...(JSON.parse(bytes.toString('utf8', from, to)) as Whole), ...adds }
}

const freed = (): ConnectorError =>
  new ConnectorError('A record was used after its page had been freed.', 'system_error')

/** Smaller ones may share their memory with others. */
const WORTH_FREEING = 256 * 1024

/**
 * Gives back the memory of a page whose records have been handed on. The collector would see to it much later: it does
 * not count the megabytes behind a buffer as it counts objects. Writing a record of this page from then on throws.
 */
export function freePage(page: Page): void {
  const bytes = bytesOf.get(page)
  const { buffer } = bytes ?? {}
  if (buffer instanceof ArrayBuffer && buffer.byteLength >= WORTH_FREEING && !buffer.detached) buffer.transfer(0)
}

/** The record with these fields in place of its own of these names, which must be among those that were noted. */
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

/** Most bytes that `writeRaw` takes for this record. */
export const sizeOfRaw = ({ from, to }: Raw, adds: string): number => to - from + adds.length * 3 + 1

/** The text of what is added to a record: its members without the braces, or nothing. */
export function addsOf({ adds }: Raw, omits: ReadonlySet<string>): string {
  if (adds === undefined) return ''
  return JSON.stringify(without(adds, omits)).slice(1, -1)
}

/**
 * Writes a record's text into `out` at `at`, without the members in `omits`, which must be among those noted, and with
 * `adds` (text of members) at its end. Returns the place after it. Throws a ConnectorError once its page was freed.
 */
export function writeRaw(out: Buffer, start: number, raw: Raw, adds: string, omits: ReadonlySet<string>): number {
  const { bytes, from, to, noted } = raw
  if (to > bytes.length) throw freed()
  let at = start
  let copied = from
  for (const member of noted ?? []) {
    if (!isLeftOut(member.name, raw, omits)) continue
    at += bytes.copy(out, at, copied, member.from)
    copied = bytes[member.to] === COMMA ? member.to + 1 : member.to
  }
  at += bytes.copy(out, at, copied, to - 1)
  // The last member was left out, and its comma was not.
  if (out[at - 1] === COMMA) at--
  if (adds !== '') {
    if (out[at - 1] !== OPEN) out[at++] = COMMA
    at += out.write(adds, at)
  }
  out[at++] = CLOSE
  return at
}

/** The record without these members; the record itself where it has none of them. */
export function without(record: RecordData, omits: ReadonlySet<string>): RecordData {
  for (const name of omits)
    if (Object.hasOwn(record, name))
      return Object.fromEntries(Object.entries(record).filter(([key]) => !omits.has(key)))
  return record
}
