/** A value of a row as text. Of an object that is its JSON: `String` throws for one with a member `toString`, which rows may have. */
export const asText = (value: unknown): string =>
  typeof value === 'object' && value !== null ? (JSON.stringify(value) ?? '') : String(value)
