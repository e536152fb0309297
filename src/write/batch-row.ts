// A row on its way: as it came, and as what Zendesk is to hold.
import { hash } from 'node:crypto'
import type { RecordData } from '../model/reads.ts'
import type { FieldKind, Rejection, RowOutcome, SetRule, TagChange, Target, WriteObject } from '../model/writing.ts'
import { asText } from './as-text.ts'
import { fieldValues, isListed, listOf } from './field-values.ts'
import { mergedSet } from './sets.ts'

/** A row, or several of one key that were merged, on the way to Zendesk. */
export interface BatchRow {
  readonly target: Target
  /** What Zendesk is to hold, by its own names. */
  readonly wanted: RecordData
  /** The values of the key's columns; empty for a row without a key. */
  readonly key: readonly string[]
  /** Under which the ledger knows it. */
  readonly ledgerKey: string
  /** Tags that come and go with its audiences. */
  readonly tags?: TagChange
  /** It is in no audience any more: nobody is created for that. */
  readonly hasLeft?: true
  /** When it changed last, of streams that share their fields with Zendesk. */
  readonly changedAt?: unknown
  /** Called once for each record, when it is known what became of it. */
  readonly finish: (outcome: RowOutcome, attempts: number) => Promise<void>
}

/** What is known of an object in this account. */
export interface KnownColumns {
  readonly readOnly: ReadonlySet<string>
  readonly fieldColumns: ReadonlyMap<string, string | number>
  readonly fieldKinds: ReadonlyMap<string, FieldKind>
}

/** Columns of other programs, which Zendesk does not have. */
const FOREIGN = /^_(ab|airbyte|sdc)_/

/** What Zendesk is to hold of a record, and the values of its key; or why it cannot be written. */
export function wantedOf(
  given: RecordData,
  target: Target,
  known: KnownColumns,
): { readonly wanted: RecordData; readonly key: readonly string[] } | Rejection {
  const { object, key, mode, conflicts } = target
  const writable = writableColumns(object)
  const record = object.reshaped?.(given) ?? given
  const wanted: Record<string, unknown> = {}
  const custom: Record<string, unknown> = {}
  for (const [column, value] of Object.entries(record)) {
    const field = known.fieldColumns.get(column)
    if (value === undefined || FOREIGN.test(column)) continue
    if (column === object.fields?.name) {
      const listed = listedFields(value, object.fields.form)
      if (listed === undefined) return { code: 'invalid_value', message: `"${column}" holds no custom fields.` }
      Object.assign(custom, listed)
    } else if (isOwn(column, target, writable)) wanted[column] = value
    else if (field !== undefined) custom[String(field)] = value
    // The time of a row's last change is compared, and not written.
    else if (!known.readOnly.has(column) && column !== conflicts?.time)
      return { code: 'unknown_field', message: `"${column}" is neither a column of ${object.name} nor a custom field.` }
  }
  const unset = object.sets?.find((column) => !isListed(wanted[column]))
  if (unset !== undefined) return { code: 'invalid_value', message: `"${unset}" is neither a list nor a text.` }
  const fields = fieldValues(custom, known.fieldKinds)
  if ('rejection' in fields) return fields.rejection
  if (object.fields && Object.keys(fields.values).length > 0) wanted[object.fields.name] = fields.values
  const values = (key?.columns ?? []).map((column) => keyValue(record, column, object.references))
  // Without a key only an idempotency key keeps a creation from being done twice.
  const mayLackKey = mode === 'append' && object.isIdempotent === true
  const misfit = key?.columns.find((column) => !isKeyValue(record[column], writable.get(column)))
  if (misfit !== undefined)
    return { code: 'invalid_value', message: `"${misfit}" is a key, and its value is neither a text nor a number.` }
  if (values.includes('') && !mayLackKey)
    return { code: 'required_field', message: `The key ${key?.columns.join(', ')} has no value.` }
  // In a path they would lead elsewhere.
  const astray = [...values, ...idsIn(wanted)].find((value) => /^\.{1,2}$/.test(value))
  if (astray !== undefined) return { code: 'invalid_value', message: `"${astray}" is neither a key nor an id.` }
  return { wanted, key: values.includes('') ? [] : values }
}

/** Zendesk drops lists, objects and truths in a text without a word: such a key would be created anew with every sync. */
const isKeyValue = (value: unknown, type: string | undefined): boolean =>
  value === null || (typeof value !== 'object' && (typeof value !== 'boolean' || type === 'boolean'))

