// Generated from schemas/labels.json by tools/generate.ts; not to be edited.

/**
 * One label of articles of the help center.
 */
export interface Label {
/**
 * Id of the label.
 */
id: number
/**
 * The label.
 */
name?: (null | string)
/**
 * When the label was created.
 */
created_at?: (null | string)
/**
 * When the label was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the label in the API.
 */
url?: (null | string)
}
