import type { CustomObjectRecord } from '../generated/custom_object_records.ts'
import type { Stream, Walk } from '../stream.ts'
import { epochOf, isoOf } from '../time.ts'
import { cursorExport } from '../zendesk/cursor-export.ts'
import { cursorList } from '../zendesk/list.ts'
import { sweep } from '../zendesk/sweep.ts'
import { defineStream } from './define.ts'

/** https://developer.zendesk.com/api-reference/custom-data/custom-objects/custom_objects/ */
export const customObjectList = cursorList({ path: 'custom_objects' })

/** The fields of the object with this key. */
export const customObjectFieldList = (key: string) =>
  cursorList({ path: `custom_objects/${key}/fields`, key: 'custom_object_fields' })

/** An object's key never changes, and so does not the name of its stream. */
export const nameOfObjectStream = (key: string): string => `custom_object_${key}_records`

/** The key of the object whose records a stream of this name has; undefined: it is another stream. */
export const objectKeyIn = (name: string): string | undefined => /^custom_object_([\w-]+)_records$/.exec(name)?.[1]

/**
 * An object's records in order of the last change, from its first on: whether a place in this list can be made of a time is
 * not known, so that what did not change is read, and left out. Deleted records are only missing.
 */
function recordList(key: string): Walk {
  const list = sweep({
    name: `custom_object_${key}_list`,
    path: `custom_objects/${key}/records`,
    key: 'custom_object_records',
    timeField: 'updated_at',
  })
  return {
    ...list,
    // Of the second that a pass was cut off in, or that no pass has begun with, rows may be lacking.
    rewind: ({ time, cursor, seen }) => (seen ? { time, seen } : { time: cursor === END ? time : time - 1 }),
    request: ({ cursor }) => (cursor === undefined ? {} : { 'page[after]': placeIn(cursor).after }),
    advance(page, { cursor, ...position }) {
      const { since, after } = cursor === undefined ? { since: position.time, after: undefined } : placeIn(cursor)
      const place = after === undefined ? position : { ...position, cursor: after }
      const { rows, last, position: next } = list.advance(page, place)
      return {
        rows: rows.filter((row) => (list.timeOf?.(row) ?? 0) > since),
        last,
        position: { ...next, cursor: last ? END : `${since} ${next.cursor}` },
      }
    },
  }
}

/** The place after a list's last row. */
const END = 'end'

/** The time up to which the pass found all handed on (epoch seconds), and Zendesk's cursor. */
function placeIn(cursor: string): { readonly since: number; readonly after: string } {
  const [since = '0', after = ''] = cursor.split(' ')
  return { since: Number(since), after }
}

/** What stands for the values of a record that was deleted. */
const GONE = '[DELETED]'

/**
 * The records of one custom object. Deleted ones stay in the export for 30 days, without what they held.
 * https://developer.zendesk.com/api-reference/ticketing/ticket-management/incremental_exports/#incremental-custom-object-record-export-cursor-based
 */
export const customObjectRecords = (key: string): Stream =>
  defineStream<CustomObjectRecord>({
    name: nameOfObjectStream(key),
    cursorField: 'updated_at',
    walk: cursorExport({
      name: `custom_object_${key}_export`,
      path: `incremental/custom_objects/${key}/cursor`,
      key: 'custom_object_records',
      bucket: 'incremental-exports',
      timeField: 'updated_at',
    }),
    reads: { name: true },
    // Assumed: a deleted record's name is replaced as its other values are.
    deletedAt: ({ name, updated_at }) => (name === GONE ? (updated_at as string) : undefined),
    byList: {
      walk: recordList(key),
      records: (rows) => rows,
      remains: (id, time) => ({ id, name: GONE, updated_at: isoOf(time) }),
      census: {
        name: `custom_object_${key}_records`,
        walk: cursorList({
          name: `all_custom_object_${key}_records`,
          path: `custom_objects/${key}/records`,
          key: 'custom_object_records',
        }),
        isOpen: () => false,
        timeOf: ({ updated_at }) => epochOf(updated_at) ?? 0,
        form: (record) => record,
      },
    },
    count: `custom_objects/${key}/records/count`,
  })