/** Whether a row has a column that may be a custom field of the account. `columns`: those that every account has. */
export function needsFields(record: RecordData, target: ColumnsOf, columns: ReadonlySet<string>): boolean {
  const { fields, reshaped } = target.object
  if (fields === undefined) return false
  return Object.entries(reshaped?.(record) ?? record).some(
    ([column, value]) =>
      value !== undefined && !FOREIGN.test(column) && (column === fields.name || !isOwn(column, target, columns)),
  )
}

type ColumnsOf = Pick<Target, 'object' | 'key'>

/** Whether a column is the object's own, among these or beside them. */
const isOwn = (
  column: string,
  { object: { comment, references = {} }, key }: ColumnsOf,
  among: Pick<ReadonlySet<string>, 'has'>,
): boolean =>
  among.has(column) || column === comment || references[column] !== undefined || key?.columns.includes(column) === true

/** What a row says in columns that may stand in a path. */
const idsIn = (wanted: RecordData): readonly string[] =>
  Object.entries(wanted).flatMap(([column, value]) => (/(^|_)(id|locale)$/.test(column) ? asText(value) : []))

/** The columns that can be written, with their types. */
export const writableColumns = ({ writable }: WriteObject): ReadonlyMap<string, string> =>
  new Map(
    writable.split(' ').map((one) => {
      const [name = '', type = 'string'] = one.split(':')
      return [name, type]
    }),
  )

/** The value of a key's column; of a pair, its reference will do. */
function keyValue(record: RecordData, column: string, references: Target['object']['references'] = {}): string {
  const given = [column, ...Object.keys(references).filter((name) => references[name]?.fills === column)]
  return given.map((name) => asText(record[name] ?? '').trim()).find((value) => value !== '') ?? ''
}

/** Custom fields by key or id, in whatever form the source has them; undefined if it is none. */
function listedFields(given: unknown, form: 'keys' | 'list'): RecordData | undefined {
  if (given === null || given === '') return {}
  if (!Array.isArray(given)) return isObject(given) ? given : undefined
  if (form !== 'list' || !given.every(isObject)) return given.length === 0 ? {} : undefined
  return Object.fromEntries(given.map(({ id, value }) => [String(id), value]))
}

const isObject = (value: unknown): value is RecordData =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Two rows of one key as one: what the later one says holds, field by field, and sets as their rule says. */
export function mergedRows(
  before: BatchRow,
  after: BatchRow,
  rule: SetRule,
  kinds: ReadonlyMap<string, FieldKind>,
): BatchRow {
  const { object } = after.target
  const name = object.fields?.name ?? ''
  const fieldsOf = ({ wanted }: BatchRow) => (wanted[name] ?? {}) as RecordData
  const isMultiple = (key: string): boolean => kinds.get(key)?.type === 'multiselect'
  const fields = mergedColumns(fieldsOf(before), fieldsOf(after), isMultiple, rule)
  const whole = mergedColumns(before.wanted, after.wanted, (column) => object.sets?.includes(column) === true, rule)
  return {
    ...after,
    wanted: { ...whole, ...(Object.keys(fields).length > 0 && { [name]: fields }) },
    async finish(outcome, attempts) {
      await before.finish(outcome, attempts)
      await after.finish(outcome, attempts)
    },
  }
}

const mergedColumns = (
  before: RecordData,
  after: RecordData,
  isSet: (column: string) => boolean,
  rule: SetRule,
): RecordData => {
  const both = Object.keys(after).filter((column) => isSet(column) && before[column] !== undefined)
  const sets = both.map((column) => [column, mergedSet(listOf(before[column]), listOf(after[column]), rule)])
  return { ...before, ...after, ...Object.fromEntries(sets) }
}

/** Under which the ledger knows a row. Zendesk does not look at case in external ids and addresses. */
export const ledgerKeyOf = (columns: readonly string[], values: readonly string[]): string =>
  `${columns.join('+')}:${values.join('+').toLowerCase()}`

/** What the ledger keeps of a row, to see whether it says the same as the last time. */
export const fingerprintOf = ({ wanted, tags }: BatchRow): string =>
  markOf(wanted, ...(tags === undefined ? [] : [tags])).slice(0, 16)

/** A text that stands for this content, and does not reveal it. */
export const markOf = (...content: readonly unknown[]): string => hash('sha256', JSON.stringify(content), 'base64url')
