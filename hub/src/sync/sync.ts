// One sync: what the source says, into the warehouse.
import { passed } from '../clock.ts'
import { ConfigurationError, HubError } from '../errors.ts'
import { openBooks, readStates, type Status, type Tally } from '../load/books.ts'
import { readKnown } from '../load/known.ts'
import { type Load, type LoadOptions, openLoad } from '../load/load.ts'
import type { LoadedStream, Mode } from '../load/target.ts'
import { nameFields } from '../load/titles.ts'
import type { Source, SourceMessage, SourceStream } from '../source/source.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import { ahead } from './ahead.ts'

/** What is to be loaded, and how. */
export interface Plan {
  /** By name; left out: all of the account. */
  readonly streams?: readonly string[] | undefined
  /** Where `streams` is left out: those of these that the account has. */
  readonly among?: readonly string[] | undefined
  /** For streams that `modeOf` does not name; left out: `merge` where that can be, else `replace`. */
  readonly mode?: Mode | undefined
  readonly modeOf?: Readonly<Record<string, Mode>> | undefined
  /** By stream: the columns to read, beside its key and its cursor field; of a stream that is not named: all of them. */
  readonly columnsOf?: Readonly<Record<string, readonly string[]>> | undefined
}

export interface SyncResult {
  readonly syncId: number
  readonly status: Status
  readonly tallies: ReadonlyMap<string, Tally>
  readonly seconds: number
  /** What the source threw, after it had said what it could. */
  readonly error: unknown
}

/**
 * Reads the source and loads what it says. `report` takes each message before it is loaded. What the
 * source throws is in the result, with what was loaded until then. Throws what the warehouse throws, and a HubError for
 * streams that are not there.
 */
export async function sync(
  source: Source,
  warehouse: Warehouse,
  plan: Plan,
  options: LoadOptions & { readonly report: (message: SourceMessage) => void },
): Promise<SyncResult> {
  const startedAt = passed()
  const streams = planned(await source.streams(), plan)
  await openBooks(warehouse)
  const kept = await readStates(warehouse)
  const before = new Map(source.costs?.().requests)
  const load = await openLoad(warehouse, {
    ...options,
    requestsOf: (stream) => count(source.costs?.().requests, stream) - (before.get(stream) ?? 0),
  })
  for (const stream of streams) await load.add(stream, kept.get(stream.name))
  for (const [stream, reason] of load.refused) options.report({ kind: 'error', stream, error: new HubError(reason) })
  const requests = streams
    .filter(({ name }) => !load.refused.has(name))
    .map(({ name, isWhole, properties }) => ({
      stream: name,
      isWhole,
      state: isWhole ? undefined : kept.get(name)?.state,
      ...(plan.columnsOf?.[name] && { columns: Object.keys(properties) }),
    }))
  let failure: unknown
  const messages = ahead(requests.length === 0 ? nothing() : source.read(requests), (error) => {
    failure = error
  })
  for await (const message of messages) {
    options.report(message)
    await load.take(message)
  }
  const status = await load.end(failure)
  for (const message of await nameFields(warehouse, await readKnown(warehouse)))
    options.report({ kind: 'log', level: 'warn', message })
  return {
    syncId: load.syncId,
    status,
    tallies: withRefused(load),
    seconds: (passed() - startedAt) / 1000,
    error: failure,
  }
}

const count = (requests: ReadonlyMap<string, number> | undefined, stream: string): number => requests?.get(stream) ?? 0

async function* nothing(): AsyncGenerator<SourceMessage> {}

/** How each stream went, those that were refused among them. */
export const withRefused = ({ tallies, refused }: Load): ReadonlyMap<string, Tally> =>
  new Map([...tallies(), ...[...refused].map(([name, error]) => [name, refusal(error)] as const)])

const refusal = (error: string): Tally => ({ rows: 0, deletions: 0, misfits: 0, status: 'failed', error })

/** The streams that the plan names, each with its mode. Throws a ConfigurationError for one that is not there. */
export function planned(streams: readonly SourceStream[], plan: Plan): readonly LoadedStream[] {
  const missing = (plan.streams ?? []).filter((name) => !streams.some((stream) => stream.name === name))
  if (missing.length > 0)
    throw new ConfigurationError(
      `There is no stream ${missing.map((name) => `"${name}"`).join(', ')} in this account. It has: ${streams.map(({ name }) => name).join(', ')}.`,
    )
  return streams
    .filter(({ name }) => (plan.streams ?? plan.among)?.includes(name) ?? true)
    .map((stream) => {
      const mode = plan.modeOf?.[stream.name] ?? modeFor(stream, plan.mode)
      const { name, primaryKey } = stream
      const properties = chosenProperties(stream, plan.columnsOf?.[name])
      return { name, primaryKey, properties, mode, isWhole: !stream.isIncremental || mode === 'replace' }
    })
}

/** Throws a ConfigurationError for a column that the stream does not have. */
function chosenProperties(
  { name, primaryKey, cursorField, properties }: SourceStream,
  columns: readonly string[] | undefined,
): SourceStream['properties'] {
  if (columns === undefined) return properties
  const missing = columns.filter((column) => !(column in properties))
  if (missing.length > 0) throw new ConfigurationError(`Stream "${name}" has no column ${missing.join(', ')}.`)
  const all = new Set([...primaryKey, ...(cursorField === undefined ? [] : [cursorField]), ...columns])
  return Object.fromEntries(Object.entries(properties).filter(([column]) => all.has(column)))
}

/** Without a key nothing can be merged, and a list that is always read whole is best replaced. */
function modeFor({ primaryKey, isIncremental }: SourceStream, mode: Mode | undefined): Mode {
  if (mode === 'append' || mode === 'replace') return mode
  if (primaryKey.length === 0) return 'replace'
  return mode ?? (isIncremental ? 'merge' : 'replace')
}
