// The values of a JSON text, each from where it begins up to where it ends.

export const QUOTE = 0x22
export const COMMA = 0x2c
export const COLON = 0x3a
const BACKSLASH = 0x5c
export const LIST = 0x5b
export const OPEN = 0x7b
export const CLOSE = 0x7d

/** What stands from `from` up to `to`, which must be a value. */
export function valueAt(bytes: Buffer, from: number, to: number): unknown {
  const first = bytes[from]
  if (first === 0x6e) return null
  if (first === 0x74) return true
  if (first === 0x66) return false
  if (first === QUOTE && isPlain(bytes, from + 1, to - 1)) return bytes.toString('latin1', from + 1, to - 1)
  return JSON.parse(bytes.toString('utf8', from, to))
}

/** Whether the text of a string is nothing but letters of ASCII, as they are. */
function isPlain(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const byte = bytes[at] as number
    if (byte === BACKSLASH || byte > 0x7f) return false
  }
  return true
}
