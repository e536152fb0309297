// JSON without loss: ids of any length, and texts that every warehouse takes.

/**
 * The value of a JSON text; throws as `JSON.parse` does. A whole number of more digits than a number holds stays text: rounded,
 * it would be another record's key. Half of a surrogate pair is no character, and is replaced.
 */
export function exactJson(text: string): unknown {
  if (LONG.test(text) || ALONE.test(text)) return JSON.parse(text, exact)
  return HALF.test(text) ? JSON.parse(text, wellFormed) : JSON.parse(text)
}

/** A number of more digits than are exact, where JSON can have one; within a text it only costs the longer way. */
const LONG = /[:[,]\s*-?\d{16}/
const ALONE = /^\s*-?\d{16}/
/** An escaped half of a character, or a whole one in two escapes. */
const HALF = /\\u[dD][89a-fA-F]/

const wellFormed = (_: string, value: unknown): unknown => (typeof value === 'string' ? value.toWellFormed() : value)

const exact = (key: string, value: unknown, context?: { readonly source?: string }): unknown => {
  const isRounded = typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? '')
  return isRounded ? context?.source : wellFormed(key, value)
}
