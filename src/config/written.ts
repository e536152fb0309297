// A configuration before it is checked.

/** An unchecked configuration, or a part of one. */
export type Options = Readonly<Record<string, unknown>>

/** The variables of the environment. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Whether a value is a JSON object. */
export const isObject = (value: unknown): value is Options =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
