import type { JsonSchema } from '../../catalog/columns.ts'
import type { RecordsMessage } from '../../model/message.ts'
import { parsed } from '../../model/raw-record.ts'
import type { RecordData, Stream } from '../../model/stream.ts'

/** Replaces values that do not fit their column by null. `changes`: by index, the members to add to the record's line. */
export type Fit = (message: RecordsMessage) => { readonly message: RecordsMessage; readonly changes: readonly string[] }

interface Column {
  readonly type?: string | readonly string[]
  readonly format?: string
}

/**
 * Checks records against the columns of their stream: a value of another type, or a text that is no time, becomes null, and
 * `meta.changes` says so. Values inside of objects and lists are not checked: warehouses keep those as JSON. A primary key
 * stays as it is: without it the row would be lost.
 */
export function createFit({ properties }: JsonSchema, { primaryKey }: Stream): Fit {
  const columns = Object.entries(properties as Readonly<Record<string, Column>>).filter(
    ([name]) => !primaryKey.includes(name),
  )
  return (message) => {
    const changes: string[] = []
    const records = message.records.map((one): RecordData => {
      const record = parsed(one)
      const misfits = columns.filter(([name, column]) => !fits(record[name], column)).map(([name]) => name)
      changes.push(misfits.length === 0 ? '' : metaOf(misfits))
      return misfits.length === 0 ? record : { ...record, ...Object.fromEntries(misfits.map((name) => [name, null])) }
    })
    return { message: { ...message, records }, changes }
  }
}

/** https://docs.airbyte.com/platform/understanding-airbyte/airbyte-protocol#airbyterecordmessagemeta */
const metaOf = (fields: readonly string[]): string => {
  const changes = fields.map((field) => ({ field, change: 'NULLED', reason: 'SOURCE_SERIALIZATION_ERROR' }))
  return `,"meta":${JSON.stringify({ changes })}`
}

function fits(value: unknown, { type, format }: Column): boolean {
  if (value === undefined || value === null || type === undefined) return true
  return [type].flat().some((one) => isOf(one, value, format))
}

function isOf(type: string, value: unknown, format: string | undefined): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string' && isWritten(value, format)
    case 'integer':
      return Number.isInteger(value)
    case 'array':
      return Array.isArray(value)
    case 'object':
      return typeof value === 'object' && !Array.isArray(value)
    default:
      // `number` and `boolean` are called the same in JSON Schema and here.
      return typeof value === type
  }
}

const DATE = /^\d{4}-\d{2}-\d{2}$/
const MOMENT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}/

function isWritten(text: string, format: string | undefined): boolean {
  if (format === 'date') return DATE.test(text) && !Number.isNaN(Date.parse(text))
  return format !== 'date-time' || (MOMENT.test(text) && !Number.isNaN(Date.parse(text)))
}
