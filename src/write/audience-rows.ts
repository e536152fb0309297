// Members of audiences: what the status of a row becomes in Zendesk.
import type { RecordData } from '../model/reads.ts'
import type { AudienceColumn, Membership, Rejection, TagChange, WriteObject } from '../model/writing.ts'
import { asText } from './as-text.ts'
import { writableColumns } from './batch-row.ts'
import { type RowDifference, tagList } from './compare.ts'

/** A row of a stream of audiences, as a row of its object. */
export interface MemberRow {
  readonly record: RecordData
  readonly tags?: TagChange
  /** It was in none of them before, or is in none any more: nobody is created for that. */
  readonly hasLeft: boolean
}

const STATUSES: Readonly<Record<string, Membership>> = {
  realized: 'realized',
  existing: 'existing',
  exited: 'exited',
  true: 'realized',
  false: 'exited',
}

/** Without these nobody is a member: the mandatory mappings. */
export const MANDATORY = ['email', 'last_name'] as const

/** The row with its statuses as custom fields and tags; or why it cannot be written. */
export function memberRow(
  given: RecordData,
  audiences: readonly AudienceColumn[],
  object: WriteObject,
): MemberRow | Rejection {
  const missing = MANDATORY.filter((name) => asText(given[name] ?? '').trim() === '')
  if (missing.length > 0)
    return { code: 'required_field', message: `A member of an audience needs ${missing.join(' and ')}.` }
  const record = { ...given }
  const fields: Record<string, unknown> = {}
  const [add, remove]: [string[], string[]] = [[], []]
  const statuses: Membership[] = []
  for (const { name, to } of audiences) {
    const said = record[name]
    delete record[name]
    if (said === undefined || said === null || said === '') continue
    const status = STATUSES[asText(said).trim().toLowerCase()]
    if (status === undefined)
      return {
        code: 'invalid_value',
        message: `Audience "${name}": "${asText(said)}" must be realized, existing or exited.`,
      }
    statuses.push(status)
    if ('values' in to) fields[String(to.field)] = to.values[status]
    else (status === 'exited' ? remove : add).push(to.tag)
  }
  const at = object.fields?.name
  const whole =
    at !== undefined && Object.keys(fields).length > 0 ? { ...record, [at]: withFields(record[at], fields) } : record
  return {
    record: named(whole, object),
    ...(add.length + remove.length > 0 && { tags: { add, remove } }),
    hasLeft: statuses.length > 0 && statuses.every((status) => status === 'exited'),
  }
}

const withFields = (given: unknown, fields: RecordData): RecordData => ({ ...((given ?? {}) as RecordData), ...fields })

/** Where people have one name, it is made of two. */
function named(record: RecordData, object: WriteObject): RecordData {
  if (writableColumns(object).has('last_name')) return record
  const { first_name, last_name, ...rest } = record
  const whole = [first_name, last_name].map((part) => asText(part ?? '').trim()).filter((part) => part !== '')
  return { ...rest, name: rest['name'] ?? whole.join(' ') }
}

/** The difference with the tags that come and go: those of others stay. */
export function withAudienceTags(
  difference: RowDifference | undefined,
  held: RecordData,
  tags: TagChange | undefined,
): RowDifference | undefined {
  if (tags === undefined) return difference
  const before = tagList(difference?.body['tags'] ?? held['tags'])
  const add = tagList(tags.add).filter((tag) => !before.includes(tag))
  const remove = tagList(tags.remove).filter((tag) => before.includes(tag))
  if (add.length + remove.length === 0) return difference
  const after = [...before.filter((tag) => !remove.includes(tag)), ...add]
  return { ...difference, body: { ...difference?.body, tags: after } }
}
