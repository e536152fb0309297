// Names of tables and columns, as both databases can have them.
import { createHash } from 'node:crypto'

/** PostgreSQL cuts longer names without a word, and two columns become one. */
const LONGEST = 63

/**
 * A name of 63 bytes at the most: the name itself, or its beginning and a hash of the whole. A NUL, which no database has
 * in a name, is taken out.
 */
export function shortName(name: string): string {
  const clean = name.replaceAll('\0', '').toWellFormed() || '_'
  return Buffer.byteLength(clean) <= LONGEST ? clean : hashed(clean)
}

function hashed(name: string): string {
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8)
  let start = ''
  for (const character of name) {
    if (Buffer.byteLength(start + character) > LONGEST - 9) break
    start += character
  }
  return `${start}_${hash}`
}

/**
 * Names for these fields that differ in more than upper and lower case, which is all the same to DuckDB, and that are none of
 * the reserved ones. Those that were given before stay.
 */
export function fitNames(
  fields: readonly string[],
  known: ReadonlyMap<string, string>,
  reserved: readonly string[] = [],
): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const taken = new Set([...known.values(), ...reserved].map((name) => name.toLowerCase()))
  for (const field of fields) {
    let name = known.get(field)
    if (name === undefined) {
      name = shortName(field)
      if (taken.has(name.toLowerCase())) name = hashed(field)
      taken.add(name.toLowerCase())
    }
    names.set(field, name)
  }
  return names
}

/** A name as SQL has it, whatever it holds. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** Several, with commas between. */
export const listed = (names: readonly string[]): string => names.map(quoted).join(', ')

/** A text as SQL has it. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** The condition that the rows t and s have the same key, as SQL has it. */
export const equal = (key: readonly string[]): string =>
  key.map((name) => `t.${quoted(name)} = s.${quoted(name)}`).join(' and ')
