// What differs between a row and what Zendesk holds: only that is written.
import type { RecordData } from '../model/reads.ts'
import { epochOf } from '../model/time.ts'
import type { TagChange, TagsMode, WriteObject } from '../model/writing.ts'

/** What is to change. */
export interface RowDifference {
  readonly body: RecordData
  readonly tags?: TagChange
}

/** What is to change of what Zendesk holds, so that it holds what is wanted; undefined if it does. */
export function differenceOf(
  wanted: RecordData,
  held: RecordData,
  object: WriteObject,
  tagsMode: TagsMode,
): RowDifference | undefined {
  const body: Record<string, unknown> = {}
  let tags: TagChange | undefined
  for (const [name, value] of Object.entries(wanted)) {
    if (name === 'id' || name === object.comment || object.references?.[name]) continue
    // The first comment, which cannot change.
    if (name === 'description' && object.comment !== undefined) continue
    if (name === 'tags' && object.hasTags) {
      const delta = tagDelta(tagList(value), tagList(held[name]), tagsMode)
      if (delta === undefined) continue
      if (object.tagDeltas && tagsMode !== 'set') tags = delta
      else body[name] = [...tagList(held[name]).filter((tag) => !delta.remove.includes(tag)), ...delta.add]
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

function tagDelta(given: readonly string[], held: readonly string[], mode: TagsMode): TagChange | undefined {
  const add = mode === 'remove' ? [] : given.filter((tag) => !held.includes(tag))
  const remove = mode === 'add' ? [] : held.filter((tag) => given.includes(tag) === (mode === 'remove'))
  return add.length + remove.length === 0 ? undefined : { add, remove }
}

function changedFields(wanted: RecordData, held: RecordData): RecordData | undefined {
  const changed = Object.entries(wanted).filter(([key, value]) => !isSame(value, held[key]))
  return changed.length === 0 ? undefined : Object.fromEntries(changed)
}

/** Custom fields by key or id, in whatever form Zendesk has them. */
export const fieldsOf = (held: unknown): RecordData =>
  Array.isArray(held)
    ? Object.fromEntries((held as readonly RecordData[]).map(({ id, value }) => [String(id), value]))
    : ((held ?? {}) as RecordData)

/** Tags as a list, or with blanks or commas between them. Zendesk keeps them in lower case. */
export const tagList = (value: unknown): readonly string[] => {
  const all = typeof value === 'string' ? value.split(/[\s,]+/) : Array.isArray(value) ? value.map(String) : []
  return [...new Set(all.filter((tag) => tag !== '').map((tag) => tag.toLowerCase()))]
}

/** Whether two values are the same to Zendesk. Of an object only what the first one names counts. */
export function isSame(one: unknown, other: unknown): boolean {
  if (isPlain(one) && isPlain(other)) return Object.entries(one).every(([key, value]) => isSame(value, other[key]))
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
  return canonicalText(String(value).trim())
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
