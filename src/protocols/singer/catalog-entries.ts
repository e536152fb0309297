import { ConnectorError } from '../../model/errors.ts'
import type { CatalogEntry } from './catalog.ts'

/** The entries of a catalog. Throws a ConnectorError that names the first entry that cannot be understood. */
export function entriesOf(catalog: unknown): readonly CatalogEntry[] {
  const entries = isObject(catalog) ? catalog['streams'] : undefined
  if (Array.isArray(entries)) return entries.map(entryAt)
  throw new ConnectorError(
    'The catalog must be a JSON object with the list "streams", as --discover writes it.',
    'config_error',
  )
}

function entryAt(entry: unknown, index: number): CatalogEntry {
  const fault = faultOf(entry)
  if (fault === undefined) return entry as CatalogEntry
  const name = isObject(entry) ? (entry['tap_stream_id'] ?? entry['stream']) : undefined
  const which = `entry ${index + 1} of "streams"${typeof name === 'string' ? ` (${name})` : ''}`
  throw new ConnectorError(`The catalog cannot be understood: ${which} ${fault}.`, 'config_error')
}

/** What keeps an entry from being understood, in words. */
function faultOf(entry: unknown): string | undefined {
  if (!isObject(entry)) return 'is not an object'
  const { schema, metadata } = entry
  const name = entry['tap_stream_id'] ?? entry['stream']
  if (typeof name !== 'string' || name === '') return 'has no "tap_stream_id"'
  if (isGiven(schema) && !isObject(schema)) return 'has a "schema" that is not an object'
  const properties = isObject(schema) ? schema['properties'] : undefined
  if (isGiven(properties) && !isObject(properties)) return 'has a "schema" whose "properties" are not an object'
  if (isGiven(metadata) && !Array.isArray(metadata)) return 'has "metadata" that is not a list'
  const ofSchema = isObject(schema) ? schema['selected'] : undefined
  if (!isGiven(metadata) && !isGiven(ofSchema)) return 'has no "metadata", which says whether it is selected'
  if (!isChoice(ofSchema)) return 'has "selected" that is neither true nor false'
  for (const [at, one] of ((metadata ?? []) as readonly unknown[]).entries()) {
    const fault = metadataFault(one)
    if (fault !== undefined) return `has "metadata" whose item ${at + 1} ${fault}`
  }
  return undefined
}

function metadataFault(one: unknown): string | undefined {
  if (!isObject(one)) return 'is not an object'
  const { breadcrumb, metadata } = one
  if (!Array.isArray(breadcrumb) || breadcrumb.some((part) => typeof part !== 'string'))
    return 'has no "breadcrumb" with a list of names'
  if (!isObject(metadata)) return 'has no "metadata" that is an object'
  const wrong = ['selected', 'selected-by-default'].find((name) => !isChoice(metadata[name]))
  return wrong === undefined ? undefined : `has "${wrong}" that is neither true nor false`
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null
const isChoice = (value: unknown): boolean => !isGiven(value) || typeof value === 'boolean'
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
