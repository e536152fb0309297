// A configuration as somebody wrote it, before it is checked.

/** A configuration as it was written, or a part of it. */
export type Options = Readonly<Record<string, unknown>>

/** The variables of the environment. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Whether a value is a JSON object. */
export const isObject = (value: unknown): value is Options =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
