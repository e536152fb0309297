const LETTER = /[\p{L}\p{N}]/u
// Scripts that are written without blanks: any part of a text is a word.
const UNBROKEN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u

/** A test whether a text has a word or a phrase, in any case; `*` at the end takes the words that begin so. */
export function wordTest(words: string): (text: string | null | undefined) => boolean {
  const open = words.endsWith('*')
  const plain = open ? words.slice(0, -1) : words
  if (plain.trim() === '') return () => true
  const source = plain
    .trim()
    .replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
    .replaceAll(/\s+/g, '\\s+')
  const pattern = new RegExp(source, 'gi')
  const anywhere = UNBROKEN.test(plain) || !LETTER.test(plain)
  return (text) => {
    if (text === null || text === undefined || text === '') return false
    pattern.lastIndex = 0
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      const end = match.index + match[0].length
      const before = match.index === 0 || !LETTER.test(text[match.index - 1] ?? '')
      if (anywhere || (before && (open || end === text.length || !LETTER.test(text[end] ?? '')))) return true
    }
    return false
  }
}

/** Whether two texts are the same in any case. */
export function sameText(one: unknown, other: string): boolean {
  return typeof one === 'string' && one.toLowerCase() === other.toLowerCase()
}

/** A test of a value of a custom field: the same text or number, one of a list, or a word of a long text; `*` is any. */
export function valueTest(wanted: string): (value: unknown) => boolean {
  const word = wordTest(wanted)
  const test = (value: unknown): boolean => {
    if (value === null || value === undefined) return wanted === 'none'
    if (wanted === '*') return value !== false && value !== ''
    if (Array.isArray(value)) return value.some(test)
    if (typeof value === 'boolean') return String(value) === wanted.toLowerCase()
    if (typeof value === 'number') return value === Number(wanted)
    return sameText(value, wanted) || word(String(value))
  }
  return test
}
