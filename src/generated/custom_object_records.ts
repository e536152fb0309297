// Generated from schemas/custom_object_records.json by tools/generate.ts; not to be edited.

/**
 * One record of a custom object.
 */
export interface CustomObjectRecord {
/**
 * Id of the record, a ULID.
 */
id: string
/**
 * Name of the record.
 */
name?: (null | string)
/**
 * Key of the object that the record belongs to.
 */
custom_object_key?: (null | string)
/**
 * Values of the fields of the object, keyed by the key of the field.
 */
custom_object_fields?: (null | {
[k: string]: unknown
})
/**
 * Id of a matching record in another system; unique in its object.
 */
external_id?: (null | string)
/**
 * Picture of the record, a stored file; null where there is none or the object allows none.
 */
photo?: (null | {
[k: string]: unknown
})
/**
 * Id of the user who created the record, as text.
 */
created_by_user_id?: (null | string)
/**
 * Id of the user who last changed it, as text.
 */
updated_by_user_id?: (null | string)
/**
 * When the record was created.
 */
created_at?: (null | string)
/**
 * When the record was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the record in the API.
 */
url?: (null | string)
}
