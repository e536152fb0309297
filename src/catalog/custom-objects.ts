import { HttpError } from '../model/errors.ts'
import type { GetPage, JsonSchema, RecordData, Stream } from '../model/stream.ts'
import {
  customObjectFieldList,
  customObjectList,
  customObjectRecords,
  nameOfObjectStream,
} from '../streams/people/custom-objects.ts'
import { type CustomField, customFieldsIn, schemaOfGivenValues } from '../zendesk/custom-fields.ts'
import { allRows } from '../zendesk/walks/read-all.ts'
import { declaredSchema } from './columns.ts'

/** The keys of the account's custom objects; or why it has none, in words. */
export async function customObjectKeys(get: GetPage): Promise<readonly string[] | string> {
  try {
    const objects = await allRows(get, customObjectList, [])
    return objects.map(({ key }) => String(key))
  } catch (error) {
    if (error instanceof HttpError && (error.status === 403 || error.status === 404)) return error.message
    throw error
  }
}

/** The fields that this object has beside the standard ones; undefined if there is no object with this key. */
export async function fieldsOfObject(get: GetPage, key: string): Promise<readonly CustomField[] | undefined> {
  try {
    const rows = await allRows(get, customObjectFieldList(key), [nameOfObjectStream(key)])
    return customFieldsIn(rows.filter((row) => !String(row['key']).startsWith('standard::')))
  } catch (error) {
    if (error instanceof HttpError && error.status === 404) return undefined
    throw error
  }
}

const recordSchema = (): JsonSchema => declaredSchema('custom_object_records')

/** The stream of an object's records. Its schema has the object's fields if they are known. */
export function objectStream(key: string, fields?: readonly CustomField[]): Stream {
  const own = recordSchema()
  return { ...customObjectRecords(key), schema: fields ? withFieldTypes(own, fields) : own }
}

function withFieldTypes(own: JsonSchema, fields: readonly CustomField[]): JsonSchema {
  const { custom_object_fields: values } = own.properties
  const properties = Object.fromEntries(
    fields.map((field) => [
      field.key ?? field.title,
      { ...schemaOfGivenValues(field), description: `Value of the field "${field.title}".` },
    ]),
  )
  const typed = { ...(values as RecordData), properties }
  return { ...own, properties: { ...own.properties, custom_object_fields: typed } }
}
