// How a stream is declared. A stream names the fields that its functions read, and the types give them no others: other
// fields are never parsed, and would be missing without notice.

import { withFields } from '../model/raw-record.ts'
import type {
  Deletion,
  Feed,
  Inside,
  Instead,
  Inventory,
  Parent,
  ParentDeletion,
  Picks,
  PicksOf,
  Read,
  ReadsOf,
  RecordData,
  RecordFile,
  SideLoad,
  Stream,
  VersionedChildren,
  Walk,
} from '../model/stream.ts'
import { joinReads, keyReads, readsAt } from '../model/stream.ts'
import { epochOf, isoOf } from '../model/time.ts'

/** The members of a stream that declarations write in another way, or may leave out. */
type Reworded =
  | 'primaryKey'
  | 'cursorField'
  | 'cursorFormat'
  | 'adminOnly'
  | 'reads'
  | 'picks'
  | 'at'
  | 'sets'
  | 'strips'
  | 'deletedAt'
  | 'file'
  | 'feeds'

/** The members of every declaration. `Data` is the record's generated type: keys and columns are checked against it. */
interface Named<Data extends object>
  extends Omit<Stream, Reworded>,
    Pick<Feed, 'walk' | 'include' | 'sideLoads' | 'hydrate'> {
  readonly cursorField?: keyof Data & string
  readonly primaryKey?: readonly (keyof Data & string)[]
  readonly cursorFormat?: Stream['cursorFormat']
  readonly adminOnly?: boolean
  /** A list of all its records, if the walk reports no deletions: a record that left this list was deleted. */
  readonly inventory?: Walk
  /** The file of a record. If files are asked for, rows are parsed whole. */
  readonly file?: (record: Readonly<Data>) => RecordFile | undefined
}

/** A stream whose records are in the rows of its walk. `Row`: the type of a row; `Fields`: the fields that are read of it. */
export interface Declaration<
  Data extends object,
  Row extends object,
  Fields extends ReadsOf<Row> | true,
  Path extends readonly string[],
> extends Named<Data> {
  /** The fields that its functions read, also of rows inside of a row. Left out: all, and rows are parsed whole. */
  readonly reads?: Fields
  /** The members that lead from a row to its records. Left out: the row is the record. */
  readonly at?: Path
  /** Which rows of the lists on that way are its records, or hold them. Left out: all of them. */
  readonly picks?: PicksOf<Read<Row, Fields>>
  /** Columns from outside of a record: functions of the record, then of each row that holds it, from the inside out. */
  readonly adds?: { readonly [Column in keyof Data]?: (...inside: Inside<Read<Row, Fields>, Path>) => unknown }
  /** Makes the records of these rows, if the rows do not hold them as they are. */
  readonly records?: (rows: readonly Read<Row, Fields>[]) => readonly RecordData[]
  /** When this record was deleted (ISO 8601, UTC), if rows are records and say so. */
  readonly deletedAt?: (record: Read<Row, Fields>) => string | null | undefined
  /** The tombstones of records that these rows report as deleted, without holding them. */
  readonly deletions?: (rows: readonly Read<Row, Fields>[]) => readonly Deletion[]
  readonly fallback?: FallbackDeclaration
}

/**
 * Declares a stream: `defineStream<Record>()({…})`, or `defineStream<Record, Row>()({…})` if a row of its walk has another
 * type than its record. Fills in what most streams have in common: `id` as the key, a row as the record, exports for
 * administrators only.
 */
export const defineStream =
  <Data extends object, Row extends object = Data>() =>
  <const Fields extends ReadsOf<Row> | true = true, const Path extends readonly string[] = []>(
    declaration: Declaration<Data, Row, Fields, Path>,
  ): Stream => {
    const { adds, at = [], fallback, reads, deletedAt, ...declared } = declaration as unknown as Untyped
    const records = declared.records ?? recordsAt(at, declared.picks, adds)
    const { stream, feed } = apart({ ...declared, records })
    return {
      ...stream,
      feeds: fallback ? [feed, { ...fallback, records: fallback.records ?? recordsOf(fallback, records) }] : [feed],
      deletedAt: deletedAt ? (record) => deletedAt(record) ?? undefined : noDeletions,
      ...(declared.records === undefined && { at }),
      ...(adds && { sets: Object.keys(adds) }),
      ...(reads && { reads: joinReads(reads, readsAt(at, keyReads(stream))) }),
    }
  }

