// A value that is kept as its JSON text: it goes into a column as it came, and never becomes an object.

const TEXT: unique symbol = Symbol('text')

/** An object or a list, as `JSON.stringify` writes it. */
export interface JsonText {
  readonly [TEXT]: string
  /** The value itself, for where it is written within another one. */
  toJSON(): unknown
}

/** Takes a text that `JSON.stringify` could have written, without halves of characters. */
export const jsonText = (text: string): JsonText => ({ [TEXT]: text, toJSON })

function toJSON(this: JsonText): unknown {
  return JSON.parse(this[TEXT])
}

/** The text of a value that is kept so; undefined for any other. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null ? (value as Partial<JsonText>)[TEXT] : undefined
