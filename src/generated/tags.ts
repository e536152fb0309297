// Generated from schemas/tags.json by tools/generate.ts; not to be edited.

/**
 * One tag that is in use, and how often.
 */
export interface Tag {
/**
 * The tag.
 */
name: string
/**
 * How many tickets, users and organizations had it in the last 60 days.
 */
count?: (null | number)
}