/** A declaration whose functions take any row: it was checked against its types before. */
interface Untyped
  extends Omit<Stream, 'feeds' | 'deletedAt' | 'primaryKey' | 'cursorFormat' | 'adminOnly'>,
    Pick<Feed, 'walk' | 'include' | 'sideLoads' | 'hydrate' | 'deletions'> {
  readonly records?: Feed['records']
  readonly deletedAt?: (record: RecordData) => string | null | undefined
  readonly adds?: Adds
  readonly inventory?: Walk
  readonly fallback?: FallbackDeclaration
}

/** What a declaration says of the stream, and of its best feed. */
function apart({
  walk,
  include,
  sideLoads,
  hydrate,
  deletions,
  inventory,
  records,
  ...declared
}: Omit<Untyped, 'adds' | 'fallback' | 'deletedAt'> & Pick<Feed, 'records'>) {
  const isExport = walk.order === 'ascending'
  const feed: Feed = {
    walk,
    records,
    ...(!isExport && { compares: true }),
    ...(include && { include }),
    ...(sideLoads && { sideLoads }),
    ...(hydrate && { hydrate }),
    ...(deletions && { deletions }),
    ...(inventory && inventoryOfExport(walk, inventory, declared.cursorField)),
  }
  const usual = { primaryKey: ['id'], cursorFormat: isExport ? 'epoch' : 'iso', adminOnly: isExport } as const
  return { stream: { ...usual, ...declared }, feed }
}

/** For an export that reports no deletions: each sync looks at the list of all records. */
const inventoryOfExport = (
  { timeOf }: Walk,
  list: Walk,
  cursorField = '',
): Pick<Feed, 'inventory' | 'tombstoneOf'> => ({
  inventory: {
    name: list.name,
    walk: list,
    everySync: true,
    isOpen: () => false,
    timeOf: (row) => timeOf?.(row),
    content: (row) => row,
  },
  tombstoneOf: (id, time) => ({ id, [cursorField]: isoOf(time) }),
})

type Adds = Readonly<Record<string, (...inside: readonly RecordData[]) => unknown>>

/** For a stream whose records do not say that they were deleted. */
export const noDeletions = (): undefined => undefined

/** The records inside of rows, each with the columns that come from outside of it. */
function recordsAt(at: readonly string[], picks: Picks = {}, adds: Adds = {}): Feed['records'] {
  const columns = Object.entries(adds)
  if (at.length === 0 && columns.length === 0) return (rows) => rows
  // There are many records: each costs no more objects than it must.
  const collect = (records: RecordData[], record: RecordData, around: readonly RecordData[]): void => {
    const member = at[around.length]
    if (member === undefined) {
      const added: Record<string, unknown> = {}
      for (const [column, valueIn] of columns) added[column] = valueIn(record, ...around)
      records.push(withFields(record, added))
      return
    }
    const isPicked = around.length === 0 ? picks[member] : undefined
    const outside = [record, ...around]
    for (const row of rowsUnder(record[member]))
      if (isPicked === undefined || isPicked(row)) collect(records, row, outside)
  }
  return (rows) => {
    const records: RecordData[] = []
    for (const row of rows) collect(records, row, [])
    return records
  }
}

const rowsUnder = (value: unknown): readonly RecordData[] => {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value as RecordData]
}

/** A stream of children: its records are in a list for each row of its walk, such as the holidays of each schedule. */
export interface SubstreamDeclaration<Data extends object, ParentRow extends object> extends Named<Data> {
  /** The list of a row; undefined if the row itself says that it has none. */
  readonly childList: (row: Readonly<ParentRow>) => Walk | undefined
  /** See `VersionedChildren`. Left out: each list is read every time. */
  readonly version?: (row: Readonly<ParentRow>) => readonly unknown[]
  readonly versionOfEmpty?: (row: Readonly<ParentRow>) => readonly unknown[]
  readonly records?: (rows: readonly Readonly<Data>[], parent: Readonly<ParentRow>) => readonly RecordData[]
}

