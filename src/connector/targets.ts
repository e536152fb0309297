// Where a stream goes: its object, mode and key, and how it shares its fields with Zendesk.
import type { Mapping, WriteConfig } from '../config/write-config.ts'
import { ConnectorError } from '../model/errors.ts'
import { nearest } from '../model/nearest.ts'
import type { AskedStream } from '../model/writer.ts'
import type { ConflictPolicy, ConflictRules, MatchKey, Target, WriteMode, WriteObject } from '../model/writing.ts'
import { objectNamed, objects } from '../objects/index.ts'
import { writableColumns } from '../write/batch-row.ts'
import type { AccountObject } from './operations.ts'

const MODES: readonly string[] = ['append', 'update', 'append_dedup', 'soft_delete']

export const mappingOf = (stream: string, { mappings }: WriteConfig): Mapping | undefined =>
  mappings.find((one) => one.stream === stream)

/** Where a stream goes. Throws a ConnectorError for one that cannot be written. */
export function targetOf({ stream, object: named, mode: given, primaryKey }: AskedStream, config: WriteConfig): Target {
  const mapping = mappingOf(stream, config)
  const mode = mapping?.mode ?? given
  const object = objectOf(stream, named ?? mapping?.object ?? stream)
  const wrong = (what: string): ConnectorError => wrongStream(stream, what)
  if (mode === 'overwrite' || mode === 'overwrite_dedup')
    throw wrong(
      `"${mode}" would delete all ${object.name} that are not in the stream. Choose append_dedup, update or append.`,
    )
  if (!MODES.includes(mode)) throw wrong(`there is no mode "${mode}".`)
  if (mode === 'soft_delete' && !config.allowed.deletes)
    throw wrong('deletions are off: "allow_deletes" switches them on.')
  const columns = (mapping?.key ?? primaryKey).map((column) => renamedKey(mapping?.columns?.[column] ?? column, object))
  const possible = object.keys.filter((key) => key.modes.includes(mode as WriteMode))
  const key = possible.find((one) => sameColumns(one.columns, columns, object.references))
  const choices = possible.map((one) => one.columns.join(' and ')).join('; or ')
  if (key === undefined && mode === 'append') return { stream, object, mode, key: possible[0]! }
  if (key === undefined)
    throw wrong(
      `its primary key is ${columns.join(', ') || 'not set'}, but ${object.name} are matched by ${choices} in the mode "${mode}".`,
    )
  return { stream, object, mode: mode as WriteMode, key }
}

/** What rows are matched by, where they come in other columns: the keys of comments are those of their tickets. */
const renamedKey = (column: string, { reshaped }: WriteObject): string =>
  reshaped === undefined
    ? column
    : (Object.entries(reshaped({ [column]: true })).find(([, value]) => value === true)?.[0] ?? column)

/** The object of a stream. Throws a ConnectorError if there is none of this name. */
export function objectOf(stream: string, name: string): WriteObject {
  const object = objectNamed(name)
  if (object) return object
  const names = objects.map((one) => one.name)
  const meant = nearest(name, names)
  throw wrongStream(
    stream,
    `there is no object "${name}"${meant === undefined ? '' : `; did you mean "${meant}"`}. There are ${names.join(', ')}.`,
  )
}

const wrongStream = (stream: string, what: string): ConnectorError =>
  new ConnectorError(`Stream "${stream}" cannot be written: ${what}`, 'config_error')

/** Whether these columns are the key's, or references that fill them. */
const sameColumns = (
  key: readonly string[],
  columns: readonly string[],
  references: Target['object']['references'] = {},
): boolean =>
  key.length === columns.length &&
  key.every((one) => columns.some((column) => column === one || references[column]?.fills === one))

/** What the configuration says of fields that both sides of a stream change. */
export const conflictsGiven = (stream: string, config: WriteConfig): Partial<ConflictRules> | undefined =>
  mappingOf(stream, config)?.conflicts ?? config.conflicts

/**
 * How a stream shares its fields with Zendesk; undefined if what its rows say is written, whatever Zendesk has. Throws a
 * ConnectorError for columns that the object does not have, and for keys whose values cannot be looked up.
 */
export function conflictsOf(
  { stream, origin, key, mode }: Target,
  config: WriteConfig,
  { object, fieldColumns }: AccountObject,
): ConflictRules | undefined {
  const given = conflictsGiven(origin ?? stream, config)
  if (given === undefined || mode === 'append' || mode === 'soft_delete') return undefined
  const { policy = 'source_wins', fields = {}, owner = {}, time = 'updated_at' } = given
  if (!isLookedUp(key))
    throw wrongStream(
      stream,
      `"conflicts" needs a key that can be looked up, and ${key?.columns.join(', ')} cannot be.`,
    )
  const writable = writableColumns(object)
  const named = <T>(byColumn: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
    Object.fromEntries(
      Object.entries(byColumn).map(([column, one]): [string, T] => {
        const field = fieldColumns.get(column)
        if (field !== undefined) return [`${object.fields?.name}.${field}`, one]
        if (writable.has(column)) return [column, one]
        throw wrongStream(stream, `"conflicts" names the column "${column}", which ${object.name} do not have.`)
      }),
    )
  return { policy, fields: named<ConflictPolicy>(fields), owner: named(owner), time }
}

const isLookedUp = (key: MatchKey | undefined): boolean => key?.find === 'show_many' || key?.find === 'list'
