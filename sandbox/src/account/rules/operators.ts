import type { Value } from '../model.ts'

/** Compares two numbers, or ranks, as a condition's operator says. */
export function compared(operator: string, one: number, other: number): boolean {
  switch (operator.replace(/_business_hours$/, '')) {
    case 'is':
    case 'value':
    case 'includes':
      return one === other
    case 'is_not':
    case 'not_value':
    case 'not_includes':
      return one !== other
    case 'less_than':
      return one < other
    case 'less_than_equal':
      return one <= other
    case 'greater_than':
      return one > other
    case 'greater_than_equal':
      return one >= other
    default:
      return false
  }
}

/** Compares a value, or a list of them, with the value of a condition. In conditions an empty text means no value. */
export function same(operator: string, now: Value, value: unknown): boolean {
  const held = Array.isArray(now) ? now.map(String) : [now === null ? '' : String(now)]
  const asked = Array.isArray(value) ? value.map(String) : [value === null ? '' : String(value)]
  const present = held.some((one) => one !== '' && one !== 'false')
  if (operator === 'present') return present
  if (operator === 'not_present') return !present
  if (/than/.test(operator)) {
    const [one, other] = [held[0] ?? '', asked[0] ?? '']
    const numbers = one !== '' && Number.isFinite(Number(one)) && Number.isFinite(Number(other))
    if (!present) return false
    return numbers
      ? compared(operator, Number(one), Number(other))
      : compared(operator, one < other ? 0 : one === other ? 1 : 2, 1)
  }
  const found = asked.some((one) => held.includes(one)) || (asked[0] === '' && held.length === 0)
  return /^(is_not|not_)/.test(operator) ? !found : found
}

/** Whether some of the tags in a text (all parted by blanks) are there, or not. */
export function tagged(operator: string, tags: readonly string[], text: string): boolean {
  const wanted = text.split(/[\s,]+/).filter((tag) => tag !== '')
  const found = wanted.some((tag) => tags.includes(tag))
  return operator.startsWith('not') || operator === 'is_not' ? !found : found
}

/** Whether a text has one of the words, or the whole phrase. */
export function words(operator: string, text: string, value: string): boolean {
  const [lower, phrase] = [text.toLowerCase(), value.toLowerCase()]
  if (operator === 'is') return lower.includes(phrase)
  if (operator === 'is_not') return !lower.includes(phrase)
  const found = phrase.split(/\s+/).some((word) => word !== '' && lower.includes(word))
  return operator === 'not_includes' ? !found : found
}
