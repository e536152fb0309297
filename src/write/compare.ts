// What differs between a row and what Zendesk holds: only that is written.
import type { RecordData } from '../model/reads.ts'
import { epochOf } from '../model/time.ts'
import type { FieldKind, SetRule, TagChange, WriteObject } from '../model/writing.ts'
import { asText } from './as-text.ts'
import { listOf } from './field-values.ts'
import { changedSet, setDelta } from './sets.ts'

/** What is to change. */
export interface RowDifference {
  readonly body: RecordData
  /** Tags to add and to remove, where that needs no reading. */
  readonly tags?: TagChange
}

/** What is to change of what Zendesk holds, so that it holds what is wanted; undefined if it does. */
export function differenceOf(
  wanted: RecordData,
  held: RecordData,
  object: WriteObject,
  { sets, kinds }: { readonly sets: SetRule; readonly kinds: ReadonlyMap<string, FieldKind> },
): RowDifference | undefined {
  const body: Record<string, unknown> = {}
  let tags: TagChange | undefined
  for (const [name, value] of Object.entries(wanted)) {
    if (name === 'id' || name === object.comment || object.references?.[name] || object.unread?.includes(name)) continue
    // An address is not taken away by a row that has none.
    if (name === object.primary?.column && isEmpty(value)) continue
    // The first comment, which cannot change.
    if (name === 'description' && object.comment !== undefined) continue
    if (object.sets?.includes(name)) {
      const membersIn = name === 'tags' && object.product !== 'sell' ? tagList : listOf
      const delta = withoutChoices(setDelta(membersIn(value), membersIn(held[name]), sets), held, object, sets)
      if (delta === undefined) continue
      if (object.tagDeltas && sets.mode !== 'set') tags = delta
      else body[name] = changedSet(membersIn(held[name]), delta)
    } else if (name === object.fields?.name) {
      const changed = changedFields(value as RecordData, fieldsOf(held[name]), sets, kinds)
      if (changed !== undefined) body[name] = sentFields(changed, object)
    } else if (!isSame(value, held[name])) body[name] = value
  }
  if (Object.keys(body).length === 0 && tags === undefined) return undefined
  return { body, ...(tags && { tags }) }
}

/**
 * A choice of a ticket's field is a tag of it too, and goes if the tag does (fact 410): such tags are not removed, unless a row
 * asks for just that.
 */
function withoutChoices(
  delta: TagChange | undefined,
  held: RecordData,
  { fields }: WriteObject,
  { mode }: SetRule,
): TagChange | undefined {
  if (delta === undefined || mode === 'remove' || fields?.form !== 'list') return delta
  const choices = new Set(Object.values(fieldsOf(held[fields.name])).flat())
  const remove = delta.remove.filter((tag) => !choices.has(tag))
  return delta.add.length + remove.length === 0 ? undefined : { ...delta, remove }
}

/** Custom fields in the form in which they are sent. */
export const sentFields = (fields: RecordData, { fields: at }: WriteObject): unknown =>
  at?.form === 'list' ? Object.entries(fields).map(([id, value]) => ({ id: Number(id), value })) : fields

function changedFields(
  wanted: RecordData,
  held: RecordData,
  sets: SetRule,
  kinds: ReadonlyMap<string, FieldKind>,
): RecordData | undefined {
  const changed = Object.entries(wanted).flatMap(([key, value]) => {
    if (kinds.get(key)?.type === 'multiselect') {
      const delta = setDelta(listOf(value), listOf(held[key]), sets)
      return delta === undefined ? [] : [[key, changedSet(listOf(held[key]), delta)]]
    }
    return isSame(value, held[key]) ? [] : [[key, value]]
  })
  return changed.length === 0 ? undefined : Object.fromEntries(changed)
}

/** Custom fields by key or id, in whatever form Zendesk has them. */
export const fieldsOf = (held: unknown): RecordData =>
  Array.isArray(held)
    ? Object.fromEntries((held as readonly RecordData[]).map(({ id, value }) => [String(id), value]))
    : ((held ?? {}) as RecordData)

/** Tags, as Zendesk keeps them: in lower case. Labels, and the tags of Sell, are as they are. */
export const tagList = (value: unknown): readonly string[] => listOf(value).map((tag) => tag.toLowerCase())

/** Whether two values are the same to Zendesk. Of an object only what the first one names counts. */
export function isSame(one: unknown, other: unknown): boolean {
  if (isPlain(one) && isPlain(other)) return Object.entries(one).every(([key, value]) => isSame(value, other[key]))
  if (
    Array.isArray(one) &&
    Array.isArray(other) &&
    one.length === other.length &&
    one.every((value, at) => isSame(value, other[at]))
  )
    return true
  return canonicalOf(one) === canonicalOf(other)
}

/**
 * One text for all ways to write a value that are the same to Zendesk: ids as numbers or text, lists in any order, dates with
 * or without a time, nothing as null or as an empty text.
 */
export function canonicalOf(value: unknown): string {
  if (isEmpty(value)) return ''
  if (Array.isArray(value)) return JSON.stringify(value.map(canonicalOf).sort())
  if (isPlain(value))
    return JSON.stringify(
      Object.entries(value)
        .map(([key, one]) => [key, canonicalOf(one)])
        .sort(([one = ''], [other = '']) => (one < other ? -1 : 1)),
    )
  return canonicalText(asText(value).trim())
}

const isPlain = (value: unknown): value is RecordData =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

function canonicalText(text: string): string {
  // `1.50` is `1.5`. Long ones are ids, whose every digit counts.
  if (/^-?\d{1,15}(\.\d+)?$/.test(text)) return String(Number(text))
  const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? epochOf(text) : undefined
  if (time !== undefined && !Number.isNaN(time)) return `time ${time}`
  // Zendesk keeps addresses in lower case, and phone numbers without what makes them readable.
  if (text.includes('@')) return text.toLowerCase()
  return /^\+[\d\s()-]+$/.test(text) ? text.replaceAll(/[\s()-]/g, '') : text
}
