// How the rows of a walk are cut out of their pages for the streams that read it.

import type { ConfiguredStream, Cut, KnownFields, Parent, Picks, Reads, RecordData, Walk } from '../model/stream.ts'
import { joinReads, readsAt } from '../model/stream.ts'

/** What somebody reads of rows; without `reads`, rows are parsed whole. */
interface RowReader {
  readonly reads?: Reads
  readonly picks?: Picks
}

/**
 * How the rows of a walk are cut for these streams, and for parents whose rows they are: what these and the walk read is
 * parsed, what they may leave out is noted. Undefined if one of them reads whole rows.
 */
export function cutFor(
  walk: Walk,
  configured: readonly ConfiguredStream[],
  parents: readonly Parent[] = [],
): Cut | undefined {
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

/** The stream itself, and what the engine reads for it. */
function readersOf({ stream, selection }: ConfiguredStream): readonly RowReader[] {
  const { parent, sideLoads = [], at = [] } = stream
  // A record and its row: deletions are told of rows.
  const created = [{ reads: { created_at: true } as const }, { reads: readsAt(at, { created_at: true }) }]
  return [
    stream,
    ...sideLoads,
    ...(parent ? [{ reads: parent.childReads, ...(parent.picks && { picks: parent.picks }) }] : []),
    ...(selection?.pullBy === 'created' ? created : []),
  ]
}

/** Of each list the rows that one of its readers picks; all of them if one does not choose. */
function joinPicks(readers: readonly RowReader[]): Picks {
  const members = new Set(readers.flatMap(({ picks }) => Object.keys(picks ?? {})))
  const joined = [...members].map((member) => {
    const picks = readers.filter(({ reads }) => reads?.[member] !== undefined).map((reader) => reader.picks?.[member])
    return [member, (row: RecordData) => picks.some((pick) => pick === undefined || pick(row))] as const
  })
  return Object.fromEntries(joined)
}

/** The fields that the records of these streams have, where they stand in the rows. */
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
