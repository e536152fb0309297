// Generated from schemas/resource_collections.json by tools/generate.ts; not to be edited.

export type CollectedResource = (null | {
/**
 * Kind of the record, such as `ticket_fields` or `triggers`.
 */
type?: (null | string)
/**
 * Name of the record in the app.
 */
identifier?: (null | string)
/**
 * Id of the record.
 */
resource_id?: (null | number)
/**
 * True where the record was deleted since.
 */
deleted?: (null | boolean)
})

/**
 * One collection of records that an app made when it was installed.
 */
export interface ResourceCollection {
/**
 * Id of the collection.
 */
id: number
/**
 * The records of the collection.
 */
resources?: (null | CollectedResource[])
/**
 * When the collection was created.
 */
created_at?: (null | string)
/**
 * When the collection was last changed.
 */
updated_at?: (null | string)
}
