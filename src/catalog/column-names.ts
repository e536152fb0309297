// Names of columns that every warehouse takes as they are: small ASCII letters, digits and underscores.

/** The longest name of a column in PostgreSQL, in bytes: https://www.postgresql.org/docs/current/limits.html */
const LONGEST = 63

/** Letters that are no ASCII letter with a mark. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
}

/** The name with this ending, shortened so that both fit. */
export const withinLimit = (name: string, end = ''): string => `${name.slice(0, LONGEST - end.length)}${end}`

/** A title as a column name in snake case; undefined if it has letters that ASCII cannot spell, or no letters at all. */
export function columnNameOf(title: string): string | undefined {
  const ascii = title
    .replace(/^standard::/, '')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1_$2')
    .toLowerCase()
    .replaceAll(/[^\p{ASCII}]/gu, (letter) => LETTERS[letter] ?? letter)
  if (/[^\p{ASCII}]/u.test(ascii.replaceAll(/[^\p{L}\p{N}]/gu, ''))) return undefined
  const name = ascii.replaceAll(/[^a-z0-9]+/g, '_').replaceAll(/^_+|_+$/g, '')
  return name === '' ? undefined : withinLimit(name).replace(/_+$/, '')
}