/** Declares a stream of children. `ParentRow`: a row of the walk. */
export function defineSubstream<Data extends object, ParentRow extends object>(
  declaration: SubstreamDeclaration<Data, ParentRow>,
): Stream {
  const { childList, version, versionOfEmpty, ...declared } = declaration as unknown as Untyped & Versioned
  const { records = (rows) => rows } = declared
  const { stream, feed } = apart({ ...declared, records })
  const children = {
    due: 'byVersion' as const,
    walk: childList,
    ...(version && { version }),
    ...(versionOfEmpty && { versionOfEmpty }),
  }
  return {
    ...stream,
    feeds: [{ ...feed, children }],
    deletedAt: noDeletions,
    ...(declared.records === undefined && { at: [] }),
  }
}

interface Versioned extends Pick<VersionedChildren, 'version' | 'versionOfEmpty'> {
  readonly childList: VersionedChildren['walk']
}

/** How a stream is read if its export is closed. Fields that are left out are as in the stream. */
export interface FallbackDeclaration<Row extends object = RecordData, Child extends object = Row>
  extends Omit<Feed<Row, Child>, 'records'> {
  /** These rows in the shape of the export, for the stream's own `records`. Left out: they have it already. */
  asExported?(rows: readonly Readonly<Child>[]): readonly RecordData[]
  /** The records of these rows, if they are made in another way than those of the export. */
  records?(rows: readonly Readonly<Child>[]): readonly RecordData[]
}

/** Declares a fallback. `Row`: a row of its list; `Child`: a row of its `children`. */
export const defineFallback = <Row extends object, Child extends object = Row>(
  fallback: FallbackDeclaration<Row, Child>,
): FallbackDeclaration => fallback as unknown as FallbackDeclaration

const recordsOf =
  ({ asExported }: FallbackDeclaration, records: Feed['records']): Feed['records'] =>
  (rows) =>
    records(asExported ? asExported(rows) : rows)

/** A parent whose functions read these fields of its row, and of a row of the child's walk. */
interface ParentDeclaration<Row extends object, Child extends object, Fields, ChildFields>
  extends Omit<Parent, 'reads' | 'childReads' | 'picks' | 'idOf' | 'deletionOf' | 'restoredBy'> {
  readonly reads: Fields & ReadsOf<Row>
  readonly childReads: ChildFields & ReadsOf<Child>
  readonly picks?: PicksOf<Read<Child, ChildFields>>
  readonly idOf: (child: Read<Child, ChildFields>) => number
  readonly deletionOf: (row: Read<Row, Fields>) => ParentDeletion | undefined
  readonly restoredBy?: (row: Read<Child, ChildFields>) => number | undefined
}

/** Declares a parent. `Row`: a row of its walk; `Child`: a row of the child's walk. */
export const defineParent =
  <Row extends object, Child extends object>() =>
  <const Fields extends ReadsOf<Row>, const ChildFields extends ReadsOf<Child>>(
    parent: ParentDeclaration<Row, Child, Fields, ChildFields>,
  ): Parent =>
    parent as unknown as Parent

/** A side-load whose functions read these fields of a row. */
interface SideLoadDeclaration<Row extends object, Fields>
  extends Omit<SideLoad, 'isMissing' | 'reads' | 'picks' | 'instead'> {
  readonly reads?: Fields
  readonly picks?: PicksOf<Read<Row, Fields>>
  readonly isMissing: (row: Read<Row, Fields>) => boolean
  readonly instead?: InsteadOf<Read<Row, Fields>>
}

interface InsteadOf<Row> extends Omit<Instead, 'parentOf' | 'fill' | 'withKeyOnly'> {
  readonly parentOf: (row: Row) => number
  readonly fill: (row: Row, found: readonly RecordData[], isWhole: boolean) => RecordData | undefined
  readonly withKeyOnly?: (row: Row) => RecordData
}

/** Declares a side-load. `Row`: a row of the walk. */
export const defineSideLoad =
  <Row extends object>() =>
  <const Fields extends ReadsOf<Row> | true = true>(load: SideLoadDeclaration<Row, Fields>): SideLoad =>
    load as unknown as SideLoad

/** For lists whose records each have an endpoint: the list's path, then the id. */
export const shownUnder =
  (walk: Walk): NonNullable<Stream['show']> =>
  (id) => ({ path: `${walk.path}/${id}` })

/** An inventory of a list that gives all its rows in each sync, each with the time of its last change. */
export const inventoryOfList = (name: string): Inventory<{ readonly updated_at?: string | null }> => ({
  name,
  isOpen: () => false,
  timeOf: ({ updated_at }) => epochOf(updated_at) ?? 0,
  content: (row) => row,
})
