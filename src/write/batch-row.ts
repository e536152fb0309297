// A row on its way: as it came, and as what Zendesk is to hold.
import { hash } from 'node:crypto'
import type { RecordData } from '../model/reads.ts'
import type { Rejection, RowOutcome, TagChange, Target } from '../model/writing.ts'

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

/** Columns of other programs, which Zendesk does not have. */
const FOREIGN = /^_(ab|airbyte|sdc)_/

/** What Zendesk is to hold of a record, and the values of its key; or why it cannot be written. */
export function wantedOf(
  record: RecordData,
  { object, key, mode }: Target,
  known: { readonly readOnly: ReadonlySet<string>; readonly fieldColumns: ReadonlyMap<string, string | number> },
): { readonly wanted: RecordData; readonly key: readonly string[] } | Rejection {
  const writable = new Set(object.writable.split(' '))
  const wanted: Record<string, unknown> = {}
  const custom: Record<string, unknown> = {}
  for (const [column, value] of Object.entries(record)) {
    const field = known.fieldColumns.get(column)
    if (value === undefined || FOREIGN.test(column)) continue
    if (writable.has(column) || object.references?.[column] || key?.columns.includes(column)) wanted[column] = value
    else if (field !== undefined) custom[String(field)] = value
    else if (!known.readOnly.has(column))
      return { code: 'unknown_field', message: `"${column}" is no column of ${object.name}, nor a custom field.` }
  }
  const whole = object.fields ? withFields(wanted, object.fields, custom) : wanted
  const values = (key?.columns ?? []).map((column) => keyValue(record, column, object.references))
  // Without a key only an idempotency key keeps a creation from being done twice.
  const mayLackKey = mode === 'append' && object.isIdempotent === true
  if (values.includes('') && !mayLackKey)
    return { code: 'required_field', message: `The key ${key?.columns.join(', ')} has no value.` }
  return { wanted: whole, key: values.includes('') ? [] : values }
}

/** The value of a key's column; of a pair, its reference will do. */
function keyValue(record: RecordData, column: string, references: Target['object']['references'] = {}): string {
  const given = [column, ...Object.keys(references).filter((name) => references[name]?.fills === column)]
  return given.map((name) => String(record[name] ?? '').trim()).find((value) => value !== '') ?? ''
}

/** With all values of custom fields by key or id, whether they came as columns of their own or in one. */
function withFields(
  wanted: Readonly<Record<string, unknown>>,
  { name, form }: NonNullable<Target['object']['fields']>,
  custom: Readonly<Record<string, unknown>>,
): RecordData {
  const { [name]: given, ...rest } = wanted
  const listed =
    form === 'list' && Array.isArray(given)
      ? Object.fromEntries((given as readonly RecordData[]).map(({ id, value }) => [String(id), value]))
      : (given ?? {})
  const all = { ...(listed as object), ...custom }
  return Object.keys(all).length === 0 ? rest : { ...rest, [name]: all }
}

/** Two rows of one key as one: what the later one says holds, field by field. */
export const mergedRows = (before: BatchRow, after: BatchRow): BatchRow => {
  const name = before.target.object.fields?.name ?? ''
  const fields = { ...(before.wanted[name] as object | undefined), ...(after.wanted[name] as object | undefined) }
  return {
    ...after,
    wanted: { ...before.wanted, ...after.wanted, ...(Object.keys(fields).length > 0 && { [name]: fields }) },
    async finish(outcome, attempts) {
      await before.finish(outcome, attempts)
      await after.finish(outcome, attempts)
    },
  }
}

/** Under which the ledger knows a row. Zendesk does not look at case in external ids and addresses. */
export const ledgerKeyOf = (columns: readonly string[], values: readonly string[]): string =>
  `${columns.join('+')}:${values.join('+').toLowerCase()}`

/** What the ledger keeps of a row, to see whether it says the same as the last time. */
export const fingerprintOf = ({ wanted, tags }: BatchRow): string =>
  markOf(wanted, ...(tags === undefined ? [] : [tags])).slice(0, 16)

/** A text that stands for this content, and does not reveal it. */
export const markOf = (...content: readonly unknown[]): string => hash('sha256', JSON.stringify(content), 'base64url')
