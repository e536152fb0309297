/** Where a text stops being JSON, counted from 1, and what was expected there. */
export interface JsonFault {
  readonly line: number
  readonly column: number
  readonly expected: string
}

const BLANK = /[ \t\r\n]*/y
const STRING = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const SIMPLE = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])|(?:true|false|null)(?!\w)/y

/** What may come next. */
type Next = 'value' | 'first value' | 'key' | 'first key' | 'colon' | 'more'

/** Finds the first fault in a text; undefined if it is JSON. Messages of JSON.parse repeat the text and often lack the place. */
export function jsonFault(text: string): JsonFault | undefined {
  const open: ('{' | '[')[] = []
  let at = 0
  let next = 'value' as Next
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at
    const [found] = pattern.exec(text) ?? []
    at += found?.length ?? 0
    return found !== undefined
  }
  const close = (bracket: '{' | '['): boolean => {
    if (text[at] !== (bracket === '{' ? '}' : ']')) return false
    at++
    open.pop()
    next = 'more'
    return true
  }
  const begin = (): boolean => {
    const bracket = text[at]
    if (bracket !== '{' && bracket !== '[') return false
    at++
    open.push(bracket)
    next = bracket === '{' ? 'first key' : 'first value'
    return true
  }
  const step = (): boolean => {
    const inside = open.at(-1)
    if (next === 'colon') {
      next = 'value'
      return text[at++] === ':'
    }
    if (next === 'more') {
      if (inside !== undefined && close(inside)) return true
      next = inside === '{' ? 'key' : 'value'
      return inside !== undefined && text[at++] === ','
    }
    if (next === 'first key' && close('{')) return true
    if (next === 'first value' && close('[')) return true
    const isKey = next === 'key' || next === 'first key'
    if (!isKey && begin()) return true
    next = isKey ? 'colon' : 'more'
    return take(STRING) || (!isKey && take(SIMPLE))
  }
  for (;;) {
    take(BLANK)
    if (at >= text.length && open.length === 0 && next === 'more') return undefined
    const [was, from] = [next, at] as const
    if (!step()) return faultAt(text, from, expectedOf(was, open.at(-1), text[from]))
  }
}

function expectedOf(next: Next, inside: '{' | '[' | undefined, found: string | undefined): string {
  if (found === undefined) return 'the text ends too early'
  if (found === '"' && next !== 'colon' && next !== 'more') return 'a string has no end, or holds what must be escaped'
  switch (next) {
    case 'colon':
      return 'a colon is missing'
    case 'more':
      if (inside === undefined) return 'nothing more should come after the value'
      return inside === '{' ? 'a comma or } is missing' : 'a comma or ] is missing'
    case 'key':
    case 'first key':
      return 'a name in double quotes is missing'
    default:
      return 'a value is missing'
  }
}

function faultAt(text: string, at: number, expected: string): JsonFault {
  const before = text.slice(0, at).split('\n')
  return { line: before.length, column: before.at(-1)!.length + 1, expected }
}
