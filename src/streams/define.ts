import type { Inventory, RecordData, Stream, Walk } from '../model/stream.ts'
import { epochOf } from '../model/time.ts'

type Optional = 'primaryKey' | 'cursorFormat' | 'records' | 'deletedAt' | 'adminOnly'

/** What a declaration says. `Data` is the record's generated type: keys and cursor field are checked against it. */
export interface Declaration<Data extends object> extends Omit<Stream, Optional | 'cursorField'> {
  readonly cursorField?: keyof Data & string
  readonly primaryKey?: readonly (keyof Data & string)[]
  readonly cursorFormat?: Stream['cursorFormat']
  readonly records?: Stream['records']
  readonly deletedAt?: (record: RecordData) => string | undefined
  readonly adminOnly?: boolean
}

/** The deletions of a stream that tells none by its records. */
export const noDeletions = (): undefined => undefined

/** Fills in what most streams have in common: `id` as the key, a row as the record, exports for administrators only. */
export const defineStream = <Data extends object>(declaration: Declaration<Data>): Stream => ({
  primaryKey: ['id'],
  cursorFormat: declaration.walk.order === 'ascending' ? 'epoch' : 'iso',
  records: (rows) => rows,
  deletedAt: noDeletions,
  adminOnly: declaration.walk.order === 'ascending',
  ...(declaration.records === undefined && { at: [] }),
  ...declaration,
})

/** A list stream's records are shown one by one below the list's own path. */
export const shownUnder =
  (walk: Walk): NonNullable<Stream['show']> =>
  (id) => ({ path: `${walk.path}/${id}` })

/** A census of a list that gives all its rows in each sync, each with the time of its last change. */
export const inventoryOfList = (name: string): Inventory => ({
  name,
  isOpen: () => false,
  timeOf: ({ updated_at }) => epochOf(updated_at) ?? 0,
  content: (row) => row,
})
