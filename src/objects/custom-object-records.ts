import type { WriteObject } from '../model/writing.ts'
import { BY_ID, EVERY } from './modes.ts'

/** The records of one custom object, under the name of the stream that reads them. */
export function recordsOfObject(key: string): WriteObject {
  const path = `custom_objects/${key}/records`
  return {
    name: `custom_object_${key}_records`,
    one: 'custom_object_record',
    many: 'custom_object_records',
    path,
    at: { show: path },
    keys: [
      { columns: ['external_id'], find: 'show_many', by: 'filter[external_ids]', modes: EVERY },
      { columns: ['id'], find: 'show_many', by: 'filter[ids]', modes: BY_ID },
      // Objects whose names are unique: Zendesk matches them while it writes.
      { columns: ['name'], find: 'none', modes: ['append_dedup'] },
    ],
    writable: 'name external_id custom_object_fields',
    required: [],
    fields: { name: 'custom_object_fields', form: 'keys', from: 'custom_object_fields' },
    bulk: ['create', 'update', 'upsert', 'delete'],
    jobs: `custom_objects/${key}/jobs`,
    methods: { update: 'PATCH', upsert: 'PATCH' },
  }
}

/** The key of the custom object in an object's name. */
export const objectKeyOf = (name: string): string | undefined => /^custom_object_([\w-]+)_records$/.exec(name)?.[1]
