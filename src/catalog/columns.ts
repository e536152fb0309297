// The columns of streams, for every dialect.

import schemas from '../generated/schemas.json' with { type: 'json' }
import { ConnectorError } from '../model/errors.ts'
import type { DeletedRecords, JsonSchema, Stream } from '../model/stream.ts'

export type { JsonSchema } from '../model/stream.ts'

/** The schema of a stream's records. Throws a ConnectorError if there is none. */
export const schemaOf = ({ name, schema }: Pick<Stream, 'name' | 'schema'>): JsonSchema =>
  schema ?? declaredSchema(name)

/** The schema of this name in schemas/. Throws a ConnectorError if there is none. */
export function declaredSchema(name: string): JsonSchema {
  const schema = (schemas as unknown as Readonly<Record<string, JsonSchema>>)[name]
  if (schema) return schema
  throw new ConnectorError(`Stream "${name}" has no schema: schemas/${name}.json is missing.`, 'system_error')
}

/** Whether a stream has the column that marks deletions. A stream that is always read whole needs none. */
export const marksDeletions = ({ cursorField }: Stream, deletedRecords: DeletedRecords): boolean =>
  deletedRecords === 'delete' && cursorField !== undefined

/** Known members that are not columns: side-loads of other streams, and members that other columns replace. */
function stripsOf(stream: Stream): readonly string[] {
  const {
    at = [],
    feeds: [{ walk }],
    strips = [],
  } = stream
  const { properties } = schemaOf(stream)
  const extras = at.length > 0 ? [] : (walk.extras ?? [])
  return [...extras.filter((name) => !(name in properties)), ...strips]
}

/** All fields that a stream's records may have, including those that belong to another stream. */
export const columnsOf = (stream: Stream): ReadonlySet<string> =>
  new Set([...Object.keys(schemaOf(stream).properties), ...stripsOf(stream)])

/**
 * The members to leave out of a stream's records if only some columns were chosen. Fields that no schema knows are always
 * emitted, as nobody could choose them.
 */
export function omitsOf(stream: Stream, chosen: ReadonlySet<string> | undefined): ReadonlySet<string> {
  const known = chosen ? Object.keys(schemaOf(stream).properties) : []
  return new Set([...known.filter((name) => !chosen?.has(name)), ...stripsOf(stream)])
}
