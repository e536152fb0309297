// The options of the destination that a page may set: those of spec-destination.json that say how rows are written.
import spec from '../../../../spec-destination.json' with { type: 'json' }
import { inOrder, type Named, type Property } from './fields.ts'

/** How to sign in, and where things are, belongs to the connection; the mapping stands beside them. */
const OTHERS = [
  ...['subdomain', 'credentials', 'folder', 'dry_run', 'mappings', 'conflicts', 'object_storage_config', 'sell'],
  ...['rate_limit_percent', 'max_retry_minutes', 'base_url', 'marketplace'],
]

export const WRITE_OPTIONS: readonly Named[] = inOrder(spec.connectionSpecification as unknown as Property).filter(
  ([name]) => !OTHERS.includes(name),
)

export const OPTION_NAMES: readonly string[] = WRITE_OPTIONS.map(([name]) => name)
