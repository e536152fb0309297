import { fitted, type ValueSchema } from '../../model/json-types.ts'
import type { RecordsMessage } from '../../model/message.ts'
import { parsed } from '../../model/raw-record.ts'
import type { JsonSchema, RecordData, Stream } from '../../model/stream.ts'

/** Makes values that do not fit their columns null. Returns, by index of the record, their paths. */
export type Fit = (message: RecordsMessage) => {
  readonly message: RecordsMessage
  readonly misfits: readonly (readonly string[])[]
}

/**
 * Checks records against the schema of their stream: a value of another type, or an invalid time, becomes null, inside
 * objects and lists too. Primary keys stay, as the row would be lost without them.
 */
export function createFit({ properties }: JsonSchema, { primaryKey }: Pick<Stream, 'primaryKey'>): Fit {
  const columns = Object.entries(properties as Readonly<Record<string, ValueSchema>>).filter(
    ([name]) => !primaryKey.includes(name),
  )
  return (message) => {
    const misfits = message.records.map((): string[] => [])
    const records = message.records.map((one, nth): RecordData => {
      const record = parsed(one)
      const changed: [string, unknown][] = []
      for (const [name, column] of columns) {
        const value = fitted(record[name], column, name, (misfit, _schema, path) => {
          if (misfit !== null) misfits[nth]?.push(path)
          return null
        })
        if (value !== record[name]) changed.push([name, value])
      }
      return changed.length === 0 ? record : { ...record, ...Object.fromEntries(changed) }
    })
    return { message: { ...message, records }, misfits }
  }
}
