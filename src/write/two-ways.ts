// Two ways: who changed a field since both sides agreed on it, and whose value holds if both did.
import type { RecordData } from '../model/reads.ts'
import { epochOf } from '../model/time.ts'
import type { Agreed, ConflictPolicy, ConflictRules, Rejection, WriteObject } from '../model/writing.ts'
import { markOf } from './batch-row.ts'
import { canonicalOf, fieldsOf, isSame } from './compare.ts'

/** What a row says of one field: custom fields are `user_fields.key`. */
interface FieldValue {
  readonly field: string
  readonly value: unknown
}

/** What is left of a row that Zendesk is to hold. */
export interface SharedRow {
  readonly wanted: RecordData
  /** What both sides have already. */
  readonly agreed: Agreed
}

interface Sides {
  readonly object: WriteObject
  readonly rules: ConflictRules
  /** What both had when they last agreed; undefined if nothing is known of it, which is as if both had changed. */
  readonly base: Agreed | undefined
  /** When the row changed last. */
  readonly changedAt: unknown
}

/**
 * The part of a row that is to be written, as two ways decide it: a field that only Zendesk changed is left out, and one that
 * both changed if Zendesk's value holds. A rejection if a field that both changed must not be decided.
 */
export function sharedOf(wanted: RecordData, held: RecordData, sides: Sides): SharedRow | Rejection {
  const { object, rules, base = {}, changedAt } = sides
  const agreed: Record<string, string> = {}
  const dropped = new Set<string>()
  const disputed: string[] = []
  for (const { field, value } of valuesOf(wanted, object)) {
    const there = heldValue(held, field, object)
    const owner = rules.owner[field]
    if (isSame(value, there)) agreed[field] = valueMark(value)
    else if (owner === 'zendesk') dropped.add(field)
    else if (owner === undefined) {
      const known = base[field]
      // Where nothing is known, who has nothing has changed nothing.
      const isOurs = known === undefined ? !isEmpty(value) : known !== valueMark(value)
      const isTheirs = known === undefined ? !isEmpty(there) : known !== valueMark(there)
      if (!isOurs) dropped.add(field)
      else if (isTheirs) {
        const policy = rules.fields[field] ?? rules.policy
        const side = winner(policy, changedAt, held['updated_at'])
        if (side === undefined) disputed.push(field)
        else if (side === 'zendesk') dropped.add(field)
      }
    }
  }
  if (disputed.length > 0) return rejectionOf(disputed, rules)
  return { wanted: without(wanted, dropped, object), agreed }
}

/** The fingerprints of all fields of a row, for the ledger. */
export const agreedOf = (wanted: RecordData, object: WriteObject): Agreed =>
  Object.fromEntries(valuesOf(wanted, object).map(({ field, value }) => [field, valueMark(value)]))

/** Whether a row says nothing but what both sides had already: the echo of what was written. */
export function isAgreed(wanted: RecordData, object: WriteObject, base: Agreed | undefined): boolean {
  const known = valuesOf(wanted, object).filter(({ field }) => base?.[field] !== undefined)
  return known.length > 0 && known.every(({ field, value }) => base?.[field] === valueMark(value))
}

/** The side whose value holds; undefined if that must not, or cannot, be decided. */
function winner(policy: ConflictPolicy, changedAt: unknown, heldAt: unknown): 'source' | 'zendesk' | undefined {
  if (policy === 'source_wins') return 'source'
  if (policy === 'zendesk_wins') return 'zendesk'
  if (policy === 'reject') return undefined
  const [ours, theirs] = [epochOf(changedAt), epochOf(heldAt)]
  if (ours === undefined || theirs === undefined) return undefined
  return ours >= theirs ? 'source' : 'zendesk'
}

function rejectionOf(fields: readonly string[], { fields: policies, policy, time }: ConflictRules): Rejection {
  const isNewest = fields.some((field) => (policies[field] ?? policy) === 'newest')
  const why = isNewest ? `the row has no time of its last change in "${time}"` : 'the policy is "reject"'
  return { code: 'conflict', message: `Both sides have changed ${fields.join(', ')}, and ${why}.` }
}

/** Every field of a row that two sides may change. Tags are added to those of others, and comments to comments. */
function valuesOf(wanted: RecordData, object: WriteObject): readonly FieldValue[] {
  const { fields: at, comment, references = {} } = object
  return Object.entries(wanted).flatMap(([name, value]): readonly FieldValue[] => {
    const isShared = name !== 'id' && name !== comment && !references[name] && object.sets?.includes(name) !== true
    if (!isShared || (name === 'description' && comment !== undefined)) return []
    if (name !== at?.name) return [{ field: name, value }]
    return Object.entries((value ?? {}) as RecordData).map(([key, one]) => ({ field: `${name}.${key}`, value: one }))
  })
}

function heldValue(held: RecordData, field: string, { fields: at }: WriteObject): unknown {
  const prefix = `${at?.name}.`
  return at !== undefined && field.startsWith(prefix)
    ? fieldsOf(held[at.name])[field.slice(prefix.length)]
    : held[field]
}

function without(wanted: RecordData, dropped: ReadonlySet<string>, { fields: at }: WriteObject): RecordData {
  if (dropped.size === 0) return wanted
  const rest = Object.entries(wanted).filter(([name]) => !dropped.has(name))
  return Object.fromEntries(
    rest.map(([name, value]) => {
      if (name !== at?.name) return [name, value]
      const kept = Object.entries((value ?? {}) as RecordData).filter(([key]) => !dropped.has(`${name}.${key}`))
      return [name, Object.fromEntries(kept)]
    }),
  )
}

const isEmpty = (value: unknown): boolean => canonicalOf(value) === ''

const valueMark = (value: unknown): string => markOf(canonicalOf(value)).slice(0, 12)
