import type { Field, Ticket, Value } from '../../account/model.ts'
import type { Store } from '../../account/store.ts'

/** What a write changes of a ticket's tags and custom fields. */
export type TagsAndFields = { readonly tags?: readonly string[]; readonly custom: ReadonlyMap<number, Value> }

/**
 * Tags and fields interfere: a choice of a field is a tag of its ticket too. Assumed (fact 410): setting the field adds its tag
 * and takes that of the earlier choice, adding the tag sets the field, removing it clears the field, and what is said of the
 * field counts more than what is said of the tag. Fields without options, and checkboxes without a tag, have no part in it.
 */
export function tagsAndFields(
  store: Store,
  { tags: given, custom }: TagsAndFields,
  ticket: Ticket | undefined,
): TagsAndFields {
  const before = ticket?.values.tags ?? []
  const tags = new Set(given ?? before)
  const fields = new Map(custom)
  for (const field of store.fields.values()) {
    const choices = choicesOf(field)
    if (choices.length === 0 || !field.removable) continue
    const held = ticket?.custom[ticket.fieldSet.ids.indexOf(field.id)] ?? null
    if (custom.has(field.id)) {
      const now = tagsIn(field, custom.get(field.id) ?? null)
      for (const tag of tagsIn(field, held)) if (!now.includes(tag)) tags.delete(tag)
      for (const tag of now) tags.add(tag)
    } else if (given !== undefined) {
      const value = valueByTags(field, choices, held, { before, tags })
      if (value !== undefined) fields.set(field.id, value)
    }
  }
  const after = [...tags].sort()
  const isSame = given === undefined && after.length === before.length && after.every((tag) => before.includes(tag))
  return isSame ? { custom: fields } : { tags: after, custom: fields }
}

const choicesOf = ({ type, options, extra }: Field): readonly string[] => {
  if (type === 'tagger' || type === 'multiselect') return options.map(({ value }) => value)
  const tag = type === 'checkbox' ? extra['tag'] : undefined
  return typeof tag === 'string' && tag !== '' ? [tag] : []
}

function tagsIn(field: Field, value: Value): readonly string[] {
  if (field.type === 'checkbox') return value === true ? choicesOf(field) : []
  return value === null ? [] : Array.isArray(value) ? value.map(String) : [String(value)]
}

/** The value that a field gets by a change of tags; undefined if it keeps its own. */
function valueByTags(
  { type }: Field,
  choices: readonly string[],
  held: Value,
  { before, tags }: { readonly before: readonly string[]; readonly tags: ReadonlySet<string> },
): Value | undefined {
  const added = choices.filter((tag) => tags.has(tag) && !before.includes(tag))
  const removed = choices.filter((tag) => !tags.has(tag) && before.includes(tag))
  if (added.length + removed.length === 0) return undefined
  if (type === 'checkbox') return added.length > 0
  if (type === 'tagger') return added[0] ?? (removed.includes(String(held)) ? null : undefined)
  const kept = (Array.isArray(held) ? held.map(String) : []).filter((tag) => !removed.includes(tag))
  const all = [...new Set([...kept, ...added])]
  return all.length === 0 ? null : all
}
