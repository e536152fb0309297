import type { MatchKey, WriteObject } from '../model/writing.ts'
import { defineObject } from './define.ts'
import { shownBy } from './keys.ts'

/** Of objects whose names are unique: Zendesk matches them while it writes. */
const UNIQUE_NAME: MatchKey = { columns: ['name'], find: 'none', modes: ['append_dedup'] }

/** The records of one custom object, under the name of the stream that reads them. */
export const recordsOfObject = (key: string): WriteObject =>
  defineObject({
    name: `custom_object_${key}_records`,
    many: 'custom_object_records',
    path: `custom_objects/${key}/records`,
    at: { show: `custom_objects/${key}/records` },
    keys: [shownBy('external_id', 'filter[external_ids]'), shownBy('id', 'filter[ids]'), UNIQUE_NAME],
    writable: 'name external_id custom_object_fields',
    fields: { name: 'custom_object_fields', form: 'keys', from: 'custom_object_fields' },
    bulk: ['create', 'update', 'upsert', 'delete'],
    jobs: `custom_objects/${key}/jobs`,
    methods: { update: 'PATCH', upsert: 'PATCH' },
  })

/** The key of the custom object in an object's name. */
export const objectKeyOf = (name: string): string | undefined => /^custom_object_([\w-]+)_records$/.exec(name)?.[1]
