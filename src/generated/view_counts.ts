// Generated from schemas/view_counts.json by tools/generate.ts; not to be edited.

/**
 * How many tickets one active view has.
 */
export interface ViewCount {
/**
 * Id of the view.
 */
view_id: number
/**
 * How many tickets it has; null while Zendesk counts them.
 */
value?: (null | number)
/**
 * The number as agents read it, such as `~1,200`; `...` while Zendesk counts.
 */
pretty?: (null | string)
/**
 * False where the number may be older than a few minutes.
 */
fresh?: (null | boolean)
/**
 * True for a view that is in use.
 */
active?: (null | boolean)
/**
 * Address of the count in the API.
 */
url?: (null | string)
}
