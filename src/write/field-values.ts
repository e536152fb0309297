// Values of custom fields as Zendesk takes them. What it would drop without a word is refused here.
import type { RecordData } from '../model/reads.ts'
import type { FieldKind, Rejection } from '../model/writing.ts'
import { asText } from './as-text.ts'

/** A value that no field of this kind can hold, in words. */
class Misfit extends Error {}

/** The values of fields, by key or id; or why one of them cannot be written. */
export function fieldValues(
  given: RecordData,
  kinds: ReadonlyMap<string, FieldKind>,
): { readonly values: RecordData } | { readonly rejection: Rejection } {
  const values: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(given)) {
    const kind = kinds.get(key)
    if (kind === undefined) {
      if (value === null || value === '') continue
      return { rejection: { code: 'unknown_field', message: `There is no custom field "${key}".` } }
    }
    try {
      values[key] = fieldValue(value, kind)
    } catch (error) {
      if (!(error instanceof Misfit)) throw error
      return { rejection: { code: 'invalid_value', message: `The custom field "${kind.title}" ${error.message}` } }
    }
  }
  return { values }
}

/** Several values of a set: a list, or a text with blanks or commas between them. */
export const listOf = (value: unknown): readonly string[] => {
  const all = typeof value === 'string' ? value.split(/[\s,]+/) : Array.isArray(value) ? value.map(asText) : []
  return [...new Set(all.filter((one) => one !== ''))]
}

/** Whether `listOf` finds all that is in it: an object, say, would count as an empty list. */
export const isListed = (value: unknown): boolean =>
  value === undefined || value === null || typeof value === 'string' || Array.isArray(value)

function fieldValue(value: unknown, { type, choices }: FieldKind): unknown {
  const isEmpty = value === null || value === undefined || value === ''
  if (type === 'multiselect') {
    if (!isListed(value) && !choices.has(asText(value))) throw new Misfit('takes several choices: a list.')
    const all = Array.isArray(value) || !choices.has(asText(value)) ? listOf(value) : [asText(value)]
    for (const one of all) demandChoice(one, choices)
    return all
  }
  if (isEmpty) return null
  switch (type) {
    case 'tagger':
    case 'dropdown':
      demandChoice(asText(value), choices)
      return asText(value)
    case 'checkbox':
      return isTrue(value)
    case 'integer':
    case 'decimal':
      return numberIn(value, type === 'integer')
    case 'date':
      return dayIn(value)
    default:
      return value
  }
}

const SHOWN = 10

function demandChoice(value: string, choices: ReadonlySet<string>): void {
  if (choices.size === 0 || choices.has(value)) return
  const some = [...choices].slice(0, SHOWN).join(', ')
  throw new Misfit(`has no choice "${value}". It has ${some}${choices.size > SHOWN ? ', and others' : ''}.`)
}

function isTrue(value: unknown): boolean {
  const text = asText(value).toLowerCase()
  if (['true', '1', 'yes', 't'].includes(text)) return true
  if (['false', '0', 'no', 'f'].includes(text)) return false
  throw new Misfit('is a checkbox: true or false.')
}

function numberIn(value: unknown, isWhole: boolean): unknown {
  const text = asText(value).trim()
  const number = text === '' ? Number.NaN : Number(text)
  if (!Number.isFinite(number) || (isWhole && !Number.isInteger(number)))
    throw new Misfit(`holds ${isWhole ? 'whole numbers' : 'numbers'}.`)
  return typeof value === 'string' ? text : value
}

/** Zendesk takes days, and refuses moments; a moment at which a day begins is that day. */
function dayIn(value: unknown): string {
  const day = /^(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|\+00:?00)?)?$/.exec(asText(value).trim())?.[1]
  if (day === undefined) throw new Misfit('is a date, as in 2026-11-29.')
  return day
}
