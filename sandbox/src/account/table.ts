import { createHash } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { isoTime } from '../iso-time.ts'
import type { Row } from './model.ts'

/** The id of a record: a number, or text if Zendesk gives ULIDs, UUIDs or keys. */
export type Id = number | string

/** A record of a table: the row as the API gives it, without `url`, times as text. */
export type Entry = Row & { readonly id: Id }

/**
 * Records of one kind that need no more than to be kept as the API gives them (brands, macros, articles …). Tickets,
 * their audits, users, organizations, groups and ticket fields have stores of their own.
 */
export type Table = {
  readonly name: string
  readonly size: () => number
  /** Grows with every change. */
  readonly version: () => number
  /** In the order of creation. */
  readonly all: () => Iterable<Entry>
  readonly get: (id: Id) => Entry | undefined
  /** The record as the API gives it. */
  readonly row: (entry: Entry) => Row
  /** Keys of the deleted records that leave no row anywhere. */
  readonly deletedIds: ReadonlySet<Id>
  /** When each of those went, in epoch seconds (UTC). */
  readonly deletedAt: ReadonlyMap<Id, number>
  /** Adds a record; `id`, `created_at` and `updated_at` are given to it unless the values have them. */
  readonly add: (values: Row) => Entry
  /** Changes a record in place; `updated_at` moves to now unless the values have one. */
  readonly change: (id: Id, values: Row) => Entry
  readonly remove: (id: Id) => void
}

/** How a table makes ids: numbers with 14 digits, UUIDs, ULIDs, or none (the values must have an `id`). */
export type IdKind = 'number' | 'uuid' | 'ulid' | 'none'

/** The options of a table. */
export type TableOptions = {
  /** Numbers if absent. */
  readonly ids?: IdKind
  /** The address of a record after `/api/v2` and without `.json`, for its `url`: `/brands/17`; without it there is none. */
  readonly path?: (entry: Entry) => string
  /** Makes the API's row of a record, if it isn't the record itself with its `url`. */
  readonly row?: (entry: Entry) => Row
}

/** The parts of the store that a table needs. `touched` is called with every change. */
type TableContext = {
  readonly clock: Clock
  readonly base: string
  readonly nextId: () => number
  readonly touched: () => void
}

/** An empty table. */
export function createTable(
  name: string,
  { ids: kind = 'number', path, row }: TableOptions,
  { clock, base, nextId, touched: storeTouched }: TableContext,
): Table {
  let version = 0
  const touched = () => {
    version++
    storeTouched()
  }
  const records = new Map<Id, Entry>()
  const deletedIds = new Set<Id>()
  const deletedAt = new Map<Id, number>()
  const known = (id: Id): Entry => {
    const record = records.get(id)
    if (record === undefined) throw new Error(`There is no record ${id} in ${name}.`)
    return record
  }
  const newId = (): Id => {
    const number = nextId()
    if (kind === 'uuid') return uuid(name, number)
    if (kind === 'ulid') return ulid(name, number)
    if (kind === 'none') throw new Error(`A record of ${name} needs an id.`)
    return number
  }
  return {
    name,
    deletedIds,
    deletedAt,
    size: () => records.size,
    version: () => version,
    all: () => records.values(),
    get: (id) => records.get(id),
    row: (entry) => {
      const whole = path === undefined ? entry : { url: `${base}/api/v2${path(entry)}.json`, ...entry }
      return row === undefined ? whole : row(whole as Entry)
    },
    add: (values) => {
      const now = isoTime(clock.now())
      const id = (values['id'] as Id | undefined) ?? newId()
      const { created_at = now, updated_at = created_at, ...rest } = values
      const record: Entry = { id, ...rest, created_at, updated_at }
      records.set(id, record)
      deletedIds.delete(id)
      deletedAt.delete(id)
      touched()
      return record
    },
    change: (id, values) => {
      touched()
      return Object.assign(known(id), { updated_at: isoTime(clock.now()) }, values)
    },
    remove: (id) => {
      known(id)
      records.delete(id)
      deletedIds.add(id)
      deletedAt.set(id, clock.now())
      touched()
    },
  }
}

/** A UUID (version 4 in form) that follows from a name and a number. */
export function uuid(name: string, number: number): string {
  const hex = createHash('sha256').update(`${name} ${number}`).digest('hex')
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A ULID's form (26 characters of Crockford's base 32) that follows from a name and a number. */
export function ulid(name: string, number: number): string {
  const bytes = createHash('sha256').update(`${name} ${number}`).digest()
  return `01J${Array.from(bytes.subarray(0, 23), (byte) => CROCKFORD[byte & 31]).join('')}`
}
