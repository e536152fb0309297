import { ConnectorError, type HttpError, mayPass } from '../model/errors.ts'
import type { Log, NamedStream } from '../model/message.ts'
import type { Choices, GetPage, Search, Stream } from '../model/stream.ts'
import { streams as declared } from '../streams/index.ts'
import { nameOfObjectStream, objectKeyIn } from '../streams/people/custom-objects.ts'
import { organizationFields, userFields } from '../streams/people/people-settings.ts'
import { ticketFields } from '../streams/tickets/forms-and-fields.ts'
import { READY_SEARCHES, searchStream } from '../streams/tickets/searches.ts'
import { type CustomField, customFieldsIn } from '../zendesk/custom-fields.ts'
import { allRows } from '../zendesk/walks/read-all.ts'
import { declaredSchema, schemaOf } from './columns.ts'
import { type FieldsAt, withFieldsAsColumns } from './custom-field-columns.ts'
import { customObjectKeys, fieldsOfObject, objectStream } from './custom-objects.ts'
import { withLegacySchema } from './legacy-columns.ts'
import { withSideLoadColumns } from './side-load-columns.ts'

/** The streams that were found, and why others were not, in words. */
export interface Found {
  readonly streams: readonly Stream[]
  readonly missing: ReadonlyMap<string, string>
}

/** Records with custom fields: where their values are, and which list names the fields. */
const WITH_FIELDS: Readonly<Record<string, { readonly at: FieldsAt; readonly list: Stream }>> = {
  tickets: { at: { name: 'custom_fields', form: 'list', also: ['fields'] }, list: ticketFields },
  users: { at: { name: 'user_fields', form: 'keys', also: [] }, list: userFields },
  organizations: { at: { name: 'organization_fields', form: 'keys', also: [] }, list: organizationFields },
}
const OF_OBJECTS: FieldsAt = { name: 'custom_object_fields', form: 'keys', also: [] }

/**
 * All streams of this account and configuration: those that every account has, searches, and the records of each custom
 * object. With `named`, at least the streams of these names, with as few requests as possible.
 */
export async function findStreams(
  { get, log }: { readonly get: GetPage; readonly log: Log },
  { searches, customFields, include, legacySchema }: Choices,
  named?: readonly NamedStream[],
): Promise<Found> {
  const catalog = named && new Map(named.map(({ name, columns }) => [name, columns]))
  /** The columns that the catalog has for a stream; undefined: all of them are wanted. */
  const columnsOf = (name: string): Readonly<Record<string, unknown>> | undefined => {
    const columns = catalog?.get(name)
    return columns && Object.keys(columns).length > 0 ? columns : undefined
  }
  const isWanted = ({ name }: Stream): boolean => catalog === undefined || catalog.has(name)
  const fields = new Map<Stream, Promise<readonly CustomField[]>>()
  /** A catalog holds what can be found right now. Columns that somebody asked for must be found. */
  const forNow = async <T>(asked: Promise<T>, without: (error: HttpError) => T): Promise<T> => {
    try {
      return await asked
    } catch (error) {
      if (named !== undefined || !mayPass(error)) throw error
      return without(error)
    }
  }
  const fieldsIn = (list: Stream): Promise<readonly CustomField[]> => {
    const found =
      fields.get(list) ?? forNow(allRows(get, list.feeds[0].walk, [list.name]).then(customFieldsIn), noFields(log))
    fields.set(list, found)
    return found
  }
  /** The stream with the columns that were chosen: its own, or those of another stream. */
  const withColumns = async (declaredStream: Stream, like = declaredStream.name): Promise<Stream> => {
    const stream = legacySchema ? withLegacySchema(declaredStream, like) : declaredStream
    const held = WITH_FIELDS[like]
    if (customFields === 'raw' || !held || !isWanted(stream)) return stream
    return withFieldsAsColumns(stream, held.at, await fieldsIn(held.list), { catalog: columnsOf(stream.name), log })
  }
  const ofAccount = async (declaredStream: Stream): Promise<Stream> => {
    const stream = await withColumns(declaredStream)
    return stream.name === 'tickets' ? withSideLoadColumns(stream, schemaOf(stream), include) : stream
  }
  const objects = await forNow(keysOf(get, named), ({ message }) => `${message} This may be temporary: discover again.`)
  const ofObject = async (key: string): Promise<Stream> => {
    if (named !== undefined && customFields === 'raw') return objectStream(key)
    const its = await forNow(fieldsOfObject(get, key), noFields(log))
    // If the object was deleted, its stream says so when it is read.
    if (its === undefined) return objectStream(key)
    const stream = objectStream(key, its)
    if (customFields === 'raw') return stream
    return withFieldsAsColumns(stream, OF_OBJECTS, its, { catalog: columnsOf(stream.name), log })
  }
  return {
    streams: await Promise.all([
      ...declared.map(ofAccount),
      ...searchStreams(searches).map(({ columnsOf: like, ...stream }) =>
        withColumns({ ...stream, schema: declaredSchema(like) }, like),
      ),
      ...(typeof objects === 'string' ? [] : objects.filter(isKey(log)).map(ofObject)),
    ]),
    missing: new Map(typeof objects === 'string' ? [['custom_object_…_records', objects]] : []),
  }
}

/** Whether a stream can be named after this object; logs it if not. */
const isKey =
  (log: Log) =>
  (key: string): boolean => {
    if (objectKeyIn(nameOfObjectStream(key)) === key) return true
    log(
      'warn',
      `The custom object ${JSON.stringify(key).slice(0, 200)} is left out: its key cannot be part of a stream's name.`,
    )
    return false
  }

/** No fields: their list fails for a reason that may pass. Logs it. */
const noFields =
  (log: Log) =>
  ({ message }: HttpError): readonly CustomField[] => {
    log('warn', `${message} Its custom fields have no columns in this catalog. This may be temporary: discover again.`)
    return []
  }

/** The streams of all searches. Throws a ConnectorError if one has the name of another stream. */
function searchStreams(searches: readonly Search[]): readonly ReturnType<typeof searchStream>[] {
  const all = [...READY_SEARCHES, ...searches]
  const taken = new Set(declared.map(({ name }) => name))
  for (const { name } of all) {
    if (taken.has(name) || objectKeyIn(name) !== undefined)
      throw new ConnectorError(
        `"searches": there is already a stream named "${name}". Give the search another name.`,
        'config_error',
      )
    taken.add(name)
  }
  return all.map(searchStream)
}

/** The keys of the named custom objects, or of all in the account. */
const keysOf = async (get: GetPage, named: readonly NamedStream[] | undefined): Promise<readonly string[] | string> =>
  named ? named.flatMap(({ name }) => objectKeyIn(name) ?? []) : customObjectKeys(get)
