import type { Row } from '../../account/model.ts'
import type { Entry, Table } from '../../account/table.ts'
import { invalidAttribute, Refusal } from '../../http/errors.ts'
import { startTime } from '../../http/pages/export.ts'
import { type Asked, linkTo, wholeNumber } from '../../http/pages/links.ts'
import { isoTime } from '../../iso-time.ts'
import type { Served } from '../served.ts'

const HELD_BACK = 60
const ROUTE = 'api/v2/incremental/custom_objects/cursor'

const SHOWN_FOR = 30 * 86_400
const REPLACED = '[DELETED]'

/**
 * The rest of a deleted record, for 30 days. Assumed (fact 376): which of its values are replaced, and that its
 * time moves.
 */
function tombstone(table: Table, id: Entry['id'], at: number): Row {
  const custom_object_key = table.name.replace(/^custom_object_(.*)_records$/, '$1')
  const values = { name: REPLACED, custom_object_key, custom_object_fields: {}, external_id: REPLACED, photo: null }
  const times = { created_at: isoTime(at), updated_at: isoTime(at) }
  return table.row({ id, ...values, created_by_user_id: REPLACED, updated_by_user_id: REPLACED, ...times })
}

/** A page of the export of an object's records, by (`updated_at`, id), entered by `start_time` or `{time}.0||{id}|`. */
export function exportedRecords({ store, exportPageSize }: Served, table: Table, asked: Asked): Row {
  const { query } = asked
  const cursor = query.get('cursor')
  const latest = store.clock.now() - HELD_BACK
  const [time, id] = cursor === null ? [startTime(query, ROUTE, latest), ''] : position(cursor)
  const size = wholeNumber(query, 'per_page', exportPageSize)
  if (size === undefined || size < 1) throw invalidAttribute('per_page', ROUTE)
  const living = Array.from(table.all(), (entry) => ({
    id: entry.id,
    at: Math.floor(Date.parse(String(entry['updated_at'])) / 1000),
    row: () => table.row(entry),
  }))
  const deleted = [...table.deletedAt]
    .filter(([, at]) => at > latest - SHOWN_FOR && query.get('filter[exclude_deleted]') !== 'true')
    .map(([key, at]) => ({ id: key, at, row: () => tombstone(table, key, at) }))
  const after = [...living, ...deleted]
    .filter((one) => one.at <= latest && (one.at > time || (one.at === time && String(one.id) > id)))
    .sort((one, other) => one.at - other.at || (String(one.id) < String(other.id) ? -1 : 1))
  const page = after.slice(0, Math.min(size, exportPageSize))
  const last = page.at(-1)
  const next = last === undefined ? (cursor ?? cursorOf(time, '0')) : cursorOf(last.at, last.id)
  return {
    custom_object_records: page.map(({ row }) => row()),
    after_url: linkTo(asked, { cursor: next, start_time: null }),
    before_url: null,
    after_cursor: next,
    before_cursor: null,
    end_of_stream: page.length === after.length,
  }
}

function cursorOf(time: number, id: Entry['id']): string {
  return Buffer.from(`${time}.0||${id}|`).toString('base64')
}

function position(cursor: string): [number, string] {
  const match = /^(\d+)(?:\.\d+)?\|\|(\w+)\|$/.exec(Buffer.from(cursor, 'base64').toString('latin1'))
  if (match === null) throw new Refusal(400, { error: 'InvalidCursor', description: 'cursor is not valid' })
  return [Number(match[1]), match[2] as string]
}
