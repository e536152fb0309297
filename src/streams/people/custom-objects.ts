import type { CustomObjectField } from '../../generated/custom_object_fields.ts'
import type { CustomObjectRecord } from '../../generated/custom_object_records.ts'
import type { CustomObject } from '../../generated/custom_objects.ts'
import type { Query, Stream } from '../../model/stream.ts'
import { isoOf } from '../../model/time.ts'
import { belowParent } from '../../zendesk/walks/below-parent.ts'
import { cursorExport } from '../../zendesk/walks/cursor-export.ts'
import { cursorList } from '../../zendesk/walks/list.ts'
import { wholeList } from '../../zendesk/walks/snapshot-list.ts'
import { defineFallback, defineStream, defineSubstream, inventoryOfList, shownUnder } from '../define.ts'

/** https://developer.zendesk.com/api-reference/custom-data/custom-objects/custom_objects/ */
export const customObjectList = cursorList({ path: 'custom_objects' })

/** The fields of the object with this key. */
export const customObjectFieldList = (key: string, query: Query = {}) =>
  cursorList({ path: `custom_objects/${encodeURIComponent(key)}/fields`, key: 'custom_object_fields', query })

/** The objects that the account has made. Their records are streams of their own. */
export const customObjects = defineStream<CustomObject>()({
  name: 'custom_objects',
  primaryKey: ['key'],
  cursorField: 'updated_at',
  walk: customObjectList,
})

/** The fields of each object, with those that every object has (fact 276). A new field does not change its object. */
export const customObjectFields = defineSubstream<CustomObjectField, CustomObject>({
  name: 'custom_object_fields',
  primaryKey: ['custom_object_key', 'key'],
  cursorField: 'updated_at',
  walk: customObjectList,
  childList: ({ key }) =>
    belowParent(customObjectFieldList(key, { include_standard_fields: true }), { custom_object_key: key }),
})

/** The name of the stream of an object's records. An object's key never changes, so the name never does. */
export const nameOfObjectStream = (key: string): string => `custom_object_${key}_records`

/** The key of the object whose records this stream has; undefined for other streams. */
export const objectKeyIn = (name: string): string | undefined => /^custom_object_([\w-]+)_records$/.exec(name)?.[1]

/** Replaces the values of a deleted record. */
const DELETED = '[DELETED]'

/**
 * The records of one custom object. Deleted ones stay in the export for 30 days, without their values.
 * https://developer.zendesk.com/api-reference/ticketing/ticket-management/incremental_exports/#incremental-custom-object-record-export-cursor-based
 */
export function customObjectRecords(key: string): Stream {
  const list = wholeList({
    name: `custom_object_${key}_list`,
    path: `custom_objects/${encodeURIComponent(key)}/records`,
    key: 'custom_object_records',
    timeField: 'updated_at',
  })
  return defineStream<CustomObjectRecord>()({
    name: nameOfObjectStream(key),
    cursorField: 'updated_at',
    walk: cursorExport({
      name: `custom_object_${key}_export`,
      path: `incremental/custom_objects/${encodeURIComponent(key)}/cursor`,
      key: 'custom_object_records',
      bucket: 'incremental-exports',
      timeField: 'updated_at',
    }),
    reads: { name: true, updated_at: true },
    // Assumed (fact 313): a deleted record's name is replaced like its other values.
    deletedAt: ({ name, updated_at }) => (name === DELETED ? updated_at : undefined),
    show: shownUnder(list),
    // The list does not report deleted records: they are missing in it.
    fallback: defineFallback<CustomObjectRecord>({
      walk: list,
      tombstoneOf: (id, time) => ({ id, name: DELETED, updated_at: isoOf(time) }),
      inventory: inventoryOfList(`custom_object_${key}_records`),
    }),
    count: `custom_objects/${encodeURIComponent(key)}/records/count`,
  })
}
