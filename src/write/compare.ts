// What differs between a row and what Zendesk holds: only that is written.
import type { RecordData } from '../model/reads.ts'
import { epochOf } from '../model/time.ts'
import type { TagsMode, WriteObject } from '../model/writing.ts'

/** Tags to add and to remove, where that needs no reading. */
export interface TagDelta {
  readonly add: readonly string[]
  readonly remove: readonly string[]
}

/** What is to change. */
export interface RowDifference {
  readonly body: RecordData
  readonly tags?: TagDelta
}

/** What is to change of what Zendesk holds, so that it holds what is wanted; undefined if it does. */
export function differenceOf(
  wanted: RecordData,
  held: RecordData,
  object: WriteObject,
  tagsMode: TagsMode,
): RowDifference | undefined {
  const body: Record<string, unknown> = {}
  let tags: TagDelta | undefined
  for (const [name, value] of Object.entries(wanted)) {
    if (name === 'id' || name === object.comment || object.references?.[name]) continue
    // The first comment, which cannot change.
    if (name === 'description' && object.comment !== undefined) continue
    if (name === 'tags' && object.hasTags) {
      const delta = tagDelta(listOf(value), listOf(held[name]), tagsMode)
      if (delta === undefined) continue
      if (object.tagDeltas && tagsMode !== 'set') tags = delta
      else body[name] = [...listOf(held[name]).filter((tag) => !delta.remove.includes(tag)), ...delta.add]
    } else if (name === object.fields?.name) {
      const changed = changedFields(value as RecordData, fieldsOf(held[name]))
      if (changed !== undefined) body[name] = sentFields(changed, object)
    } else if (!isSame(value, held[name])) body[name] = value
  }
  if (Object.keys(body).length === 0 && tags === undefined) return undefined
  return { body, ...(tags && { tags }) }
}

/** Custom fields in the form in which they are sent. */
export const sentFields = (fields: RecordData, { fields: at }: WriteObject): unknown =>
  at?.form === 'list' ? Object.entries(fields).map(([id, value]) => ({ id: Number(id), value })) : fields

function tagDelta(given: readonly string[], held: readonly string[], mode: TagsMode): TagDelta | undefined {
  const add = mode === 'remove' ? [] : given.filter((tag) => !held.includes(tag))
  const remove = mode === 'add' ? [] : held.filter((tag) => given.includes(tag) === (mode === 'remove'))
  return add.length + remove.length === 0 ? undefined : { add, remove }
}

function changedFields(wanted: RecordData, held: RecordData): RecordData | undefined {
  const changed = Object.entries(wanted).filter(([key, value]) => !isSame(value, held[key]))
  return changed.length === 0 ? undefined : Object.fromEntries(changed)
}

const fieldsOf = (held: unknown): RecordData =>
  Array.isArray(held)
    ? Object.fromEntries((held as readonly RecordData[]).map(({ id, value }) => [String(id), value]))
    : ((held ?? {}) as RecordData)

/** Tags as a list, or with blanks or commas between them. Zendesk keeps them in lower case. */
const listOf = (value: unknown): readonly string[] => {
  const all = typeof value === 'string' ? value.split(/[\s,]+/) : Array.isArray(value) ? value.map(String) : []
  return [...new Set(all.filter((tag) => tag !== '').map((tag) => tag.toLowerCase()))]
}

/** Whether two values are the same to Zendesk: ids as numbers or text, lists in any order, dates with or without a time. */
export function isSame(one: unknown, other: unknown): boolean {
  if (isEmpty(one) || isEmpty(other)) return isEmpty(one) && isEmpty(other)
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && sorted(one).every((value, at) => value === sorted(other)[at])
  if (typeof one === 'object' && typeof other === 'object')
    return Object.entries(one as RecordData).every(([key, value]) => isSame(value, (other as RecordData)[key]))
  const [left, right] = [String(one).trim(), String(other).trim()]
  return left === right || isSameNumber(left, right) || isSameTime(left, right) || isSameAddress(left, right)
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

const sorted = (list: readonly unknown[]): readonly string[] => list.map((one) => JSON.stringify(one)).sort()

/** Numbers that are written in another way: `1.50` and `1.5`. Long ones are ids, whose every digit counts. */
const isSameNumber = (one: string, other: string): boolean =>
  [one, other].every((text) => /^-?\d{1,15}(\.\d+)?$/.test(text)) && Number(one) === Number(other)

const isSameTime = (one: string, other: string): boolean =>
  [one, other].every((text) => /^\d{4}-\d{2}-\d{2}/.test(text)) && epochOf(one) === epochOf(other)

/** Zendesk keeps addresses in lower case, and phone numbers without what makes them readable. */
const isSameAddress = (one: string, other: string): boolean =>
  (one.includes('@') && one.toLowerCase() === other.toLowerCase()) ||
  (/^\+[\d\s()-]+$/.test(one) && one.replaceAll(/[\s()-]/g, '') === other.replaceAll(/[\s()-]/g, ''))
