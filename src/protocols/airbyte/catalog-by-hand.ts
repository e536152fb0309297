// Catalogs for people without a platform: named streams, and what discover wrote.
import { ConnectorError } from '../../model/errors.ts'
import { nearest } from '../../model/nearest.ts'
import type { Stream } from '../../model/stream.ts'
import { asConfigured, type DiscoveredStream } from './catalog.ts'

/** The catalog in a file: as it is, or in a CATALOG message among other lines of `discover`. */
export function catalogIn(values: readonly unknown[]): unknown {
  const messages = values.filter((value): value is { catalog: unknown } => typeOf(value) === 'CATALOG')
  return messages.length > 0 ? messages.at(-1)!.catalog : values.length === 1 ? values[0] : values
}

const typeOf = (value: unknown): unknown => (value as { type?: unknown } | null)?.type

/** A configured catalog of named streams: every column, and the sync mode that suits each. */
export const catalogOfNames = (names: readonly string[], streams: readonly Stream[]): object => ({
  streams: names.map((name) => {
    const stream = streamNamed(name, streams)
    const isIncremental = stream.cursorField !== undefined
    return { stream: { name, json_schema: {} }, sync_mode: isIncremental ? 'incremental' : 'full_refresh' }
  }),
})

/** A configured catalog of the streams that `discover` shows; only those of these names, if some are named. */
export function configuredCatalog(
  catalog: { readonly streams: readonly DiscoveredStream[] },
  names: readonly string[] | undefined,
  streams: readonly Stream[],
): object {
  for (const name of names ?? []) streamNamed(name, streams)
  const chosen = catalog.streams.filter(({ name }) => names === undefined || names.includes(name))
  return { streams: chosen.map(asConfigured) }
}

/** The stream of a name that somebody typed. Throws a ConnectorError with the nearest name. */
function streamNamed(name: string, streams: readonly Stream[]): Stream {
  const found = streams.find((one) => one.name === name)
  if (found) return found
  const meant = nearest(
    name,
    streams.map((one) => one.name),
  )
  const hint = meant === undefined ? '. discover shows those that there are.' : `; did you mean "${meant}"?`
  throw new ConnectorError(`There is no stream "${name}"${hint}`, 'config_error')
}
