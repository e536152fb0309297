// Generated from schemas/greeting_categories.json by tools/generate.ts; not to be edited.

/**
 * One category of greetings: when they are heard.
 */
export interface GreetingCategory {
/**
 * Id of the category.
 */
id: number
/**
 * Name of the category, such as `voicemail` or `hold`.
 */
name?: (null | string)
}
