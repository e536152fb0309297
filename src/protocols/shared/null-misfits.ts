import { fitted, type ValueSchema } from '../../model/json-types.ts'
import type { RecordsMessage } from '../../model/message.ts'
import { parsed } from '../../model/raw-record.ts'
import type { JsonSchema, RecordData, Stream } from '../../model/stream.ts'

/** Takes out of a page's records what does not fit its column; by index: the paths of what was taken out. */
export type Fit = (message: RecordsMessage) => {
  readonly message: RecordsMessage
  readonly misfits: readonly (readonly string[])[]
}

/**
 * Holds records against the schema of their stream: a value of another type, or a time that is none, becomes null, inside
 * of objects and lists too. A primary key stays as it is: without it the row would be lost.
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
