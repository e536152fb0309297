// Which fields of a walk's rows are parsed when the rows are cut out of their pages.

import type { ConfiguredStream, Cut, KnownFields, Picks, Reads, Walk } from '../model/stream.ts'
import { joinReads, readsAt } from '../model/stream.ts'
import { isFallback, type OpenStream, type ParentWatcher } from './run.ts'

/** A reader of rows: the fields and inner rows that it reads. Without `reads`, it needs whole rows. */
interface RowReader {
  readonly reads?: Reads
  readonly picks?: Picks
}

/**
 * How the rows of a walk are cut for these streams, and for parent watchers on it: the fields that one of them or the walk
 * reads are parsed, those that may have to be left out are noted. Undefined if one of them reads whole rows, and for lists.
 */
export function cutFor(
  walk: Walk,
  streams: readonly OpenStream[],
  watchers: readonly ParentWatcher[] = [],
): Cut | undefined {
  if (streams.some((open) => open.feed.compares || isFallback(open))) return undefined
  const configured = streams.map(({ one }) => one)
  const parents = watchers.flatMap(({ child }) => child.one.stream.parent ?? [])
  const readers = [walk, ...parents.map(({ reads }) => ({ reads })), ...configured.flatMap(readersOf)]
  if (!readers.every(isPartial) || configured.some(({ includesFiles }) => includesFiles)) return undefined
  return {
    reads: readers.reduce<Reads>((all, { reads }) => joinReads(all, reads), {}),
    notes: new Set(configured.flatMap(({ omits, stream }) => [...omits, ...(stream.sets ?? [])])),
    known: knownFor(configured),
    picks: joinPicks(readers),
  }
}

const isPartial = (reader: RowReader): reader is RowReader & { readonly reads: Reads } => reader.reads !== undefined

/** The stream, and what the engine itself reads of its rows. */
function readersOf({ stream, selection }: ConfiguredStream): readonly RowReader[] {
  const { parent, at = [] } = stream
  const { sideLoads = [] } = stream.feeds[0]
  // Of the record and of its row: deletions are found in rows.
  const created = [{ reads: { created_at: true } as const }, { reads: readsAt(at, { created_at: true }) }]
  return [
    stream,
    ...sideLoads,
    ...(parent ? [{ reads: parent.childReads, ...(parent.picks && { picks: parent.picks }) }] : []),
    ...(selection?.pullBy === 'created' ? created : []),
  ]
}

/** For each list inside a row: the rows that one of its readers picks, or all if one of them takes all. */
function joinPicks(readers: readonly RowReader[]): Picks {
  const members = new Set(readers.flatMap(({ picks }) => Object.keys(picks ?? {})))
  const joined = [...members].map((member) => {
    const picks = readers.filter(({ reads }) => reads?.[member] !== undefined).map((reader) => reader.picks?.[member])
    return [member, anyOf(picks)] as const
  })
  return Object.fromEntries(joined)
}

/** Whether one of these picks a row; one that is left out picks all. */
function anyOf(picks: readonly (Picks[string] | undefined)[]): Picks[string] {
  const [first, ...others] = new Set(picks)
  if (first === undefined || others.includes(undefined)) return () => true
  if (others.length === 0) return first
  const rest = anyOf(others)
  return (row) => first(row) || rest(row)
}

/** The fields for which these streams have columns, by the place of the records in the rows. */
function knownFor(configured: readonly ConfiguredStream[]): KnownFields | undefined {
  return configured.reduce<KnownFields | undefined>(
    (known, { columns, stream }) => (columns && stream.at ? withKnown(known, stream.at, columns) : known),
    undefined,
  )
}

function withKnown(
  known: KnownFields = { within: {} },
  [member, ...rest]: readonly string[],
  columns: ReadonlySet<string>,
): KnownFields {
  if (member === undefined) {
    const shared = known.fields?.values().filter((name) => columns.has(name))
    return { ...known, fields: shared ? new Set(shared) : columns }
  }
  return { ...known, within: { ...known.within, [member]: withKnown(known.within[member], rest, columns) } }
}
